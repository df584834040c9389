using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase;

/// <summary>What a loaded file means for the article in the database.</summary>
/// <param name="File">What is known of the file; not stored yet where it is new.</param>
/// <param name="Article">Null for a new one.</param>
/// <param name="SameAs">The revision that says the same, where it is unchanged.</param>
internal sealed record ImportDecision(LoadedArticle Loaded, ImportedArticle Said, ImportedFile File, Article? Article, int SameAs, IReadOnlyList<ContentProblem> Problems);

/// <summary>Decides what files mean; it looks and writes nothing, so that a plan and the import after it decide the same.</summary>
internal sealed class DecideImport(PortalDbContext db, ArticleLoader loader, Bringer? bringer)
{
    private readonly HashSet<string> claimed = new(StringComparer.Ordinal);

    /// <summary>Who brought the files; null for the content folder.</summary>
    public Bringer? Bringer => bringer;

    /// <summary>Whether nothing is written in between, so that what earlier batches would have claimed is remembered here.</summary>
    public bool IsPlan { get; init; }

    /// <summary>Decides for files that could be loaded, in their order.</summary>
    public async Task<IReadOnlyList<ImportDecision>> RunAsync(IReadOnlyList<LoadedArticle> batch, CancellationToken cancel)
    {
        if (!IsPlan)
        {
            claimed.Clear();
        }

        var keys = batch.SelectMany(loaded => KeysOf(loaded.Path)).Distinct().ToList();
        var files = await db.ImportedFiles.Where(f => keys.Contains(f.Path)).ToDictionaryAsync(f => f.Path, cancel);
        var decisions = new List<ImportDecision>();
        foreach (var loaded in batch)
        {
            decisions.Add(await DecideAsync(loaded, files, cancel));
        }

        return decisions;
    }

    private async Task<ImportDecision> DecideAsync(LoadedArticle loaded, Dictionary<string, ImportedFile> files, CancellationToken cancel)
    {
        var (content, problems) = (loaded.Content!, new List<ContentProblem>());
        var known = KeysOf(loaded.Path).Select(files.GetValueOrDefault).FirstOrDefault(f => f is not null);
        if ((known is null ? await AdoptedAsync(loaded, cancel) : Own(known, loaded)) is not { } file)
        {
            file = NewFile(loaded, OrderedId.New(), 0);
            return Decided(ImportOutcome.Created, await FreeSlugAsync(loaded, problems, cancel), null, isHeld: bringer?.MayPublish(content.Category) == false);
        }

        var article = await db.Articles.Include(a => a.Category).SingleAsync(a => a.Id == file.ArticleId, cancel);
        if (await SaysTheSameAsync(article, content.Hash(loaded.Rendered!.Images), cancel) is { } number)
        {
            return Decided(ImportOutcome.Unchanged, article.Slug, article, sameAs: number);
        }

        if (article.LatestRevisionNumber != file.RevisionNumber || article.TrashedAt is not null)
        {
            problems.Add(ContentProblem.Warning(ProblemKind.EditedInBrowser, 0, article.Slug) with { File = loaded.Path });
            return Decided(ImportOutcome.Conflict, article.Slug, article);
        }

        var isHeld = bringer is not null && !(bringer.MayPublish(article.Category.Slug) && bringer.MayPublish(content.Category));
        var wished = content.Slug is { Length: > 0 } slug && slug != article.Slug && !isHeld ? slug : article.Slug;
        var moves = wished != article.Slug && await FreeSlugAsync(loaded, problems, cancel) == wished;
        return Decided(ImportOutcome.Updated, moves ? wished : article.Slug, article, isHeld);

        ImportDecision Decided(ImportOutcome outcome, string address, Article? of, bool isHeld = false, int sameAs = 0)
        {
            if (isHeld)
            {
                problems.Add(ContentProblem.Warning(ProblemKind.KeptAsDraft, 0, content.Title) with { File = loaded.Path });
            }

            return new ImportDecision(loaded, new ImportedArticle(loaded.Path, outcome, address, content.Title, isHeld), file, of, sameAs, problems);
        }
    }

    // As it was brought this way, then as the other way; on the disk of a Mac with its accents apart.
    private IEnumerable<string> KeysOf(string path) =>
        bringer is null ? [path, ImportedFile.KeyOf(path.Normalize(), true)] : [ImportedFile.KeyOf(path, true), path, path.Normalize(System.Text.NormalizationForm.FormD)];

    // What the other way has made of the same path is where this one begins.
    private ImportedFile Own(ImportedFile known, LoadedArticle loaded) => known.IsBrought == bringer is not null ? known : NewFile(loaded, known.ArticleId, known.RevisionNumber);

    private ImportedFile NewFile(LoadedArticle loaded, Guid articleId, int revision) =>
        new() { Path = ImportedFile.KeyOf(loaded.Path, bringer is not null), FileHash = loaded.FileHash, ArticleId = articleId, RevisionNumber = revision };

    // The file of an article that was begun in the browser and exported.
    private async Task<ImportedFile?> AdoptedAsync(LoadedArticle loaded, CancellationToken cancel)
    {
        var slug = loader.SlugOf(loaded.Path);
        return await db.Articles.Where(a => a.Slug == slug && !db.ImportedFiles.Any(f => f.ArticleId == a.Id)).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(cancel) is { } id
            ? NewFile(loaded, id, 0)
            : null;
    }

    /// <summary>The revision that a file says again: the newest, or what readers see beside a newer draft, in the state the article has.</summary>
    private async Task<int?> SaysTheSameAsync(Article article, string hash, CancellationToken cancel)
    {
        var revisions = await db.Revisions.AsNoTracking().Where(r => r.ArticleId == article.Id && (r.Number == article.LatestRevisionNumber || r.Id == article.PublishedRevisionId))
            .OrderByDescending(r => r.Number).ToListAsync(cancel);
        return revisions.Find(r => r.ContentHash == hash && r.Number == article.LatestRevisionNumber)?.Number
            ?? revisions.Find(r => article.AsFile(r).Hash(r.Images) == hash)?.Number;
    }

    private async Task<string> FreeSlugAsync(LoadedArticle loaded, List<ContentProblem> problems, CancellationToken cancel)
    {
        var planned = loader.SlugOf(loaded.Path);
        if (loaded.Content!.Slug is not { Length: > 0 } wished || wished == planned)
        {
            return planned;
        }

        if (!loader.Uses(wished) && !claimed.Contains(wished) && !await db.Articles.AnyAsync(a => a.Slug == wished, cancel))
        {
            claimed.Add(wished);
            return wished;
        }

        problems.Add(ContentProblem.Warning(ProblemKind.SlugTaken, 0, wished) with { File = loaded.Path });
        return planned;
    }
}
