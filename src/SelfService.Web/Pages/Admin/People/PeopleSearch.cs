using SelfService.Core.People;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Admin.People;

/// <summary>Finds accounts by a few letters of a name or an address, accents aside.</summary>
internal static class PeopleSearch
{
    private const int MaxLength = 100;

    /// <summary>Those in whom every word of the query appears; all of them when there is none.</summary>
    public static IQueryable<Person> Matching(IQueryable<Person> people, string? query)
    {
        foreach (var word in FoldedText.Of(query is { Length: > MaxLength } ? query[..MaxLength] : query ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var inAddress = word.ToUpperInvariant();
            // Capitals with accents by hand: SQLite knows no others than those of English.
            people = people.Where(p => p.NormalizedEmail!.Contains(inAddress)
                || p.Name.ToLower().Replace("á", "a").Replace("é", "e").Replace("í", "i").Replace("ó", "o").Replace("ú", "u").Replace("ü", "u")
                    .Replace("Á", "a").Replace("É", "e").Replace("Í", "i").Replace("Ó", "o").Replace("Ú", "u").Replace("Ü", "u").Replace("Ñ", "ñ").Contains(word));
        }

        return people;
    }
}
