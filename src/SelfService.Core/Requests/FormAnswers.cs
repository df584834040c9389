using SelfService.Core.Tickets;

namespace SelfService.Core.Requests;

/// <summary>A filled form, read: what a case is made of, or what has to be mended first.</summary>
public sealed record FormAnswers
{
    /// <summary>Answers to show, in the order of the form; neither subject nor message is among them.</summary>
    public required IReadOnlyList<TicketAnswer> Answers { get; init; }

    /// <summary>What keeps it from being sent, in the order of the form.</summary>
    public required IReadOnlyList<AnswerError> Errors { get; init; }

    /// <summary>Names of the fields that are asked, given the other answers.</summary>
    public required IReadOnlySet<string> Asked { get; init; }

    /// <summary>Key of the queue.</summary>
    public required string Queue { get; init; }

    public required TicketPriority Priority { get; init; }

    /// <summary>Key of the policy.</summary>
    public required string Sla { get; init; }

    public required string Subject { get; init; }

    /// <summary>First message, or empty.</summary>
    public required string Message { get; init; }
}

/// <summary>One thing wrong with an answer; the words belong to the page.</summary>
/// <param name="Control">Name of the control: the field's, or that of a part of an address.</param>
/// <param name="Argument">The limit that was passed, or an example of how to write it.</param>
public sealed record AnswerError(string Control, AnswerProblem Problem, string Argument = "");

/// <summary>What can be wrong with an answer.</summary>
public enum AnswerProblem
{
    Missing,
    NotChosen,
    NotAccepted,
    FileMissing,
    TooLong,
    TooManyFiles,
    UnknownOption,
    Date,
    DateTooEarly,
    DateTooLate,
    Number,
    TooSmall,
    TooLarge,
    Money,
    Phone,
    Email,
    Postcode,
}

/// <summary>Words that become part of an answer, in the language of the content.</summary>
/// <param name="Accepted">A consent that was given.</param>
public sealed record AnswerWords(string Accepted);
