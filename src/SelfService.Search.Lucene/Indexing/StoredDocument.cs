using System.Runtime.InteropServices;

namespace SelfService.Search.Lucene.Indexing;

/// <summary>A document as bytes, exactly as it was given.</summary>
internal static class StoredDocument
{
    public static byte[] Write(SearchDocument document)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        Put(writer, document.Id);
        Put(writer, document.Title);
        Put(writer, document.Summary);
        PutAll(writer, document.Keywords);
        writer.Write7BitEncodedInt(document.Sections.Count);
        foreach (SearchSection section in document.Sections)
        {
            Put(writer, section.Anchor);
            Put(writer, section.Heading);
            Put(writer, section.Text);
        }

        Put(writer, document.Topic);
        Put(writer, document.Url);
        writer.Write((byte)document.Audience);
        writer.Write(document.Readers is not null);
        if (document.Readers is { } readers)
            PutAll(writer, [.. readers.Order(StringComparer.Ordinal)]);
        writer.Write(document.Usefulness);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <exception cref="IOException">The bytes are no document.</exception>
    public static SearchDocument Read(byte[] bytes, int offset, int length)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, offset, length));
        return new SearchDocument
        {
            Id = Take(reader),
            Title = Take(reader),
            Summary = Take(reader),
            Keywords = TakeAll(reader),
            Sections = TakeSections(reader),
            Topic = Take(reader),
            Url = Take(reader),
            Audience = (Audience)reader.ReadByte(),
            Readers = reader.ReadBoolean() ? new HashSet<string>(TakeAll(reader), StringComparer.Ordinal) : null,
            Usefulness = reader.ReadDouble(),
        };
    }

    // UTF-16 as it is: half a surrogate, too, comes back.
    private static void Put(BinaryWriter writer, string? text)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(text.AsSpan());
        writer.Write7BitEncodedInt(bytes.Length);
        writer.Write(bytes);
    }

    private static void PutAll(BinaryWriter writer, IReadOnlyList<string> texts)
    {
        writer.Write7BitEncodedInt(texts.Count);
        foreach (string text in texts)
            Put(writer, text);
    }

    private static string Take(BinaryReader reader) => new(MemoryMarshal.Cast<byte, char>(reader.ReadBytes(reader.Read7BitEncodedInt())));

    private static string[] TakeAll(BinaryReader reader)
    {
        var texts = new string[reader.Read7BitEncodedInt()];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = Take(reader);
        return texts;
    }

    private static SearchSection[] TakeSections(BinaryReader reader)
    {
        var sections = new SearchSection[reader.Read7BitEncodedInt()];
        for (int i = 0; i < sections.Length; i++)
            sections[i] = new SearchSection(Take(reader), Take(reader), Take(reader));
        return sections;
    }
}
