using System.Collections.Frozen;
using System.Runtime.InteropServices;
using SelfService.Search.Analysis;
using SelfService.Search.Explaining;
using SelfService.Search.Indexing;
using SelfService.Search.Ranking;

namespace SelfService.Search.Querying;

/// <summary>Looks up what a query means in one snapshot: forms, relatives, synonyms, corrections.</summary>
internal sealed class QueryPlanner(IIndexView snapshot, SearchLanguage language, RankingWeights weights)
{
    private const int ShortestJoined = 6;

    /// <summary>Letters of a word that was written together with the one before it.</summary>
    private const int ShortestPart = 4;

    /// <summary>Short words that people write together with the next.</summary>
    private static readonly FrozenSet<string> RunsIn = FrozenSet.Create(
        StringComparer.Ordinal, "a", "al", "con", "de", "del", "el", "en", "la", "las", "lo", "los", "mi", "no", "por", "que", "se", "si", "sin", "su", "tan", "un", "una");

    /// <summary>Forms of one word; a made-up vocabulary can have any number that begin alike.</summary>
    private const int MostForms = 200;

    /// <summary>Beyond so many words with a meaning of their own, one more makes no difference to the others.</summary>
    private const int MostTelling = 4;

    /// <summary>Unknown words that are looked up among the known ones; a hostile query has hundreds.</summary>
    private const int MostLooked = 16;

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
        List<(string Form, bool IsWhole)> next = query.Words.Count == 0 ? [] : Forms(query.Words[0]);
        for (int i = 0; i < query.Words.Count && _words.Count < QueryPlan.MostWords; i++)
        {
            List<(string Form, bool IsWhole)> forms = next;
            next = i + 1 < query.Words.Count ? Forms(query.Words[i + 1]) : [];
            if (correct && Joined(forms, next) is { } joined)
            {
                AddTyped(joined, Forms(joined), correct);
                _isCorrected = true;
                i++;
                next = i + 1 < query.Words.Count ? Forms(query.Words[i + 1]) : [];
            }
            else
            {
                AddTyped(query.Words[i], forms, correct);
            }
        }

        var phrases = new List<int[][]>();
        foreach (IReadOnlyList<string> phrase in query.Phrases)
        {
            int first = _corrected.Count;
            foreach (string word in phrase)
                AddTyped(word, Forms(word), correct);
            if (first < _corrected.Count)
            {
                _corrected[first] = "\"" + _corrected[first];
                _corrected[^1] += "\"";
            }

            phrases.Add(PhraseForms(phrase));
        }

        FadeStopWords();
        AddSynonyms();
        GiveEachTermToOneWord();
        return new QueryPlan(_words, phrases, _isCorrected ? string.Join(' ', _corrected) : null)
        {
            IsAllQuoted = query.Words.Count == 0,
        };
    }

    private void AddTyped(string typed, List<(string Form, bool IsWhole)> forms, bool correct)
    {
        if (forms.Count == 0 || _words.Count == QueryPlan.MostWords)
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
        WordStem stem = StemOf(form);
        return language.StopWords.Contains(AccentFolding.Fold(form)) || language.Synonyms.Knows(stem)
            || (stem.Form != VerbForm.None && IrregularVerbs.Infinitives.Contains(stem.Verb))
            || (stem.Form is VerbForm.Definite or VerbForm.Participle or VerbForm.ActionNoun && KnownVerbs.Contains(stem.Verb));
    }

    /// <summary>One word that was typed as two (<i>re embolso</i>), when one of the two is unknown and the whole is known.</summary>
    private string? Joined(List<(string Form, bool IsWhole)> first, List<(string Form, bool IsWhole)> second)
    {
        if (first is not [(var one, _)] || second is not [(var two, _)] || one.Length + two.Length < ShortestJoined)
            return null;
        string whole = one + two;
        bool bothKnown = IsKnown(Relatives(one)) && IsKnown(Relatives(two));
        return !bothKnown && _looked < MostLooked && IsWord(whole) && IsKnown(Relatives(whole)) ? whole : null;
    }

    /// <summary>
    /// Two known words that were typed as one (<i>porfavor, tarjetacredito</i>); the pair whose rarer word is the most used.
    /// Short pieces are no words: <i>colapso</i> is not <i>co lapso</i>.
    /// </summary>
    private (string First, string Second)? Split(string form)
    {
        (string, string)? best = null;
        int most = 0;
        for (int at = 1; IsWord(form) && at <= form.Length - ShortestPart; at++)
        {
            string one = form[..at], two = form[at..];
            if (at < ShortestPart && !RunsIn.Contains(one))
                continue;
            int holding = Math.Min(Holding(one), Holding(two));
            if (holding > most)
                (best, most) = ((one, two), holding);
        }

        return best;
    }

    private int Holding(string form) =>
        Relatives(form).Where(term => term.Weight >= weights.OtherAccent).Sum(term => snapshot.HoldersOf(term.Term));

    private static bool IsWord(string form) => form.Length <= Characters.MaxWordLength && form.All(char.IsLetter);

    private void Add(string typed, string form, float weight, WeightedTerm[] terms)
    {
        bool stop = language.StopWords.Contains(AccentFolding.Fold(form));
        var word = new QueryWord { Typed = typed, IsStopWord = stop, Weight = stop ? weight * weights.StopWord : weight };
        word.Terms.AddRange(terms);
        _words.Add(word);
        _stems.Add(StemOf(form));
    }

    /// <summary>The stem, remembered for the words of the vocabulary.</summary>
    private WordStem StemOf(string form)
    {
        int term = snapshot.Words.Find(form);
        return term < 0 ? SpanishStemmer.Stem(form) : snapshot.Words[term].Stem;
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
            terms.Add(term.Form == form ? new WeightedTerm(id, 1)
                : term.Folded == folded ? new WeightedTerm(id, weights.OtherAccent, Relation.OtherAccent)
                : new WeightedTerm(id, weights.Inflection, Relation.Inflection));
        }

        if (stem.Form != VerbForm.None)
        {
            foreach (int id in snapshot.Words.OfVerb(stem.Verb))
            {
                if (!snapshot.Knows(id))
                    continue;
                WordStem other = snapshot.Words[id].Stem;
                if (other.Noun != stem.Noun && WordStem.ShareVerb(stem.Form, other.Form))
                    terms.Add(new WeightedTerm(id, weights.SameVerb, Relation.SameVerb));
            }
        }

        int[] otherEnye = stem.Noun.Contains('ñ', StringComparison.Ordinal)
            ? snapshot.Words.OfNoun(AccentFolding.FoldEnye(stem.Noun))
            : snapshot.Words.OfNounWithEnye(stem.Noun);
        foreach (int id in otherEnye)
        {
            if (snapshot.Knows(id))
                terms.Add(new WeightedTerm(id, weights.Enye, Relation.WithoutEnye));
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
                .Select(id => new WeightedTerm(id, weights.Inflection, Relation.Inflection))];
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
                terms.Add(new WeightedTerm(id, weights.SameStart, Relation.SameBeginning));
            if (terms.Count >= MostForms)
                return;
        }
    }

    /// <summary>
    /// The more words with a meaning of their own a question has, the less its other words say: in <i>¿eres mayor que yo?</i>
    /// they are most of it, in <i>¿cómo puedo cambiar la dirección de mi pedido?</i> next to nothing.
    /// </summary>
    private void FadeStopWords()
    {
        int telling = Math.Min(_words.Count(word => !word.IsStopWord && word.Terms.Count > 0), MostTelling);
        foreach (QueryWord word in _words)
        {
            if (word.IsStopWord && telling > 1)
                word.Weight /= 1 + (weights.StopWordFading * (telling - 1));
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
        FormsOfAlternative forms = snapshot.Alternatives.Find(alternative, FindForms);
        for (int i = start; i < start + length; i++)
        {
            _words[i].Terms.AddRange(forms.OfWord);
            if (forms.Phrase is { } phrase)
                _words[i].Alternatives.Add(phrase);
        }
    }

    private FormsOfAlternative FindForms(Alternative alternative)
    {
        WeightedTerm[][] forms = [.. alternative.Words.Select(word => Inflections(word, alternative.Words.Length > 1))];
        if (forms.Length == 1)
            return new FormsOfAlternative([.. forms[0].Select(form => new WeightedTerm(form.Term, form.Weight * weights.Synonym, Relation.Synonym))], null);
        return new FormsOfAlternative([], forms.Any(list => list.Length == 0)
            ? null
            : new PhraseAlternative(alternative, [.. forms.Select(list => list.Select(form => form.Term).ToArray())], weights.Synonym));
    }

    /// <summary>Forms of a word; of what is a verb, alone or among its neighbours, all forms of the verb.</summary>
    private WeightedTerm[] Inflections(string form, bool inExpression)
    {
        bool isVerb = inExpression || StemOf(form).Form == VerbForm.Definite;
        return Array.FindAll(Relatives(form), term => term.Weight >= (isVerb ? weights.SameVerb : weights.Inflection));
    }

    /// <summary>A form that answers two words counts for the one it answers better, so that nothing is counted twice.</summary>
    private void GiveEachTermToOneWord()
    {
        int count = _words.Sum(word => word.Terms.Count), at = 0;
        var all = new (WeightedTerm Term, int Word)[count];
        var byTerm = new ulong[count];
        for (int word = 0; word < _words.Count; word++)
        {
            foreach (WeightedTerm term in _words[word].Terms)
            {
                byTerm[at] = ((ulong)(uint)term.Term << 32) | (uint)at;
                all[at++] = (term, word);
            }

            _words[word].Terms.Clear();
        }

        Array.Sort(byTerm);
        for (int i = 0; i < count;)
        {
            (WeightedTerm best, int word) = all[(int)byTerm[i]];
            for (i++; i < count && all[(int)byTerm[i]] is var (term, other) && term.Term == best.Term; i++)
            {
                if (term.Weight > best.Weight)
                    (best, word) = (term, other);
            }

            _words[word].Terms.Add(best);
        }
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
