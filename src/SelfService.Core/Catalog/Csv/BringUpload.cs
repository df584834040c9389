using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Catalog.Csv;

/// <summary>Keeps a file that can be read until it is applied or forgotten.</summary>
public sealed class BringUpload(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Keeps it once for each key; the key is its id.</summary>
    /// <exception cref="CsvException">It cannot be read at all; nothing is kept.</exception>
    public async Task RunAsync(Guid key, CatalogUploadKind kind, string fileName, byte[] bytes, Guid personId, CancellationToken cancel)
    {
        CsvTable.Read(kind, bytes);
        if (await db.CatalogUploads.AnyAsync(u => u.Id == key, cancel))
        {
            return;
        }

        db.CatalogUploads.Add(new CatalogUpload { Id = key, Kind = kind, FileName = Name(fileName), Bytes = bytes, PersonId = personId, BroughtAt = clock.GetUtcNow().UtcDateTime });
        // The same form may come twice at the same moment.
        await db.SaveOnceAsync(cancel);
    }

    // Some browsers send the whole path.
    private static string Name(string fileName)
    {
        var name = PlainText.Line(fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..]);
        return name.Length <= CatalogUpload.FileNameMaxLength ? name : name[..CatalogUpload.FileNameMaxLength];
    }
}

/// <summary>Forgets files that were brought long ago, applied or not: what they changed is written elsewhere.</summary>
public sealed class ForgetUploads(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Forgets them.</summary>
    /// <returns>How many.</returns>
    public Task<int> RunAsync(CancellationToken cancel)
    {
        var oldest = clock.GetUtcNow().UtcDateTime - CatalogUpload.Lifetime;
        return db.InTransactionAsync(() => db.CatalogUploads.Where(u => u.BroughtAt <= oldest).ExecuteDeleteAsync(cancel), cancel);
    }
}
