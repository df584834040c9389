using System.Runtime.InteropServices;
using SelfService.Search.Analysis;
using SelfService.Search.Indexing;
using SelfService.Search.Querying;
using SelfService.Search.Ranking;

namespace SelfService.Search.Suggesting;

/// <summary>How well a form answers a typed word.</summary>
internal enum FormFit : byte
{
    None,
    Inside,
    Started,
    Whole,
}

/// <summary>
/// Forms of one snapshot that answer one typed word, and how well each does: the word itself in every inflection and,
/// while it may go on, everything that begins with it; then words that hold it inside. Nearest known words are the last
/// resort. The beginnings are a stretch of the vocabulary, because a letter or two begin thousands of words.
/// </summary>
internal sealed class WordForms
{
    private readonly IIndexView _snapshot;
    private readonly Dictionary<int, FormFit> _known = [];
    private readonly string? _beginning;

    /// <param name="snapshot">Where the forms are looked up.</param>
    /// <param name="weights">For the nearest words.</param>
    /// <param name="word">As typed.</param>
    /// <param name="mayGoOn">True while the word may be unfinished.</param>
    public WordForms(IIndexView snapshot, RankingWeights weights, string word, bool mayGoOn)
    {
        _snapshot = snapshot;
        string folded = AccentFolding.Fold(word);
        string key = SpanishStemmer.Stem(word).Noun;
        AddKnown(snapshot.Words.OfNoun(key), word.Length);
        AddKnown(snapshot.Words.OfNounWithEnye(key), word.Length);
        if (mayGoOn)
        {
            _beginning = folded;
            // The word itself comes before everything that goes on from it.
            ReadOnlySpan<int> beginning = snapshot.StartingWith(folded);
            int whole = 0;
            while (whole < beginning.Length && snapshot.Words[beginning[whole]].Folded.Length == folded.Length)
                whole++;
            AddKnown(beginning[..whole], word.Length);
        }

        if (folded.Length < PartIndex.Shortest)
            return;
        var near = new List<int>();
        if (mayGoOn)
        {
            snapshot.Words.Parts.FindInside(folded, near);
            near.RemoveAll(id => snapshot.Words[id].Folded is var form
                && (form.IndexOf(folded, 1, StringComparison.Ordinal) < 0 || form.StartsWith(folded, StringComparison.Ordinal)));
            AddAll(CollectionsMarshal.AsSpan(near), FormFit.Inside);
        }

        if (Any())
            return;
        var corrected = new List<WeightedTerm>();
        new SpellingCorrection(snapshot, weights).Correct(word, corrected);
        AddAll([.. corrected.Select(term => term.Term)], FormFit.Started);
        if (mayGoOn)
            AddStartingNearly(folded);
    }

    /// <summary>Forms that some document has, one by one.</summary>
    public Dictionary<int, FormFit> Known => _known;

    /// <summary>Forms that name a document and are <see cref="FormFit.Started"/>, unless they are <see cref="Known"/>.</summary>
    public ReadOnlySpan<int> Beginning => _beginning is null ? [] : _snapshot.NamesStartingWith(_beginning);

    /// <summary>Writes how every form fits beside its number.</summary>
    public void Mark(byte[] fits)
    {
        foreach (int form in Beginning)
            fits[form] = (byte)FormFit.Started;
        foreach ((int form, FormFit fit) in _known)
            fits[form] = (byte)fit;
    }

    /// <summary>Takes back what <see cref="Mark"/> wrote.</summary>
    public void Unmark(byte[] fits)
    {
        foreach (int form in Beginning)
            fits[form] = 0;
        foreach (int form in _known.Keys)
            fits[form] = 0;
    }

    /// <summary>False when no document of the snapshot has a form of the word.</summary>
    public bool Any()
    {
        if (_known.Count > 0)
            return true;
        foreach (int form in _beginning is null ? [] : _snapshot.StartingWith(_beginning))
        {
            if (_snapshot.Knows(form))
                return true;
        }

        return false;
    }

    /// <summary>True when the form answers the word.</summary>
    public bool Has(int form) =>
        _known.ContainsKey(form) || (_beginning is not null && _snapshot.Words[form].Folded.StartsWith(_beginning, StringComparison.Ordinal));

    private void AddKnown(ReadOnlySpan<int> forms, int length)
    {
        foreach (int form in forms)
        {
            if (_snapshot.Knows(form))
                _known.TryAdd(form, _snapshot.Words[form].Folded.Length == length ? FormFit.Whole : FormFit.Started);
        }
    }

    private void AddAll(ReadOnlySpan<int> forms, FormFit fit)
    {
        foreach (int form in forms)
        {
            if (_snapshot.Knows(form))
                _known.TryAdd(form, fit);
        }
    }

    /// <summary>Forms whose start sounds like what was typed: <i>embi</i> for <i>envíos</i>.</summary>
    private void AddStartingNearly(string typed)
    {
        float limit = Math.Min(1, SpanishEditDistance.Limit(typed.Length));
        var near = new List<int>();
        _snapshot.Words.Parts.FindBeginning(typed, near);
        near.RemoveAll(id => _snapshot.Words[id].Folded is var folded
            && (folded.Length < typed.Length || SpanishEditDistance.Between(typed, folded[..typed.Length], limit) > limit));
        AddAll(CollectionsMarshal.AsSpan(near), FormFit.Started);
    }
}
