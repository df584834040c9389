using Lucene.Net.Index;
using Lucene.Net.Util;
using SelfService.Search.Indexing;

namespace SelfService.Search.Lucene.Indexing;

/// <summary>A segment of the index, with what is asked of its documents beside it.</summary>
internal sealed class Segment(AtomicReaderContext context, SegmentColumns columns, FieldWorth[] worth)
{
    public AtomicReader Reader { get; } = context.AtomicReader;

    /// <summary>Slot of its first document.</summary>
    public int Base { get; } = context.DocBase;

    public int Documents { get; } = context.AtomicReader.MaxDoc;

    public SegmentColumns Columns { get; } = columns;

    /// <summary>What one occurrence is worth, by document.</summary>
    public FieldWorth[] Worth { get; } = worth;

    /// <summary>The document as it was given.</summary>
    public SearchDocument Source(int doc)
    {
        var bytes = new BytesRef();
        Reader.GetBinaryDocValues(IndexFields.Source).Get(doc, bytes);
        return StoredDocument.Read(bytes.Bytes, bytes.Offset, bytes.Length);
    }

    /// <summary>True for a document this person may find.</summary>
    public bool IsFor(int doc, Audience audience, string? reader) =>
        Columns.Audiences[doc] <= (byte)audience && (reader is null || Columns.Readers[doc] is not { } readers || readers.Contains(reader));
}
