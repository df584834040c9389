using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SelfService.Search.Indexing;
using SelfService.Search.Querying;

namespace SelfService.Search.Lucene.Indexing;

/// <summary>The index at one revision: a near-real-time reader and what is known about its forms. Slots are Lucene's document numbers.</summary>
internal sealed record IndexView(DirectoryReader Reader, DocumentCache Documents, Segment[] Segments) : IIndexView
{
    public required long Revision { get; init; }

    public required SearchLanguage Language { get; init; }

    public required int Count { get; init; }

    public required Vocabulary Words { get; init; }

    public required float TitleLength { get; init; }

    public required float[] Rarity { get; init; }

    public required float[] TitleRarity { get; init; }

    public required int[] Holders { get; init; }

    /// <summary>Form numbers in the order of their folded spelling.</summary>
    public required int[] ByFolded { get; init; }

    /// <summary>Those that stand in a title, a heading or a keyword.</summary>
    public required int[] NamesByFolded { get; init; }

    public RelativesCache Relatives { get; } = new();

    public RelatedCache Related { get; } = new();

    public AlternativeForms Alternatives { get; private init; } = new();

    /// <summary>Number of slots; some of them may be empty.</summary>
    public int Slots => Reader.MaxDoc;

    /// <summary>The same documents with other synonyms.</summary>
    public IndexView With(SearchLanguage language) => this with { Language = language, Alternatives = new() };

    public bool Knows(int term) => (uint)term < (uint)Holders.Length && Holders[term] > 0;

    public int HoldersOf(int term) => Holders[term];

    public ReadOnlySpan<int> StartingWith(ReadOnlySpan<char> prefix)
    {
        (int first, int end) = Words.RangeOf(ByFolded, prefix);
        return ByFolded.AsSpan(first..end);
    }

    public ReadOnlySpan<int> NamesStartingWith(string prefix)
    {
        (int first, int end) = Words.RangeOf(NamesByFolded, prefix);
        return NamesByFolded.AsSpan(first..end);
    }

    public int CountUpTo(Audience audience)
    {
        if (audience == Audience.Staff)
            return Count;
        int count = 0;
        foreach (Segment segment in Segments)
        {
            IBits? live = segment.Reader.LiveDocs;
            for (int doc = 0; doc < segment.Documents; doc++)
                count += segment.IsFor(doc, audience, null) && (live is null || live.Get(doc)) ? 1 : 0;
        }

        return count;
    }

    public ReadOnlySpan<int> TermsOf(int slot) => Counted(slot).Terms;

    public int Holding(int[] forms, Audience audience, int most)
    {
        var slots = new HashSet<int>();
        foreach (Segment segment in Segments)
        {
            var postings = new Postings(segment, IndexFields.Any);
            foreach (int form in forms)
            {
                for (DocsEnum? docs = postings.Of(Words[form].Form); docs is not null && docs.NextDoc() != DocIdSetIterator.NO_MORE_DOCS;)
                {
                    if (segment.IsFor(docs.DocID, audience, null) && slots.Add(segment.Base + docs.DocID) && slots.Count > most)
                        return slots.Count;
                }
            }
        }

        return slots.Count;
    }

    /// <summary>Segment of a slot.</summary>
    public Segment SegmentOf(int slot)
    {
        int at = Segments.Length - 1;
        while (Segments[at].Base > slot)
            at--;
        return Segments[at];
    }

    /// <summary>The document of a slot with its texts; its forms are not counted.</summary>
    public IndexedDocument Document(int slot)
    {
        Segment segment = SegmentOf(slot);
        return Documents.Find(segment, slot - segment.Base, Words);
    }

    /// <summary>The document of a slot, analysed again to have its forms counted.</summary>
    public IndexedDocument Counted(int slot) => Documents.Analyze(Document(slot).Source, Words);

    public string IdOf(int slot)
    {
        Segment segment = SegmentOf(slot);
        return segment.Columns.Ids[slot - segment.Base];
    }
}

/// <summary>The lists of one question, which opens each field of a segment once.</summary>
internal sealed class PostingsOfSegments
{
    private readonly Dictionary<(Segment, string), Postings> _open = [];

    public Postings Of(Segment segment, string field)
    {
        if (!_open.TryGetValue((segment, field), out Postings? postings))
            _open[(segment, field)] = postings = new Postings(segment, field);
        return postings;
    }
}

/// <summary>The lists of one field of one segment, one after the other, without what has been deleted.</summary>
internal sealed class Postings(Segment segment, string field)
{
    private readonly TermsEnum? _terms = segment.Reader.GetTerms(field)?.GetEnumerator();
    private readonly BytesRef _bytes = new();
    private DocsEnum? _docs;

    /// <summary>Where a form stands, and how often where the field counts it; null for nowhere. Ends with the next call.</summary>
    public DocsEnum? Of(string form)
    {
        if (_terms is null)
            return null;
        UnicodeUtil.UTF16toUTF8(form, 0, form.Length, _bytes);
        return _terms.SeekExact(_bytes) ? _docs = _terms.Docs(segment.Reader.LiveDocs, _docs, DocsFlags.FREQS) : null;
    }
}
