using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Mail;

namespace SelfService.Web.Mail;

/// <summary>The words of one kind of mail in one language: a subject, and a body in Markdown, with names in braces for what differs.</summary>
public sealed class MailTemplate
{
    private const string SubjectKey = "subject";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    private MailTemplate(string subject, MarkdownDocument body) => (Subject, Body) = (subject, body);

    public string Subject { get; }

    public MarkdownDocument Body { get; }

    /// <summary>Reads a template.</summary>
    /// <exception cref="ContentException">It has no subject or no body, names what the kind does not know, or cannot be read.</exception>
    public static MailTemplate Read(ReadOnlySpan<byte> bytes, MailKind kind)
    {
        var file = FrontMatter.Split(TextFile.Decode(bytes).Text);
        var subject = file.Entries.FirstOrDefault(e => e.Key == SubjectKey)?.Values is [var value, ..] ? value.Trim() : "";
        if (subject.Length == 0)
        {
            throw new ContentException(ContentProblem.Error(ProblemKind.MailSubject, 1));
        }

        if (file.Body.Trim().Length == 0)
        {
            throw new ContentException(ContentProblem.Error(ProblemKind.EmptyBody, file.BodyLine));
        }

        if (MarkdownLimits.CheckMarkdown(file.Body) is { } tooMuch)
        {
            throw new ContentException(tooMuch);
        }

        var body = Parse(file.Body);
        Require(MailPlaceholders.In(subject).Concat(MailPlaceholders.In(file.Body)), MailPlaceholders.Of(kind));
        // An address with a customer's words in it could lead anywhere.
        Require(body.Descendants<LinkInline>().SelectMany(link => MailPlaceholders.In(link.Url ?? "")), [MailPlaceholders.Link]);
        return new MailTemplate(subject, body);
    }

    private static MarkdownDocument Parse(string markdown)
    {
        try
        {
            return Markdown.Parse(markdown, Pipeline);
        }
        catch (ArgumentException exception)
        {
            // Markdig's own guard against deep nesting.
            throw new ContentException(ContentProblem.Error(ProblemKind.TooComplex, 0, exception.Message));
        }
    }

    private static void Require(IEnumerable<string> named, IReadOnlyList<string> known)
    {
        if (named.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new ContentException(ContentProblem.Error(ProblemKind.MailPlaceholder, 0, $"{{{unknown}}}"));
        }
    }
}
