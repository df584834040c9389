namespace SelfService.Core.Deflection;

/// <summary>What became of a view of an article within a window.</summary>
public enum ViewOutcome
{
    /// <summary>She said it helped, or finished an order or booking, and made no contact.</summary>
    Confirmed,

    /// <summary>Left without contact. Whether she needed any is not known.</summary>
    Potential,

    /// <summary>Somebody wrote for the same person, by any channel.</summary>
    Contact,

    /// <summary>She said it did not help, or searched in vain, and made no contact.</summary>
    Abandoned,

    /// <summary>The view cannot be linked to anything that came after it.</summary>
    Unknown,

    /// <summary>She had written already, or an agent sent her the article; nothing is deflected any more.</summary>
    AfterContact,
}

/// <summary>What a person did beside reading.</summary>
public enum ActKind
{
    /// <summary>Said that an article helped.</summary>
    Helped,

    /// <summary>Said that an article did not help.</summary>
    DidNotHelp,

    /// <summary>Searched and found nothing.</summary>
    SearchedInVain,

    /// <summary>Ordered or booked by herself.</summary>
    ServedHerself,

    /// <summary>A request by any channel, or an order or booking that somebody had to take for her.</summary>
    Wrote,
}

/// <summary>One act of a person.</summary>
/// <param name="Slug">The article it is about; empty for anything else.</param>
/// <param name="At">UTC.</param>
public sealed record Act(ActKind Kind, string Slug, DateTime At);

/// <summary>The definition of what a view of an article came to.</summary>
public static class ViewOutcomes
{
    /// <summary>Views of the same page within this time are one.</summary>
    public static readonly TimeSpan SameView = TimeSpan.FromSeconds(30);

    /// <summary>After this time without anything a visitor begins a new visit.</summary>
    public static readonly TimeSpan VisitGap = TimeSpan.FromMinutes(30);

    /// <summary>A request before the view that is not older than this is what she reads about.</summary>
    public static readonly TimeSpan EarlierContact = TimeSpan.FromDays(7);

    /// <summary>The windows of the reports, the second is the one of the headlines.</summary>
    public static readonly IReadOnlyList<TimeSpan> Windows = [TimeSpan.FromHours(24), TimeSpan.FromHours(72), TimeSpan.FromDays(7)];

    /// <summary>Whether somebody had written already, not long before.</summary>
    /// <param name="at">UTC.</param>
    public static bool HasWritten(IEnumerable<Act> acts, DateTime at) => acts.Any(a => a.Kind == ActKind.Wrote && a.At <= at && a.At > at - EarlierContact);

    /// <summary>Decides one view.</summary>
    /// <param name="slug">The article.</param>
    /// <param name="at">When it was viewed, UTC.</param>
    /// <param name="acts">Everything that person did, in any order.</param>
    public static ViewOutcome Decide(string slug, DateTime at, IReadOnlyList<Act> acts, TimeSpan window)
    {
        bool Did(ActKind kind, bool aboutIt = false) => acts.Any(a => a.Kind == kind && a.At > at && a.At <= at + window && (!aboutIt || a.Slug == slug));

        return HasWritten(acts, at) ? ViewOutcome.AfterContact
            : Did(ActKind.Wrote) ? ViewOutcome.Contact
            : Did(ActKind.Helped, aboutIt: true) || Did(ActKind.ServedHerself) ? ViewOutcome.Confirmed
            : Did(ActKind.DidNotHelp, aboutIt: true) || Did(ActKind.SearchedInVain) ? ViewOutcome.Abandoned
            : ViewOutcome.Potential;
    }
}
