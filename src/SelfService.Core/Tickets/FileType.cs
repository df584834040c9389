namespace SelfService.Core.Tickets;

/// <summary>A type of file that is taken: by its extension and by how it begins, both.</summary>
public sealed record FileType(string ContentType, params IReadOnlyList<string> Extensions)
{
    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private const string Sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly FileType Text = new("text/plain", ".txt");

    /// <summary>Every type that is taken. What a browser would run, as HTML or SVG, is not among them.</summary>
    public static readonly IReadOnlyList<FileType> All =
    [
        new("image/jpeg", ".jpg", ".jpeg"), new("image/png", ".png"), new("image/webp", ".webp"), new("image/heic", ".heic", ".heif"),
        new("application/pdf", ".pdf"), new(Word, ".docx"), new(Sheet, ".xlsx"), Text,
    ];

    /// <summary>Bytes from the beginning that <see cref="Of"/> wants to see.</summary>
    public const int HeadBytes = 512;

    /// <summary>The type of a file, or null when it is not taken.</summary>
    /// <param name="name">Cleaned name; only its last extension counts.</param>
    /// <param name="head">First bytes of the file, up to <see cref="HeadBytes"/>.</param>
    public static FileType? Of(string name, ReadOnlySpan<byte> head)
    {
        var extension = Path.GetExtension(name).ToLowerInvariant();
        var type = All.FirstOrDefault(t => t.Extensions.Contains(extension));
        return type is not null && type.Begins(head) ? type : null;
    }

    private bool Begins(ReadOnlySpan<byte> head) => ContentType switch
    {
        "image/jpeg" => head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]),
        "image/png" => head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        "image/webp" => head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..12].SequenceEqual("WEBP"u8),
        "image/heic" => head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8) && IsHeic(head[8..12]),
        "application/pdf" => head.StartsWith("%PDF-"u8),
        Word or Sheet => head.StartsWith((ReadOnlySpan<byte>)[0x50, 0x4B, 0x03, 0x04]),
        _ => !head.Contains((byte)0),
    };

    private static bool IsHeic(ReadOnlySpan<byte> brand) =>
        brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8) || brand.SequenceEqual("hevc"u8);
}
