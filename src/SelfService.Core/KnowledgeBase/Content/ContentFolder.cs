namespace SelfService.Core.KnowledgeBase.Content;

/// <summary>A folder of content that nothing read from it can leave: no <c>..</c>, no link to elsewhere.</summary>
public sealed class ContentFolder : IArticleFiles
{
    private readonly string root;

    /// <param name="path">An existing folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public ContentFolder(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new DirectoryNotFoundException(path);
        }

        root = Path.TrimEndingDirectorySeparator(Real(new DirectoryInfo(path)));
    }

    /// <summary>The folder of articles inside a content folder; the folder itself when it has none.</summary>
    public static ContentFolder OfArticles(string contentDirectory)
    {
        var articles = Path.Combine(contentDirectory, "articles");
        return new ContentFolder(Directory.Exists(articles) ? articles : contentDirectory);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Files(IReadOnlyCollection<string> endings, ICollection<ContentProblem> problems)
    {
        var found = new List<string>();
        Collect(new DirectoryInfo(root), "", endings, found, problems, depth: 0);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <inheritdoc/>
    public byte[]? Read(string path, int maxBytes)
    {
        if (FullPath(path) is not { } full || !File.Exists(full))
        {
            return null;
        }

        try
        {
            using var stream = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            // One byte more than allowed is read, so that the caller can see that it is too large.
            var bytes = new byte[(int)Math.Min(stream.Length, maxBytes + 1L)];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A link to nothing, a file that has just gone or that may not be read.
            return null;
        }
    }

    /// <summary>Path inside the folder for an address written in one of its files; null when it leaves the folder.</summary>
    public static string? Combine(string file, string relative)
    {
        var parts = new List<string>(file.Split('/')[..^1]);
        foreach (var part in relative.Split('/', '\\'))
        {
            switch (part)
            {
                case "" or ".":
                    break;
                case ".." when parts.Count == 0:
                    return null;
                case "..":
                    parts.RemoveAt(parts.Count - 1);
                    break;
                default:
                    parts.Add(part);
                    break;
            }
        }

        return string.Join('/', parts);
    }

    private string? FullPath(string path)
    {
        if (path.Contains('\0') || Path.IsPathRooted(path))
        {
            return null;
        }

        var full = Path.GetFullPath(Path.Combine(root, path));
        return IsInside(full) && LeadsInside(full) ? full : null;
    }

    private bool IsInside(string full) =>
        full.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // A file that is not there and links that lead in a circle lead nowhere.
    private bool LeadsInside(string full)
    {
        try
        {
            return IsInside(RealPathOf(full));
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void Collect(
        DirectoryInfo directory, string prefix, IReadOnlyCollection<string> endings, List<string> found, ICollection<ContentProblem> problems, int depth)
    {
        const int maxDepth = 20;
        foreach (var entry in directory.EnumerateFileSystemInfos())
        {
            var path = prefix + entry.Name;
            if (entry.Name.StartsWith('.'))
            {
                continue;
            }

            if (entry.LinkTarget is not null && !LeadsInside(entry.FullName))
            {
                problems.Add(ContentProblem.Error(ProblemKind.OutsideFolder) with { File = path });
            }
            else if (entry is DirectoryInfo inner && entry.LinkTarget is null)
            {
                if (depth < maxDepth)
                {
                    Collect(inner, path + "/", endings, found, problems, depth + 1);
                }
            }
            else if (entry is FileInfo && endings.Any(e => entry.Name.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
            {
                found.Add(path);
            }
        }
    }

    // Follows links of the file and of every folder above it.
    private static string RealPathOf(string full)
    {
        var parent = Path.GetDirectoryName(full);
        if (parent is null)
        {
            return full;
        }

        var here = Path.Combine(RealPathOf(parent), Path.GetFileName(full));
        FileSystemInfo info = Directory.Exists(here) ? new DirectoryInfo(here) : new FileInfo(here);
        return Real(info);
    }

    private static string Real(FileSystemInfo info) =>
        (info.LinkTarget is null ? null : info.ResolveLinkTarget(returnFinalTarget: true)?.FullName) ?? info.FullName;
}
