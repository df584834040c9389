using NodaTime;

namespace SelfService.Core.Sla.Holidays;

/// <summary>Peru: Decreto Legislativo 713 and the laws that added days: 31381 and 31530 since 2022, 31788 and 31822 since 2024.</summary>
internal static class PeruvianHolidays
{
    public static IEnumerable<(LocalDate Date, string Name)> Of(int year)
    {
        var easter = PublicHolidays.Easter(year);
        (LocalDate Date, string Name, int Since)[] all =
        [
            (new LocalDate(year, 1, 1), "Año Nuevo", 0),
            (easter.PlusDays(-3), "Jueves Santo", 0),
            (easter.PlusDays(-2), "Viernes Santo", 0),
            (new LocalDate(year, 5, 1), "Día del Trabajo", 0),
            (new LocalDate(year, 6, 7), "Batalla de Arica y Día de la Bandera", 2024),
            (new LocalDate(year, 6, 29), "San Pedro y San Pablo", 0),
            (new LocalDate(year, 7, 23), "Día de la Fuerza Aérea del Perú", 2024),
            (new LocalDate(year, 7, 28), "Fiestas Patrias", 0),
            (new LocalDate(year, 7, 29), "Fiestas Patrias", 0),
            (new LocalDate(year, 8, 6), "Batalla de Junín", 2022),
            (new LocalDate(year, 8, 30), "Santa Rosa de Lima", 0),
            (new LocalDate(year, 10, 8), "Combate de Angamos", 0),
            (new LocalDate(year, 11, 1), "Día de Todos los Santos", 0),
            (new LocalDate(year, 12, 8), "Inmaculada Concepción", 0),
            (new LocalDate(year, 12, 9), "Batalla de Ayacucho", 2022),
            (new LocalDate(year, 12, 25), "Navidad", 0),
        ];
        return all.Where(h => year >= h.Since).Select(h => (h.Date, h.Name));
    }
}
