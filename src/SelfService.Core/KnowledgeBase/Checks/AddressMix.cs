namespace SelfService.Core.KnowledgeBase.Checks;

/// <summary>
/// Finds where an article leaves the house form, usted. A command that is somebody else's statement as well (<c>Abre la
/// puerta</c>) counts only among steps that are commands, or in an article that addresses nobody as usted.
/// </summary>
internal sealed class AddressMix
{
    // One such sentence may be what a technician or a machine does.
    private const int MinPerhaps = 2;

    // Sentences looked at to find the step before or after.
    private const int MaxAway = 8;

    private readonly List<Start> starts = [];
    private string? tu;
    private string? vos;
    private string? familiar;
    private bool usted;

    private AddressMix()
    {
    }

    /// <summary>Forms found, with the sentence that shows each; usted has none, since it is what the house says.</summary>
    public static (AddressForms Forms, string? Tu, string? Vos) Of(IReadOnlyList<Passage> passages)
    {
        var mix = new AddressMix();
        foreach (var passage in passages)
        {
            mix.Read(passage);
        }

        return mix.Result();
    }

    private void Read(Passage passage)
    {
        var isFirst = true;
        foreach (var sentence in Sentences.Of(passage.Text))
        {
            var shown = passage.Text[sentence];
            var own = passage.Own.AsSpan(sentence);
            string first = "", before = "";
            var isAtStart = true;
            foreach (var word in Letters(own))
            {
                Take(AddressSigns.Of(word, before), shown);
                if (first.Length == 0)
                {
                    first = word;
                }
                else if (isAtStart)
                {
                    Begin(passage, shown, own, first, word, isFirst);
                    isAtStart = false;
                }

                before = word.ToLowerInvariant();
            }

            if (isAtStart && first.Length > 0)
            {
                Begin(passage, shown, own, first, "", isFirst);
            }

            isFirst = false;
        }
    }

    private void Begin(Passage passage, string shown, ReadOnlySpan<char> own, string first, string second, bool isFirst)
    {
        // Cells and headings are fragments ("Enciende, pero no enfría"), and so is what begins with a quotation or a question.
        if (!passage.IsProse || !own.TrimStart("¡-–—( ").StartsWith(first, StringComparison.Ordinal))
        {
            return;
        }

        var sign = AddressSigns.AtStart(first, second.ToLowerInvariant());
        Take(sign, shown);
        starts.Add(new Start(shown, sign, isFirst ? passage.List : 0, HasObject(own[(own.IndexOf(first, StringComparison.Ordinal) + first.Length)..], second)));
    }

    private void Take(AddressSign sign, string sentence)
    {
        switch (sign)
        {
            case AddressSign.Tu:
                tu ??= sentence;
                break;
            case AddressSign.Vos:
                vos ??= sentence;
                break;
            case AddressSign.Familiar:
                familiar ??= sentence;
                break;
            case AddressSign.Usted:
                usted = true;
                break;
        }
    }

    private (AddressForms Forms, string? Tu, string? Vos) Result()
    {
        var perhaps = starts.Where(start => start is { HasObject: true, Sign: AddressSign.PerhapsTu or AddressSign.PerhapsVos }).ToList();
        var isPlain = !usted && perhaps.Count >= MinPerhaps;
        for (var i = 0; i < starts.Count; i++)
        {
            if (starts[i] is { HasObject: true } start && (isPlain || StandsAmongCommands(i)))
            {
                tu ??= start.Sign == AddressSign.PerhapsTu ? start.Sentence : null;
                vos ??= start.Sign == AddressSign.PerhapsVos ? start.Sentence : null;
            }
        }

        if (vos is null)
        {
            // What both share is tú where nothing says vos.
            tu ??= familiar;
        }

        return ((tu is null ? 0 : AddressForms.Tu) | (vos is null ? 0 : AddressForms.Vos) | (usted ? AddressForms.Usted : 0), tu, vos);
    }

    // Both neighbours of a step, as far as it has them, are commands beyond doubt.
    private bool StandsAmongCommands(int i)
    {
        var list = starts[i].List;
        if (list == 0)
        {
            return false;
        }

        var before = Neighbour(i, -1);
        var after = Neighbour(i, 1);
        return (before ?? after) is not null && IsCommand(before) && IsCommand(after);

        static bool IsCommand(Start? start) => start is null or { Sign: AddressSign.Usted or AddressSign.Vos or AddressSign.Tu };

        Start? Neighbour(int from, int step)
        {
            // A step may go on for some sentences; a list within it ends the search, as what is beyond proves little.
            for (var at = from + step; at >= 0 && at < starts.Count && Math.Abs(at - from) <= MaxAway; at += step)
            {
                if (starts[at].List != 0)
                {
                    return starts[at].List == list ? starts[at] : null;
                }
            }

            return null;
        }
    }

    // "Abre la app", "Toca **Guardar**"; "Marca y modelo" and "Enciende, pero no enfría" have none.
    private static bool HasObject(ReadOnlySpan<char> rest, string second) =>
        rest.TrimStart(' ') is [Passage.Foreign, ..]
        || second.ToLowerInvariant() is "el" or "la" or "los" or "las" or "un" or "una" or "tu" or "tus" or "este" or "esta" or "estos" or "estas"
            or "cada" or "todos" or "todas" or "otro" or "otra";

    private static List<string> Letters(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        for (var i = 0; i < text.Length; i++)
        {
            var start = i;
            while (i < text.Length && char.IsLetter(text[i]))
            {
                i++;
            }

            if (i > start)
            {
                words.Add(text[start..i].ToString());
            }
        }

        return words;
    }

    private sealed record Start(string Sentence, AddressSign Sign, int List, bool HasObject);
}
