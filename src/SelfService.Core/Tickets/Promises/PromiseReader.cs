using System.Text.RegularExpressions;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Content;

namespace SelfService.Core.Tickets.Promises;

/// <summary>A promise that stands in a text.</summary>
/// <param name="Text">The sentence, which says what is promised.</param>
/// <param name="Phrase">The words that say when.</param>
/// <param name="DueAt">By when, UTC.</param>
/// <param name="IsClosed">Whether the company is closed on that day.</param>
public sealed record ReadPromise(string Text, string Phrase, DateTime DueAt, bool IsClosed);

/// <summary>
/// Finds what an agent promises in what she writes to a customer: a sentence in which the company does something, with a date. What the
/// customer is to do, what was, what is asked, supposed or denied is no promise.
/// </summary>
public sealed partial class PromiseReader(CompanyProfile company, TimeProvider clock)
{
    // Later sentences of a long answer are looked at too; nobody promises forty things.
    private const int MaxSentences = 40;

    /// <summary>The promises of a text, in its order.</summary>
    /// <param name="text">As the agent wrote it; Markdown does not matter.</param>
    public IReadOnlyList<ReadPromise> Read(string text)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var dates = new SpokenDates(company.OpeningHours, Instant.FromDateTimeUtc(now).InZone(company.TimeZone).LocalDateTime);
        // A stop inside «p. m.» ends no sentence, and quoted words are the customer's.
        var (written, plain) = PlainLetters.Of(string.Join('\n', text.Split('\n').Where(l => !l.TrimStart().StartsWith('>'))));
        var found = new List<ReadPromise>();
        foreach (var sentence in Sentence().Matches(HalfDays().Replace(plain, m => m.Value[0] + "m" + new string(' ', m.Length - 2))).Where(m => m.Value.Trim().Length > 0).Take(MaxSentences))
        {
            if (sentence.Value.TrimEnd().EndsWith('?') || Promise(sentence.Value, dates) is not { } date)
            {
                continue;
            }

            var due = company.TimeZone.AtLeniently(date.At).ToDateTimeUtc();
            var words = PlainText.Line(written.Substring(sentence.Index, sentence.Length).Replace("*", "", StringComparison.Ordinal)).TrimEnd('.', ';', ':').Cut(Commitment.TextMaxLength);
            var isClosed = company.OpeningHours.Week.Count > 0 && company.OpeningHours.HoursOn(date.At.Date) is null;
            found.Add(new ReadPromise(words, written.Substring(sentence.Index + date.Start, date.Length).Trim(), due, isClosed));
        }

        return found;
    }

    // A condition is the customer's part; what follows its comma may be ours.
    private static SpokenDate? Promise(string sentence, SpokenDates dates)
    {
        foreach (var clause in Clause().Matches(sentence).Where(c => c.Value.Trim().Length > 0))
        {
            var said = clause.Value;
            if (!Condition().IsMatch(said) && !Denial().IsMatch(said) && !IsHers(said) && Commits().IsMatch(sentence) && dates.Read(said) is { } date)
            {
                return date with { Start = clause.Index + date.Start };
            }
        }

        return null;
    }

    // «Usted llega mañana» is what she does; «usted recibe», what we do for her.
    private static bool IsHers(string clause) => Yours().IsMatch(clause) || Asks().IsMatch(clause) || Past().IsMatch(clause);

    [GeneratedRegex(@"[^.!?;\n]*(?:\.(?=\d)[^.!?;\n]*)*[.!?;\n]?")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"[^,()]+")]
    private static partial Regex Clause();

    [GeneratedRegex(@"\b[ap]\.? ?m\.?(?![a-z])")]
    private static partial Regex HalfDays();

    [GeneratedRegex(@"^\s*(?:pero\s+|y\s+|o\s+)?(?:si|cuando|en cuanto|una vez que|siempre que|mientras|a menos que|if|when|once|unless)\b")]
    private static partial Regex Condition();

    [GeneratedRegex(@"\b(?:no|nunca|tampoco|sin)\s+(?!mas\s+tard|mas\s+de\b|mas\s+alla|se\s+preocup|hay\s+problema|dude)|\b(?:not|never|cannot|can't|won't)\b")]
    private static partial Regex Denial();

    [GeneratedRegex(@"\b(?:usted|ustedes|vos|tu)\b(?!\s+(?:recib|tendr|tien|ver|pod|podr|va a recibir|van a recibir))(?=.*\b(?:llega|pasa|envia|manda|responde|llama|confirma|escrib|trae|deposita|paga)\w*)")]
    private static partial Regex Yours();

    // What she is asked for: «responda», «envíenos», «necesito que me mande».
    [GeneratedRegex(@"\b(?:por favor|favor de|le pido|le pedimos|necesito que|necesitamos que|puede|podria|podrias|please)\b|\b(?:respond|escrib|env|mand|llam|confirm|avis|inform|pag|deposit|compart|indiqu|dig)(?:a|e|ie|an|en|ien|eme|enos|iame|ianos|ieme|ienos|ame|anos|ueme|uenos|ue)\b")]
    private static partial Regex Asks();

    [GeneratedRegex(@"\b(?:ayer|anteayer|la semana pasada|el mes pasado|yesterday|last week)\b|\b(?:escribio|llamo usted|pidio|envio usted|recibimos su|nos escribio|nos llamo|compro|contrato|reporto)\b")]
    private static partial Regex Past();

    // What the company does: in the first person, or what happens to her because of us.
    [GeneratedRegex(@"\b(?:respond(?:o|emos|ere|eremos|era|eran)|contest(?:o|amos|are|aremos|ara|aran)|confirm(?:o|amos|are|aremos|ara|aran)|llam(?:o|amos|are|aremos|a|an|ara|aran)|marc(?:o|amos|are|aremos|ara)|envi(?:o|amos|are|aremos|a|an|ara|aran)|mand(?:o|amos|are|aremos|a|ara|aran)|escrib(?:o|imos|ire|iremos|e|ira|iran)|avis(?:o|amos|are|aremos|a|ara|aran)|inform(?:o|amos|are|aremos|ara)|doy|damos|dare|daremos|dara|daran|tengo|tenemos|tendre|tendremos|tendra|tendran|tiene|revis(?:o|amos|are|aremos|a|ara|aran)|resuelvo|resolvemos|resolver(?:e|emos|a)|entreg(?:o|amos|are|aremos|a|an|ara|aran)|lleg(?:a|an|ara|aran|amos|aremos)|qued(?:a|an|ara|aran|o|amos|are|aremos)|estar(?:a|an|e|emos)|esta listo|esta lista|sal(?:e|en|dra|dran)|pas(?:o|a|an|amos|are|aremos|ara|aran)|visit(?:a|amos|ara|aran|aremos)|v(?:a|an|amos|oy) a|comunic(?:o|amos|are|aremos|a|ara|aran)|contact(?:o|amos|are|aremos|a|ara|aran)|acredit(?:a|amos|ara|aran|aremos)|abon(?:a|amos|ara|aran|aremos)|deposit(?:a|amos|ara|aran|aremos)|reembols(?:a|amos|ara|o|are|aremos)|devuelv(?:o|e)|devolv(?:emos|ere|eremos|era)|recib(?:e|en|ira|iran|iras)|agend(?:o|amos|are|aremos)|program(?:o|amos|are|aremos)|repar(?:o|amos|are|aremos|ara)|cambi(?:o|amos|are|aremos)|instal(?:o|amos|are|aremos|a|ara|aran)|v(?:uelvo|olvemos|olvere|olveremos) a|sig(?:o|ue)|seguimos|hago|hacemos|har(?:e|emos|a)|actualiz(?:o|amos|are|aremos|ara)|publi(?:co|camos|caremos)|present(?:a|an|ara|aran)|atend(?:emos|ere|eremos|era|eran)|atiend(?:o|e|en)|podemos|puedo|podr(?:e|emos)|termin(?:o|amos|are|aremos|a|ara)|prometo|prometemos|me comprometo|nos comprometemos|ten(?:dra|ga) respuesta|(?:i|we)(?:'ll| will| can| are going to| am going to)?\s+[a-z]+|you(?:'ll| will) (?:get|have|receive|hear)|will (?:arrive|be|call|reach|contact|answer|get))\b")]
    private static partial Regex Commits();
}
