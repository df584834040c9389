using SelfService.Core.KnowledgeBase.Editing;

namespace SelfService.Core.KnowledgeBase;

/// <summary>Who brings files in the browser. What she may not publish by herself comes as a draft, as if she had written it.</summary>
public sealed record Bringer(Editor Editor, EditingRules Rules)
{
    /// <summary>Whether what she brings is read at once in a topic.</summary>
    public bool MayPublish(string topic) => !Rules.NeedsApproval && Rules.Allow(Editor, topic);
}
