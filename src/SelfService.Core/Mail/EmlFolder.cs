using SelfService.Core.Jobs;

namespace SelfService.Core.Mail;

/// <summary>
/// Mail as files, one a mail, for Development and until an SMTP server is set. A mail sent again is the same file. Links in
/// them open cases, so only the portal's own user may read the folder.
/// </summary>
public sealed class EmlFolder(string path, MailSender from, TimeProvider clock) : IMailTransport
{
    public async Task SendAsync(OutgoingMail mail, CancellationToken cancel)
    {
        var message = mail.Checked();
        var bytes = MailWriter.Write(message, from, clock.GetUtcNow());
        var file = Path.Combine(path, FileName(message.MessageId));
        var unfinished = $"{file}.{Guid.NewGuid():N}.tmp";
        try
        {
            CreateFolder();
            try
            {
                // Whoever looks sees whole mails only.
                await File.WriteAllBytesAsync(unfinished, bytes, cancel);
                File.Move(unfinished, file, overwrite: true);
            }
            finally
            {
                File.Delete(unfinished);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new JobException($"mail folder: {exception.GetType().Name}", exception);
        }
    }

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static string FileName(string messageId) => messageId.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal) + ".eml";
}
