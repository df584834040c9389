using System.Globalization;
using System.Text.RegularExpressions;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Mail;
using SelfService.Web.Components;

namespace SelfService.Web.Mail;

/// <summary>
/// The words of every mail: those that come with the portal, and over them the company's own in <c>content/mail</c>. A file
/// that cannot be used is reported, and the words that come with the portal stay.
/// </summary>
public sealed partial class MailTemplates
{
    /// <summary>Folder inside the content folder.</summary>
    public const string Folder = "mail";

    /// <summary>Languages that every mail is written in.</summary>
    public static readonly IReadOnlyList<string> Languages = ["es", "en"];

    private readonly Dictionary<(MailKind, string), MailTemplate> templates = [];

    private MailTemplates()
    {
        foreach (var kind in Enum.GetValues<MailKind>())
        {
            foreach (var language in Languages)
            {
                templates[(kind, language)] = MailTemplate.Read(BuiltIn($"{NameOf(kind)}.{language}.md"), kind);
            }
        }
    }

    /// <summary>The words of a kind; in Spanish for a language nobody has written them in.</summary>
    public MailTemplate Of(MailKind kind, string language) => templates.GetValueOrDefault((kind, language)) ?? templates[(kind, Languages[0])];

    /// <summary>Name of a kind's files: <c>case-opened</c>.</summary>
    public static string NameOf(MailKind kind) => Hump().Replace(kind.ToString(), "-$1").ToLowerInvariant();

    /// <summary>Reads the company's own words.</summary>
    /// <param name="problems">Receives what could not be used.</param>
    public static MailTemplates Read(string contentDirectory, List<ContentProblem> problems)
    {
        var result = new MailTemplates();
        var path = Path.Combine(contentDirectory, Folder);
        if (!Directory.Exists(path))
        {
            return result;
        }

        var folder = new ContentFolder(path);
        foreach (var file in folder.Files([".md"], problems))
        {
            var name = $"{Folder}/{file}";
            if (KindAndLanguage(file) is not { } known)
            {
                problems.Add(ContentProblem.Warning(ProblemKind.MailUnknown, 0, file) with { File = name });
                continue;
            }

            try
            {
                result.templates[known] = MailTemplate.Read(
                    folder.Read(file, TextFile.MaxBytes) ?? throw new ContentException(ContentProblem.Error(ProblemKind.FileUnreadable)), known.Kind);
            }
            catch (ContentException exception)
            {
                problems.Add(exception.Problem with { File = name, Severity = ProblemSeverity.Error });
            }
        }

        return result;
    }

    /// <summary>Reads the company's own words and reports problems in the log.</summary>
    public static MailTemplates Load(string contentDirectory, ILoggerFactory loggers)
    {
        var problems = new List<ContentProblem>();
        var templates = Read(contentDirectory, problems);
        foreach (var problem in problems)
        {
            LeftOut(loggers.CreateLogger<MailTemplates>(), problem.File, problem.Line, ContentWordsReader.Describe(problem, CultureInfo.GetCultureInfo("es")));
        }

        return templates;
    }

    private static (MailKind Kind, string Language)? KindAndLanguage(string file)
    {
        foreach (var kind in Enum.GetValues<MailKind>())
        {
            foreach (var language in Languages)
            {
                if (file == $"{NameOf(kind)}.{language}.md")
                {
                    return (kind, language);
                }
            }
        }

        return null;
    }

    private static byte[] BuiltIn(string name)
    {
        using var stream = typeof(MailTemplates).Assembly.GetManifestResourceStream($"Mail/{name}")
            ?? throw new FileNotFoundException(name);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex Hump();

    [LoggerMessage(Level = LogLevel.Error, Message = "{File}:{Line}: {Reason}. The portal's own words are used.")]
    private static partial void LeftOut(ILogger logger, string file, int line, string reason);
}
