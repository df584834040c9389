using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/vista-previa: an answer or a note as it will be read, for the page that it is written on.</summary>
public sealed class PreviewModel : PageModel
{
    [BindProperty]
    public string? Text { get; set; }

    public IActionResult OnGet() => NotFound();

    public IActionResult OnPost() => PlainText.Body(Text) is { Length: <= Message.BodyMaxLength } text
        ? Content(MessageMarkdown.Html(text), "text/html; charset=utf-8") : BadRequest();
}
