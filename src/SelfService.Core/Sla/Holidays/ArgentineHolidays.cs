using NodaTime;

namespace SelfService.Core.Sla.Holidays;

/// <summary>
/// Argentina: Ley 27.399 since 2017, decree 1584/2010 before; Güemes's day by Ley 27.258 since 2016. Days «no laborables con fines
/// turísticos» are decreed each year.
/// </summary>
internal static class ArgentineHolidays
{
    public static IEnumerable<(LocalDate Date, string Name)> Of(int year)
    {
        var easter = PublicHolidays.Easter(year);
        yield return (new LocalDate(year, 1, 1), "Año Nuevo");
        yield return (easter.PlusDays(-48), "Carnaval");
        yield return (easter.PlusDays(-47), "Carnaval");
        yield return (new LocalDate(year, 3, 24), "Día Nacional de la Memoria por la Verdad y la Justicia");
        yield return (new LocalDate(year, 4, 2), "Día del Veterano y de los Caídos en la Guerra de Malvinas");
        yield return (easter.PlusDays(-2), "Viernes Santo");
        yield return (new LocalDate(year, 5, 1), "Día del Trabajador");
        yield return (new LocalDate(year, 5, 25), "Día de la Revolución de Mayo");
        if (year >= 2016)
        {
            yield return (year == 2016 ? new LocalDate(2016, 6, 17) : Moved(new LocalDate(year, 6, 17)), "Paso a la Inmortalidad del General Güemes");
        }

        yield return (new LocalDate(year, 6, 20), "Paso a la Inmortalidad del General Belgrano");
        yield return (new LocalDate(year, 7, 9), "Día de la Independencia");
        yield return (year < 2017 ? PublicHolidays.Monday(year, 8, 3) : Moved(new LocalDate(year, 8, 17)), "Paso a la Inmortalidad del General San Martín");
        yield return (year < 2017 ? PublicHolidays.Monday(year, 10, 2) : Moved(new LocalDate(year, 10, 12)), "Día del Respeto a la Diversidad Cultural");
        yield return (year < 2017 ? PublicHolidays.Monday(year, 11, 4) : Moved(new LocalDate(year, 11, 20)), "Día de la Soberanía Nacional");
        yield return (new LocalDate(year, 12, 8), "Inmaculada Concepción de María");
        yield return (new LocalDate(year, 12, 25), "Navidad");
    }

    // On a Tuesday or Wednesday it moves to the Monday before, on a Thursday or Friday to the one after.
    private static LocalDate Moved(LocalDate date) => date.DayOfWeek switch
    {
        IsoDayOfWeek.Tuesday or IsoDayOfWeek.Wednesday => date.Previous(IsoDayOfWeek.Monday),
        IsoDayOfWeek.Thursday or IsoDayOfWeek.Friday => date.Next(IsoDayOfWeek.Monday),
        _ => date,
    };
}
