using System.Text;
using NodaTime;
using SelfService.Core.Deflection;
using SelfService.Core.KnowledgeBase.Content;

namespace SelfService.Core.Tests.Deflection;

public sealed class ExperimentsFileTests
{
    private const string Good = "experiments:\n  nuevo-e2: { article: lavadora, held: 50, from: 2026-12-01, until: 2027-01-31, least: 400 }\n";

    private static Experiments Read(string text) => ExperimentsFile.Read(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void A_file_says_what_is_tried_on_whom_and_until_when()
    {
        var experiments = Read("forms_held: 20\n" + Good);

        var one = Assert.Single(experiments.Declared);
        Assert.Equal(new Experiment("nuevo-e2", ExperimentKind.Article, "lavadora", 0.5, new LocalDate(2026, 12, 1), new LocalDate(2027, 1, 31), 400), one);
        Assert.Equal(0.2, experiments.FormsHeld);
        Assert.Empty(experiments.Articles(new LocalDate(2026, 11, 30)));
        Assert.Equal([one], experiments.Articles(new LocalDate(2027, 1, 31)));
    }

    [Fact]
    public void A_notice_is_tried_when_nobody_needs_it()
    {
        var experiments = Read(Good.Replace("article: lavadora", "notice: order-preparing", StringComparison.Ordinal));

        Assert.Equal("nuevo-e2", experiments.OfNotice(new LocalDate(2026, 12, 1), "order-preparing")?.Key);
        Assert.Null(experiments.OfNotice(new LocalDate(2026, 12, 1), "order-confirmed"));
        Assert.Null(experiments.OfNotice(new LocalDate(2027, 2, 1), "order-preparing"));
        Assert.Empty(experiments.Articles(new LocalDate(2026, 12, 1)));
        Assert.Null(experiments.OfArticle("order-preparing"));
    }

    [Theory]
    [InlineData("article: lavadora", "notice: order-shipped")]
    [InlineData("article: lavadora", "notice: appointment-reminder")]
    [InlineData("article: lavadora", "article: lavadora, notice: order-preparing")]
    [InlineData("held: 50", "held: 51")]
    [InlineData("held: 50", "held: 0")]
    [InlineData("least: 400", "least: 99")]
    [InlineData("until: 2027-01-31", "until: 2026-11-30")]
    [InlineData("until: 2027-01-31", "until: 2028-01-31")]
    [InlineData("from: 2026-12-01", "from: mañana")]
    [InlineData("article: lavadora, ", "")]
    [InlineData("nuevo-e2", "Nuevo E2")]
    [InlineData("experiments:", "forms_held: 60\nexperiments:")]
    public void What_cannot_be_used_is_refused(string good, string bad) =>
        Assert.Throws<ContentException>(() => Read(Good.Replace(good, bad, StringComparison.Ordinal)));

    [Fact]
    public void At_the_forms_a_new_one_begins_each_quarter()
    {
        var before = Experiments.Usual.AtForms(new LocalDate(2026, 12, 31))!;
        var after = Experiments.Usual.AtForms(new LocalDate(2027, 1, 1))!;

        Assert.Equal(("form-offers-2026-4", new LocalDate(2026, 10, 1), new LocalDate(2026, 12, 31)), (before.Key, before.From, before.Until));
        Assert.Equal("form-offers-2027-1", after.Key);
        Assert.Equal(["form-offers-2027-1", "form-offers-2026-4"], Experiments.Usual.Between(new LocalDate(2026, 12, 1), new LocalDate(2027, 2, 1)).Select(e => e.Key));
        Assert.Null((Experiments.Usual with { FormsHeld = 0 }).AtForms(new LocalDate(2027, 1, 1)));
    }
}
