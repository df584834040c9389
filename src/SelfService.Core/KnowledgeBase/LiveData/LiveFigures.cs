using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace SelfService.Core.KnowledgeBase.LiveData;

/// <summary>Something the company keeps elsewhere, which articles name instead of repeating.</summary>
/// <param name="Text">As a reader sees it; of a snippet, its Markdown.</param>
/// <param name="Href">What a tap opens; null for plain text.</param>
public sealed record LiveFigure(string Text, string? Href = null)
{
    /// <summary>The same as long as a reader sees the same.</summary>
    internal string Stamp { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Text}\n{Href}")).AsSpan(0, 8));
}

/// <summary>A figure that a rendering names.</summary>
/// <param name="Key">As in <see cref="LiveFigures"/>.</param>
/// <param name="Stamp">What it was, shortened; null when nobody knew it.</param>
public sealed record UsedFigure(string Key, string? Stamp);

/// <summary>Everything that articles can name, as it is at one moment.</summary>
/// <param name="figures">By <see cref="LiveReference.Key"/>.</param>
/// <param name="countries">ISO 3166 codes of the countries that blocks can be for.</param>
public sealed class LiveFigures(IEnumerable<KeyValuePair<string, LiveFigure>> figures, IEnumerable<string> countries)
{
    private readonly FrozenDictionary<string, LiveFigure> byKey = figures.ToFrozenDictionary();

    /// <summary>Of a company of which nothing is known.</summary>
    public static LiveFigures None { get; } = new([], []);

    /// <summary>Keys in order.</summary>
    public IEnumerable<string> Keys => byKey.Keys.Order(StringComparer.Ordinal);

    /// <summary>Countries that blocks can be for.</summary>
    public FrozenSet<string> Countries { get; } = countries.ToFrozenSet();

    /// <summary>The figure of that key; null when there is none.</summary>
    public LiveFigure? this[string key] => byKey.GetValueOrDefault(key);

    /// <summary>Whether a rendering still shows what is true.</summary>
    public bool IsCurrent(IEnumerable<UsedFigure> used) => used.All(u => this[u.Key]?.Stamp == u.Stamp);
}

/// <summary>The figures in use, which <see cref="FollowLiveData"/> keeps at the state of the company.</summary>
public sealed class CurrentFigures
{
    private volatile LiveFigures figures = LiveFigures.None;

    /// <summary>Whoever asks keeps what she got: it never changes.</summary>
    public LiveFigures Figures
    {
        get => figures;
        internal set => figures = value;
    }

    /// <summary>What they were read from, to see that nothing has changed.</summary>
    internal object? Source { get; set; }
}
