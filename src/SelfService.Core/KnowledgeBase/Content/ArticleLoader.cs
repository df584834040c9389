using System.Security.Cryptography;
using System.Text;
using NodaTime;
using SelfService.Core.KnowledgeBase.Rendering;

namespace SelfService.Core.KnowledgeBase.Content;

/// <summary>A file that was read: its content and rendering when it could be loaded, and what is wrong with it.</summary>
public sealed record LoadedArticle(
    string Path, string FileHash, ArticleContent? Content, RenderedArticle? Rendered, IReadOnlyList<ContentProblem> Problems);

/// <summary>
/// Reads, checks and renders the article files of a folder; knows no database, so that checking and importing are the
/// same reading. May be used from several threads.
/// </summary>
public sealed class ArticleLoader(IArticleFiles folder, SlugPlan plan, ArticleRenderer renderer, MediaShelf shelf, DateTimeZone? zone = null)
{
    /// <summary>Endings of article files.</summary>
    public static readonly IReadOnlyCollection<string> Endings = [".md", ".markdown"];

    /// <summary>Name of the file that describes a topic, beside its articles.</summary>
    public const string CategoryFileName = "_category.yaml";

    /// <summary>The hash of the image that a source of a file showed before, for files that come without their images; null when there was none.</summary>
    public Func<string, string, string?> ShownBefore { get; init; } = (_, _) => null;

    private IArticleFiles Folder => folder;

    private SlugPlan Plan => plan;

    private MediaShelf Shelf => shelf;

    /// <summary>Address the file's name gives.</summary>
    public string SlugOf(string path) => plan[path];

    /// <summary>Whether a file of the folder, or an article without one, has this address.</summary>
    public bool Uses(string slug) => plan.Has(slug);

    /// <summary>SHA-256 of a file, hexadecimal; null when it cannot be read.</summary>
    public string? Hash(string path) =>
        folder.Read(path, TextFile.MaxBytes) is { } bytes ? Convert.ToHexStringLower(SHA256.HashData(bytes)) : null;

    /// <summary>Whether the images of a file are still the ones it was rendered with.</summary>
    public bool SameImages(string path, IReadOnlyList<ArticleImage> images)
    {
        var links = new FileLinks(this, path);
        return images.All(image => links.Image(image.Source)?.Hash == image.Hash);
    }

    /// <summary>Reads one file. Never throws for what a file contains.</summary>
    public LoadedArticle Load(string path)
    {
        var problems = new List<ContentProblem>();
        var hash = "";
        try
        {
            var bytes = folder.Read(path, TextFile.MaxBytes) ?? throw new ContentException(ContentProblem.Error(ProblemKind.FileUnreadable));
            hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
            var text = TextFile.Decode(bytes);
            problems.AddRange(text.Problems);
            var category = path.Contains('/') ? path[..path.IndexOf('/')] : "general";
            var file = ArticleContentReader.Read(text.Text, category, Readable(path), zone);
            problems.AddRange(file.Problems);

            foreach (var slug in file.Content.Related.Where(s => !plan.Has(s)))
            {
                problems.Add(ContentProblem.Warning(ProblemKind.BrokenLink, 1, $"related: {slug}"));
            }

            var links = new FileLinks(this, path);
            var rendered = renderer.Render(file.Content.Title, file.Content.Body, links);
            problems.AddRange(rendered.Problems.Select(p => p with { Line = LineOf(file, p) }));
            // A text that would say something wrong is not published; what was published before stays.
            return rendered.Problems.Any(p => p.Severity == ProblemSeverity.Error)
                ? new LoadedArticle(path, hash, null, null, InFile(problems, path))
                : new LoadedArticle(path, hash, file.Content, rendered, InFile(problems, path));
        }
        catch (ContentException exception)
        {
            problems.Add(exception.Problem);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // One file that a parser of ours or of others cannot bear must not keep the others out.
            problems.Add(ContentProblem.Error(ProblemKind.FileUnreadable, 0, exception.Message));
        }

        return new LoadedArticle(path, hash, null, null, InFile(problems, path));
    }

    private static List<ContentProblem> InFile(IEnumerable<ContentProblem> problems, string path) =>
        [.. problems.Select(p => p with { File = path })];

    // The renderer knows no lines of links and images; the text they are written with does.
    private static int LineOf(ArticleFile file, ContentProblem problem)
    {
        if (problem.Line > 0)
        {
            return file.BodyLine + problem.Line - 1;
        }

        var at = problem.Detail.Length == 0 ? -1 : file.Content.Body.IndexOf(problem.Detail.TrimEnd('…'), StringComparison.Ordinal);
        return at < 0 ? file.BodyLine : file.BodyLine + file.Content.Body.AsSpan(0, at).Count('\n');
    }

    private static string Readable(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path).Replace('-', ' ').Replace('_', ' ').Trim();
        return name.Length == 0 ? "" : char.ToUpperInvariant(name[0]) + name[1..];
    }

    /// <summary>The addresses of one file.</summary>
    private sealed class FileLinks(ArticleLoader loader, string path) : IArticleLinks
    {
        public string? Resolve(string link) => loader.Plan.Resolve(path, link);

        public LinkedImage? Image(string source)
        {
            var media = source.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? Embedded(source) : Beside(source);
            return media is null ? loader.Shelf.Stored(source, loader.ShownBefore(path, source)) : loader.Shelf.Add(media);
        }

        private Media? Beside(string source)
        {
            if (source.Length == 0 || source.Contains(':') || ContentFolder.Combine(path, Uri.UnescapeDataString(source.Split('?', '#')[0])) is not { } image)
            {
                return null;
            }

            // NFC in the text, perhaps NFD on a disk written by a Mac.
            var bytes = loader.Folder.Read(image, Media.MaxBytes) ?? loader.Folder.Read(image.Normalize(NormalizationForm.FormD), Media.MaxBytes);
            return bytes is null ? null : ImageFile.Read(Path.GetFileName(image), bytes);
        }

        private static Media? Embedded(string source)
        {
            var comma = source.IndexOf(',');
            if (comma < 0 || !source[..comma].EndsWith(";base64", StringComparison.OrdinalIgnoreCase) || source.Length > Media.MaxBytes)
            {
                return null;
            }

            var bytes = new byte[source.Length];
            return Convert.TryFromBase64String(source[(comma + 1)..], bytes, out var length) ? ImageFile.Read("imagen", bytes[..length]) : null;
        }
    }
}
