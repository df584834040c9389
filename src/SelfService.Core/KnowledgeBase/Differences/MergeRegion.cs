namespace SelfService.Core.KnowledgeBase.Differences;

/// <summary>A stretch of a merged text.</summary>
public abstract record MergeRegion
{
    private MergeRegion()
    {
    }

    /// <summary>What is clear: unchanged, changed by one side, or changed by both in the same way.</summary>
    public sealed record Merged(string Text) : MergeRegion;

    /// <summary>What both sides changed, each in another way. Each text is whole lines; any of them may be empty.</summary>
    public sealed record Conflict(string BaseText, string Mine, string Theirs) : MergeRegion;
}
