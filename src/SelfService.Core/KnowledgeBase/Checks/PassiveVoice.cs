using System.Collections.Frozen;

namespace SelfService.Core.KnowledgeBase.Checks;

/// <summary>
/// Counts passives with ser (<c>fue enviado por</c>): one is good Spanish, a chain of them reads like an official letter and
/// hides who does what. The passive with se is left alone, as grammars and style guides recommend it.
/// </summary>
internal static class PassiveVoice
{
    private static readonly FrozenSet<string> Ser = Split("""
        es son era eran fue fueron será serán sería serían sea sean fuera fueran fuese fuesen ser siendo sido
        """).ToFrozenSet(StringComparer.Ordinal);

    // May stand between the two; so may any adverb in -mente.
    private static readonly FrozenSet<string> Between =
        Split("ya no también luego después siempre nunca aún todavía solo sólo además así pronto antes").ToFrozenSet(StringComparer.Ordinal);

    // In -o; the other three endings are the same.
    private static readonly FrozenSet<string> Irregular = Split("""
        abierto cubierto descubierto descrito devuelto dicho disuelto dispuesto envuelto escrito expuesto hecho rehecho deshecho
        impreso inscrito previsto propuesto provisto puesto resuelto roto suscrito visto revisto compuesto repuesto
        """).ToFrozenSet(StringComparer.Ordinal);

    // End like a participle, but after ser they say what something is like, or are nouns.
    private static readonly FrozenSet<string> NoParticiple = Split("""
        adecuado inadecuado apropiado avanzado complicado cuadrado debido delicado demasiado elevado equivocado estado grado lado
        limitado ilimitado mercado parecido pasado pesado privado salado sentido sonido sólido contenido resultado cuidado
        conocido desconocido nado cado todo usado variado educado honrado marcado obligado sido olvido ruido pedido partido
        apellido marido vestido tejido fluido
        """).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Passives with ser in one sentence.</summary>
    public static int Count(ReadOnlySpan<char> sentence)
    {
        var count = 0;
        var isOpen = false;
        foreach (var written in WrittenWords.Of(sentence))
        {
            var word = written.ToLowerInvariant();
            if (Ser.Contains(word))
            {
                isOpen = true;
            }
            else if (isOpen && !(Between.Contains(word) || word.EndsWith("mente", StringComparison.Ordinal)))
            {
                count += IsParticiple(word) ? 1 : 0;
                isOpen = false;
            }
        }

        return count;
    }

    private static bool IsParticiple(string word)
    {
        var single = word.EndsWith('s') ? word[..^1] : word;
        if (single.Length < 4 || single[^1] is not ('o' or 'a'))
        {
            return false;
        }

        var masculine = single[..^1] + "o";
        if (Irregular.Contains(masculine) || masculine.EndsWith("ído", StringComparison.Ordinal))
        {
            return true;
        }

        // válido, rápido and líquido bear an accent before the ending, which no participle does.
        return masculine.Length > 5 && !NoParticiple.Contains(masculine)
            && (masculine.EndsWith("ado", StringComparison.Ordinal) || masculine.EndsWith("ido", StringComparison.Ordinal))
            && !masculine.AsSpan(0, masculine.Length - 3).ContainsAny("áéíóú");
    }

    private static string[] Split(string table) => table.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
