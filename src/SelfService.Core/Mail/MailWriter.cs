using System.Globalization;
using System.Text;
using SelfService.Core.Appointments.Calendar;

namespace SelfService.Core.Mail;

/// <summary>A mail as the bytes of a message: text and HTML of the same words, and a calendar file where there is one (RFC 5322, RFC 2045, RFC 2046).</summary>
public static class MailWriter
{
    private const string LineEnd = "\r\n";

    // RFC 5322, 2.1.1, without the line end.
    private const int MaxLineBytes = 998;

    /// <summary>The message.</summary>
    /// <param name="mail">A mail of <see cref="OutgoingMail.Checked"/>.</param>
    public static byte[] Write(OutgoingMail mail, MailSender from, DateTimeOffset date)
    {
        var message = new StringBuilder();
        Header(message, "Date", date.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture));
        message.Append("From: ").Append(HeaderText.Phrase(HeaderText.Line(from.Name, HeaderText.MaxLength), 6)).Append(LineEnd)
            .Append(' ').Append('<').Append(from.Address).Append('>').Append(LineEnd);
        Header(message, "To", mail.To);
        Header(message, "Message-ID", $"<{mail.MessageId}>");
        message.Append("Subject: ").Append(HeaderText.Encode(mail.Subject, 9)).Append(LineEnd);
        foreach (var (name, value) in mail.Headers)
        {
            message.Append(name).Append(": ").Append(HeaderText.Encode(value, name.Length + 2)).Append(LineEnd);
        }

        Header(message, "MIME-Version", "1.0");
        if (mail.Calendar is { } calendar)
        {
            var boundary = Begin(message, "multipart/mixed");
            Delimiter(message, boundary);
            Words(message, mail);
            File(message, boundary, calendar);
            End(message, boundary);
        }
        else
        {
            Words(message, mail);
        }

        return Encoding.UTF8.GetBytes(message.ToString());
    }

    // The last form that a program knows is the one it shows (RFC 2046, 5.1.4), so calendars read theirs and all others the HTML.
    private static void Words(StringBuilder message, OutgoingMail mail)
    {
        var boundary = Begin(message, "multipart/alternative");
        Part(message, boundary, "text/plain; charset=utf-8", mail.Text);
        Part(message, boundary, "text/html; charset=utf-8", mail.Html);
        if (mail.Calendar is { } calendar)
        {
            Part(message, boundary, $"{MailCalendar.FormType}; charset=utf-8; method={CalendarWriter.Word(calendar.Method)}", calendar.Text);
        }

        End(message, boundary);
    }

    private static void Part(StringBuilder message, string boundary, string type, string body)
    {
        var lines = body.Replace("\0", "", StringComparison.Ordinal).ReplaceLineEndings(LineEnd);
        // Readable where it may be, so that a developer can read the file.
        var readable = lines.Split(LineEnd).All(line => Encoding.UTF8.GetByteCount(line) <= MaxLineBytes);
        Delimiter(message, boundary);
        Header(message, "Content-Type", type);
        Header(message, "Content-Transfer-Encoding", readable ? "8bit" : "base64");
        message.Append(LineEnd).Append(readable ? lines : Base64(lines)).Append(LineEnd);
    }

    private static void File(StringBuilder message, string boundary, MailCalendar calendar)
    {
        Delimiter(message, boundary);
        Header(message, "Content-Type", $"{MailCalendar.FileType}; name=\"{calendar.FileName}\"");
        Header(message, "Content-Transfer-Encoding", "base64");
        Header(message, "Content-Disposition", $"attachment; filename=\"{calendar.FileName}\"");
        message.Append(LineEnd).Append(Base64(calendar.Text)).Append(LineEnd);
    }

    private static string Begin(StringBuilder message, string type)
    {
        // Nobody who writes into a mail can know it.
        var boundary = $"={Guid.NewGuid():N}";
        Header(message, "Content-Type", $"{type}; boundary=\"{boundary}\"");
        message.Append(LineEnd);
        return boundary;
    }

    private static void Delimiter(StringBuilder message, string boundary) => message.Append("--").Append(boundary).Append(LineEnd);

    private static void End(StringBuilder message, string boundary) => message.Append("--").Append(boundary).Append("--").Append(LineEnd);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks);

    private static void Header(StringBuilder message, string name, string value) =>
        message.Append(name).Append(": ").Append(value).Append(LineEnd);
}
