using Microsoft.EntityFrameworkCore;
using SelfService.Search;

namespace SelfService.Core.Tickets;

/// <summary>A word that is looked for in tickets: as it is typed, anywhere in the text, or in another form of it.</summary>
/// <param name="Typed">Pattern of LIKE for the word itself, folded.</param>
/// <param name="Noun">The same for its stem.</param>
/// <param name="Verb">For the stem of the verb it may belong to; the other stem where it belongs to none.</param>
internal sealed record SoughtWord(string Typed, string Noun, string Verb)
{
    private const int MaxWords = 8;

    /// <summary>The first words of what was typed. The signs of LIKE are letters like any other.</summary>
    public static IReadOnlyList<SoughtWord> Of(string typed) =>
        [.. FoldedText.Of(typed).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MaxWords).Select(Word)];

    private static SoughtWord Word(string folded)
    {
        // Codes and numbers have no other forms.
        var words = folded.All(char.IsLetter) ? SearchLanguage.Stems(folded).Take(2).ToList() : [];
        var typed = LikePattern.Containing(folded);
        return words is [var stems] ? new SoughtWord(typed, LikePattern.Containing($" {stems[0]} "), LikePattern.Containing($" {stems[^1]} ")) : new SoughtWord(typed, typed, typed);
    }
}

/// <summary>Looking through the tickets one may see; where to look was decided before.</summary>
public static class TicketSearch
{
    /// <summary>Tickets that have every word somewhere, in any of its forms.</summary>
    public static IQueryable<Ticket> WithWords(this IQueryable<Ticket> tickets, string typed) => SoughtWord.Of(typed).Aggregate(tickets, (rest, word) => rest.Where(t =>
        EF.Functions.Like(t.SearchText, word.Typed, LikePattern.Escape)
        || EF.Functions.Like(t.SearchStems, word.Noun, LikePattern.Escape) || EF.Functions.Like(t.SearchStems, word.Verb, LikePattern.Escape)));

    /// <summary>The same, or in who asked: name, address and telephone are the desk's to search.</summary>
    internal static IQueryable<Ticket> WithWordsOrContact(this IQueryable<Ticket> tickets, string typed) => SoughtWord.Of(typed).Aggregate(tickets, (rest, word) => rest.Where(t =>
        EF.Functions.Like(t.ContactText, word.Typed, LikePattern.Escape) || EF.Functions.Like(t.SearchText, word.Typed, LikePattern.Escape)
        || EF.Functions.Like(t.SearchStems, word.Noun, LikePattern.Escape) || EF.Functions.Like(t.SearchStems, word.Verb, LikePattern.Escape)));
}
