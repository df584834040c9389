using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Xml;

namespace SelfService.Core.KnowledgeBase.Content;

/// <summary>Recognises an image by its first bytes and reads its size; the file's name is not believed.</summary>
public static class ImageFile
{
    /// <summary>The image ready to be stored; null when it is none of PNG, JPEG, GIF, WebP and SVG, or too large.</summary>
    public static Media? Read(string name, byte[] bytes)
    {
        if (bytes.Length > Media.MaxBytes)
        {
            return null;
        }

        var (type, ending, width, height) = Recognise(bytes);
        if (type is null)
        {
            return null;
        }

        return new Media
        {
            Hash = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            Name = Slug.From(Path.GetFileNameWithoutExtension(name), "imagen") + ending,
            ContentType = type,
            Width = Pixels(width),
            Height = Pixels(height),
            Bytes = bytes,
        };
    }

    // What is not a size of any screen or scanner is unknown.
    private static int Pixels(int size) => size is > 0 and < 100_000 ? size : 0;

    private static (string? Type, string Ending, int Width, int Height) Recognise(byte[] bytes)
    {
        ReadOnlySpan<byte> data = bytes;
        if (data.Length > 24 && data[0] == 0x89 && data[1..].StartsWith("PNG\r\n"u8))
        {
            return ("image/png", ".png", BinaryPrimitives.ReadInt32BigEndian(data[16..]), BinaryPrimitives.ReadInt32BigEndian(data[20..]));
        }

        if (data.Length > 10 && data.StartsWith("GIF8"u8))
        {
            return ("image/gif", ".gif", BinaryPrimitives.ReadUInt16LittleEndian(data[6..]), BinaryPrimitives.ReadUInt16LittleEndian(data[8..]));
        }

        if (data.Length > 4 && data[0] == 0xFF && data[1] == 0xD8 && data[2] == 0xFF)
        {
            var (width, height) = JpegSize(data);
            return ("image/jpeg", ".jpg", width, height);
        }

        if (data.Length > 30 && data.StartsWith("RIFF"u8) && data[8..12].SequenceEqual("WEBP"u8))
        {
            var (width, height) = WebpSize(data);
            return ("image/webp", ".webp", width, height);
        }

        return SvgSize(bytes) is { } size ? ("image/svg+xml", ".svg", size.Width, size.Height) : (null, "", 0, 0);
    }

    private static (int Width, int Height) JpegSize(ReadOnlySpan<byte> data)
    {
        for (var at = 2; at + 9 < data.Length && data[at] == 0xFF;)
        {
            var marker = data[at + 1];
            // Start-of-frame markers, without the tables that share their range.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(data[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(data[(at + 5)..]));
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(data[(at + 2)..]);
        }

        return (0, 0);
    }

    private static (int Width, int Height) WebpSize(ReadOnlySpan<byte> data)
    {
        var chunk = data[12..16];
        if (chunk.SequenceEqual("VP8X"u8))
        {
            return (1 + (data[24] | (data[25] << 8) | (data[26] << 16)), 1 + (data[27] | (data[28] << 8) | (data[29] << 16)));
        }

        if (chunk.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[21..]);
            return (1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
        }

        return (BinaryPrimitives.ReadUInt16LittleEndian(data[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data[28..]) & 0x3FFF);
    }

    private static (int Width, int Height)? SvgSize(byte[] bytes)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = Media.MaxBytes };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes), settings);
            if (reader.MoveToContent() != XmlNodeType.Element || reader.LocalName != "svg" || reader.NamespaceURI != "http://www.w3.org/2000/svg")
            {
                return null;
            }

            var box = (reader.GetAttribute("viewBox") ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
            var width = Number(reader.GetAttribute("width")) ?? (box.Length == 4 ? Number(box[2]) : null) ?? 0;
            var height = Number(reader.GetAttribute("height")) ?? (box.Length == 4 ? Number(box[3]) : null) ?? 0;
            while (reader.Read())
            {
                // Reading to the end is the check that it is well-formed.
            }

            return (width, height);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static int? Number(string? text) =>
        double.TryParse(text?.Replace("px", ""), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 20_000
            ? (int)Math.Round(value)
            : null;
}
