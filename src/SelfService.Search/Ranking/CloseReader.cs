using System.Numerics;
using SelfService.Search.Indexing;
using SelfService.Search.Querying;

namespace SelfService.Search.Ranking;

/// <summary>What close reading found in one document.</summary>
/// <param name="Bonus">To add to the score of the words; never negative.</param>
/// <param name="Passage">Index of the best passage outside the title, or -1.</param>
/// <param name="Section">Index of the section that stands out, or -1.</param>
internal readonly record struct Reading(float Bonus, int Passage, int Section)
{
    /// <summary>What the bonus is the sum of.</summary>
    public ReadingParts Parts { get; init; }
}

/// <summary>
/// Second pass: reads the best documents token by token and rewards a title, a sentence or a list item that says the same
/// as the query (cosine of the rarities), a title or a short line that names it, how much of the query is there, and
/// neighbours that stay neighbours.
/// </summary>
internal sealed class CloseReader
{
    private readonly RankingWeights _weights;
    private readonly Workspace _workspace;
    private readonly QueryPlan _plan;
    private readonly float[] _values;
    private readonly float[] _answered;
    private readonly int[] _byValue;
    private readonly Measure _inText, _inTitles;
    private readonly float _mass, _pairMass, _titleLength;

    public CloseReader(IIndexView snapshot, RankingWeights weights, Workspace workspace, QueryPlan plan, float[] values)
    {
        (_weights, _workspace, _plan, _values) = (weights, workspace, plan, values);
        _answered = new float[values.Length];
        _titleLength = snapshot.TitleLength;
        var titleValues = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            _mass += values[i];
            if (i > 0)
                _pairMass += Math.Min(values[i - 1], values[i]);
            float closest = 0;
            titleValues[i] = values[i];
            foreach (WeightedTerm term in plan.Words[i].Terms)
            {
                workspace.Owners[term.Term] = (byte)(i + 1);
                workspace.OwnerWeights[term.Term] = term.Weight;
                if (term.Weight > closest)
                    (closest, titleValues[i]) = (term.Weight, snapshot.TitleRarity[term.Term]);
            }
        }

        _byValue = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(_byValue, (one, other) => values[other].CompareTo(values[one]));
        _inText = new Measure(snapshot.Rarity, values);
        _inTitles = new Measure(snapshot.TitleRarity, titleValues);
    }

    /// <summary>What the whole query is worth: the sum of its words.</summary>
    public float Mass => _mass;

    /// <summary>
    /// The most that reading can give a document with these words: its title as it is, a passage that says nothing else, all
    /// of the words covered, all neighbours together.
    /// </summary>
    public float MostFor(IndexedDocument document, ulong words)
    {
        (float title, float naming) = ReadTitle(document);
        naming = Math.Max(naming, WorthOfLines(document) * MostNaming(words));
        float most = Gate(words) * ((_weights.TitleLikeness * title) + (_weights.Naming * naming)
            + (_weights.PassageLikeness * _inText.MostFor(words)));
        if (_mass > 0)
            most += _weights.Coverage * Sum(words) / _mass;
        if (_pairMass > 0)
            most += _weights.Proximity * PairSum(words & (words << 1)) / _pairMass;
        return most * _mass;
    }

    /// <summary>Reads one document.</summary>
    public Reading Read(IndexedDocument document)
    {
        float title = 0, best = 0, naming = 0;
        float worthOfLines = WorthOfLines(document);
        int bestPassage = -1, section = -1, bestSection = -1;
        ulong covered = 0, pairs = 0, inSection = 0;
        float bestCoverage = 0, secondCoverage = 0;
        int[] tokens = document.Tokens;
        ReadOnlySpan<int> hits = Hits(tokens);
        for (int p = 0; hits.Length > 0; p++)
        {
            int end = document.EndOf(p);
            if (hits[0] >= end)
                continue;
            Passage passage = document.Passages[p];
            if (passage.Section != section)
            {
                Compare(section, inSection, ref bestSection, ref bestCoverage, ref secondCoverage);
                (section, inSection) = (passage.Section, 0);
            }

            int count = 1;
            while (count < hits.Length && hits[count] < end)
                count++;
            bool isTitle = passage.Field == Field.Title;
            int length = end - passage.Start;
            ulong here = Words(tokens, hits[..count], ref pairs);
            float likeness = Likeness(tokens.AsSpan(passage.Start..end), here, isTitle ? _inTitles : _inText, isTitle ? 0 : best);
            hits = hits[count..];
            covered |= here;
            inSection |= here;
            if (isTitle)
                naming = Math.Max(naming, Naming(Answered(here, _inTitles), length, _inTitles));
            else if (length <= _weights.LongestLine)
                naming = Math.Max(naming, worthOfLines * Naming(Answered(here, _inText), length, _inText));
            if (isTitle)
                title = likeness;
            else if (likeness > best)
                (best, bestPassage) = (likeness, p);
        }

        Compare(section, inSection, ref bestSection, ref bestCoverage, ref secondCoverage);
        float gate = Gate(covered);
        var parts = new ReadingParts
        {
            Title = gate * _weights.TitleLikeness * title,
            Naming = gate * _weights.Naming * naming,
            Passage = gate * _weights.PassageLikeness * best,
            Coverage = _mass > 0 ? _weights.Coverage * Sum(covered) / _mass : 0,
            Proximity = _pairMass > 0 ? _weights.Proximity * PairSum(pairs) / _pairMass : 0,
        };
        bool standsOut = bestCoverage > 0.5f * _mass && bestCoverage > 1.1f * secondCoverage;
        return new Reading(parts.Sum * _mass, bestPassage, standsOut ? bestSection : -1) { Parts = parts };
    }

    private (float Likeness, float Naming) ReadTitle(IndexedDocument document)
    {
        if (document.Passages is not [{ Field: Field.Title }, ..])
            return (0, 0);
        ulong pairs = 0;
        ReadOnlySpan<int> title = document.Tokens.AsSpan(0, document.EndOf(0));
        ReadOnlySpan<int> hits = Hits(title);
        if (hits.Length == 0)
            return (0, 0);
        ulong words = Words(document.Tokens, hits, ref pairs);
        return (Likeness(title, words, _inTitles, 0), Naming(Answered(words, _inTitles), title.Length, _inTitles));
    }

    /// <summary>
    /// How much of the query a title, or a line as short as one, names: BM25 with the rarities and the length of titles, as a
    /// share of the whole query. Unlike <see cref="Likeness"/> it also rewards who names a part of it.
    /// </summary>
    private float Naming(float answered, int length, in Measure measure)
    {
        float norm = 1 - _weights.NamingLength + (_weights.NamingLength * length / _titleLength);
        return measure.Mass > 0 ? answered * Bm25.Saturate(1 / norm, _weights.Saturation) / measure.Mass : 0;
    }

    /// <summary>The most that a line can name with some of these words: the more of them, the longer it is.</summary>
    private float MostNaming(ulong words)
    {
        float most = 0, sum = 0;
        int length = 0;
        foreach (int word in _byValue)
        {
            if ((words >> word & 1) == 0)
                continue;
            sum += _values[word];
            most = Math.Max(most, Naming(sum, ++length, _inText));
        }

        return most;
    }

    /// <summary>What one of many short lines counts against the title: the more there are, the more of it is chance.</summary>
    private float WorthOfLines(IndexedDocument document) => _weights.ManyLines / (_weights.ManyLines + document.Passages.Length);

    /// <summary>
    /// Likeness counts for less in a document that lacks much of the query: a title of the same shape about something else.
    /// </summary>
    private float Gate(ulong words) => _mass > 0 ? MathF.Pow(Sum(words) / _mass, _weights.CoverageOfLikeness) : 1;

    /// <summary>What these words count for, each as well as <see cref="_answered"/> says.</summary>
    private float Answered(ulong words, in Measure measure)
    {
        float sum = 0;
        for (; words != 0; words &= words - 1)
        {
            int owner = BitOperations.TrailingZeroCount(words);
            sum += measure.Values[owner] * _answered[owner];
        }

        return sum;
    }

    /// <summary>Leaves the workspace as it was found.</summary>
    public void Clear()
    {
        foreach (QueryWord word in _plan.Words)
        {
            foreach (WeightedTerm term in word.Terms)
                _workspace.Owners[term.Term] = 0;
        }
    }

    /// <summary>Where the words of the query stand.</summary>
    private ReadOnlySpan<int> Hits(ReadOnlySpan<int> tokens)
    {
        byte[] owners = _workspace.Owners;
        int[] hits = _workspace.Hits(tokens.Length);
        int count = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            // A code kept whole is ~number: the sign bit turns it into its number.
            int owner = owners[tokens[i] ^ (tokens[i] >> 31)];
            hits[count] = i;
            count += (int)((uint)-owner >> 31);
        }

        return hits.AsSpan(0, count);
    }

    /// <summary>The words of the query in one passage, and how well each is answered, in <see cref="_answered"/>.</summary>
    private ulong Words(int[] tokens, ReadOnlySpan<int> hits, ref ulong pairs)
    {
        ulong words = 0;
        int last = -2, lastAt = 0;
        foreach (int at in hits)
        {
            int term = tokens[at] ^ (tokens[at] >> 31);
            int owner = _workspace.Owners[term] - 1;
            float weight = _workspace.OwnerWeights[term];
            ulong bit = 1UL << owner;
            _answered[owner] = (words & bit) == 0 ? weight : Math.Max(_answered[owner], weight);
            words |= bit;
            if (owner == last + 1 && AreNeighbours(tokens.AsSpan((lastAt + 1)..at)))
                pairs |= bit;
            (last, lastAt) = (owner, at);
        }

        return words;
    }

    /// <summary>At most one word between; codes kept whole take no position.</summary>
    private static bool AreNeighbours(ReadOnlySpan<int> between)
    {
        int words = 0;
        foreach (int token in between)
        {
            words += token < 0 ? 0 : 1;
            if (words > 1)
                return false;
        }

        return true;
    }

    /// <summary>
    /// Square of the cosine between a passage and the query. The square keeps short passages that share one word with the
    /// query from looking like an answer. 0 for what is not above <paramref name="least"/>.
    /// </summary>
    private float Likeness(ReadOnlySpan<int> tokens, ulong words, in Measure measure, float least)
    {
        float shared = 0, norm = 0;
        for (ulong rest = words; rest != 0; rest &= rest - 1)
        {
            int owner = BitOperations.TrailingZeroCount(rest);
            shared += measure.Squares[owner] * _answered[owner];
            norm += measure.Squares[owner];
        }

        // Even without another word in it, the passage would be no better than the best.
        shared *= shared;
        if (shared <= least * norm * measure.Norm)
            return 0;
        byte[] owners = _workspace.Owners;
        foreach (int token in tokens)
        {
            if (token < 0 || owners[token] != 0)
                continue;
            float rarity = measure.Rarity[token];
            norm += rarity * rarity;
        }

        float product = norm * measure.Norm;
        return product > 0 ? shared / product : 0;
    }

    private void Compare(int section, ulong words, ref int best, ref float bestCoverage, ref float secondCoverage)
    {
        if (section < 0 || words == 0)
            return;
        float coverage = Sum(words);
        if (coverage > bestCoverage)
            (best, secondCoverage, bestCoverage) = (section, bestCoverage, coverage);
        else
            secondCoverage = Math.Max(secondCoverage, coverage);
    }

    private float Sum(ulong words) => _inText.ValueOf(words);

    private float PairSum(ulong pairs)
    {
        float sum = 0;
        for (; pairs != 0; pairs &= pairs - 1)
        {
            int second = BitOperations.TrailingZeroCount(pairs);
            sum += Math.Min(_values[second - 1], _values[second]);
        }

        return sum;
    }

    /// <summary>How rare words are in one kind of text, and what the query weighs by that measure.</summary>
    private readonly struct Measure
    {
        public readonly float[] Rarity, Values, Squares;
        public readonly float Norm, Mass;

        public Measure(float[] rarity, float[] values)
        {
            (Rarity, Values, Squares) = (rarity, values, new float[values.Length]);
            for (int i = 0; i < values.Length; i++)
            {
                Squares[i] = values[i] * values[i];
                Norm += Squares[i];
                Mass += values[i];
            }
        }

        /// <summary>What these words count for.</summary>
        public float ValueOf(ulong words)
        {
            float sum = 0;
            for (; words != 0; words &= words - 1)
                sum += Values[BitOperations.TrailingZeroCount(words)];
            return sum;
        }

        /// <summary>Likeness of a text of these words and no other.</summary>
        public float MostFor(ulong words)
        {
            float shared = 0;
            for (; words != 0; words &= words - 1)
                shared += Squares[BitOperations.TrailingZeroCount(words)];
            return Norm > 0 ? shared / Norm : 0;
        }
    }
}
