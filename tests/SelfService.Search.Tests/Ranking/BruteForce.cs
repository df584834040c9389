using SelfService.Search.Analysis;
using SelfService.Search.Indexing;
using SelfService.Search.Querying;
using SelfService.Search.Ranking;

namespace SelfService.Search.Tests.Ranking;

/// <summary>
/// The ranking written down a second time, as slowly and plainly as possible: every document is read for every query,
/// without postings, slots, pools or bits. Only the plan (which forms answer which word) comes from the engine.
/// </summary>
internal sealed class BruteForce(IReadOnlyList<SearchDocument> documents, QueryPlan plan, Vocabulary words, RankingWeights weights)
{
    internal sealed record Line(Field Field, List<(string Form, bool IsWhole)> Tokens);

    private readonly List<List<Line>> _texts = [.. documents.Select(Lines)];

    /// <summary>Ids and scores of everything that matches, best first.</summary>
    public List<(string Id, double Score)> Rank() => Rank(_ => true);

    /// <summary>Of some of the documents only; what the words count for is that of all.</summary>
    public List<(string Id, double Score)> Rank(Func<SearchDocument, bool> isWanted)
    {
        double[][] frequencies = [.. plan.Words.Select(word => documents.Select((_, d) => Frequency(word, d)).ToArray())];
        double[] values = [.. plan.Words.Select((word, w) => Value(word, frequencies[w]))];
        double most = Enumerable.Range(0, values.Length).Where(w => !plan.Words[w].IsStopWord && frequencies[w].Any(f => f > 0)).Select(w => values[w]).DefaultIfEmpty(0).Max();
        bool[] finds = [.. values.Select((value, w) => !plan.Words[w].IsStopWord && value >= weights.LeastFinding * most)];
        bool stopWordsFind = documents.Where((_, d) => Enumerable.Range(0, values.Length).Any(w => finds[w] && frequencies[w][d] > 0)).Count() < weights.FewHits;
        var ranked = new List<(string Id, double Score, int Document)>();
        for (int d = 0; d < documents.Count; d++)
        {
            double score = 0;
            bool found = false;
            for (int w = 0; w < values.Length; w++)
            {
                double f = frequencies[w][d];
                found |= f > 0 && finds[w];
                score += values[w] * f * (weights.Saturation + 1) / (f + weights.Saturation);
            }

            if (isWanted(documents[d]) && (found || (score > 0 && stopWordsFind && score >= weights.LeastCoverage * (weights.Saturation + 1) * values.Sum())))
                ranked.Add((documents[d].Id, score, d));
        }

        ranked = Sort(ranked);
        for (int i = 0; i < Math.Min(weights.Examined, ranked.Count); i++)
            ranked[i] = ranked[i] with { Score = Weighed(ranked[i].Document, ranked[i].Score, ranked[i].Score + Bonus(ranked[i].Document, values)) };
        return [.. Sort(ranked).Select(hit => (hit.Id, hit.Score))];
    }

    private double Weighed(int document, double words, double points) =>
        Math.Max(words, points * (1 + (weights.Usefulness * documents[document].Usefulness)));

    private static List<(string Id, double Score, int Document)> Sort(IEnumerable<(string Id, double Score, int Document)> hits) =>
        [.. hits.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Id, StringComparer.Ordinal)];

    private double Frequency(QueryWord word, int document)
    {
        double sum = 0;
        foreach (Field field in Enum.GetValues<Field>())
        {
            double length = Length(document, field);
            double[] lengths = [.. Enumerable.Range(0, documents.Count).Select(d => (double)Length(d, field)).Where(l => l > 0)];
            double average = lengths.Length == 0 ? 1 : Math.Max(1, lengths.Average());
            (float weight, float b) = field switch
            {
                Field.Title => (weights.Title, weights.TitleLength),
                Field.Keywords => (weights.Keywords, weights.ShortFieldLength),
                Field.Heading => (weights.Heading, weights.ShortFieldLength),
                Field.Summary => (weights.Summary, weights.ShortFieldLength),
                _ => (weights.Body, weights.BodyLength),
            };
            foreach (WeightedTerm term in word.Terms)
            {
                int count = _texts[document].Where(line => line.Field == field).Sum(line => line.Tokens.Count(token => token.Form == words[term.Term].Form));
                sum += term.Weight * Math.Min(count, field == Field.Body ? 65535 : 15) * weight / (1 - b + (b * length / average));
            }
        }

        return sum;
    }

    private int Length(int document, Field field) =>
        _texts[document].Where(line => line.Field == field).Sum(line => line.Tokens.Count(token => !token.IsWhole));

    private double Value(QueryWord word, double[] frequencies)
    {
        if (word.IsStopWord)
            return Idf(word.Terms.Select(term => Holding(words[term.Term].Form, null)).DefaultIfEmpty(0).Max()) * word.Weight;
        string[] own = [.. word.Terms.Where(term => term.Weight > weights.Synonym).Select(term => words[term.Term].Form)];
        int holding = _texts.Count(lines => lines.Any(line => line.Tokens.Any(token => own.Contains(token.Form))));
        if (holding == 0)
            holding = frequencies.Count(f => f > 0);
        return Idf(holding) * word.Weight;
    }

    private int Holding(string form, Field? field) =>
        _texts.Count(lines => lines.Any(line => (field is null || line.Field == field) && line.Tokens.Any(token => token.Form == form)));

    private double Idf(int holding) => Math.Log(1 + ((documents.Count - holding + 0.5) / (holding + 0.5)));

    private double Rarity(string form, Field? field) =>
        Idf(Holding(form, field)) * (SearchLanguage.Default.StopWords.Contains(AccentFolding.Fold(form)) ? weights.StopWord : 1);

    private double Bonus(int document, double[] values)
    {
        double mass = values.Sum();
        double[] titleValues = [.. values.Select((value, w) =>
            plan.Words[w].Terms.Count == 0 ? value : Rarity(words[plan.Words[w].Terms.MaxBy(term => term.Weight).Term].Form, Field.Title))];
        var covered = new HashSet<int>();
        var pairs = new HashSet<int>();
        double title = 0, best = 0, naming = 0;
        double titleLength = Math.Max(1, _texts.SelectMany(lines => lines).Where(line => line.Field == Field.Title && line.Tokens.Count > 0).Select(line => (double)line.Tokens.Count(token => !token.IsWhole)).DefaultIfEmpty(1).Average());
        double worthOfLines = weights.ManyLines / (weights.ManyLines + _texts[document].Count(line => line.Tokens.Count > 0));
        foreach (Line line in _texts[document].Where(line => line.Tokens.Count > 0))
        {
            bool isTitle = line.Field == Field.Title;
            double likeness = Likeness(line, isTitle ? titleValues : values, isTitle ? Field.Title : null, covered, pairs);
            double named = Naming(line, isTitle ? titleValues : values, titleLength);
            naming = Math.Max(naming, isTitle ? named : line.Tokens.Count <= weights.LongestLine ? worthOfLines * named : 0);
            (title, best) = isTitle ? (likeness, best) : (title, Math.Max(best, likeness));
        }

        double pairMass = Enumerable.Range(1, Math.Max(0, values.Length - 1)).Sum(w => Math.Min(values[w - 1], values[w]));
        double gate = mass > 0 ? Math.Pow(covered.Sum(w => values[w]) / mass, weights.CoverageOfLikeness) : 1;
        double bonus = gate * ((weights.TitleLikeness * title) + (weights.Naming * naming) + (weights.PassageLikeness * best));
        if (mass > 0)
            bonus += weights.Coverage * covered.Sum(w => values[w]) / mass;
        if (pairMass > 0)
            bonus += weights.Proximity * pairs.Sum(w => Math.Min(values[w - 1], values[w])) / pairMass;
        return bonus * mass;
    }

    private double Naming(Line line, double[] values, double titleLength)
    {
        double answered = values.Select((value, w) => value * plan.Words[w].Terms.Where(term => line.Tokens.Exists(token => token.Form == words[term.Term].Form))
            .Select(term => term.Weight).DefaultIfEmpty(0).Max()).Sum();
        double norm = 1 - weights.NamingLength + (weights.NamingLength * line.Tokens.Count / titleLength);
        return values.Sum() > 0 ? answered / values.Sum() * (weights.Saturation + 1) / (1 + (weights.Saturation * norm)) : 0;
    }

    private double Likeness(Line line, double[] values, Field? field, HashSet<int> covered, HashSet<int> pairs)
    {
        var answered = new Dictionary<int, double>();
        double norm = 0;
        int last = -2, since = 0;
        foreach ((string form, bool isWhole) in line.Tokens)
        {
            int word = plan.Words.FindIndex(w => w.Terms.Exists(term => words[term.Term].Form == form));
            if (word < 0)
            {
                norm += isWhole ? 0 : Math.Pow(Rarity(form, field), 2);
                since += isWhole ? 0 : 1;
                continue;
            }

            double weight = plan.Words[word].Terms.Find(term => words[term.Term].Form == form).Weight;
            norm += answered.ContainsKey(word) ? 0 : values[word] * values[word];
            answered[word] = Math.Max(answered.GetValueOrDefault(word), weight);
            if (word == last + 1 && since <= 1)
                pairs.Add(word);
            (last, since) = (word, 0);
        }

        covered.UnionWith(answered.Keys);
        double shared = answered.Sum(entry => values[entry.Key] * values[entry.Key] * entry.Value);
        double product = norm * values.Sum(value => value * value);
        return product > 0 ? shared * shared / product : 0;
    }

    internal static List<Line> Lines(SearchDocument document)
    {
        var lines = new List<Line>();
        Read(document.Title, Field.Title, split: false);
        foreach (string keyword in document.Keywords)
            Read(keyword, Field.Keywords, split: false);
        Read(document.Summary, Field.Summary, split: true);
        foreach (SearchSection section in document.Sections)
        {
            Read(section.Heading, Field.Heading, split: false);
            Read(section.Text, Field.Body, split: true);
        }

        return lines;

        void Read(string text, Field field, bool split)
        {
            Span<char> buffer = stackalloc char[Characters.MaxWordLength];
            lines.Add(new Line(field, []));
            var tokens = new Tokenizer(text);
            while (tokens.MoveNext())
            {
                Token token = tokens.Current;
                if (split && token.StartsPassage)
                    lines.Add(new Line(field, []));
                int length = Characters.Normalize(text.AsSpan(token.Start, token.Length), buffer);
                lines[^1].Tokens.Add((new string(buffer[..length]), token.IsWhole));
            }
        }
    }
}
