using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using SelfService.Core.Company;

namespace SelfService.Core.Tickets.Promises;

/// <summary>A date as somebody said it.</summary>
/// <param name="At">By when at the latest, on the company's clock.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="Length">Characters it takes.</param>
internal sealed record SpokenDate(LocalDateTime At, int Start, int Length);

/// <summary>
/// Reads dates as agents of Latin America write them: «mañana antes de las 12», «el viernes 4 a más tardar», «en 24 a 48 horas», «a fin de
/// mes». What is said of a day without an hour holds until the company closes on it; of a range the later end counts, since that is what
/// can be demanded. What has no date («en un rato», «ahorita», «lo antes posible») is none.
/// </summary>
/// <param name="now">The moment it is said, on the company's clock.</param>
internal sealed partial class SpokenDates(OpeningHours hours, LocalDateTime now)
{
    // The end of a day without opening hours, and the parts of a day.
    private static readonly LocalTime Evening = new(18, 0), Noon = new(12, 0), MidMorning = new(11, 0), MidAfternoon = new(17, 0), Night = new(21, 0);

    private static readonly string[] Months = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"];

    private static readonly Dictionary<string, IsoDayOfWeek> Weekdays = new()
    {
        ["lunes"] = IsoDayOfWeek.Monday,
        ["martes"] = IsoDayOfWeek.Tuesday,
        ["miercoles"] = IsoDayOfWeek.Wednesday,
        ["jueves"] = IsoDayOfWeek.Thursday,
        ["viernes"] = IsoDayOfWeek.Friday,
        ["sabado"] = IsoDayOfWeek.Saturday,
        ["domingo"] = IsoDayOfWeek.Sunday,
        ["monday"] = IsoDayOfWeek.Monday,
        ["tuesday"] = IsoDayOfWeek.Tuesday,
        ["wednesday"] = IsoDayOfWeek.Wednesday,
        ["thursday"] = IsoDayOfWeek.Thursday,
        ["friday"] = IsoDayOfWeek.Friday,
        ["saturday"] = IsoDayOfWeek.Saturday,
        ["sunday"] = IsoDayOfWeek.Sunday,
    };

    private static readonly Dictionary<string, int> Numbers = new()
    {
        ["un"] = 1,
        ["una"] = 1,
        ["uno"] = 1,
        ["one"] = 1,
        ["dos"] = 2,
        ["two"] = 2,
        ["par de"] = 2,
        ["un par de"] = 2,
        ["tres"] = 3,
        ["three"] = 3,
        ["cuatro"] = 4,
        ["four"] = 4,
        ["cinco"] = 5,
        ["five"] = 5,
        ["seis"] = 6,
        ["siete"] = 7,
        ["ocho"] = 8,
        ["nueve"] = 9,
        ["diez"] = 10,
        ["doce"] = 12,
        ["quince"] = 15,
        ["veinte"] = 20,
        ["veinticuatro"] = 24,
        ["treinta"] = 30,
        ["cuarenta y ocho"] = 48,
        ["setenta y dos"] = 72,
    };

    /// <summary>The date in a text; null when it has none, or none that is still ahead.</summary>
    /// <param name="text">By <see cref="PlainLetters"/>.</param>
    public SpokenDate? Read(string text)
    {
        if (Span().Match(text) is { Success: true } span && After(span) is { } moment)
        {
            return Found(moment, span);
        }

        var day = Day(text);
        // What was read as a day is not read again as an hour.
        var rest = day is var (_, match) ? text.Remove(match.Index, match.Length).Insert(match.Index, new string('_', match.Length)) : text;
        var hour = Hour(rest, day?.Date);
        if (day is null && hour is null)
        {
            return null;
        }

        var date = day?.Date ?? (hour!.Value.Time > now.TimeOfDay ? now.Date : now.Date.PlusDays(1));
        return Found(date + (hour?.Time ?? Closing(date)), day?.Match, hour?.Match);
    }

    private SpokenDate? Found(LocalDateTime at, params Match?[] parts)
    {
        var found = parts.OfType<Match>().ToList();
        var (start, end) = (found.Min(m => m.Index), found.Max(m => m.Index + m.Length));
        return at > now ? new SpokenDate(at, start, end - start) : null;
    }

    // «En dos horas», «de 3 a 5 días hábiles», «la próxima media hora».
    private LocalDateTime? After(Match span)
    {
        var unit = span.Groups["unit"].Value;
        if ((span.Groups["half"].Success ? (int?)0 : Number(span.Groups["last"].Success ? span.Groups["last"].Value : span.Groups["first"].Value)) is not { } count)
        {
            return null;
        }

        return unit switch
        {
            _ when span.Groups["half"].Success => now.PlusMinutes(30),
            ['m', 'i', 'n', ..] => now.PlusMinutes(count),
            ['h', ..] => now.PlusHours(count),
            ['s' or 'w', ..] => EndOf(now.Date.PlusWeeks(count)),
            _ when span.Groups["open"].Success => EndOf(OpenDays(count)),
            _ => EndOf(now.Date.PlusDays(count)),
        };
    }

    private (LocalDate Date, Match Match)? Day(string text)
    {
        var today = now.Date;
        if (DayAfterTomorrow().Match(text) is { Success: true } after)
        {
            return (today.PlusDays(2), after);
        }

        if (Dated().Match(text) is { Success: true } dated && DateOf(dated) is { } written)
        {
            return (written, dated);
        }

        if (Named().Match(text) is { Success: true } named)
        {
            return (Weekday(named), named);
        }

        if (Tomorrow().Match(text) is { Success: true } tomorrow)
        {
            return (today.PlusDays(1), tomorrow);
        }

        if (Today().Match(text) is { Success: true } onToday)
        {
            return (today, onToday);
        }

        return Period().Match(text) is { Success: true } period ? (LastOf(period), period) : null;
    }

    private LocalDate? DateOf(Match match)
    {
        var day = int.Parse(match.Groups["day"].Value, CultureInfo.InvariantCulture);
        var named = match.Groups["month"].Value;
        var month = named.Length > 0 ? Array.FindIndex(Months, m => m.StartsWith(named[..3], StringComparison.Ordinal) || (named == "setiembre" && m == "septiembre")) + 1
            : match.Groups["number"].Success ? int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) : 0;
        if (month == 0)
        {
            // «El día 5», «el 5»: of this month, or of the next one that has it.
            return Enumerable.Range(0, 3).Select(n => now.Date.With(DateAdjusters.StartOfMonth).PlusMonths(n)).Where(m => day >= 1 && day <= m.Calendar.GetDaysInMonth(m.Year, m.Month))
                .Select(m => (LocalDate?)m.PlusDays(day - 1)).FirstOrDefault(d => d >= now.Date);
        }

        var year = match.Groups["year"] is { Success: true } typed ? int.Parse(typed.Value, CultureInfo.InvariantCulture) + (typed.Length == 2 ? 2000 : 0) : now.Year;
        if (month > 12 || day < 1 || year > now.Year + 2 || day > CalendarSystem.Iso.GetDaysInMonth(year, month))
        {
            return null;
        }

        var date = new LocalDate(year, month, day);
        return date < now.Date && !match.Groups["year"].Success ? date.PlusYears(1) : date;
    }

    private LocalDate Weekday(Match match)
    {
        var day = Weekdays[match.Groups["name"].Value];
        var nextWeek = match.Groups["week"].Success;
        var start = nextWeek ? now.Date.Next(IsoDayOfWeek.Monday).PlusDays(-1) : now.Date;
        var date = start.Next(day);
        // «El lunes 30» is the Monday that is a 30th.
        return match.Groups["number"].Success && int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) is var number
            ? Enumerable.Range(0, 9).Select(w => date.PlusWeeks(w)).Where(d => d.Day == number).DefaultIfEmpty(date).First() : date;
    }

    private LocalDate LastOf(Match period)
    {
        var today = now.Date;
        var endOfMonth = today.With(DateAdjusters.EndOfMonth);
        return period.Groups["what"].Value switch
        {
            "mes" or "month" => endOfMonth,
            "quincena" => today.Day <= 15 ? today.With(DateAdjusters.StartOfMonth).PlusDays(14) : endOfMonth,
            "finde" => today.DayOfWeek == IsoDayOfWeek.Sunday ? today : today.Next(IsoDayOfWeek.Sunday),
            _ => LastOpen(period.Groups["next"].Success ? today.Next(IsoDayOfWeek.Monday).PlusDays(6) : today.DayOfWeek == IsoDayOfWeek.Sunday ? today : today.Next(IsoDayOfWeek.Sunday)),
        };
    }

    private (LocalTime Time, Match Match)? Hour(string text, LocalDate? day)
    {
        if (Clock().Matches(text).Select(m => (Time: TimeOf(m), Match: m)).LastOrDefault(t => t.Time is not null) is { Time: { } time } found)
        {
            return (time, found.Match);
        }

        if (Part().Match(text) is not { Success: true } part)
        {
            return null;
        }

        var closing = Closing(day ?? now.Date);
        return (part.Groups["part"].Value switch
        {
            "mediodia" or "medio dia" or "noon" => Noon,
            "primera hora" or "temprano" => Opening(day ?? now.Date).PlusHours(1),
            "media manana" => MidMorning,
            "media tarde" => MidAfternoon,
            "manana" or "morning" => Noon,
            "noche" => Night,
            _ => closing,
        }, part);
    }

    private LocalTime? TimeOf(Match match)
    {
        var hour = int.Parse(match.Groups["hour"].Value, CultureInfo.InvariantCulture);
        var minute = match.Groups["minute"].Success ? int.Parse(match.Groups["minute"].Value, CultureInfo.InvariantCulture)
            : match.Groups["half"].Value switch { "media" => 30, "cuarto" => 15, _ => 0 };
        var half = match.Groups["of"].Value.Split(' ')[^1];
        if (hour > 24 || minute > 59 || (hour == 24 && minute > 0))
        {
            return null;
        }

        if (half.Length > 0 && hour <= 12)
        {
            hour = half switch { "pm" or "tarde" or "noche" when hour < 12 => hour + 12, "am" or "manana" or "noche" when hour == 12 => 0, _ => hour };
        }
        else if (hour is > 0 and < 8 && match.Groups["hour"].Value[0] != '0')
        {
            // «A las 5» of an office is in the afternoon.
            hour += 12;
        }

        return new LocalTime(hour % 24, minute);
    }

    private LocalDateTime EndOf(LocalDate date) => date + Closing(date);

    private LocalTime Closing(LocalDate date) => hours.HoursOn(date)?.Closes ?? Evening;

    private LocalTime Opening(LocalDate date) => hours.HoursOn(date)?.Opens ?? new LocalTime(9, 0);

    private bool IsOpen(LocalDate date) => hours.Week.Count == 0 ? date.DayOfWeek < IsoDayOfWeek.Saturday : hours.HoursOn(date) is not null;

    private LocalDate OpenDays(int count)
    {
        var date = now.Date;
        for (var left = count; left > 0 && date < now.Date.PlusYears(1);)
        {
            date = date.PlusDays(1);
            left -= IsOpen(date) ? 1 : 0;
        }

        return date;
    }

    private LocalDate LastOpen(LocalDate date) => Enumerable.Range(0, 7).Select(n => date.PlusDays(-n)).FirstOrDefault(d => IsOpen(d) && d >= now.Date, date);

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 365 ? number
        : Numbers.TryGetValue(text, out var word) ? word : null;

    private const string Count = @"\d{1,3}|un par de|par de|cuarenta y ocho|setenta y dos|veinticuatro|[a-z]{2,7}";
    private const string Units = @"(?<unit>minutos?|mins?|horas?|hours?|hrs?|h|dias?|days?|semanas?|weeks?)\b";

    [GeneratedRegex(@"\b(?:en|dentro de|de aqui a|within|in)\s+(?:las?\s+|los\s+|el\s+)?(?:proxim[oa]s?\s+|siguientes?\s+|(?:un\s+)?plazo\s+(?:maximo\s+)?de\s+|no mas de\s+|menos de\s+|maximo\s+|(?:a\s+)?lo mas\s+)?(?:(?<half>media)\s+(?<unit>hora)|(?:de\s+)?(?<first>" + Count + @")(?:\s*(?:a|o|y|-|to)\s*(?<last>\d{1,3}|[a-z]{2,7}))?\s+(?:(?<open>business|working)\s+)?" + Units + @"(?<open>\s+(?:habil(?:es)?|laborable(?:s)?|de trabajo|laboral(?:es)?))?)")]
    private static partial Regex Span();

    [GeneratedRegex(@"\bpasado\s+manana\b|\bday after tomorrow\b")]
    private static partial Regex DayAfterTomorrow();

    [GeneratedRegex(@"\b(?:(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo),?\s+)?(?:(?:el|del|al)\s+)?(?:dia\s+)?(?<day>\d{1,2})\s*(?:de\s+|-|\s)\s*(?<month>enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|(?:ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic)\b)(?:\s+(?:de\s+|del\s+)?(?<year>20\d{2})|-(?<year>20\d{2}|\d{2}))?|\b(?<day>\d{1,2})/(?<number>\d{1,2})(?:/(?<year>20\d{2}|\d{2}))?\b|\b(?:el|al|del)\s+(?:dia\s+)?(?<day>\d{1,2})\b(?!\s*(?::|\.\d|%|h\b|hrs|horas|am\b|pm\b|a las))")]
    private static partial Regex Dated();

    [GeneratedRegex(@"\b(?<week>next\s+|proximo\s+|otro\s+)?(?<name>lunes|martes|miercoles|jueves|viernes|sabado|domingo|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b(?:\s+(?<number>\d{1,2})\b(?!\s*(?::|h\b|hrs|horas|am\b|pm\b)))?(?<week>\s+(?:de la\s+)?(?:que viene|proxima semana|otra semana|semana que viene|semana entrante|siguiente semana))?")]
    private static partial Regex Named();

    [GeneratedRegex(@"(?<!\b(?:la|esta|media|pasado)\s)\bmanana\b(?:\s+mismo)?|\btomorrow\b")]
    private static partial Regex Tomorrow();

    [GeneratedRegex(@"\bhoy\b(?:\s+mismo)?|\besta\s+(?=manana|tarde|noche|misma)|\b(?:en el transcurso|en lo que queda|en lo que resta|en el resto|a lo largo|durante el resto|antes de que termine|antes de que acabe)\s+(?:de hoy|del|de este|el)\s+(?=dia)|\bdurante\s+el\s+(?=dia)|\btoday\b")]
    private static partial Regex Today();

    [GeneratedRegex(@"\b(?:(?:la\s+)?(?<next>proxima|siguiente)\s+(?<what>semana)|(?:la\s+)?(?<what>semana)\s+(?<next>que viene|entrante|proxima|que entra)|esta\s+(?:misma\s+)?(?<what>semana|quincena)|(?:a\s+|para\s+)?fin(?:ales)?\s+(?:de|del)\s+(?:este\s+)?(?<what>mes|semana)(?!\s*de)|este\s+(?:mismo\s+)?(?<what>mes)|(?:la\s+)?(?<what>quincena)|(?<next>next)\s+(?<what>week)|(?:the\s+)?end of (?:the\s+)?(?<what>month|week)|this\s+(?<what>week))\b")]
    private static partial Regex Period();

    [GeneratedRegex(@"(?:\b(?:a|antes de|para|hasta|desde|entre|y|de|tipo|hacia|sobre|before|by|at)\s+(?:las?\s+)?|\b)(?:(?<hour>\d{1,2})(?:[:.](?<minute>[0-5]\d))?\s*(?:hrs?\b|horas?\b|h\b)?\s*(?<of>am\b|pm\b|de la manana\b|de la tarde\b|de la noche\b|del mediodia\b)|(?<hour>\d{1,2}):(?<minute>[0-5]\d)|(?<=\blas?\s)(?<hour>\d{1,2})(?:\s+y\s+(?<half>media|cuarto))?\b(?!\s*(?:horas habiles|dias|de [a-z]{4,}bre|%))|(?<hour>\d{1,2})\s*(?:hrs\b|horas\b|h\b)|(?<=\b(?:by|before|at)\s)(?<hour>\d{1,2})\b)")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\b(?:(?:a|al|antes del?|hacia el|para el|before)\s+)?(?<part>mediodia|medio dia|noon)\b|\ba\s+(?<part>primera hora|media manana|media tarde|ultima hora)\b|\bmuy\s+(?<part>temprano)\b|\b(?<part>temprano)\b|\b(?:por|en|durante|esta|de|in the|this)\s+(?:la\s+)?(?<part>manana|tarde|noche|morning|afternoon)\b|\b(?<=esta\s)(?<part>manana|tarde|noche)\b|\b(?:antes\s+del?|al)\s+(?<part>cierre|cerrar|final del dia|terminar el dia)\b|\b(?<part>end of (?:the )?day)\b")]
    private static partial Regex Part();
}
