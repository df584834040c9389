using System.Runtime.InteropServices;
using SelfService.Search.Explaining;
using SelfService.Search.Indexing;
using SelfService.Search.Ranking;

namespace SelfService.Search.Querying;

/// <summary>A word that stands beside another, in all its forms.</summary>
/// <param name="Noun">Its noun key.</param>
/// <param name="Forms">Form numbers.</param>
/// <param name="Strength">Log-likelihood ratio: how surely the two stand together more often than chance.</param>
internal sealed record RelatedWord(string Noun, int[] Forms, double Strength);

/// <summary>
/// Learns from the articles themselves which words belong together, to help a query that finds too little. Only the
/// documents its audience may see are read and counted, so nothing can be learnt from an answer about the others. The
/// association is the log-likelihood ratio of T. Dunning, "Accurate Methods for the Statistics of Surprise and
/// Coincidence", Computational Linguistics 19(1), 1993, which can be trusted for words that stand in few documents.
/// </summary>
internal sealed class RelatedWords(IIndexView snapshot, SearchLanguage language, RankingWeights weights, Audience audience)
{
    private const int ShortestWord = 3;

    /// <summary>Forms of one document that are looked at, in reading order; a book would take too long.</summary>
    private const int MostForms = 500;

    /// <summary>Words of the query that are expanded, the first ones; nobody asks for more rare words at once.</summary>
    private const int MostExpanded = 3;

    /// <summary>
    /// The words beside those of a query, as a query of their own; null when there are none. A word related to two words of
    /// the query counts for the first.
    /// </summary>
    /// <param name="plan">The query.</param>
    /// <param name="found">By word of the plan, the visible documents that it finds; none for stop words.</param>
    public QueryPlan? PlanBeside(QueryPlan plan, int[][] found)
    {
        var taken = new HashSet<string>(
            plan.Words.SelectMany(word => word.Terms).Select(term => snapshot.Words[term.Term].Stem.Noun), StringComparer.Ordinal);
        var words = new List<QueryWord>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < plan.Words.Count && words.Count < MostExpanded; i++)
        {
            if (found[i].Length < weights.RelatedCommon)
                continue;
            var word = new QueryWord { Typed = plan.Words[i].Typed, Weight = plan.Words[i].Weight, IsStopWord = false };
            foreach (RelatedWord related in Of(found[i]).Where(related => !taken.Contains(related.Noun)).Take(weights.MostRelated))
            {
                if (used.Add(related.Noun))
                    word.Terms.AddRange(related.Forms.Select(form => new WeightedTerm(form, weights.Related, Relation.Related)));
            }

            if (word.Terms.Count > 0)
                words.Add(word);
        }

        return words.Count > 0 ? new QueryPlan(words, [], null) : null;
    }

    /// <summary>The words that stand in these documents much more often than elsewhere, the surest first.</summary>
    private RelatedWord[] Of(int[] slots) => snapshot.Related.Find($"{(int)audience}:{string.Join(',', slots)}", () => Learn(slots));

    private RelatedWord[] Learn(int[] slots)
    {
        int all = snapshot.CountUpTo(audience);
        var related = new List<RelatedWord>();
        foreach ((string noun, int common) in Common(slots))
        {
            if (common < weights.RelatedCommon)
                continue;
            int[] forms = Array.FindAll(snapshot.Words.OfNoun(noun), snapshot.Knows);
            var most = (int)(common / weights.RelatedShare);
            int holding = snapshot.Holding(forms, audience, most);
            // A word that stands nowhere else finds nothing new.
            if (holding == common || holding > most)
                continue;
            double strength = Ratio(common, slots.Length, holding, all);
            if (strength >= weights.RelatedStrength)
                related.Add(new RelatedWord(noun, forms, strength));
        }

        related.Sort((one, other) => other.Strength.CompareTo(one.Strength) is var order and not 0 ? order : string.CompareOrdinal(one.Noun, other.Noun));
        return [.. related.Take(weights.MostRelated + QueryPlan.MostWords)];
    }

    /// <summary>In how many of these documents each word stands.</summary>
    private Dictionary<string, int> Common(int[] slots)
    {
        var last = new Dictionary<string, (int Slot, int Count)>(StringComparer.Ordinal);
        foreach (int slot in slots)
        {
            ReadOnlySpan<int> terms = snapshot.TermsOf(slot);
            foreach (int id in terms[..Math.Min(terms.Length, MostForms)])
            {
                Term term = snapshot.Words[id];
                if (term.Folded.Length < ShortestWord || !term.Folded.All(char.IsLetter) || language.StopWords.Contains(term.Folded))
                    continue;
                ref (int Slot, int Count) seen = ref CollectionsMarshal.GetValueRefOrAddDefault(last, term.Stem.Noun, out bool known);
                if (!known || seen.Slot != slot)
                    seen = (slot, seen.Count + 1);
            }
        }

        return last.ToDictionary(word => word.Key, word => word.Value.Count, StringComparer.Ordinal);
    }

    /// <summary>
    /// Dunning's ratio for two words of which one stands in <paramref name="one"/>, the other in <paramref name="other"/>
    /// and both in <paramref name="common"/> of all documents; 0 when they meet less often than chance.
    /// </summary>
    public static double Ratio(int common, int one, int other, int all)
    {
        if ((double)common * all <= (double)one * other)
            return 0;
        return 2 * (Surplus(common, one, other) + Surplus(one - common, one, all - other)
            + Surplus(other - common, all - one, other) + Surplus(all - one - other + common, all - one, all - other));

        double Surplus(double seen, double row, double column) => seen == 0 ? 0 : seen * Math.Log(seen * all / (row * column));
    }
}
