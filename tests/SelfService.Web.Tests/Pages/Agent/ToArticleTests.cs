using System.Net;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Web.Pages.Editor;

namespace SelfService.Web.Tests.Pages.Agent;

/// <summary>What a solved ticket taught becomes the draft of an article, without who asked.</summary>
[Collection(DeskPortalCollection.Name)]
public sealed class ToArticleTests(DeskPortal portal)
{
    [Fact]
    public async Task Post_OfASolvedTicket_MakesOneDraftWithoutTheCustomer()
    {
        await TopicAsync();
        var ticket = await portal.OpenAsync(
            "Lavadora de Rosa", "Soy Rosa Quiñones.\nMi correo es rosa.q@correo.example y mi teléfono 55 1234 5678.\nLa lavadora de ROSA no desagua; la rosa del jardín tampoco.",
            r => r with { Contact = new Core.People.Contact("Rosa Quiñones", $"{Guid.NewGuid():N}@ensayo.example", null, null) });
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var address = DeskPortal.Address(ticket, "articulo");

        Assert.Null((await agent.PageAsync(address)).QuerySelector("main form[method=post]"));
        (await agent.FillAsync(DeskPortal.Address(ticket), "form.desk-reply", ("Body", "Hola, Rosa: limpie el filtro de la bomba."), ("Next", "resolver"))).Dispose();
        using var nowhere = await agent.FillAsync(address, "main form[method=post]", ("Topic", "no-existe"));
        using var made = await agent.FillAsync(address, "main form[method=post]", ("Topic", "aparatos"));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (nowhere.StatusCode, made.StatusCode));
        var draft = Assert.Single(await portal.AskAsync(db => db.Articles.AsNoTracking().Where(a => a.SourceTicketId == ticket.Id).ToListAsync()));
        var revision = await portal.AskAsync(db => db.Revisions.AsNoTracking().SingleAsync(r => r.ArticleId == draft.Id));
        Assert.Equal((ArticleStatus.Draft, "Lavadora de •••"), (draft.Status, revision.Title));
        Assert.All(new[] { "Rosa", "ROSA", "Quiñones", "correo.example", "1234" }, hers => Assert.DoesNotContain(hers, revision.Body, StringComparison.Ordinal));
        Assert.Contains("no desagua", revision.Body, StringComparison.Ordinal);
        Assert.Contains("limpie el filtro de la bomba", revision.Body, StringComparison.Ordinal);

        Assert.Null((await agent.PageAsync(address)).QuerySelector("main form[method=post]"));
        using var admin = await portal.Host.BrowserOfAsync(DeskPortal.Admin);
        Assert.NotNull((await admin.PageAsync(EditorAddress.Of(draft.Slug))).QuerySelector($"main a[href='{DeskPortal.Address(ticket)}']"));
        using var editor = await portal.Host.BrowserOfAsync(DeskPortal.Editor);
        Assert.Null((await editor.PageAsync(EditorAddress.Of(draft.Slug))).QuerySelector($"main a[href='{DeskPortal.Address(ticket)}']"));
    }

    private Task<int> TopicAsync() => portal.AskAsync(async db =>
    {
        if (!await db.Categories.AnyAsync(c => c.Slug == "aparatos"))
        {
            db.Categories.Add(new Category { Slug = "aparatos", Title = "Aparatos" });
        }

        return await db.SaveChangesAsync();
    });
}
