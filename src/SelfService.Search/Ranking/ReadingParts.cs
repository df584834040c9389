namespace SelfService.Search.Ranking;

/// <summary>What close reading rewards, each as a share of what the whole query is worth.</summary>
internal readonly record struct ReadingParts
{
    public float Title { get; init; }

    public float Naming { get; init; }

    public float Passage { get; init; }

    public float Coverage { get; init; }

    public float Proximity { get; init; }

    public float Sum => Title + Naming + Passage + Coverage + Proximity;
}
