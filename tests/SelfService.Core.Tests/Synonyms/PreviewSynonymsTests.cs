using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Deflection;
using SelfService.Core.Synonyms;
using SelfService.Search;

namespace SelfService.Core.Tests.Synonyms;

/// <summary>What other rules would change, before anybody is told.</summary>
public sealed class PreviewSynonymsTests : SynonymTest
{
    private readonly Node node = new();

    private Task<SynonymPreview> LookAsync(SynonymRules rules, params string[] questions) =>
        InAsync(db => new PreviewSynonyms(db, node.Engine, Company, TestWords.Company(), Clock).RunAsync(rules, questions, NoCancel));

    private async Task SearchedAsync(params (string Typed, int DaysAgo, int Searches)[] searches) => await InAsync(async db =>
    {
        var today = LocalDate.FromDateTime(Clock.Now);
        foreach (var (typed, daysAgo, count) in searches)
        {
            // Each day is decided for three windows.
            db.SearchDays.AddRange(ViewOutcomes.Windows.Select(w => new SearchDay { Day = today.PlusDays(-daysAgo), WindowHours = (int)w.TotalHours, Term = SearchLanguage.Default.KeyOf(typed), Example = typed, Searches = count }));
        }

        return await db.SaveChangesAsync();
    });

    [Fact]
    public async Task Searches_that_find_something_else_are_shown_and_the_others_only_counted()
    {
        await SearchedAsync(("heladera", 3, 4), ("heladera", 60, 3), ("estufa", 5, 90), ("fogón", 7, 2), ("nevera", 91, 50));

        var preview = await LookAsync(Rules("heladera, refrigerador", "estufa, fogón"), "refrigerador", "factura");

        Assert.Equal((5, 3), (preview.Compared, preview.Same));
        Assert.Equal([("heladera", 7), ("fogón", 2)], preview.Changed.Where(c => c.Searches > 0).Select(c => (c.Question, c.Searches)));
        var (fridge, stove) = (preview.Changed.Single(c => c.Question == "heladera"), preview.Changed.Single(c => c.Question == "fogón"));
        Assert.Empty(fridge.Before);
        Assert.Equal([new MovedHit("Cuidar el refrigerador", "/articulos/refrigerador", null, 1)], fridge.After);
        Assert.Equal([new MovedHit("Limpiar la estufa", "/articulos/estufa", 1, null)], stove.Before);
        Assert.Equal((0, 1, 1, 0), (fridge.TotalBefore, fridge.TotalAfter, stove.TotalBefore, stove.TotalAfter));
    }

    [Fact]
    public async Task A_result_that_moves_has_both_places()
    {
        node.Engine.Apply([new SearchDocument { Id = "x", Title = "Refrigerador y heladera", Url = "/articulos/x" }, new SearchDocument { Id = "y", Title = "Heladera", Url = "/articulos/y" }], [], 2);

        var changed = Assert.Single((await LookAsync(Rules("heladera, refrigerador"), "refrigerador")).Changed);

        Assert.Equal(2, changed.Before.Count);
        Assert.Equal((2, 3), (changed.TotalBefore, changed.TotalAfter));
        Assert.Equal([null], changed.After.Where(h => h.Url == "/articulos/y").Select(h => h.Before));
        Assert.All(changed.Before, hit => Assert.NotNull(hit.After));
    }

    [Fact]
    public async Task Looking_saves_nothing_and_changes_no_answer()
    {
        await LookAsync(Rules("heladera, refrigerador"), "heladera");

        Assert.Empty(node.Found("heladera"));
        Assert.False(await InAsync(db => db.SynonymEditions.AnyAsync()));
        Assert.False(await FollowAsync(node));
    }

    [Fact]
    public async Task Without_searches_and_questions_there_is_nothing_to_compare()
    {
        var preview = await LookAsync(Rules("heladera, refrigerador"));

        Assert.Equal((0, 0), (preview.Compared, preview.Changed.Count));
    }

    [Fact]
    public async Task Only_the_most_frequent_searches_are_made()
    {
        await SearchedAsync([.. Enumerable.Range(1, PreviewSynonyms.MaxSearches + 10).Select(n => ($"palabra{n}x heladera", 1, n))]);

        var preview = await LookAsync(Rules("heladera, refrigerador"));

        Assert.Equal(PreviewSynonyms.MaxSearches, preview.Compared);
        Assert.Equal(PreviewSynonyms.MaxSearches + 10, preview.Changed[0].Searches);
        Assert.Equal(11, preview.Changed[^1].Searches);
    }
}
