namespace SelfService.Core.KnowledgeBase.Differences;

/// <summary>What happened to a line.</summary>
public enum LineKind
{
    Same,
    Added,
    Removed,

    /// <summary>The line is on both sides with other words.</summary>
    Changed,
}

/// <summary>What happened to a part of a line.</summary>
public enum PartKind
{
    Same,
    Added,
    Removed,
}

/// <summary>A part of a line. The last part of a line has its line end, so that the parts of all lines together are the text.</summary>
public sealed record DifferencePart(PartKind Kind, string Text);

/// <summary>A line of two texts that are compared.</summary>
/// <param name="Kind">What happened to it.</param>
/// <param name="OldNumber">Its number in the old text, from 1; null where it is not there.</param>
/// <param name="NewNumber">Its number in the new text, from 1; null where it is not there.</param>
/// <param name="Old">The line as it was: parts that are the same or removed; none where it was not there.</param>
/// <param name="New">The line as it is: parts that are the same or added; none where it is no more.</param>
public sealed record DifferenceLine(
    LineKind Kind, int? OldNumber, int? NewNumber, IReadOnlyList<DifferencePart> Old, IReadOnlyList<DifferencePart> New);

/// <summary>Changed lines that are near each other, with some unchanged ones around them.</summary>
/// <param name="LeftOutBefore">Unchanged lines between the hunk before, or the beginning, and this one.</param>
/// <param name="Lines">The lines.</param>
/// <param name="LeftOutAfter">Unchanged lines after the last hunk; 0 for the others.</param>
public sealed record DifferenceHunk(int LeftOutBefore, IReadOnlyList<DifferenceLine> Lines, int LeftOutAfter);
