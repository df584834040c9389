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
    /// <summary>Of a document that was not read.</summary>
    public static Reading None { get; } = new(0, -1, -1);
}

/// <summary>
/// Second pass: reads the best documents token by token and rewards a title, a sentence or a list item that says the same
/// as the query (cosine of the rarities), how much of the query is there, and neighbours that stay neighbours.
/// </summary>
internal sealed class CloseReader
{
    private readonly RankingWeights _weights;
    private readonly Workspace _workspace;
    private readonly QueryPlan _plan;
    private readonly float[] _values;
    private readonly float[] _answered;
    private readonly Measure _inText, _inTitles;
    private readonly float _mass, _pairMass;

    public CloseReader(Snapshot snapshot, RankingWeights weights, Workspace workspace, QueryPlan plan, float[] values)
    {
        (_weights, _workspace, _plan, _values) = (weights, workspace, plan, values);
        _answered = new float[values.Length];
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

        _inText = new Measure(snapshot.Rarity, values);
        _inTitles = new Measure(snapshot.TitleRarity, titleValues);
    }

    /// <summary>What the whole query is worth: the sum of its words.</summary>
    public float Mass => _mass;

    /// <summary>Reads one document.</summary>
    public Reading Read(IndexedDocument document)
    {
        float title = 0, best = 0;
        int bestPassage = -1, section = -1, bestSection = -1;
        ulong covered = 0, pairs = 0, inSection = 0;
        float bestCoverage = 0, secondCoverage = 0;
        for (int p = 0; p < document.Passages.Length; p++)
        {
            Passage passage = document.Passages[p];
            if (passage.Section != section)
            {
                Compare(section, inSection, ref bestSection, ref bestCoverage, ref secondCoverage);
                (section, inSection) = (passage.Section, 0);
            }

            ReadOnlySpan<int> tokens = document.Tokens.AsSpan(passage.Start..document.EndOf(p));
            float likeness = Likeness(tokens, passage.Field == Field.Title ? _inTitles : _inText, out ulong here, ref pairs);
            covered |= here;
            inSection |= here;
            if (passage.Field == Field.Title)
                title = likeness;
            else if (likeness > best)
                (best, bestPassage) = (likeness, p);
        }

        Compare(section, inSection, ref bestSection, ref bestCoverage, ref secondCoverage);
        float bonus = (_weights.TitleLikeness * title) + (_weights.PassageLikeness * best)
            + (_weights.Coverage * (_mass > 0 ? Sum(covered) / _mass : 0));
        if (_pairMass > 0)
            bonus += _weights.Proximity * PairSum(pairs) / _pairMass;
        bonus += _weights.Usefulness * (float)Math.Clamp(document.Source.Usefulness, 0, 1);
        bool standsOut = bestCoverage > 0.5f * _mass && bestCoverage > 1.1f * secondCoverage;
        return new Reading(bonus * _mass, bestPassage, standsOut ? bestSection : -1);
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

    /// <summary>
    /// Square of the cosine between a passage and the query. The square keeps short passages that share one word with the
    /// query from looking like an answer.
    /// </summary>
    private float Likeness(ReadOnlySpan<int> tokens, in Measure measure, out ulong words, ref ulong pairs)
    {
        byte[] owners = _workspace.Owners;
        float norm = 0;
        int last = -2, since = 0;
        words = 0;
        foreach (int token in tokens)
        {
            int term = token < 0 ? ~token : token;
            int owner = owners[term] - 1;
            if (owner < 0)
            {
                if (token >= 0)
                {
                    float rarity = measure.Rarity[term];
                    norm += rarity * rarity;
                    since++;
                }

                continue;
            }

            float weight = _workspace.OwnerWeights[term];
            ulong bit = 1UL << owner;
            if ((words & bit) == 0)
            {
                words |= bit;
                _answered[owner] = weight;
                norm += measure.Squares[owner];
            }
            else
            {
                _answered[owner] = Math.Max(_answered[owner], weight);
            }

            if (owner == last + 1 && since <= 1)
                pairs |= bit;
            (last, since) = (owner, 0);
        }

        if (words == 0)
            return 0;
        float shared = 0;
        for (ulong rest = words; rest != 0; rest &= rest - 1)
        {
            int owner = BitOperations.TrailingZeroCount(rest);
            shared += measure.Squares[owner] * _answered[owner];
        }

        float product = norm * measure.Norm;
        return product > 0 ? shared * shared / product : 0;
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

    private float Sum(ulong words)
    {
        float sum = 0;
        for (; words != 0; words &= words - 1)
            sum += _values[BitOperations.TrailingZeroCount(words)];
        return sum;
    }

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
        public readonly float[] Rarity, Squares;
        public readonly float Norm;

        public Measure(float[] rarity, float[] values)
        {
            (Rarity, Squares) = (rarity, new float[values.Length]);
            for (int i = 0; i < values.Length; i++)
            {
                Squares[i] = values[i] * values[i];
                Norm += Squares[i];
            }
        }
    }
}
