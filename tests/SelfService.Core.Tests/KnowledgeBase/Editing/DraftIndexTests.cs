using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Search;

namespace SelfService.Core.Tests.KnowledgeBase.Editing;

/// <summary>How a draft will be found, before any reader can find it.</summary>
public sealed class DraftIndexTests : EditingTest
{
    private const string Long = "El filtro retiene la arena y el óxido que trae la tubería. Desenrosque la tapa con la llave azul, enjuague la malla bajo el chorro, revise el empaque negro y vuelva a cerrar a mano. Abra la llave despacio y mire que no gotee por la rosca.";

    private readonly DraftIndex index = new(SearchLanguage.Default);

    private async Task<(IReadOnlyList<FoundPlace> Places, IReadOnlyList<LikeArticle> Like)> LookAsync(Guid id, ArticleContent content, params string[] questions) => await InAsync(async db =>
    {
        var article = await db.Articles.Include(a => a.Category).SingleAsync(a => a.Id == id);
        var rendered = await new WriteArticle(db, new ArticleRenderer(TestWords.Spanish), Clock).RenderAsync(id, content, NoCancel);
        return await index.LookAsync(db, article, content, rendered, questions, NoCancel);
    });

    [Fact]
    public async Task A_draft_stands_where_its_words_put_it_and_other_words_put_it_elsewhere()
    {
        Write("agua/a.md", "La presión del agua baja cuando el filtro está tapado.", "keywords: [presión baja]");
        await ImportAsync();
        var id = await DraftAsync(Long, "Limpiar el filtro");

        var before = (await LookAsync(id, Text(Long, "Limpiar el filtro"), "presión baja", "limpiar filtro", "jirafa")).Places;
        var after = (await LookAsync(id, Text(Long, "Limpiar el filtro") with { Keywords = ["presión baja", "baja presión de agua"] }, "presión baja")).Places;

        Assert.Equal((null, 1, null), (before[0].Place, before[1].Place, before[2].Place));
        Assert.Equal(["A"], before[0].Before);
        Assert.NotNull(after[0].Place);
        // Looking leaves no trace: the next look is like the first.
        Assert.Null((await LookAsync(id, Text(Long, "Limpiar el filtro"), "presión baja")).Places[0].Place);
    }

    [Fact]
    public async Task What_says_the_same_or_asks_the_same_is_named_and_what_does_not_is_not()
    {
        Write("agua/copia.md", Long + " Listo.").Write("articles/agua/gas.md", "---\ntitle: Cambiar el tanque de gas\n---\nCierre la válvula antes de mover el tanque.");
        await ImportAsync();
        var id = await DraftAsync(Long, "Copia");

        Assert.Equal([("COPIA", true)], (await LookAsync(id, Text(Long, "Copia"))).Like.Select(l => (l.Title, l.IsSameTitle)));
        Assert.Equal([true], (await LookAsync(id, Text("Distinto.", "Cambiar los tanques de gas"))).Like.Select(l => l.IsSameTitle));
        Assert.Empty((await LookAsync(id, Text("Riegue las plantas por la mañana.", "Regar plantas"))).Like);
    }

    [Fact]
    public async Task What_is_published_is_found_as_before_after_its_draft_was_looked_at()
    {
        var id = await DraftAsync(Long, "Limpiar el filtro");
        await PublishingAsync(p => p.PublishAsync(id, 1, null, Elena, NoCancel));
        var other = await DraftAsync("Nada que ver.", "Otra cosa");

        await LookAsync(id, Text("Sin esas palabras.", "Nada"), "limpiar filtro");

        Assert.Equal(["Limpiar el filtro"], (await LookAsync(other, Text("Nada que ver.", "Otra cosa"), "limpiar filtro")).Places[0].Before);
    }
}
