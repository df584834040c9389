using System.Runtime.InteropServices;
using SelfService.Search.Analysis;
using SelfService.Search.Indexing;
using SelfService.Search.Ranking;

namespace SelfService.Search.Querying;

/// <summary>Looks up what a query means in one snapshot: forms, relatives, synonyms, corrections.</summary>
internal sealed class QueryPlanner(Snapshot snapshot, SearchLanguage language, RankingWeights weights)
{
    private const int ShortestJoined = 6;

    /// <summary>Forms of one word; a made-up vocabulary can have any number that begin alike.</summary>
    private const int MostForms = 200;

    /// <summary>Unknown words that are looked up among the known ones; a hostile query has hundreds.</summary>
    private const int MostLooked = 16;

    private readonly Dictionary<int, (int Word, float Weight)> _owners = [];
    private readonly List<QueryWord> _words = [];
    private readonly List<WordStem> _stems = [];
    private readonly List<string> _corrected = [];
    private bool _isCorrected;
    private int _looked;

    /// <summary>Plans the query.</summary>
    /// <param name="query">What was typed.</param>
    /// <param name="correct">False to search exactly what was typed.</param>
    public QueryPlan Plan(SearchQuery query, bool correct = true)
    {
        for (int i = 0; i < query.Words.Count; i++)
        {
            if (correct && i + 1 < query.Words.Count && Joined(query.Words[i], query.Words[i + 1]) is { } joined)
            {
                AddTyped(joined, correct);
                _isCorrected = true;
                i++;
            }
            else
            {
                AddTyped(query.Words[i], correct);
            }
        }

        var phrases = new List<int[][]>();
        foreach (IReadOnlyList<string> phrase in query.Phrases)
        {
            int first = _corrected.Count;
            foreach (string word in phrase)
                AddTyped(word, correct);
            if (first < _corrected.Count)
            {
                _corrected[first] = "\"" + _corrected[first];
                _corrected[^1] += "\"";
            }

            phrases.Add(PhraseForms(phrase));
        }

        AddSynonyms();
        GiveEachTermToOneWord();
        return new QueryPlan(_words, phrases, _isCorrected ? string.Join(' ', _corrected) : null)
        {
            IsAllQuoted = query.Words.Count == 0,
        };
    }

    private void AddTyped(string typed, bool correct)
    {
        if (_words.Count == QueryPlan.MostWords)
            return;
        List<(string Form, bool IsWhole)> forms = Forms(typed);
        if (forms.Count == 0)
            return;
        if (forms.Count == 1)
        {
            AddWord(typed, forms[0].Form, 1, correct);
            return;
        }

        // A code: itself if the index has it, and its parts.
        string whole = forms[^1].Form;
        bool known = snapshot.Knows(snapshot.Words.Find(whole));
        _corrected.Add(typed);
        if (known)
            Add(typed, whole, 1, Exactly(whole));
        foreach ((string form, bool isWhole) in forms)
        {
            if (!isWhole && _words.Count < QueryPlan.MostWords)
                Add(form, form, known ? weights.CodePart : 1, Relatives(form));
        }
    }

    private void AddWord(string typed, string form, float weight, bool correct)
    {
        WeightedTerm[] terms = Relatives(form);
        var near = new List<WeightedTerm>();
        bool known = IsKnown(terms) || IsRightWord(form);
        if (!known && correct && _looked++ < MostLooked && new SpellingCorrection(snapshot, weights).Correct(form, near) is { } right)
        {
            _corrected.Add(right);
            _isCorrected = true;
            Add(typed, right, weight, [.. near]);
            return;
        }

        if (!known && correct && _looked <= MostLooked && Split(form) is { } parts && _words.Count < QueryPlan.MostWords - 1)
        {
            _corrected.Add($"{parts.First} {parts.Second}");
            _isCorrected = true;
            Add(typed, parts.First, weight, Relatives(parts.First));
            Add(typed, parts.Second, weight, Relatives(parts.Second));
            return;
        }

        _corrected.Add(typed);
        Add(typed, form, weight, terms);
    }

    /// <summary>A word that somebody wrote down (stop word, synonym, verb) is no misspelling, though no article has it.</summary>
    private bool IsRightWord(string form)
    {
        WordStem stem = SpanishStemmer.Stem(form);
        return language.StopWords.Contains(AccentFolding.Fold(form)) || language.Synonyms.Knows(stem)
            || (stem.Form != VerbForm.None && IrregularVerbs.Infinitives.Contains(stem.Verb));
    }

    /// <summary>One word that was typed as two (<i>re embolso</i>), when one of the two is unknown and the whole is known.</summary>
    private string? Joined(string first, string second)
    {
        if (Forms(first) is not [(var one, _)] || Forms(second) is not [(var two, _)] || one.Length + two.Length < ShortestJoined)
            return null;
        string whole = one + two;
        bool bothKnown = IsKnown(Relatives(one)) && IsKnown(Relatives(two));
        return !bothKnown && _looked < MostLooked && IsWord(whole) && IsKnown(Relatives(whole)) ? whole : null;
    }

    /// <summary>Two known words that were typed as one (<i>porfavor</i>); the pair whose rarer word is the most used.</summary>
    private (string First, string Second)? Split(string form)
    {
        (string, string)? best = null;
        int most = 0;
        for (int at = 2; IsWord(form) && at <= form.Length - 2; at++)
        {
            string one = form[..at], two = form[at..];
            int holding = Math.Min(Holding(one), Holding(two));
            if (holding > most)
                (best, most) = ((one, two), holding);
        }

        return best;
    }

    private int Holding(string form) =>
        Relatives(form).Where(term => term.Weight >= weights.OtherAccent).Sum(term => snapshot.Postings[term.Term]!.Length);

    private static bool IsWord(string form) => form.Length <= Characters.MaxWordLength && form.All(char.IsLetter);

    private void Add(string typed, string form, float weight, WeightedTerm[] terms)
    {
        bool stop = language.StopWords.Contains(AccentFolding.Fold(form));
        var word = new QueryWord { Typed = typed, IsStopWord = stop, Weight = stop ? weight * weights.StopWord : weight };
        word.Terms.AddRange(terms);
        _words.Add(word);
        _stems.Add(SpanishStemmer.Stem(form));
    }

    private WeightedTerm[] Exactly(string form)
    {
        int term = snapshot.Words.Find(form);
        return snapshot.Knows(term) ? [new WeightedTerm(term, 1)] : [];
    }

    private WeightedTerm[] Relatives(string form) => snapshot.Relatives.Find(form, FindRelatives);

    /// <summary>All forms in the index that are this word, its inflections, its verb, or itself without ñ.</summary>
    private WeightedTerm[] FindRelatives(string form)
    {
        var terms = new List<WeightedTerm>();
        string folded = AccentFolding.Fold(form);
        WordStem stem = SpanishStemmer.Stem(form);
        foreach (int id in snapshot.Words.OfNoun(stem.Noun))
        {
            if (!snapshot.Knows(id))
                continue;
            Term term = snapshot.Words[id];
            terms.Add(new WeightedTerm(id, term.Form == form ? 1 : term.Folded == folded ? weights.OtherAccent : weights.Inflection));
        }

        if (stem.Form != VerbForm.None)
        {
            foreach (int id in snapshot.Words.OfVerb(stem.Verb))
            {
                if (!snapshot.Knows(id))
                    continue;
                WordStem other = snapshot.Words[id].Stem;
                if (other.Noun != stem.Noun && WordStem.ShareVerb(stem.Form, other.Form))
                    terms.Add(new WeightedTerm(id, weights.SameVerb));
            }
        }

        int[] otherEnye = stem.Noun.Contains('ñ', StringComparison.Ordinal)
            ? snapshot.Words.OfNoun(AccentFolding.FoldEnye(stem.Noun))
            : snapshot.Words.OfNounWithEnye(stem.Noun);
        foreach (int id in otherEnye)
        {
            if (snapshot.Knows(id))
                terms.Add(new WeightedTerm(id, weights.Enye));
        }

        AddSameStart(folded, terms);
        if (!IsKnown(terms))
            AddBase(folded, terms);
        return [.. terms];
    }

    /// <summary>What an unknown diminutive stands for: <i>facturita</i> is answered as <i>factura</i>.</summary>
    private void AddBase(string folded, List<WeightedTerm> terms)
    {
        foreach (string plain in Diminutives.Bases(folded))
        {
            WeightedTerm[] ofPlain = [.. snapshot.Words.OfNoun(SpanishStemmer.Stem(plain).Noun)
                .Where(id => snapshot.Knows(id) && !terms.Exists(term => term.Term == id))
                .Select(id => new WeightedTerm(id, weights.Inflection))];
            if (ofPlain.Length == 0)
                continue;
            terms.AddRange(ofPlain);
            return;
        }
    }

    /// <summary>True when the index has the word itself or an inflection, not just words that begin like it.</summary>
    private bool IsKnown(IEnumerable<WeightedTerm> terms) => terms.Any(term => term.Weight > weights.SameStart);

    /// <summary>Words that begin like this one and are not much longer.</summary>
    private void AddSameStart(string folded, List<WeightedTerm> terms)
    {
        if (weights.SameStart <= 0 || folded.Length < weights.SameStartLength || !folded.All(char.IsLetter))
            return;
        ReadOnlySpan<char> start = folded.AsSpan(0, Math.Max(weights.SameStartLength, folded.Length - weights.SameStartRest));
        int most = start.Length + weights.SameStartRest;
        var known = new HashSet<int>(terms.Select(term => term.Term));
        foreach (int id in snapshot.StartingWith(start))
        {
            if (snapshot.Words[id].Folded.Length <= most && snapshot.Knows(id) && !known.Contains(id))
                terms.Add(new WeightedTerm(id, weights.SameStart));
            if (terms.Count >= MostForms)
                return;
        }
    }

    private void AddSynonyms()
    {
        ReadOnlySpan<WordStem> stems = CollectionsMarshal.AsSpan(_stems);
        for (int start = 0; start < stems.Length; start++)
        {
            int longest = Math.Min(language.Synonyms.LongestKey, stems.Length - start);
            for (int length = 1; length <= longest; length++)
            {
                foreach (Alternative alternative in language.Synonyms.Of(stems.Slice(start, length)))
                    AddAlternative(alternative, start, length);
            }
        }
    }

    /// <summary>Each word of the expression is answered by the alternative.</summary>
    private void AddAlternative(Alternative alternative, int start, int length)
    {
        WeightedTerm[][] forms = [.. alternative.Words.Select(word => Inflections(word, alternative.Words.Length > 1))];
        if (forms.Any(list => list.Length == 0))
            return;
        for (int i = start; i < start + length; i++)
        {
            if (forms.Length == 1)
                _words[i].Terms.AddRange(forms[0].Select(form => new WeightedTerm(form.Term, form.Weight * weights.Synonym)));
            else
                _words[i].Alternatives.Add(new PhraseAlternative(
                    alternative, [.. forms.Select(list => list.Select(form => form.Term).ToArray())], weights.Synonym));
        }
    }

    /// <summary>Forms of a word; of what is a verb, alone or among its neighbours, all forms of the verb.</summary>
    private WeightedTerm[] Inflections(string form, bool inExpression)
    {
        bool isVerb = inExpression || SpanishStemmer.Stem(form).Form == VerbForm.Definite;
        return Array.FindAll(Relatives(form), term => term.Weight >= (isVerb ? weights.SameVerb : weights.Inflection));
    }

    /// <summary>A form that answers two words counts for the one it answers better, so that nothing is counted twice.</summary>
    private void GiveEachTermToOneWord()
    {
        for (int word = 0; word < _words.Count; word++)
        {
            foreach (WeightedTerm term in _words[word].Terms)
            {
                if (!_owners.TryGetValue(term.Term, out (int Word, float Weight) owner) || owner.Weight < term.Weight)
                    _owners[term.Term] = (word, term.Weight);
            }
        }

        foreach (QueryWord word in _words)
            word.Terms.Clear();
        foreach ((int term, (int word, float weight)) in _owners.OrderBy(owner => owner.Key))
            _words[word].Terms.Add(new WeightedTerm(term, weight));
    }

    private int[][] PhraseForms(IReadOnlyList<string> phrase)
    {
        var forms = new List<int[]>();
        foreach (string word in phrase)
        {
            foreach ((string form, bool isWhole) in Forms(word))
            {
                // Accents may be missing, the word itself may not be another.
                string folded = AccentFolding.Fold(form);
                if (!isWhole)
                    forms.Add([.. snapshot.Words.OfNoun(SpanishStemmer.Stem(form).Noun)
                        .Where(id => snapshot.Knows(id) && snapshot.Words[id].Folded == folded)]);
            }
        }

        return [.. forms];
    }

    private static List<(string Form, bool IsWhole)> Forms(string typed)
    {
        var forms = new List<(string, bool)>();
        Span<char> buffer = stackalloc char[Characters.MaxWordLength];
        var tokens = new Tokenizer(typed);
        while (tokens.MoveNext())
        {
            int length = Characters.Normalize(typed.AsSpan(tokens.Current.Start, tokens.Current.Length), buffer);
            if (length > 0)
                forms.Add((new string(buffer[..length]), tokens.Current.IsWhole));
        }

        return forms;
    }
}
