using NodaTime;

namespace SelfService.Core.Sla.Holidays;

/// <summary>Mexico: article 74 of the Ley Federal del Trabajo. The federal executive takes office on 1 October since 2024, on 1 December before.</summary>
internal static class MexicanHolidays
{
    public static IEnumerable<(LocalDate Date, string Name)> Of(int year)
    {
        yield return (new LocalDate(year, 1, 1), "Año Nuevo");
        yield return (PublicHolidays.Monday(year, 2, 1), "Día de la Constitución");
        yield return (PublicHolidays.Monday(year, 3, 3), "Natalicio de Benito Juárez");
        yield return (new LocalDate(year, 5, 1), "Día del Trabajo");
        yield return (new LocalDate(year, 9, 16), "Día de la Independencia");
        if (year % 6 == 2)
        {
            yield return (new LocalDate(year, year < 2024 ? 12 : 10, 1), "Cambio del Poder Ejecutivo Federal");
        }

        yield return (PublicHolidays.Monday(year, 11, 3), "Aniversario de la Revolución");
        yield return (new LocalDate(year, 12, 25), "Navidad");
    }
}
