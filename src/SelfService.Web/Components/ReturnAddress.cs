using Microsoft.AspNetCore.Http.Extensions;

namespace SelfService.Web.Components;

/// <summary>
/// The page a person comes back to after signing in or changing the language. Kept pages vary by few parameters; any
/// other one in the address belongs to a single visitor and must not end up in a page that all receive.
/// </summary>
public static class ReturnAddress
{
    private static readonly string[] Everywhere = ["pagina", "para"];
    private static readonly string[] OfSearch = ["q", "tema", "estante", "tipo", "min", "max", "disponible", "orden"];

    /// <summary>Path and the parameters that belong to the page itself.</summary>
    /// <param name="isSearch">A page of results, which is not kept and whose words are its subject.</param>
    public static string Of(HttpRequest request, bool isSearch)
    {
        var query = new QueryBuilder();
        foreach (var name in isSearch ? [.. OfSearch, .. Everywhere] : Everywhere)
        {
            if (request.Query.TryGetValue(name, out var value) && value.Count > 0)
            {
                query.Add(name, value.ToString());
            }
        }

        return request.Path + query.ToQueryString();
    }
}
