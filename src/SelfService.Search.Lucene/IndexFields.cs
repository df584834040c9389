using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using SelfService.Search.Indexing;
using SelfService.Search.Lucene.Analysis;
using SelfService.Search.Lucene.Indexing;
using LuceneField = Lucene.Net.Documents.Field;

namespace SelfService.Search.Lucene;

/// <summary>The fields of the index, and how a document becomes them.</summary>
internal static class IndexFields
{
    public const string Id = "id", Title = "title", Keywords = "keywords", Heading = "heading", Summary = "summary", Body = "body";

    /// <summary>Every form of the document once: which documents have a form, without asking field by field.</summary>
    public const string Any = "any";

    /// <summary>Every form of title, headings and keywords once.</summary>
    public const string Names = "names";

    public const string Source = "source", Audience = "audience", Topic = "topic", Readers = "readers", Usefulness = "usefulness", Lengths = "lengths", FirstWord = "first-word", TitleLength = "title-length", Forms = "forms", Reading = "reading", Places = "places";

    /// <summary>Text fields in the order of <see cref="Search.Indexing.Field"/>.</summary>
    public static readonly string[] Texts = [Title, Keywords, Heading, Summary, Body];

    private static readonly FieldType Text = Indexed(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
    private static readonly FieldType Once = Indexed(IndexOptions.DOCS_ONLY);

    /// <summary>What is written for a document.</summary>
    public static Document Of(SearchDocument source, IndexedDocument analysed, Vocabulary words)
    {
        (BytesRef[] forms, byte[] reading, byte[] places) = ReadingColumn.Write(analysed, words);
        var document = new Document
        {
            new StringField(Id, source.Id, LuceneField.Store.NO),
            new BinaryDocValuesField(Id, new BytesRef(source.Id)),
            new BinaryDocValuesField(Source, new BytesRef(StoredDocument.Write(source))),
            new NumericDocValuesField(Audience, (long)source.Audience),
            new SortedDocValuesField(Topic, new BytesRef(source.Topic ?? "")),
            new SingleDocValuesField(Usefulness, (float)source.Usefulness),
            new BinaryDocValuesField(Lengths, new BytesRef(SegmentColumns.Pack(analysed.Lengths))),
            new BinaryDocValuesField(FirstWord, new BytesRef(analysed.Lengths[(int)Search.Indexing.Field.Title] > 0 ? words[analysed.Tokens[0] < 0 ? ~analysed.Tokens[0] : analysed.Tokens[0]].Form : "")),
            new NumericDocValuesField(TitleLength, source.Title.Length),
            new BinaryDocValuesField(Reading, new BytesRef(reading)),
            new BinaryDocValuesField(Places, new BytesRef(places)),
            new LuceneField(Title, source.Title, Text),
            new LuceneField(Any, new FormStream(analysed, words, uint.MaxValue), Once),
            new LuceneField(Names, new FormStream(analysed, words, Occurrences.NamesMask), Once),
        };
        // A set of nobody is not the same as none.
        foreach (string reader in source.Readers is { Count: 0 } ? [""] : source.Readers ?? (IEnumerable<string>)[])
            document.Add(new SortedSetDocValuesField(Readers, new BytesRef(reader)));
        foreach (BytesRef form in forms)
            document.Add(new SortedSetDocValuesField(Forms, form));
        foreach (string keyword in source.Keywords)
            document.Add(new LuceneField(Keywords, keyword, Text));
        if (!string.IsNullOrEmpty(source.Summary))
            document.Add(new LuceneField(Summary, source.Summary, Text));
        foreach (SearchSection section in source.Sections)
        {
            document.Add(new LuceneField(Heading, section.Heading ?? "", Text));
            document.Add(new LuceneField(Body, section.Text ?? "", Text));
        }

        return document;
    }

    private static FieldType Indexed(IndexOptions options)
    {
        var type = new FieldType { IsIndexed = true, IsTokenized = true, OmitNorms = true, IndexOptions = options };
        type.Freeze();
        return type;
    }
}
