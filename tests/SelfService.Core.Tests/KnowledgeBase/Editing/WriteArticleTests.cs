using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Differences;
using SelfService.Core.KnowledgeBase.Editing;

namespace SelfService.Core.Tests.KnowledgeBase.Editing;

/// <summary>Writing in the browser: every save is a revision, and nobody overwrites anybody.</summary>
public sealed class WriteArticleTests : EditingTest
{
    [Fact]
    public async Task An_article_begins_as_a_draft_that_no_reader_sees()
    {
        var id = await DraftAsync();

        var article = await ArticleAsync(id);
        Assert.Equal(("como-medir-el-agua", ArticleStatus.Draft, 1, "agua"), (article.Slug, article.Status, article.LatestRevisionNumber, article.Category.Slug));
        Assert.Empty(await InAsync(db => db.Articles.VisibleTo(Search.Audience.Staff).ToListAsync()));
    }

    [Fact]
    public async Task Two_with_the_same_title_have_different_addresses_also_when_they_begin_at_once()
    {
        await DraftAsync();

        var slugs = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => WritingAsync(w => w.CreateAsync(Text("x"), Elena, NoCancel))));

        Assert.Equal(24, slugs.Distinct().Count());
        Assert.All(slugs, slug => Assert.StartsWith("como-medir-el-agua-", slug, StringComparison.Ordinal));
        Assert.Null(await WritingAsync(w => w.CreateAsync(Text("x") with { Category = "no-existe" }, Elena, NoCancel)));
    }

    [Fact]
    public async Task Each_save_is_a_revision_beside_what_is_published_and_the_same_text_is_none()
    {
        var id = await DraftAsync();
        Assert.Equal(PublishResult.Done, await PublishingAsync(p => p.PublishAsync(id, 1, null, Elena, NoCancel)));

        Assert.Equal(new SaveOutcome(SaveResult.Saved, 2), await SaveAsync(id, 1, "Otro texto."));
        Assert.Equal(new SaveOutcome(SaveResult.Same, 2), await SaveAsync(id, 2, "Otro texto."));

        var article = await ArticleAsync(id);
        Assert.Equal((1, 2, ArticleStatus.Published), (article.PublishedRevision!.Number, article.LatestRevisionNumber, article.Status));
    }

    [Fact]
    public async Task Who_saves_second_is_told_and_keeps_her_text()
    {
        var id = await DraftAsync();
        await SaveAsync(id, 1, "De Elena.");
        await WritingAsync(async w => { await w.KeepAsync(id, 1, Text("De Bruno."), Bruno.Id, NoCancel); return 0; });

        Assert.Equal(new SaveOutcome(SaveResult.Overtaken, 2), await SaveAsync(id, 1, "De Bruno.", Bruno));

        Assert.Equal(["Uno.\n\nDos.\n\nTres.", "De Elena."], (await RevisionsAsync(id)).Select(r => r.Body));
        Assert.Equal("De Bruno.", (await InAsync(db => db.Autosaves.SingleAsync(a => a.PersonId == Bruno.Id))).Body);
        Assert.Equal(new SaveOutcome(SaveResult.Saved, 3), await SaveAsync(id, 2, "De los dos.", Bruno));
        Assert.Empty(await InAsync(db => db.Autosaves.ToListAsync()));
    }

    [Fact]
    public async Task A_hundred_rounds_of_two_who_save_at_once_lose_nothing()
    {
        const int rounds = 100;
        var id = await DraftAsync("Principio.");

        await Task.WhenAll(WriteRoundsAsync(Elena), WriteRoundsAsync(Bruno));

        var last = (await RevisionsAsync(id))[^1];
        Assert.Equal(1 + (2 * rounds), last.Number);
        foreach (var editor in new[] { Elena, Bruno })
        {
            Assert.All(Enumerable.Range(0, rounds), round => Assert.Contains($"{editor.Name} {round}.", last.Body, StringComparison.Ordinal));
        }

        // As a person would: told that somebody was first, she takes both and saves again.
        async Task WriteRoundsAsync(Editor editor)
        {
            var known = (await RevisionsAsync(id))[^1];
            for (var round = 0; round < rounds; round++)
            {
                var mine = known.Body + $"\n\n{editor.Name} {round}.";
                while (await WritingAsync(w => w.SaveAsync(id, known.Number, Text(mine), editor, NoCancel)) is { Result: SaveResult.Overtaken })
                {
                    var theirs = (await RevisionsAsync(id))[^1];
                    mine = ThreeWayMerge.Of(known.Body, mine, theirs.Body).Text ?? $"{theirs.Body}\n\n{editor.Name} {round}.";
                    known = theirs;
                }

                known = (await RevisionsAsync(id)).Last(r => r.Body == mine);
            }
        }
    }

    [Fact]
    public async Task An_old_revision_comes_back_as_the_newest()
    {
        var id = await DraftAsync("Primero.");
        await SaveAsync(id, 1, "Segundo.");

        Assert.Equal(new SaveOutcome(SaveResult.Saved, 3), await WritingAsync(w => w.RestoreAsync(id, 1, Bruno, NoCancel)));
        Assert.Equal(SaveResult.Gone, (await WritingAsync(w => w.RestoreAsync(id, 9, Bruno, NoCancel))).Result);

        Assert.Equal([("Primero.", "Elena"), ("Segundo.", "Elena"), ("Primero.", "Bruno")], (await RevisionsAsync(id)).Select(r => (r.Body, r.Author)));
    }

    [Fact]
    public async Task A_link_to_an_article_and_a_stored_image_are_resolved_and_one_that_leads_nowhere_is_told()
    {
        Write("agua/otro.md", "texto").Write("articles/agua/x.png", Content.ImageFileTests.Png(7, 8));
        Write("agua/con-imagen.md", "![Uno](x.png)");
        await ImportAsync();
        await PeopleAsync();
        var media = await InAsync(db => db.Media.AsNoTracking().SingleAsync());
        var slug = await WritingAsync(w => w.CreateAsync(Text($"[Otro](otro) [Nada](no-hay.md) ![Alt]({media.Url})"), Elena, NoCancel));
        var id = await InAsync(db => db.Articles.Where(a => a.Slug == slug).Select(a => a.Id).SingleAsync());

        var rendered = await InAsync(async db => await new WriteArticle(db, new Core.KnowledgeBase.Rendering.ArticleRenderer(TestWords.Spanish), Clock).RenderAsync(id, Text($"[Otro](otro) [Nada](no-hay.md)\n\n![Alt]({media.Url})"), NoCancel));

        Assert.Contains("href=\"/articulos/otro\"", rendered.Html, StringComparison.Ordinal);
        Assert.Contains($"src=\"{media.Url}\"", rendered.Html, StringComparison.Ordinal);
        Assert.Equal("no-hay.md", Assert.Single(rendered.Problems).Detail);
        Assert.Equal(media.Hash, Assert.Single(rendered.Images).Hash);
    }
}
