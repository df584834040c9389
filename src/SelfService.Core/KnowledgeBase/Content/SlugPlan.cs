namespace SelfService.Core.KnowledgeBase.Content;

/// <summary>
/// The address of every file of a folder, decided from the paths alone so that links can be resolved before the files
/// they lead to are read. A file that was imported before keeps its address.
/// </summary>
public sealed class SlugPlan
{
    private readonly Dictionary<string, string> slugByPath = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> pathBySlug = new(StringComparer.Ordinal);
    private readonly IReadOnlySet<string> taken;

    /// <param name="paths">Paths of the folder in a stable order; the first of two with the same name gets it.</param>
    /// <param name="existing">Address by path of files imported before.</param>
    /// <param name="taken">Other addresses that are in use: of articles without a file, which links may lead to by their name.</param>
    public SlugPlan(IEnumerable<string> paths, IReadOnlyDictionary<string, string> existing, IReadOnlySet<string> taken)
    {
        this.taken = taken;
        foreach (var (path, slug) in existing)
        {
            slugByPath[path] = slug;
            pathBySlug[slug] = path;
        }

        foreach (var path in paths.Where(p => !slugByPath.ContainsKey(p)))
        {
            var name = Slug.From(System.IO.Path.GetFileNameWithoutExtension(path), "articulo");
            var folder = Slug.From(System.IO.Path.GetDirectoryName(path)?.Split('/', '\\')[^1] ?? "", "");
            var slug = Candidates(name, folder).First(s => !pathBySlug.ContainsKey(s) && !taken.Contains(s));
            slugByPath[path] = slug;
            pathBySlug[slug] = path;
        }
    }

    /// <summary>Addresses of all files.</summary>
    public IReadOnlyDictionary<string, string> Slugs => slugByPath;

    /// <summary>Address of one file of the folder.</summary>
    public string this[string path] => slugByPath[path];

    /// <summary>Whether some file, or some article without one, has this address.</summary>
    public bool Has(string slug) => pathBySlug.ContainsKey(slug) || taken.Contains(slug);

    /// <summary>Address a link in <paramref name="from"/> leads to, with its fragment; null when nowhere.</summary>
    public string? Resolve(string from, string link)
    {
        var hash = link.IndexOf('#');
        var fragment = hash < 0 ? "" : link[hash..];
        var path = Uri.UnescapeDataString(hash < 0 ? link : link[..hash]);
        var slug = Find(from, path);
        return slug is null ? null : ArticleAddress.Of(slug) + fragment;
    }

    private string? Find(string from, string path)
    {
        if (!path.StartsWith('/') && ContentFolder.Combine(from, path) is { } relative && BySpelling(relative) is { } near)
        {
            return near;
        }

        // From the root of whatever repository the files once lived in: the folders above ours fall away one by one.
        for (var rest = path.TrimStart('/', '.'); ; rest = rest[(rest.IndexOf('/') + 1)..])
        {
            if (BySpelling(rest) is { } found)
            {
                return found;
            }

            if (!rest.Contains('/'))
            {
                var slug = Slug.From(System.IO.Path.GetFileNameWithoutExtension(rest), "");
                return Has(slug) ? slug : null;
            }
        }
    }

    private string? BySpelling(string path) =>
        slugByPath.GetValueOrDefault(path) ?? slugByPath.GetValueOrDefault(path + ".md");

    private static IEnumerable<string> Candidates(string name, string folder)
    {
        yield return name;
        if (folder.Length > 0)
        {
            yield return $"{name}-{folder}";
        }

        for (var number = 2; ; number++)
        {
            yield return $"{name}-{number}";
        }
    }
}
