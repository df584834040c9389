using System.Text.RegularExpressions;
using SelfService.Core.KnowledgeBase.Content;

namespace SelfService.Core.Tickets;

/// <summary>A text that agents begin an answer with, from <c>content/replies/*.md</c>.</summary>
/// <param name="Slug">Name of its file.</param>
/// <param name="Queue">Key of the queue it is for; empty for every queue.</param>
/// <param name="Body">Plain text with <c>{nombre}</c>, <c>{numero}</c> and parts to fill in.</param>
public sealed partial record CannedReply(string Slug, string Title, string Queue, string Body)
{
    private const string Name = "{nombre}";
    private const string Number = "{numero}";

    /// <summary>Reads a file. Answers are plain text, so emphasis goes and links are written out; <c>**[parts]**</c> stay.</summary>
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

        var body = Emphasis().Replace(file.Body, bold => bold.Groups[1].Value is ['[', .., ']'] ? bold.Value : bold.Groups[1].Value);
        body = Link().Replace(body, link => $"{link.Groups[1].Value} ({(link.Groups[2].Value.StartsWith('/') ? publicUrl : "")}{link.Groups[2].Value})");
        return new CannedReply(Path.GetFileNameWithoutExtension(path), PlainText.Line(Value("title")), Value("queue"), PlainText.Body(body));
    }

    /// <summary>The text for one customer and ticket; parts to fill in stay as they are.</summary>
    public string For(string name, string number) =>
        (name.Length == 0 ? Body.Replace(", " + Name, "") : Body).Replace(Name, name).Replace(Number, number);

    /// <summary>The first part of a text that its writer was to fill in; null when nothing is left.</summary>
    public static string? Unfilled(string text) => Part().Match(text) is { Success: true } part ? part.Value : null;

    [GeneratedRegex(@"\*\*([^*\n]+)\*\*")]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"\[([^\]\n]+)\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\*\*\[[^\]\n]*\]\*\*|\{nombre\}|\{numero\}")]
    private static partial Regex Part();
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
