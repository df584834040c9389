using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace SelfService.Web.Pages.Articles;

/// <summary>POST /articulos/{slug}/opinion: a vote, then an optional comment. Without JavaScript this page asks for the comment.</summary>
public sealed class OpinionModel : PageModel
{
    public const int CommentMaxLength = 1000;

    public string Slug { get; private set; } = "";

    public string Title { get; private set; } = "";

    /// <summary>The vote and the comment are stored; nothing more is asked.</summary>
    public bool Done { get; private set; }

    [BindProperty]
    public bool? Helpful { get; set; }

    [BindProperty, StringLength(CommentMaxLength)]
    public string? Comment { get; set; }

    public void OnGet()
    {
    }
}
