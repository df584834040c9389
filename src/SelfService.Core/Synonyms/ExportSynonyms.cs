using SelfService.Core.Persistence;
using SelfService.Search;

namespace SelfService.Core.Synonyms;

/// <summary>
/// Writes what the search knows as a file of the content folder: the company's own, with the lines that were switched off as comments, and
/// after it the lines of the editors that it has not. A portal that starts with it finds the same, with an empty database or with this one.
/// </summary>
public sealed class ExportSynonyms(PortalDbContext db, CompanySynonyms company)
{
    /// <summary>Writes <see cref="CompanySynonyms.FilePath"/> below <paramref name="directory"/>, replacing it; nothing while editors have saved nothing.</summary>
    /// <returns>Whether it was written.</returns>
    public async Task<bool> RunAsync(string directory, CancellationToken cancel)
    {
        if (await db.LatestSynonymsAsync(cancel) is not { } latest)
        {
            return false;
        }

        var known = company.Lines.ToHashSet(StringComparer.Ordinal);
        var own = company.Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(raw => latest.Off.Contains(LineOf(raw)) ? "# " + raw : raw);
        var added = latest.Text.Split('\n').Where(raw => !known.Contains(LineOf(raw)) || latest.Off.Contains(LineOf(raw)));
        var path = Path.Combine(Path.GetFullPath(directory), CompanySynonyms.FilePath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, string.Join('\n', own.Concat(added)).Trim('\n') + "\n", cancel);
        return true;
    }

    // Without its comment; empty when that is all there is.
    private static string LineOf(string raw) => SearchLanguage.Lines(raw).Select(l => l.Line).SingleOrDefault("");
}
