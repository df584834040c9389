using NodaTime;

namespace SelfService.Core.Sla.Holidays;

/// <summary>Colombia: Ley 51 de 1983 («Ley Emiliani») moves most holidays to the Monday that follows.</summary>
internal static class ColombianHolidays
{
    public static IEnumerable<(LocalDate Date, string Name)> Of(int year)
    {
        var easter = PublicHolidays.Easter(year);
        return
        [
            (new LocalDate(year, 1, 1), "Año Nuevo"),
            Moved(1, 6, "Día de los Reyes Magos"),
            Moved(3, 19, "Día de San José"),
            (easter.PlusDays(-3), "Jueves Santo"),
            (easter.PlusDays(-2), "Viernes Santo"),
            (new LocalDate(year, 5, 1), "Día del Trabajo"),
            (easter.PlusDays(43), "Ascensión del Señor"),
            (easter.PlusDays(64), "Corpus Christi"),
            (easter.PlusDays(71), "Sagrado Corazón de Jesús"),
            Moved(6, 29, "San Pedro y San Pablo"),
            (new LocalDate(year, 7, 20), "Día de la Independencia"),
            (new LocalDate(year, 8, 7), "Batalla de Boyacá"),
            Moved(8, 15, "Asunción de la Virgen"),
            Moved(10, 12, "Día de la Diversidad Étnica y Cultural"),
            Moved(11, 1, "Día de Todos los Santos"),
            Moved(11, 11, "Independencia de Cartagena"),
            (new LocalDate(year, 12, 8), "Inmaculada Concepción"),
            (new LocalDate(year, 12, 25), "Navidad"),
        ];

        (LocalDate, string) Moved(int month, int day, string name) => (PublicHolidays.MondayFrom(new LocalDate(year, month, day)), name);
    }
}
