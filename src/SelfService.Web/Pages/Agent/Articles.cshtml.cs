using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/casos/{number}/articulos?q=: articles for an answer while she types, as JSON.</summary>
public sealed class ArticlesModel(PortalDbContext db, DeskArticles articles) : TicketPage(db)
{
    public IActionResult OnGet([FromQuery(Name = "q")] string? typed) =>
        new JsonResult(articles.Find(Ticket, typed).Select(a => new { title = a.Title, path = a.Path, markdown = a.Markdown }));
}
