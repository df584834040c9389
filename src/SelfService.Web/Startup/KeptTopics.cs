using System.Collections.Concurrent;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Variants;
using SelfService.Core.Persistence;
using SelfService.Search;

namespace SelfService.Web.Startup;

/// <summary>The topics that have articles for each kind of reader, kept until something is published: every search page names them.</summary>
public sealed class KeptTopics
{
    private readonly ConcurrentDictionary<(Audience Audience, Reader Reader), (int Edition, IReadOnlyList<TopicCard> Topics)> kept = new();
    private int edition;

    /// <summary>Topics in their order.</summary>
    public async ValueTask<IReadOnlyList<TopicCard>> OfAsync(PortalDbContext db, Audience audience, Reader reader, CancellationToken cancel)
    {
        // Read before the database is: what changes meanwhile makes this copy an old one.
        var current = Volatile.Read(ref edition);
        if (kept.TryGetValue((audience, reader), out var copy) && copy.Edition == current)
        {
            return copy.Topics;
        }

        var topics = await db.TopicsAsync(audience, cancel, reader);
        kept[(audience, reader)] = (current, topics);
        return topics;
    }

    /// <summary>Makes every copy an old one.</summary>
    public void Drop() => Interlocked.Increment(ref edition);
}
