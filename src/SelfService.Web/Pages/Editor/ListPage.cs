using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Tickets;
using SelfService.Web.Components;

namespace SelfService.Web.Pages.Editor;

/// <summary>A list of the editors with words to look for and pages.</summary>
public abstract class ListPage : PageModel
{
    public const int PageSize = 50;
    public const int QueryMaxLength = 100;

    [BindProperty(Name = "q", SupportsGet = true)]
    public string? Query { get; set; }

    [BindProperty(Name = "pagina", SupportsGet = true)]
    public string? PageText { get; set; }

    /// <summary>What was just done, in the address after it.</summary>
    [BindProperty(Name = "hecho", SupportsGet = true)]
    public string? Done { get; set; }

    /// <summary>Address of the list as it is filtered.</summary>
    protected string Address(string list, int page, params (string Name, string? Value)[] more) => QueryHelpers.AddQueryString(list, more
        .Append(("q", Query)).Append(("pagina", page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null))
        .Where(p => !string.IsNullOrEmpty(p.Item2)).ToDictionary(p => p.Item1, p => p.Item2));

    /// <summary>Reads the page that was asked for; the last one where there are fewer by now.</summary>
    protected async Task<Page<T>> ReadAsync<T>(Func<int, Task<Page<T>>> read)
    {
        Query = PlainText.Line(Query).Cut(QueryMaxLength);
        var page = await read(PageNumber.Parse(PageText));
        return page.Items.Count == 0 && page.Number > 1 ? await read(page.Count) : page;
    }
}
