using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.Appointments;
using SelfService.Core.Catalog;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.LiveData;
using SelfService.Core.Requests;
using SelfService.Search;
using SelfService.Search.Querying;

namespace SelfService.Web.Pages.Editor;

/// <summary>/editor/enlaces?q=: articles, products, forms and services to link to, and prices, hours and telephones to name, as JSON.</summary>
public sealed class TargetsModel(ISearchEngine articles, CatalogEngine products, RequestForms forms, Agenda agenda, CurrentFigures current, SearchLanguage language) : PageModel
{
    private const int Articles = 6;
    private const int Others = 3;
    private const int FigureLength = 80;

    public IActionResult OnGet([FromQuery(Name = "q")] string? typed)
    {
        var query = SearchQuery.Parse(typed);
        var asked = language.KeyOf(query.Text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool Names(string title) => asked.Length > 0 && language.KeyOf(title).Split(' ') is var words && asked.Any(words.Contains);
        var sold = query.IsEmpty ? [] : products.Engine.Search(new SearchRequest(query, Audience.Staff) { Limit = Others }).Hits;
        object[] found = query.IsEmpty ? [] :
        [
            .. articles.Search(new SearchRequest(query, Audience.Staff) { Limit = Articles }).Hits.Select(h => new { kind = "article", title = h.Document.Title, url = h.Document.Url }),
            .. sold.Select(h => new { kind = "product", title = h.Document.Title, url = h.Document.Url }),
            .. Figures(sold, Slug.From(query.Text, "-")),
            .. forms.All.Where(f => Names(f.Title)).Take(Others).Select(f => new { kind = "form", title = f.Title, url = f.Url }),
            .. agenda.Services.Where(s => Names(s.Title)).Take(Others).Select(s => new { kind = "service", title = s.Title, url = "/citas/" + s.Slug }),
        ];
        return new JsonResult(found);
    }

    // Prices of what was found, and whatever is called as she types.
    private IEnumerable<object> Figures(IEnumerable<SearchHit> sold, string typed) =>
        from key in sold.SelectMany(h => h.Document.Keywords.Select(sku => LiveReference.Key(LiveReference.Price, sku))).Concat(current.Figures.Keys.Where(k => k.Contains(typed, StringComparison.Ordinal))).Distinct().Take(2 * Others + Articles)
        let figure = current.Figures[key]
        where figure is not null
        select new { kind = "figure", title = figure.Text.Cut(FigureLength), text = LiveReference.Written(key) };
}
