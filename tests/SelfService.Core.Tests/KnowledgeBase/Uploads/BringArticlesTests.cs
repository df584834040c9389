using System.Text;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Editing;

namespace SelfService.Core.Tests.KnowledgeBase.Uploads;

/// <summary>What importing an archive does to the articles that are there.</summary>
public sealed class BringArticlesTests : BringTest
{
    [Fact]
    public async Task An_archive_becomes_published_articles_with_their_images_and_topics()
    {
        var report = await BringAsync(TestZip.Of([
            ("pagos/a.md", Encoding.UTF8.GetBytes("---\ntitle: A\n---\n![x](foto.png) [b](b.md)")), ("pagos/b.md", Encoding.UTF8.GetBytes("# B\n\nDos")),
            ("pagos/foto.png", Content.ImageFileTests.Png(3, 4)), ("pagos/_category.yaml", Encoding.UTF8.GetBytes("title: Los pagos\nposition: 2\n"))]));

        Assert.Equal(((2, 0, 0, 0, 0, 0), 1), (Counts(report), report.Topics));
        var article = await ArticleAsync("a");
        Assert.Equal((ArticleStatus.Published, "Los pagos", RevisionOrigin.Brought, Elena.Name, Elena.Id), (article.Status, article.Category.Title, article.PublishedRevision!.Origin, article.PublishedRevision.Author, article.PublishedRevision.AuthorId));
        Assert.Contains("/articulos/b", article.PublishedRevision.Html, StringComparison.Ordinal);
        Assert.Contains("width=\"3\"", article.PublishedRevision.Html, StringComparison.Ordinal);
        Assert.Equal([ArticleEventKind.Published], await EventsAsync(article.Id));
        Assert.Equal((0, 0, 2, 0, 0, 0), Counts(await BringAsync(await ExportAsync(Database))));
    }

    [Fact]
    public async Task A_plan_says_what_the_import_then_does_and_writes_nothing()
    {
        foreach (var name in new[] { "igual", "cambia", "editado", "tirado", "ajeno" })
        {
            Write($"{(name == "ajeno" ? "agua" : "pagos")}/{name}.md", "Uno");
        }

        await ImportAsync();
        await EditAsync("editado", "Del navegador");
        await PublishingAsync(async p => await p.TrashAsync((await ArticleAsync("tirado")).Id, Bruno, NoCancel));
        byte[] zip = TestZip.Of(
            TestZip.Article("pagos/igual.md", "Uno"), TestZip.Article("pagos/cambia.md", "Dos", "slug: otra-direccion"), TestZip.Article("pagos/editado.md", "Dos"), TestZip.Article("pagos/tirado.md", "Dos"),
            TestZip.Article("agua/ajeno.md", "Dos"), TestZip.Article("agua/nuevo.md", "Uno"), TestZip.Article("envios/nuevo.md", "Uno ![x](nada.png)", "slug: otra-direccion"), ("pagos/roto.md", "---\ntitle: a: b\n---\nx"),
            ("envios/_category.yaml", "title: Envíos\n"), ("agua/_category.yaml", "title: Aguas\n"));
        var before = await StateAsync();

        var plan = await PlanAsync(zip, WaterIsBrunos);

        Assert.Equal(before, await StateAsync());
        Assert.Equal(((2, 2, 1, 2, 1, 2), 1), (Counts(plan), plan.Topics));
        var done = await BringAsync(zip, WaterIsBrunos);
        Assert.Equal(Counts(plan), Counts(done));
        Assert.Equal(plan.Articles, done.Articles);
        Assert.Equal(plan.Problems, done.Problems);
        Assert.Equal(
            [("agua/ajeno.md", ImportOutcome.Updated, true), ("agua/nuevo.md", ImportOutcome.Created, true), ("envios/nuevo.md", ImportOutcome.Created, false), ("pagos/cambia.md", ImportOutcome.Updated, false),
                ("pagos/editado.md", ImportOutcome.Conflict, false), ("pagos/roto.md", ImportOutcome.Failed, false), ("pagos/tirado.md", ImportOutcome.Conflict, false)],
            done.Articles.OrderBy(a => a.Path, StringComparer.Ordinal).Select(a => (a.Path, a.Outcome, a.IsHeld)));
        Assert.Equal(
            [ProblemKind.InvalidFrontMatter, ProblemKind.SlugTaken, ProblemKind.MissingImage, ProblemKind.EditedInBrowser, ProblemKind.EditedInBrowser, ProblemKind.KeptAsDraft, ProblemKind.KeptAsDraft, ProblemKind.TopicKept],
            done.Problems.Select(p => p.Kind).OrderBy(k => k));
        Assert.Equal(done.Articles.Where(a => a.Slug.Length > 0).Select(a => a.Slug).Order(), await InAsync(db => db.Articles.Where(a => a.Slug != "igual").Select(a => a.Slug).Order().ToListAsync()));
        Assert.Equal((0, 0, 7, 0, 1, 0), Counts(await PlanAsync(zip, WaterIsBrunos)));
    }

    [Fact]
    public async Task What_an_archive_changed_is_not_undone_by_the_old_file_of_the_content_folder()
    {
        Write("pagos/a.md", "De la carpeta").Write("articles/pagos/b.md", "---\ntitle: B\n---\nAl lado");
        await ImportAsync();

        var report = await BringAsync(TestZip.Of(TestZip.Article("pagos/a.md", "Del archivo")));

        Assert.Equal((0, 1, 0, 0, 0, 0), Counts(report));
        Assert.Empty(report.Problems);
        Assert.Equal((0, 0, 2, 0, 0, 0), Counts(await ImportAsync()));
        Assert.Equal(("Del archivo", 2), ((await ArticleAsync("a")).PublishedRevision!.Body, (await ArticleAsync("a")).LatestRevisionNumber));
        Assert.Equal(1, (await ArticleAsync("b")).LatestRevisionNumber);

        Write("pagos/a.md", "Otra vez de la carpeta");
        var folder = await ImportAsync();
        Assert.Equal((0, 0, 1, 1, 0, 0), Counts(folder));
        Assert.Equal("Del archivo", (await ArticleAsync("a")).PublishedRevision!.Body);
    }

    [Fact]
    public async Task A_later_archive_goes_on_from_the_one_before_and_meets_what_was_edited_since()
    {
        await BringAsync(TestZip.Of(TestZip.Article("pagos/a.md", "Uno")));
        Assert.Equal((0, 1, 0, 0, 0, 0), Counts(await BringAsync(TestZip.Of(TestZip.Article("pagos/a.md", "Dos")))));
        await EditAsync("a", "Del navegador");

        Assert.Equal((0, 0, 1, 0, 0, 0), Counts(await BringAsync(TestZip.Of(TestZip.Article("pagos/a.md", "Dos")))));
        Assert.Equal((0, 0, 0, 1, 0, 0), Counts(await BringAsync(TestZip.Of(TestZip.Article("pagos/a.md", "Tres")))));

        var article = await ArticleAsync("a");
        Assert.Equal(("Del navegador", 4), (article.PublishedRevision!.Body, article.LatestRevisionNumber));
        Assert.Equal((0, 0, 1, 0, 0, 0), Counts(await BringAsync(TestZip.Of(TestZip.Article("pagos/a.md", "Tres")))));
    }

    [Fact]
    public async Task A_file_that_comes_to_the_folder_after_the_archive_is_the_same_article()
    {
        await BringAsync(TestZip.Of(TestZip.Article("pagos/a.md", "Uno")));
        Write("pagos/a.md", "Dos");

        Assert.Equal((0, 1, 0, 0, 0, 0), Counts(await ImportAsync()));
        Assert.Equal(("Dos", 1), ((await ArticleAsync("a")).PublishedRevision!.Body, await InAsync(db => db.Articles.CountAsync())));
        Assert.Equal((0, 0, 0, 1, 0, 0), Counts(await BringAsync(TestZip.Of(TestZip.Article("pagos/a.md", "Tres")))));
    }

    [Fact]
    public async Task A_path_with_its_accents_apart_is_the_same_path()
    {
        var path = "pagos/cómo-pagar.md";
        Folder.Write("articles/" + path.Normalize(NormalizationForm.FormD), "---\ntitle: A\n---\nUno");
        await ImportAsync();

        Assert.Equal((0, 1, 0, 0, 0, 0), Counts(await BringAsync(TestZip.Of((path, "---\ntitle: A\n---\nDos")))));
        Assert.Equal(1, await InAsync(db => db.Articles.CountAsync()));
    }

    [Fact]
    public async Task What_she_may_not_publish_comes_as_a_draft_and_readers_keep_what_they_see()
    {
        Write("agua/a.md", "Uno").Write("articles/agua/_category.yaml", "title: Agua\n").Write("articles/pagos/b.md", "---\ntitle: B\n---\nUno");
        await ImportAsync();
        var zip = TestZip.Of(
            TestZip.Article("agua/a.md", "Dos", "slug: robada\nstatus: archived\nredirect_from: [/ayuda/vieja]"), TestZip.Article("agua/c.md", "Uno", "redirect_from: [/articulos/b]"),
            ("pagos/b.md", "---\ntitle: B\ncategory: agua\n---\nDos"), ("agua/_category.yaml", "title: Robado\n"));

        var report = await BringAsync(zip, WaterIsBrunos);

        Assert.Equal(((1, 2, 0, 0, 0, 3), 0), (Counts(report), report.Topics));
        Assert.Equal(("Uno", ArticleStatus.Published, 2), ((await ArticleAsync("a")).PublishedRevision!.Body, (await ArticleAsync("a")).Status, (await ArticleAsync("a")).LatestRevisionNumber));
        Assert.Equal((ArticleStatus.Draft, null), ((await ArticleAsync("c")).Status, (await ArticleAsync("c")).PublishedRevisionId));
        Assert.Equal(("Uno", "pagos"), ((await ArticleAsync("b")).PublishedRevision!.Body, (await ArticleAsync("b")).Category.Slug));
        Assert.Equal("Agua", (await ArticleAsync("a")).Category.Title);
        Assert.Equal(0, await InAsync(db => db.ArticleRedirects.CountAsync()));
        Assert.Equal((0, 0, 3, 0, 0, 0), Counts(await BringAsync(zip, WaterIsBrunos)));
        Assert.Equal((0, 1, 0, 0, 0, 0), Counts(await BringAsync(TestZip.Of(TestZip.Article("agua/a.md", "Tres")), WaterIsBrunos, Bruno)));
        Assert.Equal("Tres", (await ArticleAsync("a")).PublishedRevision!.Body);
    }

    [Fact]
    public async Task Where_approval_is_needed_nothing_is_published_and_who_brought_it_cannot_approve_it()
    {
        var rules = EditingRules.Open with { NeedsApproval = true };

        var report = await BringAsync(TestZip.Of(TestZip.Article("pagos/a.md", "Uno")), rules, Elena with { IsAdmin = true });

        Assert.Equal((1, 0, 0, 0, 0, 1), Counts(report));
        var id = (await ArticleAsync("a")).Id;
        Assert.Equal(PublishResult.NeedsApproval, await PublishingAsync(p => p.PublishAsync(id, 1, null, Elena, NoCancel), rules));
        await PublishingAsync(p => p.SubmitAsync(id, 1, Elena, NoCancel), rules);
        Assert.Equal(PublishResult.NeedsApproval, await PublishingAsync(p => p.ApproveAsync(id, 1, Elena, NoCancel), rules));
        Assert.Equal(PublishResult.Done, await PublishingAsync(p => p.ApproveAsync(id, 1, Bruno, NoCancel), rules));
    }

    [Fact]
    public async Task A_text_may_show_an_image_of_the_library_and_lead_to_an_article_without_a_file()
    {
        await DraftAsync();
        var image = (await InAsync(db => new Core.KnowledgeBase.Library.BringImage(db).RunAsync("Foto 1.png", Content.ImageFileTests.Png(5, 6), NoCancel)))!;

        var report = await BringAsync(TestZip.Of(TestZip.Article("pagos/a.md", $"![x]({image.Url}) [y](como-medir-el-agua.md)", "related: [como-medir-el-agua]")));

        Assert.Empty(report.Problems);
        var revision = (await ArticleAsync("a")).PublishedRevision!;
        Assert.Contains("width=\"5\"", revision.Html, StringComparison.Ordinal);
        Assert.Contains("/articulos/como-medir-el-agua", revision.Html, StringComparison.Ordinal);
        Assert.Equal(image.Hash, Assert.Single(revision.Images).Hash);
    }

    [Fact]
    public async Task Everything_exported_imports_without_a_change_and_elsewhere_to_the_same()
    {
        Write("pagos/a.md", "![x](img/foto%201.png) [b](../envios/b.md)").Write("articles/pagos/img/foto 1.png", Content.ImageFileTests.Png(1, 2))
            .Write("articles/pagos/c.md", "---\ntitle: C\n---\n![y](img/foto%201.png)").Write("articles/envios/b.md", "# Título\n\ntexto").Write("articles/envios/_category.yaml", "title: \"E: \\\"x\\\"\"\nposition: 4\n");
        await ImportAsync();
        await BringAsync(TestZip.Of(TestZip.Article("pagos/a.md", "![x](img/foto%201.png) Cambiado"), TestZip.Article("otros/d.md", "Uno")));
        await EditAsync("b", "Del navegador");
        var id = await DraftAsync();
        await SaveAsync(id, 1, $"Con ![figura]({(await InAsync(db => db.Media.SingleAsync())).Url})");

        var zip = await ExportAsync(Database);

        Assert.Equal(((0, 0, 5, 0, 0, 0), 0), (Counts(await BringAsync(zip)), (await PlanAsync(zip)).Topics));
        await using var empty = await TestDatabase.CreateAsync();
        var elsewhere = await RunAsync(empty, zip, (import, archive, bringer) => import.BringAsync(archive, bringer, null, NoCancel));
        Assert.Equal((5, 0, 0, 0, 0, 0), Counts(elsewhere));
        Assert.Empty(elsewhere.Problems);
        await using var db = Database.Open();
        await using var other = empty.Open();
        Assert.Equal(await HashesAsync(db), await HashesAsync(other));
        Assert.Equal((0, 0, 5, 0, 0, 0), Counts(await BringAsync(await ExportAsync(empty))));
    }

    [Fact]
    public async Task A_text_that_is_brought_without_its_images_keeps_them()
    {
        Write("pagos/a.md", "![x](img/foto.png)").Write("articles/pagos/img/foto.png", Content.ImageFileTests.Png(3, 4));
        await ImportAsync();

        var report = await BringAsync(TestZip.Of(TestZip.Article("pagos/a.md", "![x](img/foto.png) Mejor ![y](nueva.png)")));

        Assert.Equal(ProblemKind.MissingImage, Assert.Single(report.Problems).Kind);
        Assert.Contains("width=\"3\"", (await ArticleAsync("a")).PublishedRevision!.Html, StringComparison.Ordinal);
        Assert.Equal((0, 0, 1, 0, 0, 0), Counts(await BringAsync(TestZip.Of(TestZip.Article("pagos/a.md", "![x](img/foto.png) Mejor ![y](nueva.png)")))));
    }

    [Fact]
    public async Task What_an_archive_made_can_be_thrown_away_for_good()
    {
        await BringAsync(TestZip.Of(TestZip.Article("pagos/a.md", "Uno")));
        var id = (await ArticleAsync("a")).Id;
        await PublishingAsync(p => p.TrashAsync(id, Elena, NoCancel));
        Clock.Now += PublishArticle.TrashKept + TimeSpan.FromDays(1);

        Assert.Equal(1, await PublishingAsync(p => p.EmptyTrashAsync(NoCancel)));
        Assert.Equal((1, 0, 0, 0, 0, 0), Counts(await BringAsync(TestZip.Of(TestZip.Article("pagos/a.md", "Uno")))));
    }

    private static Task<List<string>> HashesAsync(SelfService.Core.Persistence.PortalDbContext db) =>
        db.Articles.Join(db.Revisions, a => new { a.Id, N = a.PublishedRevision == null ? a.LatestRevisionNumber : a.PublishedRevision.Number }, r => new { Id = r.ArticleId, N = r.Number }, (a, r) => a.Slug + " " + a.Status + " " + r.Body)
            .OrderBy(x => x).ToListAsync();

    private Task<string> StateAsync() => InAsync(async db => string.Join(
        ' ', await db.Articles.CountAsync(), await db.Revisions.CountAsync(), await db.ImportedFiles.CountAsync(), await db.Media.CountAsync(), await db.Categories.CountAsync(), await db.ArticleRedirects.CountAsync(), await db.Sequences.SumAsync(s => s.Value)));
}
