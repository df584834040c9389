using Lucene.Net.Index;
using Lucene.Net.Util;
using SelfService.Search.Indexing;

namespace SelfService.Search.Lucene.Indexing;

/// <summary>
/// A document as it was analysed, as doc values, so that it is not analysed again: its forms as ordinals of the segment, its
/// tokens as places among these, where its passages begin; apart from that, what only who shows it needs. A question reads
/// thirty documents closely and shows ten; only those are fetched with their texts.
/// </summary>
internal sealed class ReadingColumn(Segment segment, Vocabulary words)
{
    private static readonly SearchDocument NotFetched = new() { Id = "", Title = "" };

    private readonly BinaryDocValues _tokens = segment.Reader.GetBinaryDocValues(IndexFields.Reading);
    private readonly SortedSetDocValues _forms = segment.Reader.GetSortedSetDocValues(IndexFields.Forms);
    private readonly int[] _termOf = segment.Columns.TermsBy(words, segment.Reader);
    private readonly BytesRef _bytes = new();
    private readonly List<int> _terms = [];

    /// <summary>The document without its texts and where its words stand in them.</summary>
    public IndexedDocument Read(int doc) => Read(doc, NotFetched, [], []);

    /// <summary>The document with its texts.</summary>
    public IndexedDocument Fetch(int doc)
    {
        segment.Reader.GetBinaryDocValues(IndexFields.Places).Get(doc, _bytes);
        ReadOnlySpan<byte> bytes = _bytes.Bytes.AsSpan(_bytes.Offset, _bytes.Length);
        var offsets = new int[Take(ref bytes)];
        for (int i = 0; i < offsets.Length; i++)
            offsets[i] = Take(ref bytes);
        var places = new uint[Take(ref bytes)];
        for (int i = 0; i < places.Length; i++)
            places[i] = IndexedDocument.PlaceOf(Take(ref bytes), Take(ref bytes));
        return Read(doc, segment.Source(doc), offsets, places);
    }

    private IndexedDocument Read(int doc, SearchDocument source, int[] offsets, uint[] places)
    {
        _terms.Clear();
        if (_forms is not null)
        {
            _forms.SetDocument(doc);
            for (long form = _forms.NextOrd(); form != SortedSetDocValues.NO_MORE_ORDS; form = _forms.NextOrd())
                _terms.Add(_termOf[form]);
        }

        _tokens.Get(doc, _bytes);
        ReadOnlySpan<byte> bytes = _bytes.Bytes.AsSpan(_bytes.Offset, _bytes.Length);
        var passages = new Passage[Take(ref bytes)];
        int start = 0;
        for (int i = 0; i < passages.Length; i++)
        {
            start += Take(ref bytes);
            int section = Take(ref bytes) - 1;
            passages[i] = new Passage(start, (short)section, (Field)Take(ref bytes), offsets.Length > 0 ? offsets[i] : 0);
        }

        var tokens = new int[Take(ref bytes)];
        for (int i = 0; i < tokens.Length; i++)
        {
            int token = Take(ref bytes);
            int term = _terms[token >> 1];
            tokens[i] = (token & 1) == 0 ? term : ~term;
        }

        return new IndexedDocument
        {
            Source = source,
            Usefulness = segment.Columns.Usefulness[doc],
            Tokens = tokens,
            Places = places,
            Passages = passages,
            Lengths = [],
            Terms = [],
            Counts = [],
        };
    }

    /// <summary>The forms of a document, what is read of it closely, and what is needed to show it.</summary>
    public static (BytesRef[] Forms, byte[] Reading, byte[] Places) Write(IndexedDocument document, Vocabulary words)
    {
        BytesRef[] forms = Array.ConvertAll(document.Terms, term => new BytesRef(words[term].Form));
        int[] order = [.. Enumerable.Range(0, forms.Length)];
        Array.Sort(order, (one, other) => forms[one].CompareTo(forms[other]));
        var placeOf = new Dictionary<int, int>(forms.Length);
        for (int place = 0; place < order.Length; place++)
            placeOf[document.Terms[order[place]]] = place;
        var bytes = new List<byte>(document.Tokens.Length * 2);
        Put(bytes, document.Passages.Length);
        int start = 0;
        foreach (Passage passage in document.Passages)
        {
            Put(bytes, passage.Start - start);
            Put(bytes, passage.Section + 1);
            Put(bytes, (int)passage.Field);
            start = passage.Start;
        }

        Put(bytes, document.Tokens.Length);
        foreach (int token in document.Tokens)
            Put(bytes, token < 0 ? (placeOf[~token] << 1) | 1 : placeOf[token] << 1);
        return (forms, [.. bytes], PlacesOf(document));
    }

    private static byte[] PlacesOf(IndexedDocument document)
    {
        var bytes = new List<byte>(document.Places.Length * 3);
        Put(bytes, document.Passages.Length);
        foreach (Passage passage in document.Passages)
            Put(bytes, passage.Offset);
        Put(bytes, document.Places.Length);
        foreach (uint place in document.Places)
        {
            Put(bytes, (int)(place >> IndexedDocument.LengthBits));
            Put(bytes, (int)(place & IndexedDocument.LongestPlace));
        }

        return [.. bytes];
    }

    private static void Put(List<byte> bytes, int number)
    {
        for (; number >= 0x80; number >>= 7)
            bytes.Add((byte)(number | 0x80));
        bytes.Add((byte)number);
    }

    private static int Take(ref ReadOnlySpan<byte> bytes)
    {
        int number = 0, at = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[at++];
            number |= (next & 0x7F) << shift;
            if (next < 0x80)
                break;
        }

        bytes = bytes[at..];
        return number;
    }
}
