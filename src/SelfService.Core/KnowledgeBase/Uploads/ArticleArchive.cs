using System.Buffers.Binary;
using System.IO.Compression;
using SelfService.Core.KnowledgeBase.Content;

namespace SelfService.Core.KnowledgeBase.Uploads;

/// <summary>
/// Articles and their images in a ZIP that a stranger may have made. Everything is looked at before anything is used: each limit is
/// counted on what was really unpacked, and nothing of it is ever written to a disk, so no name in it can lead anywhere.
/// </summary>
public sealed class ArticleArchive : IArticleFiles, IDisposable
{
    /// <summary>Largest archive, in bytes.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Most that all files have together when unpacked, in bytes.</summary>
    public const int MaxUnpacked = 256 * 1024 * 1024;

    /// <summary>Most files and folders.</summary>
    public const int MaxFiles = 5000;

    /// <summary>Most times that a file may be larger unpacked; counted from <see cref="DenseFrom"/> on.</summary>
    public const int MaxRatio = 100;

    /// <summary>A file that unpacks to no more is never too dense, in bytes.</summary>
    public const int DenseFrom = 1024 * 1024;

    /// <summary>Longest name with its folders, in characters.</summary>
    public const int MaxNameLength = 300;

    /// <summary>Most folders inside each other.</summary>
    public const int MaxDepth = 20;

    private static readonly string[] Archives = [".zip", ".7z", ".rar", ".tar", ".tgz", ".gz", ".bz2", ".xz"];

    // They are ZIPs too, and nothing here opens them.
    private static readonly string[] Documents = [".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub"];

    private readonly ZipArchive zip;
    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> read = new(StringComparer.Ordinal);
    private readonly List<string> outside = [];

    // One file of a ZIP is read at a time.
    private readonly Lock turn = new();

    /// <summary>Opens an archive and looks at all of it.</summary>
    /// <exception cref="ArchiveException">It is not taken; nothing of it may be used.</exception>
    public ArticleArchive(byte[] bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            throw new ArchiveException(ArchiveProblem.TooLarge);
        }

        if (CountOf(bytes) is var count && count > MaxFiles)
        {
            throw new ArchiveException(ArchiveProblem.TooManyFiles);
        }

        try
        {
            zip = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read, leaveOpen: false, new ArchiveNames());
            Collect(zip.Entries);
        }
        catch (ArchiveException)
        {
            zip?.Dispose();
            throw;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or ArgumentException or OverflowException)
        {
            zip?.Dispose();
            throw new ArchiveException(ArchiveProblem.NotAnArchive, inner: exception);
        }
    }

    /// <summary>Files that no article of it shows and that are none, in ordinal order; complete when the articles have been read.</summary>
    public IReadOnlyList<string> LeftOut
    {
        get
        {
            lock (turn)
            {
                return [.. entries.Keys.Where(path => !read.Contains(path) && !IsArticle(path) && !IsTopic(path)).Concat(outside).Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Files(IReadOnlyCollection<string> endings, ICollection<ContentProblem> problems) =>
        [.. entries.Keys.Where(path => endings.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase))).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public byte[]? Read(string path, int maxBytes)
    {
        if (!entries.TryGetValue(path.Normalize(), out var entry))
        {
            return null;
        }

        lock (turn)
        {
            read.Add(path.Normalize());
            using var stream = entry.Open();
            var bytes = new byte[(int)Math.Min(entry.Length, maxBytes + 1L)];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }

    public void Dispose() => zip.Dispose();

    /// <summary>Makes an archive of files that were chosen one by one, or with their folder.</summary>
    /// <param name="files">Names as the browser gives them, folders with <c>/</c>.</param>
    /// <exception cref="ArchiveException">They are too large together.</exception>
    public static async Task<byte[]> PackAsync(IEnumerable<(string Name, Stream Content)> files, CancellationToken cancel)
    {
        using var packed = new MemoryStream();
        await using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                await using var entry = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancel);
                await content.CopyToAsync(entry, cancel);
                if (packed.Length > MaxBytes)
                {
                    throw new ArchiveException(ArchiveProblem.TooLarge);
                }
            }
        }

        return packed.ToArray();
    }

    // Before the list itself is read: it may name a million files in little room. Where it lies, reading it fails.
    private static int CountOf(ReadOnlySpan<byte> bytes)
    {
        const int endLength = 22;
        var end = bytes.LastIndexOf("PK\x5\x6"u8);
        return end < 0 || end + endLength > bytes.Length ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(bytes[(end + 10)..]);
    }

    private void Collect(IReadOnlyCollection<ZipArchiveEntry> all)
    {
        if (all.Sum(e => e.Length) > MaxUnpacked)
        {
            throw new ArchiveException(ArchiveProblem.TooMuch);
        }

        var found = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
        long unpacked = 0;
        foreach (var entry in all)
        {
            var path = PathOf(entry);
            if (path.Length == 0 || entry.FullName[^1] is '/' or '\\')
            {
                continue;
            }

            unpacked += Look(entry, path, MaxUnpacked - unpacked);
            if (!found.TryAdd(path, entry))
            {
                throw new ArchiveException(ArchiveProblem.Twice, path);
            }
        }

        // What systems leave beside files.
        var files = found.Keys.Where(p => !p.Split('/').Any(part => part[0] == '.' || part is "__MACOSX" or "Thumbs.db" or "desktop.ini")).ToList();
        var root = RootOf(files);
        foreach (var path in files)
        {
            if (path.StartsWith(root, StringComparison.Ordinal))
            {
                entries.Add(path[root.Length..], found[path]);
            }
            else
            {
                outside.Add(path);
            }
        }

        if (!entries.Keys.Any(IsArticle))
        {
            throw new ArchiveException(ArchiveProblem.NoArticles);
        }
    }

    private static string PathOf(ZipArchiveEntry entry)
    {
        // Old Windows writes its own separators. Accents come apart from a Mac.
        var name = entry.FullName;
        if (name.Length > MaxNameLength || name.Any(c => char.IsControl(c) || c == '\uFFFD'))
        {
            throw new ArchiveException(ArchiveProblem.NameUnusable, Shown(name));
        }

        name = name.Normalize().Replace('\\', '/');
        var parts = name.Split('/');
        if (name.StartsWith('/') || parts.Contains("..") || (name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0])))
        {
            throw new ArchiveException(ArchiveProblem.LeadsOut, Shown(name));
        }

        // Of Unix: what the entry is, in the upper half. No system of the others writes there.
        const int kinds = 0xF000, plain = 0x8000, folder = 0x4000;
        if (((entry.ExternalAttributes >> 16) & kinds) is not (0 or plain or folder))
        {
            throw new ArchiveException(ArchiveProblem.NotAFile, Shown(name));
        }

        var path = string.Join('/', parts.Where(p => p is not ("" or ".")));
        return path.Count(c => c == '/') > MaxDepth ? throw new ArchiveException(ArchiveProblem.NameUnusable, Shown(name)) : path;
    }

    // Unpacks a file into nothing and counts.
    private static long Look(ZipArchiveEntry entry, string path, long left)
    {
        if (entry.IsEncrypted)
        {
            throw new ArchiveException(ArchiveProblem.Encrypted, path);
        }

        if (Archives.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArchiveException(ArchiveProblem.Nested, path);
        }

        var (length, buffer) = (0L, new byte[64 * 1024]);
        try
        {
            using var stream = entry.Open();
            for (int got; (got = stream.Read(buffer)) > 0;)
            {
                if (length == 0 && buffer.AsSpan(0, got).StartsWith("PK\x3\x4"u8) && !Documents.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
                {
                    throw new ArchiveException(ArchiveProblem.Nested, path);
                }

                length += got;
                if (length > left)
                {
                    throw new ArchiveException(ArchiveProblem.TooMuch);
                }

                if (length > DenseFrom && length > MaxRatio * Math.Max(1, entry.CompressedLength))
                {
                    throw new ArchiveException(ArchiveProblem.TooDense, path);
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw new ArchiveException(ArchiveProblem.Damaged, path, exception);
        }

        return length == entry.Length ? length : throw new ArchiveException(ArchiveProblem.Damaged, path);
    }

    // A folder of articles, a content folder, or either inside one folder more. A topic is a folder with articles of its own.
    private static string RootOf(List<string> paths)
    {
        var outer = paths.Count > 0 && paths[0].Contains('/') && paths[0][..(paths[0].IndexOf('/') + 1)] is var first && paths.TrueForAll(p => p.StartsWith(first, StringComparison.Ordinal)) ? first : "";
        string[] roots = ["articles/", "content/articles/", outer + "articles/", outer + "content/articles/"];
        return Array.Find(roots, root => paths.Exists(p => p.StartsWith(root, StringComparison.Ordinal)))
            ?? (paths.Exists(p => p.LastIndexOf('/') == outer.Length - 1 && (IsArticle(p) || IsTopic(p))) ? "" : outer);
    }

    private static bool IsArticle(string path) => ArticleLoader.Endings.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    private static bool IsTopic(string path) => path.EndsWith("/" + ArticleLoader.CategoryFileName, StringComparison.Ordinal);

    private static string Shown(string name) => new([.. name.Take(120).Select(c => char.IsControl(c) ? '\uFFFD' : c)]);
}
