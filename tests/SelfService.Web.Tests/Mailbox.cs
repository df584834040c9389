using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Jobs;
using SelfService.Core.Persistence;
using SelfService.Core.Tests;
using SelfService.Web.Startup;

namespace SelfService.Web.Tests;

/// <summary>The mailboxes of everybody the portal wrote to, read as they would read them.</summary>
public sealed class Mailbox(PortalHost host)
{
    private readonly HashSet<string> read = [];

    /// <summary>The oldest mail to the address that this mailbox has not given yet; the portal does its due jobs first.</summary>
    public async Task<ReceivedMail> NextAsync(string address)
    {
        await DeliverAsync();
        var mail = Unread(address).FirstOrDefault();
        Assert.True(mail is not null, $"No mail to {address}.");
        read.Add(mail.MessageId);
        return mail;
    }

    /// <summary>Fails when there is a mail to the address that this mailbox has not given yet.</summary>
    public async Task NothingAsync(string address)
    {
        await DeliverAsync();
        Assert.Empty(Unread(address).Select(mail => mail.Subject));
    }

    /// <summary>Every mail to the address, oldest first.</summary>
    public async Task<IReadOnlyList<ReceivedMail>> AllAsync(string address)
    {
        await DeliverAsync();
        return To(address);
    }

    // What the portal does each second, done now; another runner may hold a job, so until none is due.
    private Task DeliverAsync() => Eventually.IsTrueAsync(
        async () =>
        {
            await using var scope = host.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<RunDueJobs>().RunAsync(CancellationToken.None);
            var now = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
            return !await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Jobs.AnyAsync(j => j.State == JobState.Waiting && j.DueAt <= now);
        },
        "no job is due");

    private IEnumerable<ReceivedMail> Unread(string address) => To(address).Where(mail => !read.Contains(mail.MessageId));

    // Ids of jobs are UUIDv7: the name of the file tells when the mail was asked for.
    private List<ReceivedMail> To(string address)
    {
        var folder = new DirectoryInfo(Mailing.FolderOf(host.Services.GetRequiredService<SelfServiceOptions>()));
        return folder.Exists
            ? [.. folder.GetFiles("*.eml").OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => ReceivedMail.Read(File.ReadAllBytes(f.FullName))).Where(m => m.To == address)]
            : [];
    }
}
