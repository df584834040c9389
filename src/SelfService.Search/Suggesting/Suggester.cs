using SelfService.Search.Analysis;
using SelfService.Search.Indexing;

namespace SelfService.Search.Suggesting;

/// <summary>Completes what is being typed from titles, headings and keywords of one snapshot.</summary>
internal sealed class Suggester(Snapshot snapshot)
{
    public IReadOnlyList<Suggestion> Suggest(string? typed, Audience audience, int limit)
    {
        if (limit <= 0 || string.IsNullOrWhiteSpace(typed) || snapshot.Count == 0)
            return [];
        string text = Querying.SearchQuery.Parse(typed).Text;
        List<string> words = WordReader.Words(text);
        if (words.Count == 0)
            return [];
        bool finished = char.IsWhiteSpace(typed[^1]);
        var scores = new Dictionary<int, float>();
        for (int i = 0; i < words.Count; i++)
        {
            HashSet<int> forms = i < words.Count - 1 || finished ? Whole(words[i]) : Starting(words[i]);
            var here = new Dictionary<int, float>();
            foreach (int form in forms)
            {
                foreach (ulong posting in snapshot.Postings[form]!)
                {
                    var counts = (uint)posting;
                    int slot = (int)(posting >> 32);
                    if ((counts & Occurrences.NamesMask) == 0 || snapshot.Audiences[slot] > (byte)audience)
                        continue;
                    float worth = Occurrences.Count(counts, Field.Title) > 0 ? 3 : Occurrences.Count(counts, Field.Heading) > 0 ? 1.5f : 1;
                    here[slot] = Math.Max(here.GetValueOrDefault(slot), worth);
                }
            }

            if (i == 0)
            {
                scores = here;
                continue;
            }

            foreach (int slot in scores.Keys.ToArray())
            {
                if (here.TryGetValue(slot, out float worth))
                    scores[slot] += worth;
                else
                    scores.Remove(slot);
            }
        }

        return scores
            .OrderByDescending(entry => entry.Value)
            .ThenBy(entry => snapshot.Documents[entry.Key]!.Source.Title.Length)
            .ThenBy(entry => snapshot.Documents[entry.Key]!.Source.Id, StringComparer.Ordinal)
            .Take(limit)
            .Select(entry => snapshot.Documents[entry.Key]!.Source)
            .Select(document => new Suggestion(document.Title, document.Url, null, document.Topic))
            .ToList();
    }

    private HashSet<int> Whole(string word)
    {
        string key = SpanishStemmer.Stem(word).Noun;
        return [.. snapshot.Words.OfNoun(key).Concat(snapshot.Words.OfNounWithEnye(key)).Where(snapshot.Knows)];
    }

    private HashSet<int> Starting(string word)
    {
        string prefix = AccentFolding.Fold(word);
        int[] order = snapshot.ByFolded;
        int low = 0, high = order.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (string.CompareOrdinal(snapshot.Words[order[middle]].Folded, prefix) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        HashSet<int> forms = Whole(word);
        for (; low < order.Length && snapshot.Words[order[low]].Folded.StartsWith(prefix, StringComparison.Ordinal); low++)
        {
            if (snapshot.Knows(order[low]))
                forms.Add(order[low]);
        }

        return forms;
    }
}
