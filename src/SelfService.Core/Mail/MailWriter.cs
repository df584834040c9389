using System.Globalization;
using System.Text;

namespace SelfService.Core.Mail;

/// <summary>A mail as the bytes of a message: text and HTML of the same words (RFC 5322, RFC 2045, RFC 2046).</summary>
public static class MailWriter
{
    private const string LineEnd = "\r\n";

    // RFC 5322, 2.1.1, without the line end.
    private const int MaxLineBytes = 998;

    /// <summary>The message.</summary>
    /// <param name="mail">A mail of <see cref="OutgoingMail.Checked"/>.</param>
    public static byte[] Write(OutgoingMail mail, MailSender from, DateTimeOffset date)
    {
        // Nobody who writes into a mail can know it.
        var boundary = $"={Guid.NewGuid():N}";
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
        Header(message, "Content-Type", $"multipart/alternative; boundary=\"{boundary}\"");
        message.Append(LineEnd);
        Part(message, boundary, "text/plain", mail.Text);
        Part(message, boundary, "text/html", mail.Html);
        message.Append("--").Append(boundary).Append("--").Append(LineEnd);
        return Encoding.UTF8.GetBytes(message.ToString());
    }

    private static void Part(StringBuilder message, string boundary, string type, string body)
    {
        var lines = body.Replace("\0", "", StringComparison.Ordinal).ReplaceLineEndings(LineEnd);
        // Readable where it may be, so that a developer can read the file.
        var readable = lines.Split(LineEnd).All(line => Encoding.UTF8.GetByteCount(line) <= MaxLineBytes);
        message.Append("--").Append(boundary).Append(LineEnd);
        Header(message, "Content-Type", $"{type}; charset=utf-8");
        Header(message, "Content-Transfer-Encoding", readable ? "8bit" : "base64");
        message.Append(LineEnd)
            .Append(readable ? lines : Convert.ToBase64String(Encoding.UTF8.GetBytes(lines), Base64FormattingOptions.InsertLineBreaks))
            .Append(LineEnd);
    }

    private static void Header(StringBuilder message, string name, string value) =>
        message.Append(name).Append(": ").Append(value).Append(LineEnd);
}
