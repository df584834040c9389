using SelfService.Search;
using SelfService.Search.Explaining;

namespace SelfService.Web.Pages.Search;

/// <summary>Why a hit stands where it stands, as staff see it.</summary>
/// <param name="Hit">A hit with its explanation.</param>
/// <param name="Next">The explanation of the hit after it; null for the last of the page.</param>
public sealed record Why(SearchHit Hit, HitExplanation? Next)
{
    private const int MostGains = 2;

    /// <summary>Points that are not worth a word: they are shown as 0.00.</summary>
    private const double Nothing = 0.005;

    public HitExplanation Explanation => Hit.Explanation!;

    /// <summary>Points of the close reading, without what gave none.</summary>
    public IEnumerable<Part> Reading => Parts(Explanation).Where(part => part.Word is null && Math.Abs(part.Points) >= Nothing);

    /// <summary>What puts it before the next, the most telling first; empty when they are as good as equal.</summary>
    public IReadOnlyList<Part> Gains => Next is null ? [] : [.. Parts(Explanation)
        .Select(part => part with { Points = part.Points - Parts(Next).Where(other => (other.Key, other.Word) == (part.Key, part.Word)).Sum(other => other.Points) })
        .Where(part => part.Points >= Nothing).OrderByDescending(part => part.Points).Take(MostGains)];

    /// <summary>What usefulness multiplies the other points by.</summary>
    public double Factor => Explanation.Sum / (Explanation.Sum - (Explanation.Reading?.Usefulness ?? 0));

    /// <summary>How often a form stands in each field that has it.</summary>
    public static IEnumerable<(TextField Field, int Times)> Fields(FormCounts form) => new[]
    {
        (TextField.Title, form.Title), (TextField.Keywords, form.Keywords), (TextField.Heading, form.Headings), (TextField.Summary, form.Summary), (TextField.Body, form.Body),
    }.Where(field => field.Item2 > 0);

    private static IEnumerable<Part> Parts(HitExplanation hit)
    {
        var words = hit.Words.GroupBy(word => word.Word.Typed).Select(same => new Part("Word", same.Key, same.Sum(word => word.Points)));
        return hit.Reading is not { } reading ? words : words.Concat(
        [
            new("Title", null, reading.Title), new("Naming", null, reading.Naming), new("Passage", null, reading.Passage), new("Coverage", null, reading.Coverage),
            new("Proximity", null, reading.Proximity), new("Quoted", null, reading.Quoted), new("Usefulness", null, reading.Usefulness),
        ]);
    }

    /// <summary>A part of a score: a word, or what close reading rewarded.</summary>
    public sealed record Part(string Key, string? Word, double Points);
}
