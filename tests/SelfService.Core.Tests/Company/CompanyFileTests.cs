using System.Text;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Content;

namespace SelfService.Core.Tests.Company;

public sealed class CompanyFileTests
{
    private const string Good = """
        name: Brisal
        locale: es-MX
        time_zone: America/Mexico_City
        currency: MXN
        country: MX
        brand: { hue: 200, chroma: 0.1 }
        contact:
          phone: "800 555 0142"
          whatsapp_link: "https://wa.me/525555550188"
          urgent: { label: Urgencias, phone: "800 555 0199" }
        opening_hours:
          monday: 08:00-20:00
          saturday: 09:00-15:00
        holidays:
          - { date: 2026-12-25, name: Navidad }
        """;

    [Fact]
    public void A_good_file_is_read_whole()
    {
        var profile = Read(Good);

        Assert.Equal(("Brisal", "es-MX", "MXN", "MX", "America/Mexico_City"), (profile.Name, profile.Locale, profile.Currency, profile.Country, profile.TimeZone.Id));
        Assert.Equal(new BrandColour(200, 0.1), profile.Brand);
        Assert.Equal(("8005550142", "8005550199"), (profile.Contact.PhoneLink, profile.Contact.Urgent!.PhoneLink));
        Assert.Equal(["es", "en"], profile.Languages);
        Assert.Equal(new DayHours(new LocalTime(9, 0), new LocalTime(15, 0)), profile.OpeningHours.Week[IsoDayOfWeek.Saturday]);
        Assert.Equal("Navidad", profile.OpeningHours.Holidays[new LocalDate(2026, 12, 25)]);
    }

    [Fact]
    public void The_file_of_the_demonstration_is_good() =>
        Assert.Equal("Brisal", CompanyFile.Read(File.ReadAllBytes(Path.Combine(Repository.Root, "content", CompanyFile.FileName)), []).Name);

    [Fact]
    public void Actions_are_read_in_their_order_with_the_words_for_them()
    {
        var problems = new List<ContentProblem>();
        var profile = CompanyFile.Read(Encoding.UTF8.GetBytes(Good + """

            actions:
              - { title: " Hacer un pedido ", address: "/contacto?para=pedir", icon: cart, words: [comprar, "sacar un pedido"] }
              - { title: Escribir, address: "https://wa.me/525555550188", words: "mensaje, chat" }
              - { title: Entrar, address: /, guests_only: true }
            """), problems);

        Assert.Empty(problems);
        Assert.Equal(["Hacer un pedido", "Escribir", "Entrar"], profile.Actions.Select(a => a.Title));
        Assert.Equal(["/contacto?para=pedir", "https://wa.me/525555550188", "/"], profile.Actions.Select(a => a.Address));
        Assert.Equal(["comprar", "sacar un pedido", "mensaje", "chat"], profile.Actions.SelectMany(a => a.Words));
        Assert.Equal(["cart", "", ""], profile.Actions.Select(a => a.Icon));
        Assert.Equal([false, false, true], profile.Actions.Select(a => a.GuestsOnly));
    }

    [Theory]
    [InlineData("{ address: /x }", ProblemKind.ActionTitle, "actions 2")]
    [InlineData("{ title: [a], address: /x }", ProblemKind.ActionTitle, "actions 2")]
    [InlineData("{ title: A }", ProblemKind.ActionAddress, "actions 2: —")]
    [InlineData("{ title: A, address: contacto }", ProblemKind.ActionAddress, "actions 2: contacto")]
    [InlineData("{ title: A, address: 'http://a.example/' }", ProblemKind.ActionAddress, "actions 2: http://a.example/")]
    [InlineData("{ title: A, address: 'javascript:alert(1)' }", ProblemKind.ActionAddress, "actions 2: javascript:alert(1)")]
    [InlineData("{ title: A, address: 'tel:+521' }", ProblemKind.ActionAddress, "actions 2: tel:+521")]
    [InlineData("{ title: A, address: //otro.example }", ProblemKind.ActionAddress, "actions 2: //otro.example")]
    [InlineData("{ title: A, address: '/\\otro.example' }", ProblemKind.ActionAddress, "actions 2: /\\otro.example")]
    [InlineData("{ title: A, address: 'https://' }", ProblemKind.ActionAddress, "actions 2: https://")]
    [InlineData("solo texto", ProblemKind.ActionUnreadable, "actions 2")]
    [InlineData("[a, b]", ProblemKind.ActionUnreadable, "actions 2")]
    public void An_action_that_cannot_be_used_is_named_and_the_rest_stays(string entry, ProblemKind kind, string detail)
    {
        var problems = new List<ContentProblem>();
        var profile = CompanyFile.Read(Encoding.UTF8.GetBytes($"{Good}\nactions:\n  - {{ title: Sana, address: /contacto }}\n  - {entry}\n"), problems);

        Assert.Equal((kind, ProblemSeverity.Error, detail), problems.Select(p => (p.Kind, p.Severity, p.Detail)).Single());
        Assert.Equal(["Sana"], profile.Actions.Select(a => a.Title));
    }

    [Fact]
    public void A_key_that_no_action_has_is_reported_and_the_action_stays()
    {
        var problems = new List<ContentProblem>();
        var profile = CompanyFile.Read(Encoding.UTF8.GetBytes($"{Good}\nactions:\n  - {{ title: Sana, address: /contacto, label: x, adress: y }}\n"), problems);

        Assert.Equal((ProblemKind.ActionKeys, ProblemSeverity.Warning, "actions 1: label, adress"), problems.Select(p => (p.Kind, p.Severity, p.Detail)).Single());
        Assert.Single(profile.Actions);
    }

    [Fact]
    public void Actions_that_are_no_list_are_reported()
    {
        var problems = new List<ContentProblem>();
        var profile = CompanyFile.Read(Encoding.UTF8.GetBytes($"{Good}\nactions: muchas\n"), problems);

        Assert.Equal(ProblemKind.ActionUnreadable, Assert.Single(problems).Kind);
        Assert.Empty(profile.Actions);
    }

    [Theory]
    [InlineData("name: Brisal", "name:", "name")]
    [InlineData("locale: es-MX", "locale: xx-QQQQ-no", "locale")]
    [InlineData("locale: es-MX", "x: y", "locale")]
    [InlineData("America/Mexico_City", "America/Macondo", "time_zone")]
    [InlineData("currency: MXN", "", "currency")]
    [InlineData("country: MX", "", "country")]
    [InlineData("hue: 200", "hue: 400", "brand")]
    [InlineData("chroma: 0.1", "chroma: 5", "brand")]
    [InlineData("https://wa.me", "javascript:x", "contact.whatsapp_link")]
    [InlineData("monday: 08:00-20:00", "lunes: 08:00-20:00", "opening_hours.lunes")]
    [InlineData("monday: 08:00-20:00", "monday: 20:00-08:00", "opening_hours.monday")]
    [InlineData("monday: 08:00-20:00", "monday: 8-20", "opening_hours.monday")]
    [InlineData("monday: 08:00-20:00", "monday: 08:00", "opening_hours.monday")]
    [InlineData("monday: 08:00-20:00", "monday: 08:00-25:00", "opening_hours.monday")]
    [InlineData("monday: 08:00-20:00", "monday:", "opening_hours.monday")]
    [InlineData("monday: 08:00-20:00", "9: 08:00-20:00", "opening_hours.9")]
    [InlineData("2026-12-25", "25/12/2026", "holidays")]
    [InlineData("2026-12-25", "2026-02-30", "holidays")]
    public void A_value_that_cannot_be_used_is_named(string good, string bad, string key)
    {
        var problem = Assert.Throws<ContentException>(() => Read(Good.Replace(good, bad, StringComparison.Ordinal))).Problem;

        Assert.Equal(ProblemKind.UnknownValue, problem.Kind);
        Assert.StartsWith(key, problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a\n- b")]
    [InlineData("name: [a")]
    [InlineData("name: {a: b}")]
    [InlineData("brand: mucho")]
    [InlineData("a: &x b\nc: *x")]
    public void What_is_no_company_file_is_refused(string text) => Assert.Throws<ContentException>(() => Read(text));

    private static CompanyProfile Read(string text) => CompanyFile.Read(Encoding.UTF8.GetBytes(text), []);
}
