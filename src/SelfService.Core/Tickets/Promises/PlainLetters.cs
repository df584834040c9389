using System.Text;

namespace SelfService.Core.Tickets.Promises;

/// <summary>A text in small plain letters, as long as it was: what is found in it stands at the same place in the text.</summary>
internal static class PlainLetters
{
    private const string Accented = "áàâäãéèêëíìîïóòôöõúùûüñç’‑–—\u00A0\u202F", Plain = "aaaaaeeeeiiiiooooouuuunc'---  ";

    /// <summary>The text, composed and in plain letters; both are equally long.</summary>
    public static (string Text, string Plain) Of(string text)
    {
        var composed = text.Normalize(NormalizationForm.FormC);
        return (composed, string.Create(composed.Length, composed, static (plain, from) =>
        {
            for (var i = 0; i < plain.Length; i++)
            {
                var letter = char.ToLowerInvariant(from[i]);
                plain[i] = Accented.IndexOf(letter) is >= 0 and var at ? PlainLetters.Plain[at] : letter;
            }
        }));
    }
}
