using SelfService.Core.Jobs;
using SelfService.Core.People;

namespace SelfService.Core.Mail;

/// <summary>A mail as it leaves.</summary>
/// <param name="MessageId">Without angle brackets; the same at every attempt.</param>
/// <param name="Headers">Further headers, each of one line.</param>
public sealed record OutgoingMail(string MessageId, string To, string Subject, string Text, string Html, IReadOnlyDictionary<string, string> Headers)
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
        }
        : throw new JobException("address not accepted");
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
