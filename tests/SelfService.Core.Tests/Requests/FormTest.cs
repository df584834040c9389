using System.Text;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Requests;
using SelfService.Core.Sla;
using SelfService.Core.Tests.KnowledgeBase;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Requests;

/// <summary>A desk with two queues, and forms as a company writes them.</summary>
public abstract class FormTest
{
    private static readonly SlaPolicy Standard = new("estandar", new SlaTimes(TimeSpan.FromHours(8), TimeSpan.FromHours(8), null), SlaHours.Always);
    private static readonly SlaPolicy Urgent = new("urgente", new SlaTimes(TimeSpan.FromHours(1), TimeSpan.FromHours(2), null), SlaHours.Always);

    protected static readonly ServiceDesk Desk = new(
        [new Queue("ayuda", "Ayuda", Standard), new Queue("redes", "Redes", Urgent)], [Standard, Urgent], "ayuda", TimeSpan.FromDays(14));

    protected static readonly FakeClock Clock = new();

    /// <summary>Reads a form; problems that are not expected fail the test.</summary>
    protected static RequestForm Form(string yaml)
    {
        var problems = new List<ContentProblem>();
        var form = RequestFormFile.Read("ensayo", Encoding.UTF8.GetBytes(yaml), Desk, problems);
        Assert.Empty(problems);
        return form!;
    }

    /// <summary>A form with these fields, written as in the file.</summary>
    protected static RequestForm WithFields(string fields, string head = "") => Form($"title: Ensayo\n{head}\nfields:\n{fields}");

    protected static FormAnswers Answer(RequestForm form, params (string Name, string Value)[] typed) => Answer(form, "es-MX", [], typed);

    protected static FormAnswers Answer(RequestForm form, string locale, string[] files, params (string Name, string Value)[] typed) =>
        new AnswerForm(Company(locale), Desk, new AnswerWords("Sí"), Clock).Read(
            form,
            new TypedValues(typed.GroupBy(t => t.Name).ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(t => t.Value)])),
            files.ToLookup(_ => form.Fields.First(f => f.Type == FieldType.File).Name));

    /// <summary>The only answer as a person reads it.</summary>
    protected static string Shown(FormAnswers answers)
    {
        Assert.Empty(answers.Errors);
        return Assert.Single(answers.Answers).Value;
    }

    protected static AnswerProblem Problem(FormAnswers answers) => Assert.Single(answers.Errors).Problem;

    protected static CompanyProfile Company(string locale = "es-MX")
    {
        var zone = DateTimeZoneProviders.Tzdb["America/Mexico_City"];
        return new CompanyProfile
        {
            Name = "Ensayo",
            Locale = locale,
            TimeZone = zone,
            Currency = locale == "es-AR" ? "ARS" : locale == "es-CL" ? "CLP" : "MXN",
            Country = "MX",
            Contact = new ContactWays(),
            OpeningHours = new OpeningHours(zone, new Dictionary<IsoDayOfWeek, DayHours>(), new Dictionary<LocalDate, string>()),
        };
    }
}
