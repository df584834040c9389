using SelfService.Search.Ranking;

namespace SelfService.Search.Indexing;

/// <summary>
/// How long the fields of a collection are, and what one occurrence is worth in fields of some length. Belongs to the one
/// writer.
/// </summary>
internal sealed class FieldLengths(RankingWeights weights)
{
    /// <summary>Fields a document has.</summary>
    public const int Fields = 5;

    private const float NearlySame = 0.0005f;

    private readonly long[] _lengths = new long[Fields];
    private readonly int[] _filled = new int[Fields];
    private readonly float[] _averages = new float[Fields];

    /// <summary>Words in a field, on average of the documents that have it.</summary>
    public float Average(Field field) => _averages[(int)field];

    /// <summary>Counts a document in (+1) or out (-1).</summary>
    public void Add(ReadOnlySpan<int> lengths, int sign)
    {
        for (int field = 0; field < Fields; field++)
        {
            _lengths[field] += sign * lengths[field];
            _filled[field] += lengths[field] > 0 ? sign : 0;
        }
    }

    public void Clear()
    {
        Array.Clear(_lengths);
        Array.Clear(_filled);
    }

    /// <summary>
    /// Lengths are measured against averages that stay while the true ones are near, so that one changed article among
    /// thousands does not change the frequencies of all. True when they did not stay.
    /// </summary>
    public bool Renew()
    {
        bool isNew = false;
        for (int field = 0; field < Fields; field++)
        {
            float average = _filled[field] == 0 ? 1 : Math.Max(1, (float)_lengths[field] / _filled[field]);
            isNew |= Math.Abs(average - _averages[field]) > NearlySame * average;
        }

        for (int field = 0; isNew && field < Fields; field++)
            _averages[field] = _filled[field] == 0 ? 1 : Math.Max(1, (float)_lengths[field] / _filled[field]);
        return isNew;
    }

    /// <summary>What one occurrence is worth in each field of a document with these lengths.</summary>
    public FieldWorth WorthOf(ReadOnlySpan<int> lengths) => new()
    {
        Title = weights.Title / Norm(lengths, Field.Title, weights.TitleLength),
        Keywords = weights.Keywords / Norm(lengths, Field.Keywords, weights.ShortFieldLength),
        Heading = weights.Heading / Norm(lengths, Field.Heading, weights.ShortFieldLength),
        Summary = weights.Summary / Norm(lengths, Field.Summary, weights.ShortFieldLength),
        Body = weights.Body / Norm(lengths, Field.Body, weights.BodyLength),
    };

    private float Norm(ReadOnlySpan<int> lengths, Field field, float b) => 1 - b + (b * lengths[(int)field] / _averages[(int)field]);
}
