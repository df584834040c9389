using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Rendering;

namespace SelfService.Core.Tests.KnowledgeBase;

public sealed class ImportArticlesTests : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private TestDatabase database = null!;

    public async Task InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_new_file_becomes_a_published_article()
    {
        folder.Write("articles/pagos/formas-de-pago.md", "---\ntitle: Formas de pago\n---\nPuede pagar con **tarjeta**.\n");

        var report = await ImportAsync();

        Assert.Equal(1, report.Created);
        await using var db = database.Open();
        var article = await db.Articles.Include(a => a.PublishedRevision).SingleAsync();
        Assert.Equal(("formas-de-pago", ArticleStatus.Published), (article.Slug, article.Status));
        Assert.Equal("<p>Puede pagar con <strong>tarjeta</strong>.</p>", article.PublishedRevision!.Html);
    }

    [Fact]
    public async Task An_unchanged_file_is_skipped_and_a_changed_one_becomes_a_new_revision()
    {
        folder.Write("articles/pagos/a.md", "---\ntitle: A\n---\nUno\n").Write("articles/pagos/b.md", "---\ntitle: B\n---\nDos\n");
        await ImportAsync();
        folder.Write("articles/pagos/b.md", "---\ntitle: B\n---\nDos, cambiado\n");

        var report = await ImportAsync();

        Assert.Equal((0, 1, 1), (report.Created, report.Updated, report.Unchanged));
        await using var db = database.Open();
        Assert.Equal(2, (await db.Articles.SingleAsync(a => a.Slug == "b")).LatestRevisionNumber);
        Assert.Equal(1, (await db.Articles.SingleAsync(a => a.Slug == "a")).LatestRevisionNumber);
    }

    private async Task<ImportReport> ImportAsync()
    {
        await using var db = database.Open();
        return await new ImportArticles(db, new ArticleRenderer(TestWords.Spanish), TimeProvider.System).RunAsync(folder.Root, null, CancellationToken.None);
    }
}
