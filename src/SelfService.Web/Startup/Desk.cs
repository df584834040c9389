using System.Globalization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.Catalog;
using SelfService.Core.Catalog.Content;
using SelfService.Core.Catalog.Csv;
using SelfService.Core.Company;
using SelfService.Core.Deflection;
using SelfService.Core.Jobs;
using SelfService.Core.Journeys;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Orders;
using SelfService.Core.Requests;
using SelfService.Core.Sla;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Calls;
using SelfService.Core.Tickets.Desk;
using SelfService.Core.Tickets.Joining;
using SelfService.Core.Tickets.Rules;
using SelfService.Core.Tickets.SideQuestions;
using SelfService.Web.Components;

namespace SelfService.Web.Startup;

/// <summary>The help desk: queues, tickets and what happens to them.</summary>
public sealed partial class Desk
{
    /// <summary>Registers the desk and everything that can be done with a ticket.</summary>
    public static void Add(IServiceCollection services, SelfServiceOptions options)
    {
        services.AddSingleton(provider => Load(
            options.ContentDirectory, provider.GetRequiredService<CompanyProfile>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<SlaClock>();
        services.AddSingleton(new AttachmentRoot(Path.Combine(options.DataDirectory, "attachments")));
        services.AddSingleton<FormLoader>().AddTransient(provider => provider.GetRequiredService<FormLoader>().Forms);
        services.AddSingleton(provider => ContentWordsReader.AnswerWords(CompanyLoader.Language(provider.GetRequiredService<CompanyProfile>())));
        services.AddSingleton<AnswerForm>();
        services.AddScoped<Trails>().AddScoped<OpenTicket>().AddScoped<AttachmentFolder>();
        services.AddScoped<ReplyToTicket>().AddScoped<CloseTicket>().AddScoped<ReopenTicket>().AddScoped<RateTicket>();
        services.AddScoped<CloseSolvedTickets>().AddScoped<EscalateOverdueTickets>().AddScoped<StemOldTickets>().AddScoped<WarnBeforeBreach>().AddScoped<FollowSla>().AddSingleton<SlaReckoning>();
        services.AddScoped<AskAside>().AddScoped<JoinTickets>();
        services.AddScoped<RuleActions>().AddScoped<RunRules>().AddScoped<PreviewRule>();
        services.AddScoped<RunDueJobs>().AddScoped<RemoveDoneJobs>().AddScoped<RetryJobs>().AddScoped<IJobHandler, FindCase>();
        services.AddSingleton<StepLog>().AddScoped<ForgetSteps>().AddSingleton<OfferArticles>();
        services.AddSingleton(provider => LoadRules(
            options.ContentDirectory, provider.GetRequiredService<CompanyProfile>(), provider.GetRequiredService<ServiceDesk>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddScoped<PlaceOrder>().AddScoped<ChangeOrder>().AddScoped<AdjustStock>();
        services.AddScoped<PlanUpload>().AddScoped<BringUpload>().AddScoped<ApplyUpload>().AddScoped<ForgetUploads>();
        services.AddScoped<Carts>().AddScoped<ForgetCarts>().AddSingleton<CollectionDays>();
        services.AddScoped<CancelOrder>().AddScoped<ReturnGoods>();
        services.AddScoped<MoveOrder>().AddScoped<MoveOrders>().AddScoped<SettleOrder>().AddScoped<GrantOnOrder>().AddScoped<CorrectOrder>();
        services.AddSingleton<AgendaLoader>().AddTransient(provider => provider.GetRequiredService<AgendaLoader>().Agenda);
        services.AddSingleton<IDateTimeZoneProvider>(DateTimeZoneProviders.Tzdb);
        services.AddScoped<BookAppointment>().AddScoped<ChangeAppointment>().AddScoped<BeginAppointments>().AddScoped<AlignAppointments>();
        services.AddScoped<JoinWaitingList>().AddScoped<ChangeWaiting>().AddScoped<OfferFreeTime>();
        services.AddScoped<CloseDays>().AddScoped<DraftFromGap>().AddScoped<VisitorsOf>().AddSingleton<Trials>();
        services.TryAddSingleton(provider => LoadExperiments(options.ContentDirectory, provider.GetRequiredService<ILoggerFactory>()));
        services.AddScoped<BlockTime>().AddScoped<RemoveBlock>().AddScoped<AlignBlocks>().AddScoped<Calendars>();
        services.AddScoped<AnswerTicket>().AddScoped<HandleTicket>().AddScoped<ChangeTickets>().AddScoped<RecordCall>().AddSingleton<DeskCounts>().AddScoped<RevokeLinks>().AddScoped<SendLink>();
        services.AddSingleton(provider => LoadReplies(options, provider.GetRequiredService<ILoggerFactory>()));
    }

    // A broken file is reported; a plain desk takes its place, so that customers can still ask.
    private static ServiceDesk Load(string contentDirectory, CompanyProfile company, ILoggerFactory loggers) =>
        Read(contentDirectory, ServiceDeskFile.FileName, loggers, bytes => ServiceDeskFile.Read(bytes), ServiceDesk.Plain(company.Name), ServiceDesk.Plain(company.Name));

    // The same for what is being tried: until the file is mended nobody does without anything.
    private static Experiments LoadExperiments(string contentDirectory, ILoggerFactory loggers) =>
        Read(contentDirectory, ExperimentsFile.FileName, loggers, bytes => ExperimentsFile.Read(bytes), Experiments.Usual, new Experiments([], 0));

    // The same for how the company sells: what is sold is sold by plain rules rather than not at all.
    private static OrderRules LoadRules(string contentDirectory, CompanyProfile company, ServiceDesk desk, ILoggerFactory loggers) =>
        Read(contentDirectory, OrderRulesFile.FileName, loggers, bytes => OrderRulesFile.Read(bytes, company, desk), OrderRules.Plain(company), OrderRules.Plain(company));

    /// <summary>Who may publish what. While the file is broken, everything needs somebody else's approval.</summary>
    internal static EditingRules LoadEditing(string contentDirectory, ILoggerFactory loggers) =>
        Read(contentDirectory, EditingFile.FileName, loggers, bytes => EditingFile.Read(bytes), EditingRules.Open, EditingRules.Open with { NeedsApproval = true });

    private static T Read<T>(string contentDirectory, string name, ILoggerFactory loggers, Func<byte[], T> read, T absent, T broken)
    {
        var path = Path.Combine(contentDirectory, name);
        if (!File.Exists(path))
        {
            return absent;
        }

        try
        {
            return read(File.ReadAllBytes(path));
        }
        catch (ContentException exception)
        {
            Broken(loggers.CreateLogger<Desk>(), path, exception.Problem.Line, ContentWordsReader.Describe(exception.Problem, CultureInfo.GetCultureInfo("es")));
            return broken;
        }
    }

    /// <summary>The shelves of the catalogue; none where their file is broken, which is reported.</summary>
    internal static Shelves LoadShelves(string contentDirectory, ILoggerFactory loggers)
    {
        var problems = new List<ContentProblem>();
        var shelves = CatalogLoader.ReadShelves(contentDirectory, problems);
        foreach (var problem in problems)
        {
            Broken(loggers.CreateLogger<Desk>(), problem.File, problem.Line, ContentWordsReader.Describe(problem, CultureInfo.GetCultureInfo("es")));
        }

        return shelves;
    }

    private static CannedReplies LoadReplies(SelfServiceOptions options, ILoggerFactory loggers)
    {
        var problems = new List<ContentProblem>();
        var replies = CannedReplies.Read(Path.Combine(options.ContentDirectory, CannedReplies.Folder), options.PublicUrl, problems);
        foreach (var problem in problems)
        {
            LeftOut(loggers.CreateLogger<Desk>(), $"{CannedReplies.Folder}/{problem.File}", problem.Line, ContentWordsReader.Describe(problem, CultureInfo.GetCultureInfo("es")));
        }

        return replies;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path}:{Line}: {Reason}. The reply is left out.")]
    private static partial void LeftOut(ILogger logger, string path, int line, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path}:{Line}: {Reason}. Plain rules are used until it is mended.")]
    private static partial void Broken(ILogger logger, string path, int line, string reason);
}
