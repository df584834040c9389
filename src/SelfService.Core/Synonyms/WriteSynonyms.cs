using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;

namespace SelfService.Core.Synonyms;

/// <summary>Saves what editors have the search know; nobody overwrites anybody.</summary>
public sealed class WriteSynonyms(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Saves rules as the next edition. Whether they can be used, <see cref="SynonymRules.Problems"/> says.</summary>
    /// <param name="baseNumber">The edition that they began from, or that she has seen and taken into hers; 0 for none, null when they replace whatever is there.</param>
    public Task<SaveOutcome> SaveAsync(int? baseNumber, SynonymRules rules, Editor editor, CancellationToken cancel) =>
        // Of two who save at the same moment, the second sees that the first one's is newer.
        db.RetriedAsync(() => db.InTransactionAsync(() => AddAsync(baseNumber, rules, editor, cancel), cancel));

    /// <summary>Says an old edition again as the newest.</summary>
    /// <returns>The outcome; <see cref="SaveResult.Gone"/> when there is no such edition.</returns>
    public async Task<SaveOutcome> RestoreAsync(int number, Editor editor, CancellationToken cancel)
    {
        var old = await db.SynonymEditions.AsNoTracking().SingleOrDefaultAsync(e => e.Number == number, cancel);
        return old is null ? new SaveOutcome(SaveResult.Gone, 0) : await SaveAsync(null, old.Rules, editor, cancel);
    }

    private async Task<SaveOutcome> AddAsync(int? baseNumber, SynonymRules rules, Editor editor, CancellationToken cancel)
    {
        var latest = await db.LatestSynonymsAsync(cancel);
        var number = latest?.Number ?? 0;
        if (rules.IsSame(latest?.Rules ?? SynonymRules.None))
        {
            return new SaveOutcome(SaveResult.Same, number);
        }

        if (baseNumber is { } began && began != number)
        {
            return new SaveOutcome(SaveResult.Overtaken, number);
        }

        db.SynonymEditions.Add(new SynonymEdition(number + 1, rules, editor.Name, editor.Id, clock.GetUtcNow().UtcDateTime));
        await db.NextAsync(SynonymEdition.ChangeSequence, cancel);
        return new SaveOutcome(SaveResult.Saved, number + 1);
    }
}
