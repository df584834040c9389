using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Rendering;

namespace SelfService.Core.Tests;

/// <summary>Words of rendered articles, and a company, for tests of this project, which has neither resources nor content.</summary>
internal static class TestWords
{
    public static RenderWords Spanish { get; } = new()
    {
        Note = "Nota",
        Tip = "Consejo",
        Important = "Importante",
        Warning = "Advertencia",
        Caution = "Precaución",
        ExternalLink = "sitio externo",
        HeadingLink = "Enlace a esta sección",
        Table = "Tabla",
        BackToText = "Volver al texto",
        UnknownFigure = "dato no disponible",
        DaySpan = "de {0} a {1}",
        HourSpan = "de {0} a {1}",
        LastOfSeveral = "{0} y {1}",
    };

    public static CompanyProfile Company(params CompanyAction[] actions) => new()
    {
        Name = "Ensayo",
        Locale = "es-MX",
        TimeZone = DateTimeZone.Utc,
        Currency = "MXN",
        Country = "MX",
        Contact = new ContactWays(),
        OpeningHours = new OpeningHours(DateTimeZone.Utc, new Dictionary<IsoDayOfWeek, DayHours>(), new Dictionary<LocalDate, string>()),
        Actions = actions,
    };
}
