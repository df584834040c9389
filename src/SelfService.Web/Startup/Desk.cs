using System.Globalization;
using SelfService.Core.Company;
using SelfService.Core.Jobs;
using SelfService.Core.Journeys;
using SelfService.Core.KnowledgeBase.Content;
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
        services.AddScoped<Trails>().AddScoped<OpenTicket>().AddScoped<AttachmentFolder>();
        services.AddScoped<RunDueJobs>().AddScoped<RemoveDoneJobs>();
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

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path}:{Line}: {Reason}. A plain desk is used until it is mended.")]
    private static partial void Broken(ILogger logger, string path, int line, string reason);
}
