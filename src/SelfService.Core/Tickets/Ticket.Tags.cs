using System.Text;

namespace SelfService.Core.Tickets;

/// <summary>Words that the desk sticks on tickets to find them by.</summary>
public static class TicketTags
{
    public const int MaxLength = 40;

    /// <summary>Tags of one ticket.</summary>
    public const int MaxCount = 20;

    internal const char Bar = '|';

    /// <summary>A tag as it is kept: small letters, single spaces, no commas; empty where nothing is left.</summary>
    public static string Normal(string? text)
    {
        var tag = PlainText.Line(text).ToLowerInvariant().Replace(Bar, ' ').Replace(',', ' ').Normalize(NormalizationForm.FormC).Trim().TrimStart('#').Trim();
        return tag.Length <= MaxLength ? tag : tag[..MaxLength].Trim();
    }

    /// <summary>Tags in a text, separated by commas or lines, each once.</summary>
    public static IReadOnlyList<string> Read(string? text) => [.. (text ?? "").Split([',', '\n', ';']).Select(Normal).Where(t => t.Length > 0).Distinct()];

    /// <summary>Tickets with a tag.</summary>
    public static IQueryable<Ticket> WithTag(this IQueryable<Ticket> tickets, string tag)
    {
        var mark = $"{Bar}{tag}{Bar}";
        return tickets.Where(t => t.TagText.Contains(mark));
    }
}

public sealed partial class Ticket
{
    public const int TagTextMaxLength = TicketTags.MaxCount * (TicketTags.MaxLength + 1) + 1;

    /// <summary>Its tags in one text, each between bars; empty without any.</summary>
    public string TagText { get; private set; } = "";

    /// <summary>Its tags in the order in which they came.</summary>
    public IReadOnlyList<string> Tags => TagText.Split(TicketTags.Bar, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Sticks tags on it; those it has stay, and beyond <see cref="TicketTags.MaxCount"/> none is added.</summary>
    /// <param name="tags">By <see cref="TicketTags.Normal"/>.</param>
    public void Tag(IEnumerable<string> tags, Actor actor, DateTime now)
    {
        var added = tags.Except(Tags).Take(TicketTags.MaxCount - Tags.Count).ToList();
        if (added.Count > 0)
        {
            KeepTags([.. Tags, .. added]);
            Record(TicketEventKind.Tagged, actor, now, string.Join(", ", added));
        }
    }

    /// <summary>Takes tags off it.</summary>
    public void Untag(IEnumerable<string> tags, Actor actor, DateTime now)
    {
        var removed = Tags.Intersect(tags).ToList();
        if (removed.Count > 0)
        {
            KeepTags([.. Tags.Except(removed)]);
            Record(TicketEventKind.Untagged, actor, now, string.Join(", ", removed));
        }
    }

    private void KeepTags(IReadOnlyList<string> tags) => TagText = tags.Count == 0 ? "" : $"{TicketTags.Bar}{string.Join(TicketTags.Bar, tags)}{TicketTags.Bar}";
}
