using System.Collections.Concurrent;
using SelfService.Core.Catalog;
using SelfService.Core.Persistence;

namespace SelfService.Web.Startup;

/// <summary>
/// The products beside the answers of a search, kept for moments: nearly every question shows some of the same few. What is left of
/// one may be seconds old; the cart looks again.
/// </summary>
public sealed class KeptCards(TimeProvider clock)
{
    private const int Most = 2_000;

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(5);

    private ConcurrentDictionary<Guid, (long At, ProductCard? Card)> kept = new();

    /// <summary>The cards of those that are on sale, in the order of the ids.</summary>
    public async ValueTask<IReadOnlyList<ProductCard>> OfAsync(PortalDbContext db, IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        var cards = Volatile.Read(ref kept);
        var missing = ids.Where(id => !IsFresh(cards, id)).ToList();
        if (missing.Count > 0)
        {
            var now = clock.GetTimestamp();
            var found = await db.CardsByIdAsync(missing, cancel);
            foreach (var id in missing)
            {
                cards[id] = (now, found.GetValueOrDefault(id));
            }
        }

        var answer = ids.Select(id => cards[id].Card).OfType<ProductCard>().ToList();
        if (cards.Count > Most)
        {
            Drop();
        }

        return answer;
    }

    /// <summary>Forgets all of them.</summary>
    public void Drop() => Volatile.Write(ref kept, new());

    private bool IsFresh(ConcurrentDictionary<Guid, (long At, ProductCard? Card)> cards, Guid id) =>
        cards.TryGetValue(id, out var card) && clock.GetElapsedTime(card.At) < Life;
}
