using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.KnowledgeBase.Uploads;
using SelfService.Core.Tests.KnowledgeBase.Editing;

namespace SelfService.Core.Tests.KnowledgeBase.Uploads;

/// <summary>An editor who brings archives.</summary>
public abstract class BringTest : EditingTest
{
    /// <summary>The topic of the water is Bruno's.</summary>
    protected static readonly EditingRules WaterIsBrunos = new(false, new Dictionary<string, IReadOnlySet<string>> { ["agua"] = new HashSet<string> { Bruno.Email } });

    protected Task<ImportReport> BringAsync(byte[] zip, EditingRules? rules = null, Editor? editor = null) =>
        RunAsync(Database, zip, (import, archive, bringer) => import.BringAsync(archive, bringer, null, NoCancel), rules, editor);

    protected Task<ImportReport> PlanAsync(byte[] zip, EditingRules? rules = null, Editor? editor = null) =>
        RunAsync(Database, zip, (import, archive, bringer) => import.PlanAsync(archive, bringer, null, NoCancel), rules, editor);

    protected async Task<ImportReport> RunAsync(
        TestDatabase database, byte[] zip, Func<ImportArticles, ArticleArchive, Bringer, Task<ImportReport>> act, EditingRules? rules = null, Editor? editor = null)
    {
        await using var db = database.Open();
        using var archive = new ArticleArchive(zip);
        return await act(new ImportArticles(db, new ArticleRenderer(TestWords.Spanish), Clock), archive, new Bringer(editor ?? Elena, rules ?? EditingRules.Open));
    }

    protected static async Task<byte[]> ExportAsync(TestDatabase database)
    {
        await using var db = database.Open();
        using var output = new MemoryStream();
        await new ExportArticles(db).RunAsync(output, NoCancel);
        return output.ToArray();
    }

    protected static (int Created, int Updated, int Unchanged, int Conflicts, int Failed, int Held) Counts(ImportReport r) => (r.Created, r.Updated, r.Unchanged, r.Conflicts, r.Failed, r.Held);
}
