using System.Globalization;
using SelfService.Core.Company;
using SelfService.Core.Jobs;
using SelfService.Core.Journeys;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Requests;
using SelfService.Core.Sla;
using SelfService.Core.Tickets;
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
        services.AddScoped<CloseSolvedTickets>().AddScoped<EscalateOverdueTickets>();
        services.AddScoped<RunDueJobs>().AddScoped<RemoveDoneJobs>().AddScoped<RetryJobs>().AddScoped<IJobHandler, FindCase>();
        services.AddSingleton<StepLog>().AddScoped<ForgetSteps>().AddSingleton<OfferArticles>();
        services.AddScoped<AnswerTicket>().AddScoped<HandleTicket>().AddScoped<RevokeLinks>().AddScoped<SendLink>();
        services.AddSingleton(provider => LoadReplies(options, provider.GetRequiredService<ILoggerFactory>()));
    }

    // A broken file is reported; a plain desk takes its place, so that customers can still ask.
    private static ServiceDesk Load(string contentDirectory, CompanyProfile company, ILoggerFactory loggers)
    {
        var path = Path.Combine(contentDirectory, ServiceDeskFile.FileName);
        if (!File.Exists(path))
        {
            return ServiceDesk.Plain(company.Name);
        }

        try
        {
            return ServiceDeskFile.Read(File.ReadAllBytes(path));
        }
        catch (ContentException exception)
        {
            Broken(loggers.CreateLogger<Desk>(), path, exception.Problem.Line, ContentWordsReader.Describe(exception.Problem, CultureInfo.GetCultureInfo("es")));
            return ServiceDesk.Plain(company.Name);
        }
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

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path}:{Line}: {Reason}. A plain desk is used until it is mended.")]
    private static partial void Broken(ILogger logger, string path, int line, string reason);
}
