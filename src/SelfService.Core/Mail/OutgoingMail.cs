using SelfService.Core.Appointments.Calendar;
using SelfService.Core.Jobs;
using SelfService.Core.People;

namespace SelfService.Core.Mail;

/// <summary>A mail as it leaves.</summary>
/// <param name="MessageId">Without angle brackets; the same at every attempt.</param>
/// <param name="Headers">Further headers, each of one line.</param>
/// <param name="Calendar">An appointment for the calendar of whoever receives it, if it is about one.</param>
public sealed record OutgoingMail(
    string MessageId, string To, string Subject, string Text, string Html, IReadOnlyDictionary<string, string> Headers, MailCalendar? Calendar = null)
{
    /// <summary>Longest subject, in characters; programs show about half of it.</summary>
    public const int SubjectMaxLength = 150;

    /// <summary>
    /// The mail with every header value as one line. Each way for mail to leave sends only what this gives, so that nothing a
    /// stranger typed can add a header, a recipient or a command.
    /// </summary>
    /// <exception cref="JobException">The address is none that a customer can have.</exception>
    public OutgoingMail Checked() => EmailAddress.Parse(To) == To
        ? this with
        {
            MessageId = HeaderText.Token(MessageId),
            Subject = HeaderText.Line(Subject, SubjectMaxLength),
            Headers = Headers.ToDictionary(h => HeaderText.Token(h.Key), h => HeaderText.Line(h.Value, HeaderText.MaxLength)),
            Calendar = Calendar is { } calendar ? calendar with { FileName = HeaderText.Token(calendar.FileName) } : null,
        }
        : throw new JobException("address not accepted");
}

/// <summary>
/// A calendar file in a mail, twice: as a further form of its words, from which Gmail, Outlook and Apple Mail offer the
/// appointment, and as a file for all others.
/// </summary>
/// <param name="Text">What <see cref="CalendarWriter.Write"/> gave.</param>
/// <param name="Method">The one it was written with.</param>
/// <param name="FileName">Name of the file with <c>.ics</c>, of letters, digits, dots and hyphens in ASCII.</param>
public sealed record MailCalendar(string Text, CalendarMethod Method, string FileName)
{
    /// <summary>Type of the form, without its character set.</summary>
    public const string FormType = "text/calendar";

    /// <summary>Type of the file; another than that of the form, so that no program takes one for the other.</summary>
    public const string FileType = "application/ics";
}

/// <summary>Who mail comes from.</summary>
/// <param name="Address">In the form of <see cref="EmailAddress.Parse"/>, or <c>name@localhost</c>.</param>
/// <param name="Name">Name shown beside it.</param>
public sealed record MailSender(string Address, string Name);

/// <summary>A way for mail to leave: SMTP, or files where no server is set.</summary>
public interface IMailTransport
{
    /// <summary>Hands the mail over.</summary>
    /// <exception cref="JobException">It could not be handed over; it may be tried again.</exception>
    Task SendAsync(OutgoingMail mail, CancellationToken cancel);
}
