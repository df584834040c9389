using System.Collections.Concurrent;
using SelfService.Core.KnowledgeBase.Rendering;

namespace SelfService.Core.KnowledgeBase.Content;

/// <summary>The images met while a folder is read, each once, ready to be stored. May be used from several threads.</summary>
/// <param name="stored">Images of the library, which a text may show by their address.</param>
public sealed class MediaShelf(IEnumerable<LinkedImage>? stored = null)
{
    private readonly Dictionary<string, LinkedImage> library = (stored ?? []).ToDictionary(i => i.Hash, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LinkedImage> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Media> waiting = new(StringComparer.Ordinal);

    /// <summary>Notes an image and gives what a page needs of it.</summary>
    public LinkedImage Add(Media media) => known.GetOrAdd(media.Hash, hash =>
    {
        waiting[hash] = media;
        return new LinkedImage(media.Url, hash, media.Width, media.Height);
    });

    /// <summary>The image of the library at an address, or else with a hash; null when there is none.</summary>
    public LinkedImage? Stored(string address, string? hash)
    {
        var parts = address.Split('/');
        return parts is ["", "media", var named, _] && library.TryGetValue(named, out var found) ? found : hash is null ? null : library.GetValueOrDefault(hash);
    }

    /// <summary>Takes the images that have been noted since the last call.</summary>
    public IReadOnlyList<Media> TakeWaiting()
    {
        var taken = new List<Media>();
        foreach (var hash in waiting.Keys.ToList())
        {
            if (waiting.TryRemove(hash, out var media))
            {
                taken.Add(media);
            }
        }

        return taken;
    }
}
