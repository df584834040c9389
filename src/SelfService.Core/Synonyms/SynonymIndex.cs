using SelfService.Core.Catalog;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;
using SelfService.Core.Shortcuts;
using SelfService.Search;

namespace SelfService.Core.Synonyms;

/// <summary>
/// Keeps everything of this node that searches at the synonyms of the database, by the number of the last change seen. They are looked up
/// when somebody asks, so no document is read again; only topics and actions, which are found by the other words for their titles, are.
/// </summary>
public sealed class SynonymIndex(CompanySynonyms company, ISearchEngine articles, CatalogEngine products, ShortcutIndex shortcuts, DraftIndex drafts)
{
    // Who has saved and the clock may come at once; the older of two must not be taken last.
    private readonly SemaphoreSlim turn = new(1, 1);
    private long seen;

    /// <summary>Takes the newest rules.</summary>
    /// <returns>Whether there was a change.</returns>
    public async Task<bool> FollowAsync(PortalDbContext db, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            // Any other number is news, a smaller one too: then another database was put in place.
            var newest = await db.NewestAsync(SynonymEdition.ChangeSequence, cancel);
            if (newest == seen)
            {
                return false;
            }

            var language = company.With((await db.LatestSynonymsAsync(cancel))?.Rules ?? SynonymRules.None);
            articles.Learn(language);
            products.Engine.Learn(language);
            shortcuts.Learn(language);
            drafts.Learn(language);
            seen = newest;
            return true;
        }
        finally
        {
            turn.Release();
        }
    }
}
