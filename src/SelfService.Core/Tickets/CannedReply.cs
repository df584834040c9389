using System.Text.RegularExpressions;
using SelfService.Core.KnowledgeBase.Content;

namespace SelfService.Core.Tickets;

/// <summary>A text that agents begin an answer with, from <c>content/replies/*.md</c>.</summary>
/// <param name="Slug">Name of its file.</param>
/// <param name="Queue">Key of the queue it is for; empty for every queue.</param>
/// <param name="Body">Markdown with parts that the portal fills in, such as <c>{nombre}</c>, and parts for the agent: <c>**[parte]**</c>.</param>
public sealed partial record CannedReply(string Slug, string Title, string Queue, string Body)
{
    /// <summary>Parts that the portal fills in.</summary>
    public const string Name = "{nombre}", Number = "{numero}", Subject = "{asunto}", Agent = "{agente}", Team = "{equipo}", Company = "{empresa}", Date = "{fecha}";

    /// <summary>Reads a file. What links to a page of the portal gets its whole address: the answer is read in a mail too.</summary>
    /// <param name="publicUrl">What paths of the portal begin with.</param>
    /// <exception cref="ContentException">It cannot be read, or has no title or no text.</exception>
    public static CannedReply Read(string path, ReadOnlySpan<byte> bytes, string publicUrl)
    {
        var file = FrontMatter.Split(TextFile.Decode(bytes).Text);
        string Value(string key) => file.Entries.FirstOrDefault(e => e.Key == key)?.Values.FirstOrDefault()?.Trim() ?? "";
        if (Value("title").Length == 0)
        {
            throw new ContentException(ContentProblem.Error(ProblemKind.MissingTitle, 1));
        }

        var body = Link().Replace(file.Body, link => $"]({publicUrl}{link.Groups[1].Value})");
        return new CannedReply(Path.GetFileNameWithoutExtension(path), PlainText.Line(Value("title")), Value("queue"), PlainText.Body(body));
    }

    /// <summary>The text for one ticket; what the agent has to fill in stays as it is.</summary>
    /// <param name="values">By the names of the parts; nobody's name leaves the greeting without one.</param>
    public string For(IReadOnlyDictionary<string, string> values)
    {
        var text = values.GetValueOrDefault(Name) is "" ? Body.Replace(", " + Name, "", StringComparison.Ordinal) : Body;
        // In one pass: a subject in braces is not filled in again.
        return Variable().Replace(text, part => values.GetValueOrDefault(part.Value, part.Value));
    }

    /// <summary>The first part of a text that its writer was to fill in; null when nothing is left.</summary>
    public static string? Unfilled(string text) => Part().Match(text) is { Success: true } part ? part.Value : null;

    [GeneratedRegex(@"\]\((/[^)\s]*)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\*\*\[[^\]\n]*\]\*\*|\{(nombre|numero|asunto|agente|equipo|empresa|fecha)\}")]
    private static partial Regex Part();

    [GeneratedRegex(@"\{(nombre|numero|asunto|agente|equipo|empresa|fecha)\}")]
    private static partial Regex Variable();
}

/// <summary>The canned replies of the company, by title.</summary>
public sealed class CannedReplies(IReadOnlyList<CannedReply> replies)
{
    /// <summary>Folder of them inside the content.</summary>
    public const string Folder = "replies";

    /// <summary>Those for a queue, then those for every queue, then the others.</summary>
    public IReadOnlyList<CannedReply> For(string queue) =>
        [.. replies.OrderBy(r => r.Queue == queue ? 0 : r.Queue.Length == 0 ? 1 : 2).ThenBy(r => r.Title, StringComparer.Ordinal)];

    /// <summary>The reply of that slug, or null.</summary>
    public CannedReply? Find(string? slug) => replies.FirstOrDefault(r => r.Slug == slug);

    /// <summary>Reads a folder; a file that cannot be read is reported and left out.</summary>
    public static CannedReplies Read(string folder, string publicUrl, ICollection<ContentProblem> problems)
    {
        var read = new List<CannedReply>();
        if (Directory.Exists(folder))
        {
            var content = new ContentFolder(folder);
            foreach (var path in content.Files([".md"], problems))
            {
                try
                {
                    read.Add(CannedReply.Read(path, content.Read(path, TextFile.MaxBytes) ?? [], publicUrl));
                }
                catch (ContentException exception)
                {
                    problems.Add(exception.Problem with { File = path });
                }
            }
        }

        return new CannedReplies(read);
    }
}
