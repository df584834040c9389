using SelfService.Core.Jobs;
using SelfService.Core.Mail;

namespace SelfService.Core.Tests.Mail;

public sealed class EmlFolderTests : IDisposable
{
    private readonly TestFolder data = new();

    private string Mails => data.PathOf("mail");

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task A_mail_is_one_file_and_nothing_unfinished_is_left()
    {
        await Folder().SendAsync(SomeMail.Of(), CancellationToken.None);

        var file = Assert.Single(Directory.GetFiles(Mails));
        Assert.Equal("0123@ayuda.example.eml", Path.GetFileName(file));
        Assert.Equal(SomeMail.Text, ReceivedMail.Read(await File.ReadAllBytesAsync(file)).Text);
    }

    [Fact]
    public async Task An_appointment_is_in_the_file_of_its_mail()
    {
        var mail = SomeMail.WithCalendar();

        await Folder().SendAsync(mail, CancellationToken.None);

        var read = ReceivedMail.Read(await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(Mails))));
        Assert.Equal(mail.Calendar!.Text.ReplaceLineEndings("\n"), read.Calendar!.Text);
        Assert.Equal(read.Calendar.Text, Assert.Single(read.Files).Text);
    }

    [Fact]
    public async Task A_mail_sent_again_is_the_same_file()
    {
        await Folder().SendAsync(SomeMail.Of(), CancellationToken.None);
        await Folder().SendAsync(SomeMail.Of() with { Subject = "Otra vez" }, CancellationToken.None);
        await Folder().SendAsync(SomeMail.Of() with { MessageId = "otro@ayuda.example" }, CancellationToken.None);

        Assert.Equal(2, Directory.GetFiles(Mails).Length);
        Assert.Equal("Otra vez", ReceivedMail.Read(await File.ReadAllBytesAsync(Path.Combine(Mails, "0123@ayuda.example.eml"))).Subject);
    }

    [Fact]
    public async Task A_mail_sent_by_many_at_once_is_one_whole_file()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Folder().SendAsync(SomeMail.Of(), CancellationToken.None))));

        Assert.Equal(SomeMail.Html, ReceivedMail.Read(await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(Mails)))).Html);
    }

    [Fact]
    public async Task A_name_cannot_leave_the_folder()
    {
        await Folder().SendAsync(SomeMail.Of() with { MessageId = "../../fuera/0123@[::1]" }, CancellationToken.None);

        Assert.Single(Directory.GetFiles(Mails));
        Assert.Empty(Directory.GetFiles(data.Root));
    }

    [Fact]
    public async Task Only_the_portals_own_user_may_read_the_folder()
    {
        await Folder().SendAsync(SomeMail.Of(), CancellationToken.None);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Mails));
        }
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_a_failure_that_may_be_tried_again()
    {
        data.Write("mail", "a file stands where the folder would be");

        await Assert.ThrowsAsync<JobException>(() => Folder().SendAsync(SomeMail.Of(), CancellationToken.None));
    }

    [Fact]
    public async Task An_address_that_is_not_one_is_refused()
    {
        await Assert.ThrowsAsync<JobException>(() => Folder().SendAsync(SomeMail.Of() with { To = "a@b.example, c@d.example" }, CancellationToken.None));

        Assert.False(Directory.Exists(Mails));
    }

    private EmlFolder Folder() => new(Mails, SomeMail.Sender, TimeProvider.System);
}
