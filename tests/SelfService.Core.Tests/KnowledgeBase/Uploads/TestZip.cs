using System.IO.Compression;
using System.Text;

namespace SelfService.Core.Tests.KnowledgeBase.Uploads;

/// <summary>Makes archives, good ones and others.</summary>
public static class TestZip
{
    /// <summary>An archive of texts.</summary>
    public static byte[] Of(params (string Name, string Text)[] files) => Of([.. files.Select(f => (f.Name, Encoding.UTF8.GetBytes(f.Text)))]);

    /// <summary>An archive of files.</summary>
    /// <param name="names">Encoding of the names; null for UTF-8 that says so.</param>
    /// <param name="change">What is done to each entry.</param>
    public static byte[] Of((string Name, byte[] Bytes)[] files, Encoding? names = null, Action<ZipArchiveEntry>? change = null)
    {
        using var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true, names))
        {
            foreach (var (name, bytes) in files)
            {
                var entry = zip.CreateEntry(name);
                change?.Invoke(entry);
                using var stream = entry.Open();
                stream.Write(bytes);
            }
        }

        return output.ToArray();
    }

    /// <summary>An article file.</summary>
    public static (string Name, string Text) Article(string path, string body, string head = "") =>
        (path, $"---\ntitle: {Path.GetFileNameWithoutExtension(path).ToUpperInvariant()}\n{head}{(head.Length > 0 ? "\n" : "")}---\n\n{body}\n");

    /// <summary>The same archive with other bytes in each record of a kind.</summary>
    /// <param name="signature">First bytes of the records.</param>
    /// <param name="at">Distance from them.</param>
    public static byte[] Patched(byte[] zip, string signature, int at, byte[] bytes)
    {
        var (copy, mark) = ((byte[])zip.Clone(), Encoding.Latin1.GetBytes(signature));
        for (var from = 0; copy.AsSpan(from).IndexOf(mark) is var found and >= 0; from += found + 1)
        {
            bytes.CopyTo(copy, from + found + at);
        }

        return copy;
    }
}
