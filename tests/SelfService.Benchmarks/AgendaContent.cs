using System.Globalization;
using System.Text;

namespace SelfService.Benchmarks;

/// <summary>A company with one short service, given by as many people as wanted.</summary>
internal static class AgendaContent
{
    public const string Service = "consulta";
    public const string Place = "centro";

    /// <summary>Beginnings of a day: every quarter of an hour from eight to six.</summary>
    public const int StartsADay = 40;

    /// <summary>Writes it into a folder of its own.</summary>
    /// <param name="content">The company's content folder.</param>
    /// <returns>The new folder.</returns>
    public static string Write(string content, string folder, int people)
    {
        Directory.CreateDirectory(Path.Combine(folder, "services"));
        FormContent.CopyCompany(content, folder);
        var agenda = new StringBuilder();
        var hours = string.Join(", ", Enum.GetNames<DayOfWeek>().Select(day => $"{day.ToLowerInvariant()}: \"08:00-18:00\""));
        agenda.Append(CultureInfo.InvariantCulture, $"places:\n  - {{ key: {Place}, name: Centro, time_zone: America/Mexico_City, hours: {{ {hours} }} }}\npeople:\n");
        for (var person = 0; person < people; person++)
        {
            agenda.Append(CultureInfo.InvariantCulture, $"  - {{ key: {Person(person)}, name: Persona {person}, skills: [asesor], places: [{Place}] }}\n");
        }

        File.WriteAllText(Path.Combine(folder, "services", "_agenda.yaml"), agenda.ToString());
        File.WriteAllText(Path.Combine(folder, "services", Service + ".yaml"), "title: Consulta\nduration: 15m\nneeds: { asesor: 1 }\nchoose_person: true\nhorizon: 60d\n");
        return folder;
    }

    /// <summary>Key of a person.</summary>
    public static string Person(int number) => string.Create(CultureInfo.InvariantCulture, $"p{number}");
}
