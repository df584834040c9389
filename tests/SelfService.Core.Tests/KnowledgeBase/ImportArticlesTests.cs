using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Search;

namespace SelfService.Core.Tests.KnowledgeBase;

public sealed class ImportArticlesTests : KnowledgeBaseTest
{
    [Fact]
    public async Task A_new_file_becomes_a_published_article()
    {
        Write("pagos/formas-de-pago.md", "Puede pagar con **tarjeta**.");

        var report = await ImportAsync();

        Assert.Equal((1, 1, 0), (report.Files, report.Created, report.Failed));
        Assert.Empty(report.Problems);
        var article = await ArticleAsync("formas-de-pago");
        Assert.Equal((ArticleStatus.Published, Audience.Public, 1, "pagos"), (article.Status, article.Audience, article.LatestRevisionNumber, article.Category.Slug));
        Assert.Equal("<p>Puede pagar con <strong>tarjeta</strong>.</p>", article.PublishedRevision!.Html);
        Assert.Equal((Clock.Now, Clock.Now), (article.PublishedAt, article.UpdatedAt));
    }

    [Fact]
    public async Task A_changed_file_becomes_a_new_revision_and_an_unchanged_one_is_skipped()
    {
        Write("pagos/a.md", "Uno", "date: 2026-01-01").Write("articles/pagos/b.md", "---\ntitle: B\n---\nDos");
        await ImportAsync();
        var before = await ArticleAsync("a");
        Clock.Now = Clock.Now.AddDays(1);
        Write("pagos/a.md", "Uno, cambiado", "date: 2026-01-01");

        var report = await ImportAsync();

        Assert.Equal((0, 1, 1, 0), (report.Created, report.Updated, report.Unchanged, report.Conflicts));
        var article = await ArticleAsync("a");
        Assert.Equal((2, "Uno, cambiado"), (article.LatestRevisionNumber, article.PublishedRevision!.Body));
        Assert.Equal((new DateTime(2026, 1, 1), new DateTime(2026, 1, 1)), (before.PublishedAt, before.UpdatedAt));
        Assert.Equal((before.PublishedAt, Clock.Now), (article.PublishedAt, article.UpdatedAt));
        Assert.Equal(1, (await ArticleAsync("b")).LatestRevisionNumber);
        Assert.Equal(2, await InAsync(db => db.Revisions.CountAsync(r => r.ArticleId == article.Id)));
    }

    [Fact]
    public async Task A_file_that_says_the_same_in_another_spelling_is_no_new_revision()
    {
        Folder.Write("articles/pagos/a.md", "---\ntitle: A\ntags: [x, y]\n---\nUno\n");
        await ImportAsync();
        Folder.Write("articles/pagos/a.md", "\uFEFF---\r\ntitle: 'A'\r\ntags:\r\n  - x\r\n  - y\r\n---\r\n\r\nUno\r\n\r\n");

        var report = await ImportAsync();

        Assert.Equal((0, 1), (report.Updated, report.Unchanged));
        Assert.Equal(1, (await ArticleAsync("a")).LatestRevisionNumber);
    }

    [Fact]
    public async Task An_article_moves_to_the_topic_its_file_names()
    {
        Write("pagos/a.md", "Uno");
        await ImportAsync();
        Write("pagos/a.md", "Uno", "category: Envíos y entregas");

        await ImportAsync();

        Assert.Equal(("envios-y-entregas", "Envios y entregas"), ((await ArticleAsync("a")).Category.Slug, (await ArticleAsync("a")).Category.Title));
    }

    [Fact]
    public async Task A_changed_image_alone_makes_a_new_revision()
    {
        Write("pagos/a.md", "![x](foto.png)").Write("articles/pagos/foto.png", Content.ImageFileTests.Png(10, 20));
        await ImportAsync();
        var before = (await ArticleAsync("a")).PublishedRevision!;
        Folder.Write("articles/pagos/foto.png", Content.ImageFileTests.Png(30, 40));

        var report = await ImportAsync();

        var after = (await ArticleAsync("a")).PublishedRevision!;
        Assert.Equal((1, 2), (report.Updated, after.Number));
        Assert.Contains("width=\"10\"", before.Html, StringComparison.Ordinal);
        Assert.Contains("width=\"30\"", after.Html, StringComparison.Ordinal);
        Assert.Equal(2, await InAsync(db => db.Media.CountAsync()));
        Assert.Equal(1, (await ImportAsync()).Unchanged);
    }

    [Fact]
    public async Task What_was_edited_in_the_browser_since_is_not_overwritten()
    {
        Write("pagos/a.md", "Uno");
        await ImportAsync();
        await EditAsync("a", "Del navegador");
        Write("pagos/a.md", "Del archivo");

        var report = await ImportAsync();

        Assert.Equal((0, 1), (report.Updated, report.Conflicts));
        var problem = Assert.Single(report.Problems);
        Assert.Equal((ProblemKind.EditedInBrowser, ProblemSeverity.Warning, "pagos/a.md"), (problem.Kind, problem.Severity, problem.File));
        var article = await ArticleAsync("a");
        Assert.Equal(("Del navegador", 3, ArticleStatus.Published), (article.PublishedRevision!.Body, article.LatestRevisionNumber, article.Status));
        Assert.Equal("Del archivo", await InAsync(db => db.Revisions.Where(r => r.Number == 3).Select(r => r.Body).SingleAsync()));
        Assert.Equal((0, 1), ((await ImportAsync()).Conflicts, (await ImportAsync()).Unchanged));
    }

    [Fact]
    public async Task An_edit_in_the_browser_alone_is_no_conflict()
    {
        Write("pagos/a.md", "Uno");
        await ImportAsync();
        await EditAsync("a", "Del navegador");

        Assert.Equal((0, 0, 1), await ReportAsync());
        Write("pagos/a.md", "Del navegador");
        Assert.Equal((0, 0, 1), await ReportAsync());
        Write("pagos/a.md", "Otra vez del archivo");
        Assert.Equal((1, 0, 0), await ReportAsync());
        Assert.Equal("Otra vez del archivo", (await ArticleAsync("a")).PublishedRevision!.Body);

        async Task<(int, int, int)> ReportAsync() => await ImportAsync() is var r ? (r.Updated, r.Conflicts, r.Unchanged) : default;
    }

    [Fact]
    public async Task A_broken_file_keeps_what_was_published_and_the_rest_loads()
    {
        Write("pagos/a.md", "Uno").Write("articles/pagos/b.md", "---\ntitle: B\n---\nDos");
        await ImportAsync();
        Folder.Write("articles/pagos/a.md", "---\ntitle: a: b\n---\nRoto").Write("articles/pagos/b.md", "---\ntitle: B\n---\nTres");

        var report = await ImportAsync();

        Assert.Equal((1, 1), (report.Updated, report.Failed));
        var problem = Assert.Single(report.Problems);
        Assert.Equal(("pagos/a.md", 2, ProblemKind.InvalidFrontMatter, ProblemSeverity.Error), (problem.File, problem.Line, problem.Kind, problem.Severity));
        Assert.Equal(("Uno", ArticleStatus.Published), ((await ArticleAsync("a")).PublishedRevision!.Body, (await ArticleAsync("a")).Status));
        Assert.Equal("Tres", (await ArticleAsync("b")).PublishedRevision!.Body);
    }

    [Fact]
    public async Task A_missing_image_and_a_broken_link_are_reported_with_their_line()
    {
        Write("pagos/a.md", "Uno\n\n![x](nada.png)\n\n[y](nada.md)", "related: [nadie]");

        var report = await ImportAsync();

        Assert.Equal(
            [(ProblemKind.BrokenLink, 1), (ProblemKind.MissingImage, 8), (ProblemKind.BrokenLink, 10)],
            report.Problems.Select(p => (p.Kind, p.Line)));
        Assert.Equal(1, report.Created);
    }

    [Fact]
    public async Task Files_with_one_name_get_addresses_of_their_own_for_good()
    {
        Write("envios/inicio.md", "a").Write("articles/pagos/inicio.md", "---\ntitle: P\n---\nb");
        await ImportAsync();
        Write("antes/inicio.md", "c");

        await ImportAsync();

        Assert.Equal("a", (await ArticleAsync("inicio")).PublishedRevision!.Body);
        Assert.Equal("b", (await ArticleAsync("inicio-pagos")).PublishedRevision!.Body);
        Assert.Equal("c", (await ArticleAsync("inicio-antes")).PublishedRevision!.Body);
    }

    [Fact]
    public async Task The_address_in_the_front_matter_counts_and_the_name_of_the_file_leads_there()
    {
        Write("pagos/a.md", "Uno", "slug: como-pagar").Write("articles/pagos/b.md", "---\ntitle: B\nslug: como-pagar\n---\nDos");

        var report = await ImportAsync();

        Assert.Equal("Uno", (await ArticleAsync("como-pagar")).PublishedRevision!.Body);
        Assert.Equal("Dos", (await ArticleAsync("b")).PublishedRevision!.Body);
        Assert.Equal(("pagos/b.md", ProblemKind.SlugTaken), (Assert.Single(report.Problems).File, report.Problems[0].Kind));
        Assert.Equal("/articulos/como-pagar", await InAsync(db => db.RedirectAsync("/articulos/a", Audience.Public, NoCancel)));
    }

    [Fact]
    public async Task Old_addresses_lead_to_the_article()
    {
        Write("pagos/a.md", "Uno", "redirect_from: [/Ayuda/Viejo/, /otro]");
        await ImportAsync();

        Assert.Equal("/articulos/a", await InAsync(db => db.RedirectAsync("/ayuda/viejo", Audience.Public, NoCancel)));
        Assert.Equal("/articulos/a", await InAsync(db => db.RedirectAsync("/OTRO/", Audience.Public, NoCancel)));
        Assert.Null(await InAsync(db => db.RedirectAsync("/nada", Audience.Public, NoCancel)));
    }

    [Fact]
    public async Task Drafts_archived_and_scheduled_articles_are_stored_and_not_shown()
    {
        Write("x/borrador.md", "a", "draft: true").Write("articles/x/viejo.md", "---\ntitle: V\nstatus: archived\n---\nb")
            .Write("articles/x/futuro.md", "---\ntitle: F\npublish_at: 2026-12-01\n---\nc").Write("articles/x/visto.md", "---\ntitle: D\npublish_at: 2026-11-01\n---\nd");
        await ImportAsync();

        Assert.Equal((ArticleStatus.Draft, ArticleStatus.Archived), ((await ArticleAsync("borrador")).Status, (await ArticleAsync("viejo")).Status));
        var future = await ArticleAsync("futuro");
        Assert.Equal((ArticleStatus.Draft, new DateTime(2026, 12, 1), null), (future.Status, future.PublishAt, future.PublishedRevisionId));
        Assert.Equal(["visto"], await InAsync(db => db.Articles.VisibleTo(Audience.Staff).Select(a => a.Slug).ToListAsync()));
    }

    [Fact]
    public async Task A_published_article_can_be_taken_back_and_given_again()
    {
        Write("x/a.md", "uno");
        await ImportAsync();
        foreach (var (head, status) in new[] { ("draft: true", ArticleStatus.Draft), ("status: archived", ArticleStatus.Archived), ("audience: staff", ArticleStatus.Published) })
        {
            Write("x/a.md", "uno", head);
            await ImportAsync();

            Assert.Equal(status, (await ArticleAsync("a")).Status);
            Assert.Empty(await InAsync(db => db.Articles.VisibleTo(Audience.Public).ToListAsync()));
        }

        Assert.Equal("a", Assert.Single(await InAsync(db => db.Articles.VisibleTo(Audience.Staff).Select(a => a.Slug).ToListAsync())));
    }

    [Fact]
    public async Task Many_files_go_in_by_batches_and_progress_is_told()
    {
        for (var i = 0; i < 120; i++)
        {
            Write($"t{i % 3}/articulo-{i}.md", $"Texto {i} [otro](articulo-{i + 3}.md)");
        }

        var told = new Told();
        var report = await ImportAsync(Database, Folder.Root, told);

        Assert.Equal((120, 120, 3), (report.Files, report.Created, report.Problems.Count));
        Assert.Equal([(50, 120), (100, 120), (120, 120)], told.Steps);
        Assert.Equal(3, await InAsync(db => db.Articles.Select(a => a.ChangeNumber).Distinct().CountAsync()));
        Assert.Contains("/articulos/articulo-103", (await ArticleAsync("articulo-100")).PublishedRevision!.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_imports_in_a_row_change_nothing()
    {
        Write("x/a.md", "uno", "tags: uno dos").Write("articles/x/_category.yaml", "title: Equis\nposition: 3\n").Write("articles/x/b.md", "# Sin cabeza\n\ntexto");
        await ImportAsync();
        var sequence = await InAsync(db => db.Sequences.SingleAsync());

        var report = await ImportAsync();

        Assert.Equal((0, 0, 2, false), (report.Created, report.Updated, report.Unchanged, report.ChangedSomething));
        Assert.Equal(sequence.Value, (await InAsync(db => db.Sequences.SingleAsync())).Value);
        Assert.Equal(2, await InAsync(db => db.Revisions.CountAsync()));
    }

    [Fact]
    public async Task A_file_that_is_gone_is_noted_and_its_article_stays()
    {
        Write("x/a.md", "uno");
        await ImportAsync();
        File.Delete(Folder.PathOf("articles/x/a.md"));

        var report = await ImportAsync();

        Assert.Equal((ProblemKind.FileGone, ProblemSeverity.Notice, "x/a.md"), (Assert.Single(report.Problems).Kind, report.Problems[0].Severity, report.Problems[0].File));
        Assert.Equal(ArticleStatus.Published, (await ArticleAsync("a")).Status);
    }

    [Fact]
    public async Task A_topic_is_what_its_file_says_and_a_broken_one_keeps_what_it_said()
    {
        Write("x/a.md", "uno").Write("articles/x/_category.yaml", "title: Equis\ndescription: Todo\nicon: wifi\nposition: 3\nextra: no\n");
        await ImportAsync();
        Folder.Write("articles/x/_category.yaml", "title: [mal");

        var report = await ImportAsync();

        Assert.Equal("x/_category.yaml", Assert.Single(report.Problems).File);
        var category = await InAsync(db => db.Categories.SingleAsync());
        Assert.Equal(("Equis", "Todo", "wifi", 3), (category.Title, category.Description, category.Icon, category.Position));
    }

    [Fact]
    public async Task Hostile_text_in_every_field_is_stored_on_both_databases()
    {
        Folder.Write("articles/x/a.md", "{\n\"title\": \"a\\u0000\\u0007b\", \"tags\": [\"\\u0000x\"], \"summary\": \"\\uD83D\\uDCB3'; DROP TABLE --\", \"category\": \"\\u0000\"\n}\nTexto &#0; &#xD800; \u0001 \u2028 💳\n");
        Folder.Write("articles/x/b.md", "# " + new string('x', 199) + "💳\n\n- [ ] " + new string('y', 79) + "💳\n");

        var report = await ImportAsync();

        Assert.Equal((2, 0), (report.Created, report.Failed));
        Assert.Equal(("a b", "💳'; DROP TABLE --"), ((await ArticleAsync("a")).PublishedRevision!.Title, (await ArticleAsync("a")).PublishedRevision!.Summary));
    }

    private sealed class Told : IProgress<ContentProgress>
    {
        public List<(int, int)> Steps { get; } = [];

        public void Report(ContentProgress value) => Steps.Add((value.Done, value.Total));
    }
}
