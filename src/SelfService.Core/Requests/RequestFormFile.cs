using System.Globalization;
using System.Text.RegularExpressions;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Tickets;

namespace SelfService.Core.Requests;

/// <summary>A file of <c>content/forms</c> as it is written; <see cref="Read"/> checks it and makes the form.</summary>
public sealed partial class RequestFormFile
{
    /// <summary>Largest file, in bytes.</summary>
    public const int MaxBytes = 128 * 1024;

    private const int IconMaxLength = 40;

    private static readonly HashSet<string> KnownKeys =
    [
        "title", "summary", "icon", "position", "queue", "priority", "sla", "subject", "articles", "contact", "next", "fields",
        "fields.name", "fields.type", "fields.label", "fields.hint", "fields.required", "fields.options", "fields.show_when", "fields.min", "fields.max",
        "fields.max_length", "fields.max_files", "fields.identifiers",
        "fields.options.value", "fields.options.label", "fields.options.queue", "fields.options.priority", "fields.options.sla",
        "fields.show_when.field", "fields.show_when.is",
    ];

    public string? Title { get; set; }
    public string? Summary { get; set; }
    public string? Icon { get; set; }
    public int Position { get; set; } = int.MaxValue;
    public string? Queue { get; set; }
    public string? Priority { get; set; }
    public string? Sla { get; set; }
    public string? Subject { get; set; }
    public List<string?>? Articles { get; set; }
    public List<string?>? Contact { get; set; }
    public string? Next { get; set; }
    public List<FieldPart?>? Fields { get; set; }

    /// <summary>Reads and checks a file.</summary>
    /// <param name="slug">Its name without ending.</param>
    /// <param name="problems">Receives everything wrong with it.</param>
    /// <returns>Null when an error keeps it out.</returns>
    /// <exception cref="ContentException">It is no YAML of this shape.</exception>
    public static RequestForm? Read(string slug, ReadOnlySpan<byte> bytes, ServiceDesk desk, ICollection<ContentProblem> problems)
    {
        if (bytes.Length > MaxBytes)
        {
            throw new ContentException(ContentProblem.Error(ProblemKind.FileTooLarge, 0, $"> {MaxBytes / 1024} KiB"));
        }

        var file = TypedYaml.Read<RequestFormFile>(bytes);
        var keys = YamlEntries.Keys(TextFile.Decode(bytes).Text).ToList();
        var found = new List<ContentProblem>();
        foreach (var (path, line) in keys.Where(key => !KnownKeys.Contains(key.Path)).Take(RequestForm.MaxFields))
        {
            found.Add(ContentProblem.Warning(ProblemKind.UnknownKeys, line, path));
        }

        var routing = new FormRouting(desk, found);
        var fields = new FormFieldsReader(routing, found).Read(file.Fields ?? [], [.. keys.Where(key => key.Path == "fields.name").Select(key => key.Line)]);
        var form = file.Checked(slug, fields, routing, found, keys.ToLookup(key => key.Path, key => key.Line));
        foreach (var problem in found)
        {
            problems.Add(problem);
        }

        return found.Any(p => p.Severity == ProblemSeverity.Error) ? null : form;
    }

    private RequestForm Checked(string slug, IReadOnlyList<FormField> fields, FormRouting routing, List<ContentProblem> problems, ILookup<string, int> lines)
    {
        var title = PlainText.Line(Title);
        if (!Slug().IsMatch(slug) || slug.Length > RequestForm.TitleMaxLength)
        {
            problems.Add(ContentProblem.Error(ProblemKind.FormName, 0, slug));
        }

        if (title.Length is 0 or > RequestForm.TitleMaxLength)
        {
            problems.Add(ContentProblem.Error(ProblemKind.FormTitle, LineOf("title"), title));
        }

        if (Fields is not { Count: > 0 and <= RequestForm.MaxFields })
        {
            problems.Add(ContentProblem.Error(ProblemKind.FormFields, LineOf("fields"), (Fields?.Count ?? 0).ToString(CultureInfo.InvariantCulture)));
        }

        var subject = Cut(Subject, RequestForm.SubjectMaxLength, "subject");
        foreach (var name in SubjectPlaces.Names(subject).Where(name => fields.All(f => f.Name != name)))
        {
            problems.Add(ContentProblem.Warning(ProblemKind.FormSubject, LineOf("subject"), $"{{{name}}}"));
        }

        return new RequestForm
        {
            Slug = slug,
            Title = title,
            Summary = Cut(Summary, RequestForm.SummaryMaxLength, "summary"),
            Icon = Cut(Icon, IconMaxLength, "icon"),
            Position = Position,
            Queue = routing.Queue(Queue, "queue", LineOf("queue")) ?? routing.DefaultQueue,
            Priority = routing.Priority(Priority, "priority", LineOf("priority")) ?? TicketPriority.Normal,
            Sla = routing.Sla(Sla, "sla", LineOf("sla")),
            Subject = subject.Length == 0 ? null : subject,
            Articles = [.. (Articles ?? []).Select(PlainText.Line).Where(a => a.Length > 0).Distinct().Take(RequestForm.MaxArticles)],
            Contact = Need(LineOf("contact")),
            Next = Cut(Next, RequestForm.NextMaxLength, "next"),
            Fields = fields,
        };

        int LineOf(string key) => lines[key].FirstOrDefault();

        string Cut(string? written, int length, string key)
        {
            var text = PlainText.Line(written);
            if (text.Length > length)
            {
                problems.Add(ContentProblem.Warning(ProblemKind.TooLong, LineOf(key), $"{key} > {length}"));
            }

            return text[..Math.Min(text.Length, length)];
        }

        ContactNeed Need(int line)
        {
            var ways = (Contact ?? []).Select(way => way?.Trim()).Distinct().ToList();
            if (ways.Any(way => way is not ("email" or "phone")))
            {
                problems.Add(ContentProblem.Error(ProblemKind.FormContact, line, string.Join(", ", ways)));
            }

            return ways switch { ["email"] => ContactNeed.Email, ["phone"] => ContactNeed.Phone, _ => ContactNeed.Either };
        }
    }

    [GeneratedRegex("^[a-z0-9]+(?:-[a-z0-9]+)*$")]
    private static partial Regex Slug();

    public sealed class FieldPart
    {
        public string? Name { get; set; }
        public string? Type { get; set; }
        public string? Label { get; set; }
        public string? Hint { get; set; }
        public bool Required { get; set; }
        public List<OptionPart?>? Options { get; set; }
        public ConditionPart? ShowWhen { get; set; }
        public decimal? Min { get; set; }
        public decimal? Max { get; set; }
        public int? MaxLength { get; set; }
        public int? MaxFiles { get; set; }
        public List<string?>? Identifiers { get; set; }
    }

    public sealed class OptionPart
    {
        public string? Value { get; set; }
        public string? Label { get; set; }
        public string? Queue { get; set; }
        public string? Priority { get; set; }
        public string? Sla { get; set; }
    }

    public sealed class ConditionPart
    {
        public string? Field { get; set; }
        public List<string?>? Is { get; set; }
    }
}
