using System.Globalization;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;
using SelfService.Web.Components;

namespace SelfService.Web.Startup;

/// <summary>The forms of the content folder. A broken one is reported and left out; the others are offered.</summary>
public sealed partial class FormLoader
{
    private readonly string contentDirectory;
    private readonly ServiceDesk desk;
    private readonly ILogger<FormLoader> logger;
    private RequestForms forms;

    public FormLoader(SelfServiceOptions options, ServiceDesk desk, ILogger<FormLoader> logger)
    {
        (contentDirectory, this.desk, this.logger) = (options.ContentDirectory, desk, logger);
        forms = Read();
    }

    /// <summary>The forms as last read. Whoever asks keeps what she got: it never changes.</summary>
    public RequestForms Forms => Volatile.Read(ref forms);

    /// <summary>Reads the folder again.</summary>
    public void Reload() => Volatile.Write(ref forms, Read());

    private RequestForms Read()
    {
        var problems = new List<ContentProblem>();
        var read = RequestForms.Read(contentDirectory, desk, problems);
        foreach (var problem in problems.Where(p => p.Severity != ProblemSeverity.Notice))
        {
            Found(problem.File, problem.Line, ContentWordsReader.Describe(problem, CultureInfo.GetCultureInfo("es")));
        }

        return read;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "content/{File}:{Line}: {Reason}")]
    private partial void Found(string file, int line, string reason);
}
