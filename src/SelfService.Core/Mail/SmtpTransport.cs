using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Sockets;
using System.Text;
using SelfService.Core.Appointments.Calendar;
using SelfService.Core.Jobs;

namespace SelfService.Core.Mail;

/// <summary>An SMTP server that takes the portal's mail.</summary>
/// <param name="StartTls">Whether the line is made safe before anything is said on it; a server that cannot is refused.</param>
/// <param name="User">Empty where the server wants none.</param>
/// <param name="Timeout">Longest time for one mail.</param>
public sealed record SmtpServer(string Host, int Port, bool StartTls, string User, string Password, TimeSpan Timeout);

/// <summary>Mail by SMTP. Each mail has a connection of its own, so that one that hangs holds up no other for longer than its time.</summary>
public sealed class SmtpTransport(SmtpServer server, MailSender from) : IMailTransport
{
    // Longer than our own patience, which says why.
    private static readonly TimeSpan LeftBehind = TimeSpan.FromSeconds(5);

    public async Task SendAsync(OutgoingMail mail, CancellationToken cancel)
    {
        var message = mail.Checked();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(server.Timeout);
        try
        {
            // The client does not let itself be interrupted while it waits for the last answer, so it is left behind to end by itself.
            await HandOverAsync(message, patience.Token).WaitAsync(patience.Token);
        }
        catch (OperationCanceledException exception) when (!cancel.IsCancellationRequested)
        {
            throw new JobException($"SMTP: no answer within {server.Timeout.TotalSeconds:0} s", exception);
        }
        catch (SmtpException exception)
        {
            throw new JobException(Reason(exception), exception);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new JobException("address not accepted", exception);
        }
    }

    private async Task HandOverAsync(OutgoingMail mail, CancellationToken cancel)
    {
        using var written = Write(mail);
        using var client = new SmtpClient(server.Host, server.Port)
        {
            EnableSsl = server.StartTls,
            Credentials = server.User.Length > 0 ? new NetworkCredential(server.User, server.Password) : null,
            // Letters beyond ASCII before the @ need a server that takes them; all else stays in what every server takes.
            DeliveryFormat = Ascii.IsValid(LocalPart(mail.To)) ? SmtpDeliveryFormat.SevenBit : SmtpDeliveryFormat.International,
            Timeout = (int)(server.Timeout + LeftBehind).TotalMilliseconds,
        };
        await client.SendMailAsync(written, cancel);
    }

    private MailMessage Write(OutgoingMail mail)
    {
        var message = new MailMessage
        {
            From = new MailAddress(from.Address, HeaderText.Line(from.Name, HeaderText.MaxLength), Encoding.UTF8),
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        message.To.Add(new MailAddress(mail.To));
        message.Headers["Message-ID"] = $"<{mail.MessageId}>";
        foreach (var (name, value) in mail.Headers)
        {
            message.Headers[name] = value;
        }

        message.AlternateViews.Add(Part(mail.Text, new ContentType(MediaTypeNames.Text.Plain)));
        message.AlternateViews.Add(Part(mail.Html, new ContentType(MediaTypeNames.Text.Html)));
        if (mail.Calendar is { } calendar)
        {
            message.AlternateViews.Add(Part(calendar.Text, new ContentType($"{MailCalendar.FormType}; method={CalendarWriter.Word(calendar.Method)}")));
            message.Attachments.Add(File(calendar));
        }

        return message;
    }

    private static Attachment File(MailCalendar calendar)
    {
        var file = new Attachment(new MemoryStream(Encoding.UTF8.GetBytes(calendar.Text)), calendar.FileName, MailCalendar.FileType)
        {
            TransferEncoding = TransferEncoding.Base64,
        };
        file.ContentDisposition!.FileName = calendar.FileName;
        return file;
    }

    private static AlternateView Part(string text, ContentType type)
    {
        type.CharSet = "utf-8";
        var view = AlternateView.CreateAlternateViewFromString(text.Replace("\0", "", StringComparison.Ordinal).ReplaceLineEndings("\r\n"), type);
        view.TransferEncoding = TransferEncoding.Base64;
        return view;
    }

    private static string LocalPart(string address) => address[..address.IndexOf('@')];

    // The server's own words may quote the address; its number does not.
    private static string Reason(SmtpException exception) => exception switch
    {
        { InnerException: SocketException socket } => $"SMTP: no connection ({socket.SocketErrorCode})",
        { StatusCode: > 0 } => $"SMTP: {(int)exception.StatusCode} {exception.StatusCode}",
        { InnerException: { } inner } => $"SMTP: connection broken ({inner.GetType().Name})",
        _ => "SMTP: refused",
    };
}
