using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets;

/// <summary>Where the files of tickets lie.</summary>
/// <param name="Path">Full path of the folder.</param>
public sealed record AttachmentRoot(string Path);

/// <summary>Why a file was not taken.</summary>
public enum AttachmentProblem
{
    Empty,
    TooLarge,

    /// <summary>Not of <see cref="FileType.All"/>, by its name or by its first bytes.</summary>
    WrongType,

    /// <summary>The form has brought <see cref="Attachment.MaxCount"/> already.</summary>
    TooMany,
}

/// <summary>What became of a file.</summary>
/// <param name="Name">Its cleaned name.</param>
/// <param name="Attachment">The stored file; null when there was a problem.</param>
public sealed record StoredFile(string Name, Attachment? Attachment, AttachmentProblem? Problem = null);

/// <summary>
/// The files of tickets: a row in the database, the bytes in a folder outside of what is served, under a name of our own. The
/// bytes are on disk before the row, so that a crash leaves at worst a file without a row, which is swept.
/// </summary>
public sealed class AttachmentFolder(PortalDbContext db, AttachmentRoot root, TimeProvider clock)
{
    private static readonly TimeSpan UnclaimedLife = TimeSpan.FromHours(24);

    /// <summary>Stores a file under a form's key.</summary>
    /// <param name="content">Read once, to the end or to the limit.</param>
    /// <param name="typedName">Name as the sender gave it.</param>
    /// <param name="most">Files of the key at most; more than a message claims where the form itself counts those that go along.</param>
    public async Task<StoredFile> StoreAsync(Stream content, string? typedName, Guid submissionKey, CancellationToken cancel, int most = Attachment.MaxCount)
    {
        var name = CleanName(typedName);
        if (await db.Attachments.CountAsync(a => a.SubmissionKey == submissionKey, cancel) >= most)
        {
            return new StoredFile(name, null, AttachmentProblem.TooMany);
        }

        var id = OrderedId.New();
        var path = PathOf(id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            var (size, type) = await WriteAsync(content, path, name, cancel);
            var problem = size == 0 ? AttachmentProblem.Empty : size > Attachment.MaxBytes ? AttachmentProblem.TooLarge : type is null ? AttachmentProblem.WrongType : (AttachmentProblem?)null;
            if (problem is not null)
            {
                File.Delete(path);
                return new StoredFile(name, null, problem);
            }

            var attachment = new Attachment { Id = id, SubmissionKey = submissionKey, Name = name, ContentType = type!.ContentType, Size = size, StoredAt = Now() };
            db.Attachments.Add(attachment);
            await db.SaveChangesAsync(cancel);
            return new StoredFile(name, attachment);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>The bytes of a file; the caller has asked whether this person may see it.</summary>
    /// <exception cref="FileNotFoundException">The row is there and the bytes are not.</exception>
    public Stream Open(Attachment attachment) => new FileStream(PathOf(attachment.Id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, useAsync: true);

    /// <summary>Takes a file off a form that has not been accepted. Ids of other forms, or of messages, take nothing.</summary>
    public async Task RemoveAsync(Guid id, Guid submissionKey, CancellationToken cancel)
    {
        var removed = await db.InTransactionAsync(
            () => db.Attachments.Where(a => a.Id == id && a.SubmissionKey == submissionKey && a.MessageId == null).ExecuteDeleteAsync(cancel), cancel);
        if (removed > 0)
        {
            File.Delete(PathOf(id));
        }
    }

    /// <summary>Takes files that no message claimed along to another form's key. Ids of other forms, or of messages, take nothing.</summary>
    public Task MoveAsync(IReadOnlyList<Guid> ids, Guid fromKey, Guid toKey, CancellationToken cancel) => db.InTransactionAsync(
        () => db.Attachments.Where(a => ids.Contains(a.Id) && a.SubmissionKey == fromKey && a.MessageId == null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.SubmissionKey, toKey), cancel), cancel);

    /// <summary>Removes what no message claimed within a day.</summary>
    /// <returns>Number of files removed.</returns>
    public async Task<int> SweepAsync(CancellationToken cancel)
    {
        var before = Now() - UnclaimedLife;
        var stale = await db.Attachments.Where(a => a.MessageId == null && a.StoredAt < before).Select(a => new { a.Id, a.SubmissionKey }).Take(500).ToListAsync(cancel);
        foreach (var file in stale)
        {
            await RemoveAsync(file.Id, file.SubmissionKey, cancel);
        }

        return stale.Count;
    }

    /// <summary>
    /// A name that can be shown and downloaded: invisible characters go first, so that none hides what follows; then the path,
    /// and leading dots.
    /// </summary>
    public static string CleanName(string? typed)
    {
        var visible = PlainText.Line(typed).Replace("\u200D", "");
        var last = visible.Split('/', '\\')[^1];
        var name = string.Concat(last.Where(c => !"<>:\"|?*;".Contains(c))).TrimStart('.', ' ').TrimEnd('.', ' ');
        if (name.Length == 0)
        {
            return "archivo";
        }

        var extension = Path.GetExtension(name);
        return name.Length <= Attachment.NameMaxLength ? name
            : extension.Length <= 10 ? name[..(Attachment.NameMaxLength - extension.Length)] + extension
            : name[..Attachment.NameMaxLength];
    }

    private static async Task<(long Size, FileType? Type)> WriteAsync(Stream content, string path, string name, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024, useAsync: true);
        var buffer = new byte[64 * 1024];
        var head = Array.Empty<byte>();
        long size = 0;
        int read;
        while (size <= Attachment.MaxBytes && (read = await content.ReadAtLeastAsync(buffer, FileType.HeadBytes, throwOnEndOfStream: false, cancel)) > 0)
        {
            head = size == 0 ? buffer[..Math.Min(read, FileType.HeadBytes)] : head;
            await file.WriteAsync(buffer.AsMemory(0, read), cancel);
            size += read;
        }

        file.Flush(flushToDisk: true);
        return (size, FileType.Of(name, head));
    }

    // The id is ours; two of its last digits spread the files over folders (its first ones are a clock).
    private string PathOf(Guid id)
    {
        var name = id.ToString("N");
        return Path.Combine(root.Path, name[^2..], name);
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}
