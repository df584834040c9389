using System.Text.RegularExpressions;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Appointments.Content;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Orders;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Appointments;

/// <summary>What can be booked in the company that comes with the portal.</summary>
public sealed partial class DemonstrationAgendaTests
{
    private const int FewestServices = 8;
    private const int FewestPlaces = 5;
    private const int FewestOffsets = 3;

    private static readonly string Content = Path.Combine(Repository.Root, "content");
    private static readonly CompanyProfile Brisal = CompanyFile.Read(File.ReadAllBytes(Path.Combine(Content, CompanyFile.FileName)), []);
    private static readonly ServiceDesk Desk = ServiceDeskFile.Read(File.ReadAllBytes(Path.Combine(Content, ServiceDeskFile.FileName)));

    private readonly List<ContentProblem> problems = [];
    private readonly Agenda agenda;

    public DemonstrationAgendaTests() => agenda = AgendaFolder.Read(Content, Brisal, Desk, problems);

    [Fact]
    public void Everything_in_it_can_be_used()
    {
        Assert.Empty(problems);
        Assert.True(agenda.Services.Count >= FewestServices, $"{agenda.Services.Count} services");
        Assert.Equal(Directory.GetFiles(Path.Combine(Content, AgendaFolder.FolderName), "*.yaml").Length - 1, agenda.Services.Count);
        Assert.Equal(agenda.Services.Count, agenda.Services.Select(s => s.Position).Distinct().Count());
    }

    [Theory]
    [InlineData(2026, 1, 15)]
    [InlineData(2026, 7, 15)]
    public void Its_places_have_three_clocks_or_more_at_the_same_moment(int year, int month, int day)
    {
        var moment = Instant.FromUtc(year, month, day, 18, 0);

        Assert.True(agenda.Places.Count >= FewestPlaces, $"{agenda.Places.Count} places");
        Assert.True(agenda.Places.Select(p => p.Zone.GetUtcOffset(moment)).Distinct().Count() >= FewestOffsets);
    }

    [Fact]
    public void Every_service_has_somebody_for_each_part_of_it_at_each_of_its_places() =>
        Assert.All(agenda.Services, service => Assert.All(agenda.PlacesOf(service), place =>
            Assert.All(service.Needs, need => Assert.True(agenda.Able(need, place).Count >= need.Count, $"{service.Slug}: {need.Skill}, {place.Key}"))));

    [Fact]
    public void Every_service_is_free_in_an_ordinary_week_at_each_of_its_places()
    {
        var (monday, sunday) = (new LocalDate(2026, 10, 5), new LocalDate(2026, 10, 11));

        Assert.All(agenda.Services, service => Assert.All(agenda.PlacesOf(service), place =>
            Assert.NotEmpty(new FreeTime(agenda, service, place, monday, sunday, [], []).Slots(monday, sunday, Instant.MinValue, service.SeatsEach))));
    }

    [Fact]
    public void Nothing_is_given_on_a_holiday_and_the_eves_are_short()
    {
        Assert.NotEmpty(Brisal.OpeningHours.Holidays);
        Assert.All(agenda.Places, place =>
        {
            Assert.All(Brisal.OpeningHours.Holidays.Keys, day => Assert.Empty(place.Hours.On(day)));
            Assert.All([new LocalDate(2026, 12, 24), new LocalDate(2026, 12, 31)], eve => Assert.True(Open(place.Hours.On(eve)) is > 0 and < 8, $"{place.Key}: {eve}"));
        });
    }

    [Fact]
    public void The_branches_are_those_where_orders_are_collected()
    {
        var branches = OrderRulesFile.Read(File.ReadAllBytes(Path.Combine(Content, OrderRulesFile.FileName)), Brisal, Desk).Collection!.Branches;

        Assert.Equal(5, branches.Count);
        Assert.All(branches, branch => Assert.Equal((branch.Name, branch.Address), (agenda.Place(branch.Key)?.Name, agenda.Place(branch.Key)?.Address)));
    }

    [Fact]
    public void Whoever_comes_home_has_the_three_windows_of_the_articles_or_two_for_a_long_visit() =>
        Assert.All(agenda.Services.Where(s => s.Mode == ServiceMode.AtHome), service =>
        {
            Assert.Equal(service.Duration == TimeSpan.FromHours(4) ? [9, 14] : [9, 12, 15], service.Hours!.On(new LocalDate(2026, 10, 6)).Select(h => h.Opens.Hour));
            Assert.Equal(TimeSpan.FromHours(24), service.ChangeUntil);
            Assert.Contains("$200", service.ChangeRule, StringComparison.Ordinal);
            Assert.All(service.Fields, field => Assert.NotEqual(FieldType.Address, field.Type));
        });

    [Fact]
    public void A_demonstration_agent_has_appointments_of_her_own() =>
        Assert.Contains(agenda.Resources, r => r is { Kind: ResourceKind.Person, Account: "mateo@brisal.example" });

    [Fact]
    public void Its_drawings_are_in_the_sprite()
    {
        var sprite = File.ReadAllText(Path.Combine(Repository.Root, "src", "SelfService.Web", "wwwroot", "img", "icons.svg"));

        Assert.All(agenda.Services, service => Assert.Contains($"<symbol id=\"{service.Icon}\"", sprite, StringComparison.Ordinal));
    }

    [Fact]
    public void Articles_lead_only_to_services_that_are_there()
    {
        var named = Directory.GetFiles(Content, "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".md", StringComparison.Ordinal) || file.EndsWith(".yaml", StringComparison.Ordinal))
            .SelectMany(file => ServiceAddress().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value)).Distinct().ToList();

        Assert.NotEmpty(named);
        Assert.All(named, slug => Assert.NotNull(agenda.Service(slug)));
    }

    private static double Open(IReadOnlyList<DayHours> hours) => hours.Sum(h => Period.Between(h.Opens, h.Closes, PeriodUnits.Minutes).Minutes / 60.0);

    [GeneratedRegex(@"[(\s]/citas/([a-z0-9-]+)")]
    private static partial Regex ServiceAddress();
}
