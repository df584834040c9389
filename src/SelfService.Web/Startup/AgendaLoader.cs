using System.Globalization;
using SelfService.Core.Appointments;
using SelfService.Core.Appointments.Content;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Tickets;
using SelfService.Web.Components;

namespace SelfService.Web.Startup;

/// <summary>What can be booked, from the content folder. A broken service is reported and left out; the others are offered.</summary>
public sealed partial class AgendaLoader
{
    private readonly string contentDirectory;
    private readonly CompanyProfile company;
    private readonly ServiceDesk desk;
    private readonly ILogger<AgendaLoader> logger;
    private Agenda agenda;

    public AgendaLoader(SelfServiceOptions options, CompanyProfile company, ServiceDesk desk, ILogger<AgendaLoader> logger)
    {
        (contentDirectory, this.company, this.desk, this.logger) = (options.ContentDirectory, company, desk, logger);
        agenda = Read();
    }

    /// <summary>The agenda as last read. Whoever asks keeps what she got: it never changes.</summary>
    public Agenda Agenda => Volatile.Read(ref agenda);

    /// <summary>Reads the folder again.</summary>
    public void Reload() => Volatile.Write(ref agenda, Read());

    private Agenda Read()
    {
        var problems = new List<ContentProblem>();
        var read = AgendaFolder.Read(contentDirectory, company, desk, problems);
        foreach (var problem in problems.Where(p => p.Severity != ProblemSeverity.Notice))
        {
            Found(problem.File, problem.Line, ContentWordsReader.Describe(problem, CultureInfo.GetCultureInfo("es")));
        }

        return read;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "content/{File}:{Line}: {Reason}")]
    private partial void Found(string file, int line, string reason);
}
