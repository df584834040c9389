using SelfService.Core.Journeys;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Tests.KnowledgeBase;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Journeys;

/// <summary>The way of one visitor as a ticket takes it along.</summary>
public sealed class VisitorTrailTests : KnowledgeBaseTest
{
    private static readonly Guid Ana = Guid.NewGuid();
    private static readonly Guid Eva = Guid.NewGuid();

    private DateTime At(int minute) => Clock.Now.AddMinutes(minute - 60);

    private async Task WalkAsync(params VisitStep[] steps)
    {
        await using var db = Database.Open();
        db.VisitSteps.AddRange(steps);
        await db.SaveChangesAsync();
    }

    private Task<IReadOnlyList<TrailStep>> TrailAsync(Guid? visitor) => InAsync(db => new Trails(db).OfAsync(visitor, Clock.Now, NoCancel));

    [Fact]
    public async Task Steps_come_oldest_first_with_titles_and_addresses()
    {
        Write("tema/fuga.md", "Texto");
        await ImportAsync();
        await WalkAsync(VisitStep.Reading(Ana, "fuga", At(2)), VisitStep.Search(Ana, "gotea ñandú", At(1)));

        var trail = await TrailAsync(Ana);

        Assert.Equal(
            [new TrailStep("search", "gotea ñandú", "/buscar?q=gotea%20%C3%B1and%C3%BA", At(1)), new TrailStep("article", "FUGA", ArticleAddress.Of("fuga"), At(2))],
            trail);
    }

    [Fact]
    public async Task The_same_step_is_told_once_where_it_happened_last()
    {
        await WalkAsync(VisitStep.Search(Ana, "gotea", At(1)), VisitStep.Search(Ana, "fuga", At(2)), VisitStep.Search(Ana, "gotea", At(3)));

        Assert.Equal(["fuga", "gotea"], (await TrailAsync(Ana)).Select(s => s.Text));
    }

    [Fact]
    public async Task A_search_and_an_article_of_the_same_name_are_two_steps()
    {
        await WalkAsync(VisitStep.Search(Ana, "fuga", At(1)), VisitStep.Reading(Ana, "fuga", At(2)));

        Assert.Equal(["search", "article"], (await TrailAsync(Ana)).Select(s => s.Kind));
    }

    [Fact]
    public async Task Only_the_last_twenty_steps_of_a_day_go_along()
    {
        await WalkAsync([VisitStep.Search(Ana, "ayer", Clock.Now.AddHours(-25)), .. Enumerable.Range(1, 25).Select(n => VisitStep.Search(Ana, $"paso {n}", At(n)))]);

        var trail = await TrailAsync(Ana);

        Assert.Equal(Enumerable.Range(6, 20).Select(n => $"paso {n}"), trail.Select(s => s.Text));
    }

    [Fact]
    public async Task Yesterday_is_another_matter()
    {
        await WalkAsync(VisitStep.Search(Ana, "ayer", Clock.Now.AddHours(-25)), VisitStep.Search(Ana, "hoy", At(1)));

        Assert.Equal(["hoy"], (await TrailAsync(Ana)).Select(s => s.Text));
    }

    [Fact]
    public async Task Two_visitors_never_mix_and_nobody_has_no_trail()
    {
        await WalkAsync(VisitStep.Search(Ana, "de ana", At(1)), VisitStep.Search(Eva, "de eva", At(2)), VisitStep.Search(Guid.Empty, "de nadie", At(3)));

        Assert.Equal(["de ana"], (await TrailAsync(Ana)).Select(s => s.Text));
        Assert.Equal(["de eva"], (await TrailAsync(Eva)).Select(s => s.Text));
        Assert.Empty(await TrailAsync(null));
    }

    [Fact]
    public async Task What_was_solved_beside_a_form_is_no_step_on_the_way_to_a_ticket()
    {
        await WalkAsync(VisitStep.Solved(Ana, "fuga", "reparacion", At(1)));

        Assert.Empty(await TrailAsync(Ana));
    }
}
