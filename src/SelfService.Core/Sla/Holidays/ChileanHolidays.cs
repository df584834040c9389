using NodaTime;

namespace SelfService.Core.Sla.Holidays;

/// <summary>
/// Chile: Ley 2.977 and those that changed it: 19.668 (two holidays move to a Monday), 20.148 (16 July), 20.215 and 20.983 (days beside the
/// national holidays, and 2 January), 20.299 (31 October), 21.357 (winter solstice).
/// </summary>
internal static class ChileanHolidays
{
    public static IEnumerable<(LocalDate Date, string Name)> Of(int year)
    {
        var easter = PublicHolidays.Easter(year);
        yield return (new LocalDate(year, 1, 1), "Año Nuevo");
        if (year >= 2017 && new LocalDate(year, 1, 2).DayOfWeek == IsoDayOfWeek.Monday)
        {
            yield return (new LocalDate(year, 1, 2), "Feriado de Año Nuevo");
        }

        yield return (easter.PlusDays(-2), "Viernes Santo");
        yield return (easter.PlusDays(-1), "Sábado Santo");
        yield return (new LocalDate(year, 5, 1), "Día del Trabajo");
        yield return (new LocalDate(year, 5, 21), "Día de las Glorias Navales");
        if (year >= 2021)
        {
            yield return (Solstice(year), "Día Nacional de los Pueblos Indígenas");
        }

        yield return (Moved(new LocalDate(year, 6, 29)), "San Pedro y San Pablo");
        yield return (new LocalDate(year, 7, 16), "Virgen del Carmen");
        yield return (new LocalDate(year, 8, 15), "Asunción de la Virgen");
        if (BesideIndependence(year) is { } bridge)
        {
            yield return (bridge, "Fiestas Patrias");
        }

        yield return (new LocalDate(year, 9, 18), "Independencia Nacional");
        yield return (new LocalDate(year, 9, 19), "Día de las Glorias del Ejército");
        yield return (Moved(new LocalDate(year, 10, 12)), "Encuentro de Dos Mundos");
        yield return (Reformation(new LocalDate(year, 10, 31)), "Día de las Iglesias Evangélicas y Protestantes");
        yield return (new LocalDate(year, 11, 1), "Día de Todos los Santos");
        yield return (new LocalDate(year, 12, 8), "Inmaculada Concepción");
        yield return (new LocalDate(year, 12, 25), "Navidad");
    }

    // From Tuesday to Thursday it moves to the Monday of that week, on a Friday to the one after.
    private static LocalDate Moved(LocalDate date) => date.DayOfWeek switch
    {
        IsoDayOfWeek.Tuesday or IsoDayOfWeek.Wednesday or IsoDayOfWeek.Thursday => date.Previous(IsoDayOfWeek.Monday),
        IsoDayOfWeek.Friday => date.Next(IsoDayOfWeek.Monday),
        _ => date,
    };

    private static LocalDate Reformation(LocalDate date) => date.DayOfWeek switch
    {
        IsoDayOfWeek.Tuesday => date.Previous(IsoDayOfWeek.Friday),
        IsoDayOfWeek.Wednesday => date.Next(IsoDayOfWeek.Friday),
        _ => date,
    };

    private static LocalDate? BesideIndependence(int year) => new LocalDate(year, 9, 18).DayOfWeek switch
    {
        IsoDayOfWeek.Tuesday => new LocalDate(year, 9, 17),
        IsoDayOfWeek.Wednesday => new LocalDate(year, 9, 20),
        IsoDayOfWeek.Saturday when year >= 2017 => new LocalDate(year, 9, 17),
        _ => null,
    };

    // In Chile's time it is the 20th in leap years and the years after them, until 2049; in its first year the law named the 21st.
    private static LocalDate Solstice(int year) => new(year, 6, year % 4 is 0 or 1 && year != 2021 ? 20 : 21);
}
