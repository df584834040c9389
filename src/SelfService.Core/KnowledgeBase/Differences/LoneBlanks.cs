namespace SelfService.Core.KnowledgeBase.Differences;

/// <summary>
/// Blanks between two words that both changed say nothing: that "rojo vivo" became "azul claro" reads as one change, not as two. So do empty
/// lines between paragraphs.
/// </summary>
internal static class LoneBlanks
{
    /// <summary>The runs without those of blanks only that stand between changes.</summary>
    /// <param name="isBlank">Whether the old piece at an index is blank.</param>
    public static IEnumerable<MatchedRun> Without(IReadOnlyList<MatchedRun> runs, int oldCount, int newCount, Func<int, bool> isBlank)
    {
        foreach (var run in runs)
        {
            var isBetween = (run.Old > 0 || run.New > 0) && (run.Old + run.Length < oldCount || run.New + run.Length < newCount);
            if (!isBetween || !Enumerable.Range(run.Old, run.Length).All(isBlank))
            {
                yield return run;
            }
        }
    }
}
