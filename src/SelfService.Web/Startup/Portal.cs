using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;
using SelfService.Core.Appointments;
using SelfService.Core.Catalog;
using SelfService.Core.Company;
using SelfService.Core.Jobs;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Care;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.KnowledgeBase.Library;
using SelfService.Core.KnowledgeBase.LiveData;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.KnowledgeBase.Uploads;
using SelfService.Core.KnowledgeBase.Variants;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Persistence.Backups;
using SelfService.Core.Shortcuts;
using SelfService.Core.Synonyms;
using SelfService.Search;
using SelfService.Web.Components;
using SelfService.Web.Filters;
using SelfService.Web.Operations;
using SelfService.Web.Pages.Agent;
using SelfService.Web.Pages.Agent.Planning;
using SelfService.Web.Pages.Appointments;
using SelfService.Web.Pages.Articles;
using SelfService.Web.Pages.Cases;
using SelfService.Web.Pages.Editor;
using SelfService.Web.Pages.Machines;
using SelfService.Web.Pages.Orders;
using SelfService.Web.Pages.Requests;
using SelfService.Web.Pages.Search;
using SelfService.Web.Resources;

namespace SelfService.Web.Startup;

/// <summary>How the portal is put together, for serving, for commands and for tests alike.</summary>
public static class Portal
{
    // Pages that take files ask for more themselves.
    private const int MaxRequestBytes = 256 * 1024;

    // A question of 10,000 characters, each written as %E2%80%A6, is answered with the first of them and not refused.
    private const int MaxRequestLineBytes = 128 * 1024;

    private const string DefaultAddress = "http://localhost:5080";

    /// <summary>The whole application, not yet open.</summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(Portal).Assembly.GetName().Name,
            ContentRootPath = ContentRoot(),
        });
        // Machines read the log of a server, people that of a developer's terminal. Scopes stay out: they hold addresses, some of which are secrets.
        _ = builder.Environment.IsDevelopment()
            ? builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.IncludeScopes) = (true, false))
            : builder.Logging.AddJsonConsole(console => (console.TimestampFormat, console.IncludeScopes) = ("O", false));
        configure?.Invoke(builder);
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateScopes = provider.ValidateOnBuild = true);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]) && string.IsNullOrEmpty(builder.Configuration["http_ports"]))
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
            kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        });
        AddWeb(builder, AddCore(builder));

        var app = builder.Build();
        Use(app);
        return app;
    }

    /// <summary>Opens the database, imports what changed and builds the index: everything before the first request.</summary>
    public static async Task OpenAsync(WebApplication app)
    {
        var cancel = app.Lifetime.ApplicationStopping;
        await app.Services.GetRequiredService<PortalDatabase>().OpenAsync(cancel);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        await KeyRing.OpenAsync(app.Services, db, cancel);
        // Of nodes that start together each finds what the one before brought in.
        await db.AloneAsync("start", () => BringInAsync(app, scope.ServiceProvider, cancel), cancel);
        await SearchWords.FollowAsync(scope.ServiceProvider, cancel);
        await scope.ServiceProvider.GetRequiredService<ArticleIndex>().FollowAsync(cancel);
        await scope.ServiceProvider.GetRequiredService<CatalogIndex>().FollowAsync(cancel);
        Mailing.Warn(app);
        await app.Services.GetRequiredService<FirstRun>().AnnounceAsync(scope.ServiceProvider.GetRequiredService<FirstAdministrator>(), cancel);
        SearchWords.WarmUp(app.Services.GetRequiredService<ISearchEngine>());
        // What was needed to get here is not needed again; the memory goes back to the system.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        app.Services.GetRequiredService<Readiness>().IsOpen = true;
    }

    // Whatever a start writes into the database.
    private static async Task BringInAsync(WebApplication app, IServiceProvider services, CancellationToken cancel)
    {
        await DemonstrationPeople.EnsureRolesAsync(services);
        if (app.Environment.IsDevelopment())
        {
            await DemonstrationPeople.SeedAsync(services, app.Logger);
        }

        if (services.GetRequiredService<SelfServiceOptions>().ImportAtStart)
        {
            await app.Services.GetRequiredService<ContentImporter>().RunAsync(cancel);
        }

        if (services.GetRequiredService<DatabaseSettings>().Kind == DatabaseKind.Sqlite)
        {
            await services.GetRequiredService<RunDueJobs>().ReleaseAllAsync(cancel);
        }

        // The rules of the zones come with the program, so a new one may bring others.
        await services.GetRequiredService<AlignAppointments>().RunAsync(cancel);
        await services.GetRequiredService<AlignBlocks>().RunAsync(cancel);
        await services.GetRequiredService<SettingsLog>().WriteAsync(cancel);
        await services.GetRequiredService<RerenderArticles>().RunAsync(cancel);
        await services.GetRequiredService<FollowLiveData>().RunAsync(cancel);
        await services.GetRequiredService<ArrangeVariants>().RunAsync(cancel);
    }

    /// <summary>The domain, without HTTP; all that a command needs.</summary>
    public static SelfServiceOptions AddCore(IHostApplicationBuilder builder)
    {
        var options = SelfServiceOptions.Read(builder.Configuration);
        Directory.CreateDirectory(options.DataDirectory);
        builder.Services.AddSingleton(options);
        options.DatabaseSettings(builder.Configuration).Register(builder.Services);
        builder.Services.AddSingleton<PortalDatabase>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(provider => CompanyLoader.Load(options.ContentDirectory, provider.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddSingleton(provider => provider.GetRequiredService<CompanyProfile>().TimeZone);
        builder.Services.AddSingleton(provider => ContentWordsReader.RenderWords(CompanyLoader.Language(provider.GetRequiredService<CompanyProfile>())));
        builder.Services.AddSingleton<CurrentFigures>().AddSingleton<ArrangedVariants>().AddSingleton<ArticleRenderer>();
        builder.Services.AddSingleton(provider => SearchWords.Load(options.ContentDirectory, provider.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddSingleton(provider => provider.GetRequiredService<CompanySynonyms>().Language);
        builder.Services.AddSingleton(provider => SearchEngines.Create(options, provider.GetRequiredService<SearchLanguage>()));
        builder.Services.AddSingleton(provider => new CatalogEngine(new MemorySearchEngine(provider.GetRequiredService<SearchLanguage>())));
        builder.Services.TryAddSingleton(provider => Desk.LoadShelves(options.ContentDirectory, provider.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddScoped<ImportCatalog>().AddScoped<CatalogIndex>();
        builder.Services.AddSingleton<ShortcutIndex>();
        builder.Services.AddScoped<ImportArticles>().AddScoped<ExportArticles>().AddScoped<RerenderArticles>();
        builder.Services.AddScoped<ManageRedirects>().AddScoped<ArrangeTopics>().AddScoped<RemindToReview>().AddScoped<ChangeArticles>();
        builder.Services.AddScoped<ArrangeVariants>().AddScoped<FollowLiveData>().AddScoped<ImportSnippets>().AddScoped<WriteSnippet>();
        builder.Services.AddScoped<PublishDueArticles>().AddScoped<ArticleIndex>().AddScoped<VoteOnArticle>().AddScoped<ProveUsefulness>();
        builder.Services.AddScoped<WriteArticle>().AddScoped<PublishArticle>().AddScoped<ReadBeforePublishing>().AddScoped<DraftFromTicket>().AddSingleton<DraftIndex>();
        builder.Services.AddScoped<BringImage>().AddScoped<DeleteImage>().AddScoped<BringArticles>().AddScoped<WorkOnUploads>();
        builder.Services.AddSingleton<SynonymIndex>().AddScoped<WriteSynonyms>().AddScoped<PreviewSynonyms>().AddScoped<ExportSynonyms>();
        builder.Services.TryAddSingleton(provider => Desk.LoadEditing(options.ContentDirectory, provider.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddSingleton<PostgresTools>().AddSingleton<MakeBackup>().AddScoped<RestoreBackup>().AddSingleton<ScheduledBackups>();
        builder.Services.AddSingleton(new BackupPlan(options.Backups.Directory, options.DataDirectory, TimeSpan.FromHours(options.Backups.EveryHours), options.Backups.Keep));
        Accounts.Add(builder.Services, options);
        Desk.Add(builder.Services, options);
        return options;
    }

    private static void AddWeb(WebApplicationBuilder builder, SelfServiceOptions options)
    {
        KeyRing.Add(builder.Services, options);
        builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        builder.Services.AddAntiforgery(o =>
        {
            o.Cookie.Name = PortalCookies.Name("seguro", options.IsHttps);
            o.Cookie.SecurePolicy = PortalCookies.Secure(options.IsHttps);
            o.SuppressXFrameOptionsHeader = true;
        });
        builder.Services.AddRazorPages(pages =>
            {
                pages.Conventions.AuthorizeFolder("/Admin", Accounts.StaffPolicy);
                pages.Conventions.AuthorizeFolder("/Agent", Accounts.DeskPolicy);
                pages.Conventions.AuthorizeFolder("/Editor", Accounts.EditorPolicy);
                pages.Conventions.AuthorizeFolder("/Reports", Accounts.StaffPolicy);
                pages.Conventions.AddFolderApplicationModelConvention("/", OwnHandlers.OfPage);
                pages.Conventions.AddPageRoute("/Reports/Team", "/informes/colas");
                pages.Conventions.AddFolderApplicationModelConvention("/Cases", CaseSubject.LoadForEveryPage);
                pages.Conventions.AddFolderApplicationModelConvention("/Agent", LoadTicket.ForEveryPage);
                pages.Conventions.AddFolderApplicationModelConvention("/Editor", LoadArticle.ForEveryPage);
            })
            .AddMvcOptions(mvc =>
            {
                mvc.Filters.Add(new OwnHandlers());
                mvc.Filters.Add<KeptInputFilter>();
                mvc.Filters.Add<InvalidInputFilter>();
            })
            .AddViewLocalization();
        builder.Services.AddLocalization().AddSingleton<ResourceManagerStringLocalizerFactory>();
        builder.Services.Replace(ServiceDescriptor.Singleton<IStringLocalizerFactory, KeptTextsFactory>());
        builder.Services.AddHttpContextAccessor();
        PublicPages.Add(builder.Services, options.IsHttps);
        RateLimits.Add(builder.Services, options.Limits);
        Telemetry.Add(builder.Services, options.Telemetry);
        builder.Services.AddPageComponents();
        builder.Services.AddFormPages();
        builder.Services.AddOrderPages();
        builder.Services.AddAppointmentPages();
        builder.Services.AddSingleton<EditorWords>();
        builder.Services.AddScoped<SettingsLog>();
        builder.Services.AddScoped<GuestCases>().AddScoped<ReplyFiles>();
        Mailing.Add(builder.Services, options);
        builder.Services.AddSingleton<Readiness>().AddSingleton<Turns>();
        builder.Services.AddSingleton<ContentImporter>();
        builder.Services.AddHostedService<Recurring>();
        if (builder.Environment.IsDevelopment())
        {
            builder.Services.AddHostedService<ContentWatcher>();
        }
    }

    private static void Use(WebApplication app)
    {
        app.UseForwardedHeaders();
        if (app.Services.GetRequiredService<SelfServiceOptions>().IsHttps)
        {
            // Customers come over HTTPS, also where the proxy before us does not say so in a header.
            app.Use((context, next) =>
            {
                context.Request.Scheme = Uri.UriSchemeHttps;
                return next(context);
            });
        }

        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/error/500", StatusCodeSelector = Failures.StatusOf });
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseMiddleware<FailedRequests>();
        app.UseRouting();
        app.Use(Telemetry.NameSpan);
        app.UseMiddleware<OversizedRequests>();
        app.UseMiddleware<LanguageChoice>();
        app.UseRateLimiter();
        app.UseMiddleware<Footsteps>();
        app.UseOutputCache();
        app.UseMiddleware<Turns>();
        app.UseMiddleware<EntityTags>();
        app.UseResponseCompression();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();

        app.MapStaticAssets();
        app.MapSiteAssets();
        app.MapRazorPages().WithStaticAssets();
        app.MapSuggestions();
        app.MapFormOffers();
        app.MapReading();
        app.MapCalendarFeed();
        app.MapLanguageSwitch();
        app.MapCountryChoice();
        app.MapMedia();
        app.MapSitemap();
        app.MapFeed();
        app.MapOpenSearch();
        app.MapSecurityContact();
        app.MapHealth();
        app.MapMetrics(app.Services.GetRequiredService<SelfServiceOptions>().Telemetry);
    }

    // The folder with `wwwroot`: published, the program's own; from a clone, the project's, wherever the command was given.
    private static string ContentRoot()
    {
        if (Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")))
        {
            return AppContext.BaseDirectory;
        }

        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var project = Path.Combine(directory.FullName, "src", "SelfService.Web");
            if (Directory.Exists(Path.Combine(project, "wwwroot")))
            {
                return project;
            }
        }

        return Directory.GetCurrentDirectory();
    }
}
