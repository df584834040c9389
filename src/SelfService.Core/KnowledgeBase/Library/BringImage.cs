using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.Library;

/// <summary>Stores an image that somebody brought in the browser, once for each content.</summary>
public sealed class BringImage(PortalDbContext db)
{
    /// <summary>Stores it, or finds it stored under this or another name.</summary>
    /// <returns>The stored image; null when it is none of the kinds that <see cref="ImageFile"/> knows, or too large.</returns>
    public async Task<Media?> RunAsync(string fileName, byte[] bytes, CancellationToken cancel)
    {
        if (ImageFile.Read(fileName, bytes) is not { } media)
        {
            return null;
        }

        if (await StoredAsync(media.Hash, cancel) is { } stored)
        {
            return stored;
        }

        // Somebody else may bring it at the same moment.
        db.Media.Add(media);
        return await db.SaveOnceAsync(cancel) ? media : await StoredAsync(media.Hash, cancel) ?? media;
    }

    private Task<Media?> StoredAsync(string hash, CancellationToken cancel) => db.Media.AsNoTracking().SingleOrDefaultAsync(m => m.Hash == hash, cancel);
}
