using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Util;
using SelfService.Search.Indexing;

namespace SelfService.Search.Lucene.Indexing;

/// <summary>
/// The doc values of one segment as arrays: what filtering, counting and choosing ask of each document. A segment never
/// changes, so they are read once and shared by every reader that has the segment.
/// </summary>
internal sealed class SegmentColumns
{
    private static readonly ConditionalWeakTable<object, SegmentColumns> Known = [];

    private readonly int[][] _lengths;
    private WorthBefore _worth = new(null, []);
    private TermNumbers _terms = new(null, []);

    private SegmentColumns(AtomicReader reader)
    {
        int count = reader.MaxDoc;
        (Ids, Audiences, Topics, Usefulness, Readers, _lengths) = (new string[count], new byte[count], new int[count], new float[count], new string[]?[count], new int[count][]);
        (FirstWords, TitleLengths) = (new string[count], new int[count]);
        BinaryDocValues ids = reader.GetBinaryDocValues(IndexFields.Id), first = reader.GetBinaryDocValues(IndexFields.FirstWord), lengths = reader.GetBinaryDocValues(IndexFields.Lengths);
        NumericDocValues audiences = reader.GetNumericDocValues(IndexFields.Audience), usefulness = reader.GetNumericDocValues(IndexFields.Usefulness), titles = reader.GetNumericDocValues(IndexFields.TitleLength);
        SortedDocValues topics = reader.GetSortedDocValues(IndexFields.Topic);
        SortedSetDocValues? readers = reader.GetSortedSetDocValues(IndexFields.Readers);
        var bytes = new BytesRef();
        TopicNames = new string[topics.ValueCount];
        for (int topic = 0; topic < TopicNames.Length; topic++)
        {
            topics.LookupOrd(topic, bytes);
            TopicNames[topic] = bytes.Utf8ToString();
        }

        for (int doc = 0; doc < count; doc++)
        {
            ids.Get(doc, bytes);
            Ids[doc] = bytes.Utf8ToString();
            first.Get(doc, bytes);
            FirstWords[doc] = bytes.Utf8ToString();
            TitleLengths[doc] = (int)titles.Get(doc);
            lengths.Get(doc, bytes);
            _lengths[doc] = Unpack(bytes);
            Audiences[doc] = (byte)audiences.Get(doc);
            Usefulness[doc] = BitConverter.Int32BitsToSingle((int)usefulness.Get(doc));
            Topics[doc] = topics.GetOrd(doc);
            Readers[doc] = readers is null ? null : ReadersOf(readers, doc);
        }
    }

    public string[] Ids { get; }

    public byte[] Audiences { get; }

    /// <summary>Number of each document's topic in <see cref="TopicNames"/>.</summary>
    public int[] Topics { get; }

    public string[] TopicNames { get; }

    public float[] Usefulness { get; }

    /// <summary>The form a title begins with, or empty.</summary>
    public string[] FirstWords { get; }

    /// <summary>Characters of the titles.</summary>
    public int[] TitleLengths { get; }

    /// <summary>Codes of those who find it; null for all.</summary>
    public string[]?[] Readers { get; }

    /// <summary>Those of a segment.</summary>
    public static SegmentColumns Of(AtomicReader reader) => Known.GetValue(reader.CoreCacheKey, _ => new SegmentColumns(reader));

    /// <summary>What one occurrence is worth in each field.</summary>
    /// <param name="averages">By which it is worked out.</param>
    /// <param name="state">Of the averages: worked out once for each.</param>
    public FieldWorth[] WorthBy(FieldLengths averages, object state)
    {
        if (!ReferenceEquals(_worth.State, state))
            _worth = new WorthBefore(state, Array.ConvertAll(_lengths, lengths => averages.WorthOf(lengths)));
        return _worth.Worth;
    }

    /// <summary>Numbers of the forms of the segment in this vocabulary, by their ordinals.</summary>
    public int[] TermsBy(Vocabulary words, AtomicReader reader)
    {
        if (ReferenceEquals(_terms.Words, words))
            return _terms.Terms;
        SortedSetDocValues? forms = reader.GetSortedSetDocValues(IndexFields.Forms);
        var terms = new int[forms?.ValueCount ?? 0];
        var bytes = new BytesRef();
        for (int form = 0; form < terms.Length; form++)
        {
            forms!.LookupOrd(form, bytes);
            terms[form] = words.Find(bytes.Utf8ToString());
        }

        _terms = new TermNumbers(words, terms);
        return terms;
    }

    public ReadOnlySpan<int> LengthsOf(int doc) => _lengths[doc];

    public static byte[] Pack(int[] lengths)
    {
        var bytes = new byte[sizeof(int) * FieldLengths.Fields];
        for (int i = 0; i < FieldLengths.Fields; i++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), lengths[i]);
        return bytes;
    }

    private static int[] Unpack(BytesRef bytes)
    {
        var lengths = new int[FieldLengths.Fields];
        for (int i = 0; i < lengths.Length; i++)
            lengths[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes.Bytes.AsSpan(bytes.Offset + (i * sizeof(int))));
        return lengths;
    }

    private static string[]? ReadersOf(SortedSetDocValues readers, int doc)
    {
        readers.SetDocument(doc);
        var codes = new List<string>();
        var bytes = new BytesRef();
        for (long ord = readers.NextOrd(); ord != SortedSetDocValues.NO_MORE_ORDS; ord = readers.NextOrd())
        {
            readers.LookupOrd(ord, bytes);
            codes.Add(bytes.Utf8ToString());
        }

        return codes.Count > 0 ? [.. codes] : null;
    }

    // Each is exchanged whole, so that who reads it sees both of its parts or the ones before.
    private sealed record WorthBefore(object? State, FieldWorth[] Worth);

    private sealed record TermNumbers(Vocabulary? Words, int[] Terms);
}
