namespace SelfService.Core.KnowledgeBase.Checks;

/// <summary>What the company keeps as data, so that an article need not repeat it and grow old.</summary>
/// <param name="Phone">The company's telephone as it is shown; null when it has none.</param>
/// <param name="OtherPhones">Further ones: urgent cases, messengers, branches.</param>
public sealed record KnownFigures(string? Phone, IReadOnlyList<string> OtherPhones)
{
    /// <summary>A company of which nothing is known.</summary>
    public static KnownFigures None { get; } = new(null, []);
}
