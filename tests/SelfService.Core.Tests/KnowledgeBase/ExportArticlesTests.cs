using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.KnowledgeBase.Rendering;

namespace SelfService.Core.Tests.KnowledgeBase;

public sealed class ExportArticlesTests : KnowledgeBaseTest
{
    [Fact]
    public async Task What_was_exported_imports_into_the_same_database_without_a_change()
    {
        Write("pagos/a.md", "![x](img/foto%201.png \"pie\")\n\n[b](../envios/b.md#uno)", "tags: uno dos\nsummary: \"dos: \\\"puntos\\\" \\\\ y #\"\naudience: staff\npublishDate: 2026-01-01 10:00:00 -0600\naliases: /viejo/")
            .Write("articles/pagos/img/foto 1.png", Content.ImageFileTests.Png(1, 2)).Write("articles/envios/b.md", "# Título\n\ntexto").Write("articles/envios/_category.yaml", "title: \"E: \\\"x\\\"\"\n")
            .Write("articles/envios/c.md", "+++\ntitle = 'C'\ntags = ['un tema']\ndraft = true\n+++\ntexto ![d](data:image/png;base64,AAAA)");
        await ImportAsync();

        await AssertNothingChangesAsync(Folder.Root);
    }

    [Fact]
    public async Task What_was_edited_in_the_browser_is_exported()
    {
        Write("pagos/a.md", "Uno");
        await ImportAsync();
        await EditAsync("a", "Del *navegador*");
        using var target = new TestFolder();

        await ExportAsync(Database, target.Root);

        Assert.Equal("---\ntitle: \"A\"\n---\n\nDel *navegador*\n", await File.ReadAllTextAsync(target.PathOf("articles/pagos/a.md")));
    }

    [Fact]
    public async Task What_was_begun_in_the_browser_is_exported_in_its_state_and_comes_back_as_the_same()
    {
        Write("pagos/a.md", "![x](f.png)").Write("articles/pagos/f.png", Content.ImageFileTests.Png(3, 4));
        await ImportAsync();
        var image = (await InAsync(db => db.Media.AsNoTracking().SingleAsync())).Url;
        foreach (var (title, isPublished) in new[] { ("Publicado", true), ("Borrador", false), ("Basura", false) })
        {
            await BeginAsync(title, $"Texto ![figura]({image})", isPublished);
        }

        var (shown, trash) = ((await ArticleAsync("publicado")).Id, (await ArticleAsync("basura")).Id);
        await InAsync(db => new PublishArticle(db, EditingRules.Open, Clock).TrashAsync(trash, Eva, NoCancel));
        await InAsync(db => new WriteArticle(db, new ArticleRenderer(TestWords.Spanish), Clock).SaveAsync(shown, 1, new ArticleContent { Title = "Publicado", Category = "pagos", Body = "Un borrador al lado" }, Eva, NoCancel));
        using var target = new TestFolder();

        Assert.Equal(3, await ExportAsync(Database, target.Root));
        var same = await ImportAsync(Database, target.Root);
        await using var empty = await TestDatabase.CreateAsync();
        var elsewhere = await ImportAsync(empty, target.Root);

        Assert.Equal((0, 0, 3, 0), (same.Created, same.Updated, same.Unchanged, same.Conflicts));
        Assert.Equal((3, 0), (elsewhere.Created, elsewhere.Problems.Count));
        await using var other = empty.Open();
        Assert.Equal([("a", ArticleStatus.Published), ("borrador", ArticleStatus.Draft), ("publicado", ArticleStatus.Published)],
            (await other.Articles.OrderBy(a => a.Slug).Select(a => new { a.Slug, a.Status }).ToListAsync()).Select(a => (a.Slug, a.Status)));
        Assert.Contains(image, (await other.Articles.Where(a => a.Slug == "publicado").Select(a => a.PublishedRevision!.Html).SingleAsync()), StringComparison.Ordinal);

        await File.WriteAllTextAsync(target.PathOf("articles/pagos/borrador.md"), "---\ntitle: Borrador\nstatus: draft\n---\n\nDe la carpeta\n");
        var changed = await ImportAsync(Database, target.Root);
        Assert.Equal((1, 0), (changed.Updated, changed.Conflicts));
    }

    private static readonly Editor Eva = new(Guid.NewGuid(), "Eva", "eva@ensayo.example", IsAdmin: true);

    private async Task BeginAsync(string title, string body, bool isPublished)
    {
        var slug = await InAsync(db => new WriteArticle(db, new ArticleRenderer(TestWords.Spanish), Clock).CreateAsync(new ArticleContent { Title = title, Category = "pagos", Body = body }, Eva, NoCancel));
        if (isPublished)
        {
            var id = (await ArticleAsync(slug!)).Id;
            await InAsync(db => new PublishArticle(db, EditingRules.Open, Clock).PublishAsync(id, 1, null, Eva, NoCancel));
        }
    }

    [Fact]
    public async Task The_demonstration_company_makes_the_round_trip()
    {
        var report = await ImportAsync(Database, Path.Combine(Repository.Root, "content"));

        Assert.Equal(0, report.Failed);
        Assert.True(report.Created >= 60);
        Assert.Empty(report.Problems);
        await AssertNothingChangesAsync(Path.Combine(Repository.Root, "content"));
    }

    private async Task AssertNothingChangesAsync(string original)
    {
        using var first = new TestFolder();
        using var second = new TestFolder();
        var count = await ExportAsync(Database, first.Root);

        var same = await ImportAsync(Database, first.Root);
        Assert.Equal((0, 0, count, 0), (same.Created, same.Updated, same.Unchanged, same.Failed));
        var back = await ImportAsync(Database, original);
        Assert.Equal((0, 0, 0), (back.Created, back.Updated, back.Failed));

        await using var empty = await TestDatabase.CreateAsync();
        Assert.Equal(count, (await ImportAsync(empty, first.Root)).Created);
        await ExportAsync(empty, second.Root);
        var files = Files(first);
        Assert.Equal(files, Files(second));
        foreach (var file in files)
        {
            Assert.Equal(await File.ReadAllBytesAsync(first.PathOf(file)), await File.ReadAllBytesAsync(second.PathOf(file)));
        }

        await using var db = Database.Open();
        await using var other = empty.Open();
        Assert.Equal(await HashesAsync(db), await HashesAsync(other));
    }

    private static async Task<List<string>> HashesAsync(SelfService.Core.Persistence.PortalDbContext db) =>
        await db.Articles.Join(db.Revisions, a => new { a.Id, N = a.LatestRevisionNumber }, r => new { Id = r.ArticleId, N = r.Number }, (a, r) => a.Slug + " " + r.ContentHash)
            .OrderBy(x => x).ToListAsync();

    private static async Task<int> ExportAsync(TestDatabase database, string folder)
    {
        await using var db = database.Open();
        return await new ExportArticles(db).RunAsync(folder, null, NoCancel);
    }

    private static List<string> Files(TestFolder folder) =>
        [.. Directory.GetFiles(folder.Root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder.Root, f)).Order(StringComparer.Ordinal)];
}
