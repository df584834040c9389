using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SelfService.Core.Deflection;
using SelfService.Core.Journeys;
using SelfService.Core.Persistence;

namespace SelfService.Web.Tests.Startup;

/// <summary>What a share of the visitors does without, and that nobody does without the way to write.</summary>
public sealed class TrialsTests : IAsyncLifetime
{
    private const string Slug = "lavadora-no-desagua";
    private const string Form = "/solicitudes/reparacion-en-garantia";
    private const string Words = "Lavadora\nMuestra un código en la pantalla\nE2\nLa lavadora no desagua";

    private static readonly LocalDate Today = SystemClock.Instance.GetCurrentInstant().InUtc().Date;
    private static readonly Experiment Article = new("prueba", ExperimentKind.Article, Slug, 0.5, Today.PlusDays(-3), Today.PlusDays(3), 100);
    private static readonly Experiments Both = new([Article], 0.5);

    private PortalHost host = null!;

    public async Task InitializeAsync() => host = await PortalHost.StartAsync(services: services => services.AddSingleton(Both));

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Post_Offers_AreShownToOneSideAndWithheldFromTheOther()
    {
        var experiment = Both.AtForms(Today)!;
        var (shown, held) = (Visitor(v => !experiment.IsHeld(v) && !Article.IsHeld(v)), Visitor(experiment.IsHeld));
        using var one = Browser(shown);
        using var other = Browser(held);

        Assert.NotEqual(0, await OffersAsync(one));
        Assert.NotEqual(0, await OffersAsync(one));
        Assert.Equal(0, await OffersAsync(other));
        Assert.NotNull((await other.PageAsync(Form)).QuerySelector("form#solicitud"));

        var steps = await ExposuresAsync(experiment.Key);
        Assert.Equal([(shown, VisitStepKind.Offered), (held, VisitStepKind.Withheld)], steps.Select(s => (s.VisitorId!.Value, s.Kind)).Distinct().OrderBy(s => s.Item2));
    }

    [Fact]
    public async Task Get_Search_LeavesTheArticleOutForOneSide()
    {
        var (shown, held) = (Visitor(v => !Article.IsHeld(v)), Visitor(Article.IsHeld));
        using var one = Browser(shown);
        using var other = Browser(held);
        const string search = "/buscar?q=la+lavadora+no+desagua";

        Assert.NotEmpty((await one.PageAsync(search)).QuerySelectorAll($"main a[href^='/articulos/{Slug}']"));
        Assert.Empty((await other.PageAsync(search)).QuerySelectorAll($"main a[href^='/articulos/{Slug}']"));
        Assert.DoesNotContain(Slug, await other.GetStringAsync("/sugerencias?q=lavadora+no+des"), StringComparison.Ordinal);
        // Whoever has the address may read it.
        await other.PageAsync("/articulos/" + Slug);

        var steps = await ExposuresAsync(Article.Key);
        Assert.Equal([(shown, VisitStepKind.Offered), (held, VisitStepKind.Withheld)], steps.Select(s => (s.VisitorId!.Value, s.Kind)).Distinct().OrderBy(s => s.Item2));
    }

    [Fact]
    public async Task Get_ByStaffAndByWhoMayNotBeFollowed_IsInNoExperiment()
    {
        using var agent = await host.BrowserOfAsync(Steps.Agent);
        using var nobody = host.Browser();
        nobody.DefaultRequestHeaders.Add("Sec-GPC", "1");

        Assert.NotEqual(0, await OffersAsync(agent));
        Assert.NotEqual(0, await OffersAsync(nobody));

        Assert.Empty(await ExposuresAsync(Both.AtForms(Today)!.Key));
    }

    private static Guid Visitor(Func<Guid, bool> which)
    {
        Guid visitor;
        do
        {
            visitor = Guid.NewGuid();
        }
        while (!which(visitor));

        return visitor;
    }

    private HttpClient Browser(Guid visitor)
    {
        var browser = host.Browser();
        browser.DefaultRequestHeaders.Add("Cookie", $"visita={visitor:N}");
        return browser;
    }

    private static async Task<int> OffersAsync(HttpClient browser)
    {
        using var answer = await browser.SendFormAsync(Form + "/sugerencias", [("texto", Words)], "application/json");
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetArrayLength();
    }

    private async Task<List<VisitStep>> ExposuresAsync(string experiment)
    {
        await host.Services.GetRequiredService<StepLog>().FlushAsync(CancellationToken.None);
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PortalDbContext>().VisitSteps.AsNoTracking().Where(s => s.Experiment == experiment).ToListAsync();
    }
}
