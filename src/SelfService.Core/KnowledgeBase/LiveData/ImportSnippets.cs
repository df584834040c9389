using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.LiveData;

/// <summary>Brings <c>content/snippets/*.md</c> into the database, without touching what was changed in the browser.</summary>
public sealed class ImportSnippets(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Folder below the content folder.</summary>
    public const string FolderName = "snippets";

    private const string Ending = ".md";

    /// <summary>Snippets of a content folder, by key, with the hash of each file.</summary>
    /// <param name="problems">Receives what could not be read.</param>
    public static IReadOnlyDictionary<string, (string Body, string Hash)> Read(string contentDirectory, ICollection<ContentProblem> problems)
    {
        var found = new Dictionary<string, (string, string)>();
        var path = Path.Combine(contentDirectory, FolderName);
        if (!Directory.Exists(path))
        {
            return found;
        }

        var folder = new ContentFolder(path);
        foreach (var file in folder.Files([Ending], problems))
        {
            try
            {
                var bytes = folder.Read(file, TextFile.MaxBytes) ?? throw new ContentException(ContentProblem.Error(ProblemKind.FileUnreadable));
                var (key, body) = (Slug.From(file[..^Ending.Length], ""), TextFile.Decode(bytes).Text.Trim());
                if (body.Length is 0 or > Snippet.BodyMaxLength || key.Length is 0 or > Snippet.KeyMaxLength)
                {
                    throw new ContentException(ContentProblem.Error(body.Length == 0 ? ProblemKind.EmptyBody : ProblemKind.TooLong, 0, key));
                }

                found[key] = (body, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            }
            catch (ContentException exception)
            {
                problems.Add(exception.Problem with { File = $"{FolderName}/{file}" });
            }
        }

        return found;
    }

    /// <summary>Imports what changed since the last time.</summary>
    public async Task<ImportReport> RunAsync(string contentDirectory, CancellationToken cancel)
    {
        var report = new ImportReport();
        var files = Read(contentDirectory, report.Problems);
        report.Files = files.Count;
        report.Failed = report.Problems.Count(p => p.Severity == ProblemSeverity.Error);
        if (files.Count == 0)
        {
            return report;
        }

        await db.InTransactionAsync(async () =>
        {
            var stored = await db.Snippets.ToDictionaryAsync(s => s.Key, cancel);
            foreach (var (key, (body, hash)) in files)
            {
                var author = $"{FolderName}/{key}{Ending}";
                if (!stored.TryGetValue(key, out var snippet))
                {
                    db.Snippets.Add(new Snippet { Key = key, Body = body, Author = author, FileHash = hash, UpdatedAt = clock.GetUtcNow().UtcDateTime });
                    report.Created++;
                }
                else if (snippet.Body == body)
                {
                    snippet.FileHash = hash;
                    report.Unchanged++;
                }
                else if (snippet.FileHash.Length == 0)
                {
                    report.Conflicts++;
                    report.Problems.Add(ContentProblem.Warning(ProblemKind.EditedInBrowser, 0, key) with { File = author });
                }
                else
                {
                    (snippet.Body, snippet.Author, snippet.FileHash, snippet.UpdatedAt) = (body, author, hash, clock.GetUtcNow().UtcDateTime);
                    report.Updated++;
                }
            }

            if (report.ChangedSomething)
            {
                await db.NextAsync(Snippet.ChangeSequence, cancel);
            }
        }, cancel);
        db.ChangeTracker.Clear();
        return report;
    }
}
