using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
using SelfService.Core.Catalog;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.KnowledgeBase.Library;
using SelfService.Core.KnowledgeBase.LiveData;
using SelfService.Core.Tests.KnowledgeBase.Content;
using SelfService.Core.Tests.KnowledgeBase.Editing;

namespace SelfService.Core.Tests.KnowledgeBase.Library;

/// <summary>The images, where each is used, and that none is deleted that something uses.</summary>
public sealed class LibraryTests : EditingTest
{
    private int last;

    private async Task<Media> ImageAsync(string name = "Foto.png") => (await InAsync(db => new BringImage(db).RunAsync(name, ImageFileTests.Png(100 + ++last, 50), NoCancel)))!;

    private Task<DeleteImageResult> DeleteAsync(Media image) => InAsync(db => new DeleteImage(db, Clock).RunAsync(image.Hash, Elena.Id, NoCancel));

    private Task<MediaUses> UsesAsync(Media image) => InAsync(db => MediaUses.ReadAsync(db, image.Hash, NoCancel));

    private Task<Page<MediaRow>> ListAsync(MediaView view = MediaView.All, string? query = null, int page = 1) => InAsync(db => db.MediaAsync(view, query, page, 2, NoCancel));

    [Fact]
    public async Task An_image_is_stored_once_whatever_its_name_and_what_is_none_is_not()
    {
        var first = (await InAsync(db => new BringImage(db).RunAsync("Uno.png", ImageFileTests.Png(1, 2), NoCancel)))!;
        var second = (await InAsync(db => new BringImage(db).RunAsync("Dos.png", ImageFileTests.Png(1, 2), NoCancel)))!;

        Assert.Equal((first.Id, "uno.png"), (second.Id, second.Name));
        Assert.Null(await InAsync(db => new BringImage(db).RunAsync("tres.png", "no"u8.ToArray(), NoCancel)));
        Assert.Equal(1, await InAsync(db => db.Media.CountAsync()));
    }

    [Fact]
    public async Task Images_are_listed_newest_first_with_what_shows_them_now()
    {
        var (one, two, three) = (await ImageAsync("Mapa de agua.png"), await ImageAsync("Foto del medidor.png"), await ImageAsync("Otra foto.png"));
        var id = await DraftAsync();
        await SaveAsync(id, 1, $"![x]({one.Url}) ![x]({one.Url})");
        await PublishingAsync(p => p.PublishAsync(id, 2, null, Elena, NoCancel));
        await SaveAsync(id, 2, $"![x]({one.Url}) ![x]({two.Url})");

        var (first, second) = (await ListAsync(), await ListAsync(page: 2));

        Assert.Equal((3, 2), (first.Total, first.Count));
        Assert.Equal([three.Hash, two.Hash], first.Items.Select(i => i.Hash));
        var row = Assert.Single(second.Items);
        Assert.Equal((one.Hash, "mapa-de-agua.png", 101, 50, 33), (row.Hash, row.Name, row.Width, row.Height, row.Size));
        Assert.InRange(row.CameAt, DateTime.UtcNow.AddHours(-1), DateTime.UtcNow.AddMinutes(1));
        Assert.Equal(new MediaUse("como-medir-el-agua", "Cómo medir el agua", false, true), Assert.Single(row.Uses));
        Assert.Equal(new MediaUse("como-medir-el-agua", "Cómo medir el agua", false, false), Assert.Single(first.Items[1].Uses));
        Assert.Equal([three.Hash], (await ListAsync(MediaView.Unused)).Items.Select(i => i.Hash));
        Assert.Equal([two.Hash], (await ListAsync(query: "MEDIDOR foto")).Items.Select(i => i.Hash));
        Assert.Equal(0, (await ListAsync(query: "nada")).Total);
        Assert.Equal((1, 3), ((await ListAsync(page: 99)).Items.Count, (await ListAsync(page: 99)).Total));
    }

    [Fact]
    public async Task What_nothing_uses_is_deleted_once_and_written_down()
    {
        var image = await ImageAsync();

        Assert.Equal((DeleteImageResult.Deleted, DeleteImageResult.Gone), (await DeleteAsync(image), await DeleteAsync(image)));
        Assert.Null(await InAsync(db => db.MediaAsync(image.Hash, NoCancel)));
        Assert.Equal("foto.png", await InAsync(db => db.AuditEntries.Where(e => e.Kind == AuditKind.ImageDeleted && e.ActorId == Elena.Id).Select(e => e.Detail).SingleAsync()));
    }

    [Fact]
    public async Task What_an_old_revision_shows_or_links_to_is_not_deleted()
    {
        var (shown, linked) = (await ImageAsync(), await ImageAsync());
        var id = await DraftAsync();
        await SaveAsync(id, 1, $"![x]({shown.Url}) [mapa]({linked.Url})");
        await SaveAsync(id, 2, "Sin imágenes.");
        await PublishingAsync(p => p.PublishAsync(id, 3, null, Elena, NoCancel));

        foreach (var image in new[] { shown, linked })
        {
            Assert.Equal(DeleteImageResult.InUse, await DeleteAsync(image));
            Assert.Equal(new ArticleMediaUse("como-medir-el-agua", "Cómo medir el agua", false, false, 1), Assert.Single((await UsesAsync(image)).Articles));
        }

        Assert.Equal(0, (await ListAsync(MediaView.Unused)).Total);
        Assert.Equal(2, await InAsync(db => db.Media.CountAsync()));
        await WritingAsync(w => w.RestoreAsync(id, 2, Elena, NoCancel));
        Assert.Equal(new ArticleMediaUse("como-medir-el-agua", "Cómo medir el agua", false, true, 1), Assert.Single((await UsesAsync(shown)).Articles));
    }

    [Fact]
    public async Task What_a_file_a_product_or_a_kept_text_uses_is_not_deleted()
    {
        Write("pagos/a.md", "![x](foto.png)").Write("articles/pagos/foto.png", ImageFileTests.Png(7, 8));
        await ImportAsync();
        var (ofProduct, named, kept, free) = (await ImageAsync(), await ImageAsync(), await ImageAsync(), await ImageAsync());
        await InAsync(async db =>
        {
            db.Products.Add(new Product { Slug = "filtro", Title = "Filtro", Description = $"Con {named.Url}", Images = [new ProductImage(ofProduct.Url, "x", 1, 1)], UpdatedAt = Clock.Now });
            return await db.SaveChangesAsync();
        });
        var id = await DraftAsync();
        await WritingAsync(async w =>
        {
            await w.KeepAsync(id, 1, Text($"![x]({kept.Url})"), Elena.Id, NoCancel);
            return true;
        });
        var ofFile = await InAsync(db => db.Media.SingleAsync(m => m.Width == 7));

        Assert.All(await Task.WhenAll(new[] { ofFile, ofProduct, named, kept }.Select(DeleteAsync)), result => Assert.Equal(DeleteImageResult.InUse, result));
        Assert.Equal(["pagos/a.md"], (await UsesAsync(ofFile)).Files);
        Assert.Equal([("filtro", "Filtro")], (await UsesAsync(ofProduct)).Products);
        Assert.Equal(1, (await UsesAsync(kept)).Kept);
        Assert.Equal([free.Hash], (await ListAsync(MediaView.Unused)).Items.Select(i => i.Hash));
        Assert.True((await ListAsync()).Items.SelectMany(i => i.Uses).All(u => u.IsProduct || u.Slug.Length > 0));
        Assert.Equal(DeleteImageResult.Deleted, await DeleteAsync(free));
    }

    [Fact]
    public async Task An_image_of_a_snippet_is_shown_where_the_snippet_is_and_not_deleted()
    {
        var (image, free) = (await ImageAsync("Plano.png"), await ImageAsync());
        await InAsync(db => new WriteSnippet(db, Clock).AddAsync("plano", $"![Plano del medidor]({image.Url})", Elena, NoCancel));
        var id = await DraftAsync();

        var links = await InAsync(db => ArticleLinks.ReadAsync(db, id, "{{fragmento:plano}}", NoCancel));

        Assert.Equal(image.Hash, links.Image(image.Url)?.Hash);
        Assert.Null(links.Image(free.Url));
        Assert.Equal(["plano"], (await UsesAsync(image)).Snippets);
        Assert.Equal([free.Hash], (await ListAsync(MediaView.Unused)).Items.Select(i => i.Hash));
        Assert.Equal((DeleteImageResult.InUse, DeleteImageResult.Deleted), (await DeleteAsync(image), await DeleteAsync(free)));
    }

    [Fact]
    public async Task A_text_that_is_saved_while_its_image_is_deleted_shows_it_and_keeps_it_or_never_had_it()
    {
        var results = new List<DeleteImageResult>();
        var id = await DraftAsync();
        for (var round = 0; round < 12; round++)
        {
            var image = await ImageAsync();
            var number = (await ArticleAsync(id)).LatestRevisionNumber;
            var deleted = Task.Run(() => DeleteAsync(image));
            var saved = Task.Run(() => SaveAsync(id, number, $"Vez {round} ![x]({image.Url})"));
            await Task.WhenAll(deleted, saved);

            results.Add(await deleted);
            Assert.Equal(SaveResult.Saved, (await saved).Result);
            var shows = (await RevisionsAsync(id))[^1].Images.Any(i => i.Hash == image.Hash);
            Assert.True(!shows || await InAsync(db => db.Media.AnyAsync(m => m.Hash == image.Hash)), $"round {round}: {results[^1]}");
        }
    }

    [Fact]
    public async Task A_file_whose_image_was_deleted_a_moment_ago_is_not_stored_without_it()
    {
        Write("pagos/a.md", "![x](foto.png)").Write("articles/pagos/foto.png", ImageFileTests.Png(7, 8));
        await using var db = Database.Open();
        await db.InTransactionAsync(async () => await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.HoldImagesAsync([new ArticleImage("x", new string('0', 64))], NoCancel)), NoCancel);

        Assert.Equal(1, (await ImportAsync()).Created);
    }
}
