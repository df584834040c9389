using System.Text.RegularExpressions;
using SelfService.Core.Mail;

namespace SelfService.Web.Mail;

/// <summary>What a template may name in braces, a kind of mail each. The README lists them; a test compares.</summary>
public static partial class MailPlaceholders
{
    public const string Company = "company";
    public const string Greeting = "greeting";
    public const string Link = "link";
    public const string Number = "number";
    public const string About = "about";
    public const string Queue = "queue";
    public const string Next = "next";
    public const string Answer = "answer";
    public const string Until = "until";
    public const string Valid = "valid";
    public const string When = "when";

    public const string Lines = "lines";
    public const string Total = "total";
    public const string Pay = "pay";
    public const string Receiving = "receiving";
    public const string Step = "step";
    public const string Note = "note";
    public const string Tracking = "tracking";

    public const string Service = "service";
    public const string Time = "time";
    public const string Yours = "yours";
    public const string Where = "where";
    public const string Who = "who";
    public const string Meeting = "meeting";
    public const string Bring = "bring";
    public const string Price = "price";
    public const string Change = "change";
    public const string Rule = "rule";
    public const string Again = "again";
    public const string Keep = "keep";

    private static readonly string[] Everywhere = [Company, Greeting, Link];
    private static readonly string[] Case = [.. Everywhere, Number, About, Queue, Next];
    private static readonly string[] Appointment = [.. Everywhere, Number, Queue, Next, Service, Time, Yours, Where, Who, Meeting, Bring, Price, Change, Rule];

    /// <summary>The names a mail of that kind knows.</summary>
    public static IReadOnlyList<string> Of(MailKind kind) => kind switch
    {
        MailKind.CaseOpened or MailKind.CasePromised or MailKind.CaseReopened or MailKind.CaseLink => Case,
        MailKind.CaseAnswered => [.. Case, Answer],
        MailKind.CaseSolved => [.. Case, Answer, Until],
        MailKind.CaseClosed => [.. Case, Until],
        MailKind.OrderPlaced => [.. Everywhere, Number, Queue, Next, Lines, Total, Pay, Receiving],
        MailKind.OrderMoved => [.. Everywhere, Number, Queue, Next, Step, Note, Pay, Receiving, Tracking],
        MailKind.AppointmentBooked or MailKind.AppointmentReminder => Appointment,
        MailKind.AppointmentMoved => [.. Appointment, Step, Note, Again],
        MailKind.WaitingJoined => [.. Everywhere, Number, Queue, Next, Service, Where],
        MailKind.WaitingMoved => [.. Everywhere, Number, Queue, Next, Service, Where, Step, Time, Keep],
        MailKind.AppointmentFollowUp => [.. Everywhere, Number, Queue, Service, Time],
        MailKind.DeskNotice => [.. Everywhere, Number, Queue, Step],
        MailKind.SideQuestion => [.. Everywhere, Who, Note, Valid],
        MailKind.ReviewDue => [.. Everywhere, Lines],
        MailKind.ConfirmRegistration or MailKind.ResetPassword or MailKind.ConfirmNewAddress => [.. Everywhere, Valid],
        MailKind.AddressChanged or MailKind.PasswordChanged or MailKind.SecondFactorChanged or MailKind.AccountDeleted => [.. Everywhere, When],
        MailKind.AlreadyRegistered => Everywhere,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The names in a text.</summary>
    public static IEnumerable<string> In(string text) => Placeholder().Matches(text).Select(match => match.Groups[1].Value);

    /// <summary>The text with every name replaced by its value.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Placeholder().Replace(text, match => values.GetValueOrDefault(match.Groups[1].Value, ""));

    [GeneratedRegex(@"\{([A-Za-z_]+)\}")]
    private static partial Regex Placeholder();
}
