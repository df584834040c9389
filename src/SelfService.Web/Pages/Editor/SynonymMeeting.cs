using SelfService.Core.KnowledgeBase.Differences;
using SelfService.Core.Synonyms;

namespace SelfService.Web.Pages.Editor;

/// <summary>Two who changed the synonyms at once. What only the other changed is taken over; where both wrote, both texts are shown and nobody decides for her.</summary>
/// <param name="Theirs">The newest edition.</param>
/// <param name="Mine">Hers, with what only the other changed.</param>
/// <param name="Together">Both texts in one; null where they changed the same, or only one of them wrote.</param>
/// <param name="Difference">From the other's text to hers.</param>
public sealed record SynonymMeeting(SynonymEdition Theirs, SynonymRules Mine, string? Together, TextDifference Difference)
{
    /// <param name="began">What both began from.</param>
    public static SynonymMeeting Of(SynonymRules began, SynonymEdition theirs, SynonymRules mine)
    {
        // A switch has two states, so whoever changed it alone is right, and two who did agree.
        var off = began.Off.Concat(theirs.Off).Concat(mine.Off).Distinct()
            .Where(line => (mine.Off.Contains(line) == began.Off.Contains(line) ? theirs.Off : mine.Off).Contains(line));
        var hers = SynonymRules.Of(mine.Text == began.Text ? theirs.Text : mine.Text, off);
        var bothWrote = hers.Text != theirs.Text && theirs.Text != began.Text;
        return new SynonymMeeting(theirs, hers, bothWrote ? ThreeWayMerge.Of(began.Text, mine.Text, theirs.Text).Text : null, TextDifference.Between(theirs.Text, hers.Text));
    }
}
