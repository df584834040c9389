using SelfService.Core.People;
using SelfService.Core.Requests.Identifiers;
using SelfService.Core.Tickets;

namespace SelfService.Core.Requests;

/// <summary>A form customers fill in, from one file of <c>content/forms</c>, already checked.</summary>
public sealed record RequestForm
{
    public const int TitleMaxLength = 80;
    public const int SummaryMaxLength = 200;
    public const int SubjectMaxLength = 200;
    public const int NextMaxLength = 500;
    public const int MaxFields = 60;
    public const int MaxArticles = 5;

    /// <summary>The field whose answer is the subject of the case when the form has no <see cref="Subject"/>.</summary>
    public const string SubjectField = "asunto";

    /// <summary>The long text that becomes the first message of the case.</summary>
    public const string MessageField = "mensaje";

    /// <summary>Names the page of the form uses itself.</summary>
    public static readonly IReadOnlyList<string> ReservedNames = ["key", "website"];

    /// <summary>Name of the file, and last part of the address.</summary>
    public required string Slug { get; init; }

    public required string Title { get; init; }

    /// <summary>One sentence, or empty.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Name of a drawing of the sprite, or empty.</summary>
    public string Icon { get; init; } = "";

    public int Position { get; init; }

    /// <summary>Key of a queue that exists.</summary>
    public required string Queue { get; init; }

    public TicketPriority Priority { get; init; } = TicketPriority.Normal;

    /// <summary>Key of a policy that exists; null for that of the queue.</summary>
    public string? Sla { get; init; }

    /// <summary>Subject of the case with names of fields in braces; null without one.</summary>
    public string? Subject { get; init; }

    /// <summary>Slugs of articles to offer before anything is typed.</summary>
    public IReadOnlyList<string> Articles { get; init; } = [];

    public ContactNeed Contact { get; init; }

    /// <summary>One sentence that the confirmation says, or empty.</summary>
    public string Next { get; init; } = "";

    /// <summary>In the order they are asked; a condition names a field above.</summary>
    public required IReadOnlyList<FormField> Fields { get; init; }

    /// <summary>Address of the form's page.</summary>
    public string Url => $"/solicitudes/{Slug}";
}

/// <summary>How somebody who fills in a form must be reachable. Name is always asked.</summary>
public enum ContactNeed
{
    /// <summary>E-mail or telephone.</summary>
    Either,

    /// <summary>E-mail; a telephone may be left too.</summary>
    Email,

    /// <summary>Telephone; an e-mail may be left too.</summary>
    Phone,
}

/// <summary>What a field asks for.</summary>
public enum FieldType
{
    Text,
    LongText,
    Choice,
    Choices,
    Date,
    Number,
    Money,
    Phone,
    Email,
    Address,
    File,
    Identifier,
    Consent,
}

/// <summary>One question of a form.</summary>
public sealed record FormField
{
    public const int NameMaxLength = 40;
    public const int LabelMaxLength = 300;
    public const int HintMaxLength = 300;
    public const int MaxOptions = 60;
    public const int TextLength = 200;
    public const int LongTextLength = 5000;
    public const int MostLength = 10_000;

    /// <summary>Longest answer that is a date, a number or an amount, in characters.</summary>
    public const int FigureLength = 40;

    /// <summary>Lower-case ASCII letters, digits and underscores; begins with a letter; once in the form.</summary>
    public required string Name { get; init; }

    public required FieldType Type { get; init; }

    public required FieldLabel Label { get; init; }

    /// <summary>Said above the field, or empty.</summary>
    public string Hint { get; init; } = "";

    public bool IsRequired { get; init; }

    /// <summary>Of <see cref="FieldType.Choice"/> and <see cref="FieldType.Choices"/>.</summary>
    public IReadOnlyList<FieldOption> Options { get; init; } = [];

    /// <summary>When it is asked; null for always.</summary>
    public FieldCondition? Condition { get; init; }

    /// <summary>Smallest number or amount; of a date, days from today.</summary>
    public decimal? Min { get; init; }

    /// <summary>Largest number or amount; of a date, days from today.</summary>
    public decimal? Max { get; init; }

    /// <summary>Longest text, in characters.</summary>
    public int MaxLength { get; init; } = TextLength;

    /// <summary>Files of this field at most; of one form, never more than <see cref="Attachment.MaxCount"/>.</summary>
    public int MaxFiles { get; init; } = Attachment.MaxCount;

    /// <summary>What an identifier may be.</summary>
    public IReadOnlyList<IdentifierKind> Identifiers { get; init; } = [];

    /// <summary>The longest value its control takes, in characters.</summary>
    public int TypedMaxLength => Type switch
    {
        FieldType.Email => EmailAddress.MaxLength,
        FieldType.Phone => PhoneNumber.TypedMaxLength,
        FieldType.Identifier => Identifier.TypedMaxLength,
        FieldType.Date or FieldType.Number or FieldType.Money => FigureLength,
        _ => MaxLength,
    };
}

/// <summary>One answer to choose. What it says of the case comes before what the form says.</summary>
/// <param name="Value">Lower-case ASCII letters, digits and underscores; once in the field.</param>
/// <param name="Queue">Key of a queue that exists, or null.</param>
/// <param name="Priority">Null to say nothing about it.</param>
/// <param name="Sla">Key of a policy that exists, or null.</param>
public sealed record FieldOption(string Value, string Label, string? Queue = null, TicketPriority? Priority = null, string? Sla = null)
{
    public const int ValueMaxLength = 60;
    public const int LabelMaxLength = 120;
}

/// <summary>A field is asked when a field above it is asked and has one of these values.</summary>
/// <param name="Values">Values of options; <see cref="Accepted"/> for a consent.</param>
public sealed record FieldCondition(string Field, IReadOnlyList<string> Values)
{
    /// <summary>What a consent that was given is worth.</summary>
    public const string Accepted = "true";
}
