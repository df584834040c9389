using SelfService.Search.Analysis;

namespace SelfService.Search.Indexing;

/// <summary>Turns documents into numbers. Belongs to the one writer; its buffers are reused from document to document.</summary>
internal sealed class DocumentAnalyzer(Vocabulary vocabulary)
{
    private readonly RecentWords _words = new(vocabulary);
    private readonly List<int> _tokens = [];
    private readonly List<uint> _places = [];
    private readonly List<Passage> _passages = [];
    private readonly List<int> _terms = [];
    private readonly int[] _lengths = new int[5];
    private uint[] _counts = new uint[4096];

    /// <summary>Analyses one document, adding its new forms to the vocabulary.</summary>
    public IndexedDocument Analyze(SearchDocument document)
    {
        Reset();
        Read(document.Title, Field.Title, section: -1, split: false);
        foreach (string keyword in document.Keywords)
            Read(keyword, Field.Keywords, section: -1, split: false);
        Read(document.Summary, Field.Summary, section: -1, split: true);
        for (int i = 0; i < document.Sections.Count; i++)
        {
            SearchSection section = document.Sections[i];
            var number = (short)Math.Min(i, short.MaxValue);
            Read(section.Heading, Field.Heading, number, split: false);
            Read(section.Text, Field.Body, number, split: true);
        }

        var counts = new uint[_terms.Count];
        for (int i = 0; i < counts.Length; i++)
            counts[i] = _counts[_terms[i]];
        return new IndexedDocument
        {
            Source = document,
            Usefulness = (float)document.Usefulness,
            Tokens = [.. _tokens],
            Places = [.. _places],
            Passages = [.. _passages],
            Lengths = [.. _lengths],
            Terms = [.. _terms],
            Counts = counts,
        };
    }

    private void Reset()
    {
        foreach (int term in _terms)
            _counts[term] = 0;
        _tokens.Clear();
        _places.Clear();
        _passages.Clear();
        _terms.Clear();
        Array.Clear(_lengths);
    }

    private void Read(string? text, Field field, short section, bool split)
    {
        if (string.IsNullOrEmpty(text))
            return;
        bool first = true;
        Span<char> form = stackalloc char[Characters.MaxWordLength];
        var tokens = new Tokenizer(text);
        while (tokens.MoveNext())
        {
            Token token = tokens.Current;
            int length = Characters.Normalize(text.AsSpan(token.Start, token.Length), form);
            if (length == 0)
                continue;
            if (first || (split && token.StartsPassage))
                _passages.Add(new Passage(_tokens.Count, section, field, token.Start));
            first = false;
            int term = _words.FindOrAdd(form[..length]);
            _tokens.Add(token.IsWhole ? ~term : term);
            _places.Add(IndexedDocument.PlaceOf(token.Start, token.Length));
            if (!token.IsWhole)
                _lengths[(int)field]++;
            Count(term, field);
        }
    }

    private void Count(int term, Field field)
    {
        if (term >= _counts.Length)
            Array.Resize(ref _counts, Math.Max(term + 1, 2 * _counts.Length));
        if (_counts[term] == 0)
            _terms.Add(term);
        _counts[term] = Occurrences.Add(_counts[term], field);
    }
}
