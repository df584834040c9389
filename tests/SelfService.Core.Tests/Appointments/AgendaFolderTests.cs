using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Appointments.Content;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Sla;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Appointments;

public sealed class AgendaFolderTests : IDisposable
{
    private const string Places = """
        places:
          - key: centro
            name: Sucursal Centro
            address: Calle 1, Centro
            time_zone: America/Tijuana
            hours: { monday: "09:00-13:00, 14:00-18:00", saturday: 10:00-14:00 }
            exceptions:
              - { date: 2026-12-24, hours: 10:00-12:00 }
              - { date: 2026-12-28 }
          - key: norte
            name: Zona norte
            hours: { monday: 09:00-18:00 }
        people:
          - key: ana
            name: Ana Ruiz
            account: ana@ensayo.example
            skills: [tecnico, instructor]
            places: [centro, norte]
          - key: luis
            name: Luis Mora
            skills: [tecnico]
            places: [centro]
            hours: { monday: 10:00-12:00 }
            exceptions:
              - { date: 2026-11-02 }
        rooms:
          - { key: mostrador, name: Mostrador, skills: [mostrador], places: [centro], units: 2 }
        """;

    private const string Visit = """
        title: Visita técnica
        summary: Un técnico revisa la falla.
        icon: wrench
        position: 2
        mode: home
        price: $450
        queue: ayuda
        duration: 3h
        before: 10m
        after: 15m
        every: 90m
        hours: { monday: "09:00-12:00, 12:00-15:00" }
        needs: { tecnico: 1, mostrador: 1 }
        seats: 6
        seats_each: 2
        places: [centro]
        notice: 12h
        horizon: 60d
        change_until: 24h
        change_rule: Después cuesta $200.
        reminders: [2h, 24h, 2h]
        follow_up: 1d
        choose_person: true
        repeats: 4
        waiting_list: 2h
        bring: [Una persona adulta, El número de serie]
        fields:
          - name: aparato
            type: choice
            label: ¿Qué aparato falla?
            required: true
            options:
              - { value: lavadora, label: Lavadora }
              - { value: otro, label: Otro }
          - name: cual
            type: text
            label: ¿Cuál?
            show_when: { field: aparato, is: [otro] }
        """;

    private const string Short = """
        title: Entrega
        duration: 15m
        needs: { tecnico: 1 }
        """;

    private static readonly SlaPolicy Policy = new("estandar", new SlaTimes(TimeSpan.FromHours(8), TimeSpan.FromHours(8), null), SlaHours.Always);
    private static readonly ServiceDesk Desk = new([new Queue("atencion", "Atención", Policy), new Queue("ayuda", "Ayuda", Policy)], [Policy], "atencion", TimeSpan.FromDays(14));

    private readonly TestFolder folder = new TestFolder().Write("services/_agenda.yaml", Places).Write("services/visita.yaml", Visit);
    private readonly List<ContentProblem> problems = [];

    [Fact]
    public void A_good_place_is_read_whole()
    {
        var centre = Read().Place("centro")!;

        Assert.Empty(problems);
        Assert.Equal(("Sucursal Centro", "Calle 1, Centro", "America/Tijuana"), (centre.Name, centre.Address, centre.Zone.Id));
        Assert.Equal([Span(9, 13), Span(14, 18)], centre.Hours.On(new LocalDate(2026, 10, 5)));
        Assert.Equal([Span(10, 12)], centre.Hours.On(new LocalDate(2026, 12, 24)));
        Assert.Empty(centre.Hours.On(new LocalDate(2026, 12, 28)));
        Assert.Empty(centre.Hours.On(new LocalDate(2026, 10, 6)));
        Assert.Equal(Company().TimeZone, Read().Place("norte")!.Zone);
    }

    [Fact]
    public void The_agenda_of_the_readme_is_good()
    {
        var blocks = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).Split("```yaml\n").Skip(1).Select(block => block.Split("```")[0]).ToList();
        folder.Write("services/_agenda.yaml", blocks.Single(b => b.StartsWith("places:", StringComparison.Ordinal)));
        folder.Write("services/visita.yaml", blocks.Single(b => b.Contains("\nduration:", StringComparison.Ordinal)));

        var service = Assert.Single(Read().Services);

        Assert.Empty(problems);
        Assert.Equal((12, TimeSpan.FromHours(3), 45), (service.Seats, service.Duration, service.HorizonDays));
    }

    [Fact]
    public void Holidays_of_the_company_are_closed_everywhere_except_where_hours_are_written()
    {
        var holidays = new Dictionary<LocalDate, string> { [new LocalDate(2026, 10, 5)] = "Fiesta", [new LocalDate(2026, 12, 24)] = "Víspera" };
        var centre = AgendaFolder.Read(folder.Root, Company(holidays), Desk, problems).Place("centro")!;

        Assert.Empty(centre.Hours.On(new LocalDate(2026, 10, 5)));
        Assert.Equal([Span(10, 12)], centre.Hours.On(new LocalDate(2026, 12, 24)));
    }

    [Fact]
    public void Good_people_and_rooms_are_read_whole()
    {
        var agenda = Read();
        var (ana, luis, counter) = (agenda.Resource("ana")!, agenda.Resource("luis")!, agenda.Resource("mostrador")!);

        Assert.Equal(["ana", "luis", "mostrador"], agenda.Resources.Select(r => r.Key));
        Assert.Equal((ResourceKind.Person, "Ana Ruiz", "ana@ensayo.example", 1), (ana.Kind, ana.Name, ana.Account, ana.Units));
        Assert.Equal(["tecnico", "instructor"], ana.Skills);
        Assert.Equal(["centro", "norte"], ana.Places);
        Assert.Null(ana.Hours);
        Assert.Equal([Span(10, 12)], luis.Hours!.On(new LocalDate(2026, 10, 5)));
        Assert.Empty(luis.Hours.On(new LocalDate(2026, 11, 2)));
        Assert.Equal((ResourceKind.Room, 2), (counter.Kind, counter.Units));
    }

    [Fact]
    public void A_good_service_is_read_whole()
    {
        var visit = Read().Service("visita")!;

        Assert.Equal(("Visita técnica", "Un técnico revisa la falla.", "wrench", 2, "$450", "ayuda"), (visit.Title, visit.Summary, visit.Icon, visit.Position, visit.Price, visit.Queue));
        Assert.Equal((ServiceMode.AtHome, "/citas/visita"), (visit.Mode, visit.Url));
        Assert.Equal((180, 10, 15, 90), (visit.Duration.TotalMinutes, visit.Before.TotalMinutes, visit.After.TotalMinutes, visit.Every.TotalMinutes));
        Assert.Equal([Span(9, 12), Span(12, 15)], visit.Hours!.On(new LocalDate(2026, 10, 5)));
        Assert.Equal([new Need("tecnico", 1), new Need("mostrador", 1)], visit.Needs);
        Assert.Equal((6, 2, true), (visit.Seats, visit.SeatsEach, visit.IsShared));
        Assert.Equal(["centro"], visit.Places);
        Assert.Equal((12, 60, 24), (visit.Notice.TotalHours, visit.HorizonDays, visit.ChangeUntil.TotalHours));
        Assert.Equal("Después cuesta $200.", visit.ChangeRule);
        Assert.Equal([TimeSpan.FromHours(24), TimeSpan.FromHours(2)], visit.Reminders);
        Assert.Equal(TimeSpan.FromDays(1), visit.FollowUp);
        Assert.Equal((false, 4, TimeSpan.FromHours(2)), (visit.ChoosesPerson, visit.Repeats, visit.Offer));
        Assert.Equal(["Una persona adulta", "El número de serie"], visit.Bring);
        Assert.Equal(["aparato", "cual"], visit.Fields.Select(f => f.Name));
        Assert.Equal("aparato", visit.Fields[1].Condition!.Field);
    }

    [Fact]
    public void What_a_service_does_not_say_is_the_most_ordinary()
    {
        folder.Write("services/entrega.yaml", Short);

        var agenda = Read();
        var service = agenda.Service("entrega")!;

        Assert.Empty(problems);
        Assert.Equal((ServiceMode.AtPlace, "atencion", service.Duration, 1, 1, 1), (service.Mode, service.Queue, service.Every, service.Seats, service.SeatsEach, service.Repeats));
        Assert.Equal(["centro", "norte"], service.Places);
        Assert.Null(service.Hours);
        Assert.Equal((false, false), (service.ChoosesPerson, service.HasWaitingList));
        Assert.Equal(["visita", "entrega"], agenda.Services.Select(s => s.Slug));
    }

    [Theory]
    [InlineData("duration: 3h", "duration: 7m", "duration")]
    [InlineData("duration: 3h", "duration: 25h", "duration")]
    [InlineData("duration: 3h", "duration: 0m", "duration")]
    [InlineData("duration: 3h", "", "duration")]
    [InlineData("before: 10m", "before: 3m", "before")]
    [InlineData("every: 90m", "every: 0m", "every")]
    [InlineData("12:00-15:00", "11:00-15:00", "hours.monday")]
    [InlineData("12:00-15:00", "12:00-15:03", "hours.monday")]
    [InlineData("hours: { monday:", "hours: { lunes:", "hours")]
    [InlineData("hours: { monday:", "hours: { Monday: 08:00-09:00, monday:", "hours")]
    [InlineData("places: [centro]", "places: [luna]", "places")]
    [InlineData("places: [centro]", "places: []", "places")]
    [InlineData("places: [centro]", "places: [norte]", "needs.mostrador")]
    [InlineData("tecnico: 1", "tecnico: 3", "needs.tecnico")]
    [InlineData("tecnico: 1", "tecnico: 0", "needs.tecnico")]
    [InlineData("tecnico: 1", "piloto: 1", "needs.piloto")]
    [InlineData("needs: { tecnico: 1, mostrador: 1 }", "", "needs")]
    [InlineData("mostrador: 1", "instructor: 1", "needs")]
    [InlineData("seats: 6", "seats: 501", "seats")]
    [InlineData("seats_each: 2", "seats_each: 7", "seats_each")]
    [InlineData("mode: home", "mode: calle", "mode")]
    [InlineData("notice: 12h", "notice: pronto", "notice")]
    [InlineData("horizon: 60d", "horizon: 400d", "horizon")]
    [InlineData("reminders: [2h,", "reminders: [ayer,", "reminders")]
    [InlineData("repeats: 4", "repeats: 27", "repeats")]
    [InlineData("title: Visita técnica", "", "title")]
    public void A_service_that_cannot_be_used_is_named_and_left_out_alone(string good, string bad, string key)
    {
        Assert.Contains(good, Visit, StringComparison.Ordinal);
        folder.Write("services/visita.yaml", Visit.Replace(good, bad, StringComparison.Ordinal)).Write("services/entrega.yaml", Short);

        var agenda = Read();

        var problem = Assert.Single(problems);
        Assert.Equal(("services/visita.yaml", ProblemSeverity.Error), (problem.File, problem.Severity));
        Assert.StartsWith(key + ":", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(["entrega"], agenda.Services.Select(s => s.Slug));
    }

    [Fact]
    public void Whoever_could_do_two_parts_of_a_service_is_named()
    {
        folder.Write("services/visita.yaml", Visit.Replace("mostrador: 1", "instructor: 1", StringComparison.Ordinal));

        Assert.Empty(Read().Services);
        Assert.Equal("needs: ana", Assert.Single(problems).Detail);
    }

    [Theory]
    [InlineData("America/Tijuana", "America/Luna", "places[0].time_zone")]
    [InlineData("14:00-18:00\"", "12:00-18:00\"", "places[0].hours.monday")]
    [InlineData("14:00-18:00\"", "18:00-14:00\"", "places[0].hours.monday")]
    [InlineData("date: 2026-12-28", "date: 2026-13-28", "places[0].exceptions")]
    [InlineData("hours: 10:00-12:00", "hours: por la mañana", "places[0].exceptions")]
    [InlineData("norte", "centro", "places")]
    [InlineData("key: norte", "key: Zona Norte", "places[1].key")]
    [InlineData("name: Zona norte", "name: ' '", "places[1].name")]
    [InlineData("places: [centro, norte]", "places: [centro, luna]", "people[0].places")]
    [InlineData("ana@ensayo.example", "ana", "people[0].account")]
    [InlineData("key: luis", "key: ana", "people")]
    [InlineData("units: 2", "units: 0", "rooms[0].units")]
    public void A_file_of_places_and_people_that_cannot_be_used_is_named_and_nothing_can_be_booked(string good, string bad, string key)
    {
        Assert.Contains(good, Places, StringComparison.Ordinal);
        folder.Write("services/_agenda.yaml", Places.Replace(good, bad, StringComparison.Ordinal));

        Assert.Empty(Read().Services);

        var problem = Assert.Single(problems);
        Assert.Equal(("services/_agenda.yaml", ProblemSeverity.Error), (problem.File, problem.Severity));
        Assert.StartsWith(key + ":", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_key_is_told_with_its_line_and_the_service_is_offered()
    {
        folder.Write("services/visita.yaml", "color: rojo\n" + Visit);

        Assert.Equal(["visita"], Read().Services.Select(s => s.Slug));

        var problem = Assert.Single(problems);
        Assert.Equal((ProblemKind.UnknownKeys, ProblemSeverity.Warning, 1, "color"), (problem.Kind, problem.Severity, problem.Line, problem.Detail));
    }

    [Fact]
    public void A_field_that_cannot_be_asked_keeps_its_service_out()
    {
        folder.Write("services/visita.yaml", Visit.Replace("is: [otro]", "is: [nada]", StringComparison.Ordinal));

        Assert.Empty(Read().Services);
        Assert.Equal(ProblemKind.FormCondition, Assert.Single(problems).Kind);
    }

    [Fact]
    public void A_queue_that_the_desk_does_not_know_is_told_and_the_default_one_answers()
    {
        folder.Write("services/visita.yaml", Visit.Replace("queue: ayuda", "queue: luna", StringComparison.Ordinal));

        Assert.Equal("atencion", Assert.Single(Read().Services).Queue);
        Assert.Equal(ProblemSeverity.Warning, Assert.Single(problems).Severity);
    }

    [Fact]
    public void Files_that_are_no_yaml_of_this_shape_are_named()
    {
        folder.Write("services/visita.yaml", "[").Write("services/entrega.yaml", "needs: [tecnico]");

        Assert.Empty(Read().Services);
        Assert.Equal(["services/entrega.yaml", "services/visita.yaml"], problems.Select(p => p.File).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_company_without_the_folder_takes_no_appointments()
    {
        using var empty = new TestFolder();

        Assert.Same(Agenda.None, AgendaFolder.Read(empty.Root, Company(), Desk, problems));
        Assert.Empty(problems);
    }

    public void Dispose() => folder.Dispose();

    private static DayHours Span(int opens, int closes) => new(new LocalTime(opens, 0), new LocalTime(closes, 0));

    private Agenda Read() => AgendaFolder.Read(folder.Root, Company(), Desk, problems);

    private static CompanyProfile Company(IReadOnlyDictionary<LocalDate, string>? holidays = null) => CompanyProfile.Neutral with
    {
        OpeningHours = new OpeningHours(CompanyProfile.Neutral.TimeZone, new Dictionary<IsoDayOfWeek, DayHours>(), holidays ?? new Dictionary<LocalDate, string>()),
    };
}
