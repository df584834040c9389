using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Deflection;
using SelfService.Core.Journeys;
using SelfService.Core.Tests.Tickets;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Deflection;

public sealed class ReportsTests : TicketTest
{
    private static readonly LocalDate Monday = new(2026, 3, 2);
    private static readonly ReportPeriod Week = new(Monday, Monday.PlusDays(6), 72);
    private static readonly Experiment Experiment = new("prueba", ExperimentKind.FormOffers, "", 0.5, Monday, Monday.PlusDays(6), 100);

    [Fact]
    public void The_period_before_is_as_long_and_ends_the_day_before() =>
        Assert.Equal(new ReportPeriod(Monday.PlusDays(-7), Monday.PlusDays(-1), 72), Week.Before);

    [Fact]
    public async Task Days_are_added_up_within_the_period_and_the_window()
    {
        await InAsync(async db =>
        {
            foreach (var (day, hours) in new[] { (0, 72), (6, 72), (7, 72), (-1, 72), (0, 24) })
            {
                db.VisitDays.Add(new VisitDay { Day = Monday.PlusDays(day), WindowHours = hours, Visits = 10, WithIntent = 8, Machines = 2, Unlinked = 1, Visitors = 6, Counted = 7, Contact = 3, ContactSquared = 3, CountedSquared = 9, Products = 4 });
                db.SearchDays.Add(new SearchDay { Day = Monday.PlusDays(day), WindowHours = hours, Term = "fuga", Example = day == 6 ? "fugas" : "una fuga", Searches = 5, InVain = 1, NoClick = 2, Reformulated = 1, Visitors = 5, Counted = 5, Contact = 1 });
                db.FormDays.Add(new FormDay { Day = Monday.PlusDays(day), WindowHours = hours, Form = "falla", Opened = 4, Sent = 2, Offered = 3, Taken = 1, Solved = 1, Visitors = 4, Counted = 4, Contact = 2 });
                db.FoundDays.Add(new FoundDay { Day = Monday.PlusDays(day), WindowHours = hours, Term = "fuga", Slug = "fuga-de-agua", Example = "fugas", Visitors = 2, Counted = 2 });
                db.ExperimentDays.Add(new ExperimentDay { Day = Monday.PlusDays(day), WindowHours = hours, Experiment = "prueba", IsHeld = day == 0, Visitors = 50, Counted = 50, Contact = 10, ContactSquared = 10, CountedSquared = 50, Products = 10 });
            }

            return await db.SaveChangesAsync();
        });

        Assert.Equal(new VisitSum(20, 16, 2, 4, new ContactSums(12, 14, 6, 6, 18, 8)), await InAsync(db => db.VisitsAsync(Week, NoCancel)));
        Assert.Equal([Monday, Monday.PlusDays(6)], (await InAsync(db => db.TrendAsync(Week, NoCancel))).Select(d => d.Day));
        Assert.Equal([new SearchSum("fuga", "fugas", 10, 2, 4, 2, new ContactSums(10, 10, 2, 0, 0, 0))], await InAsync(db => db.SearchesAsync(Week, NoCancel)));
        Assert.Equal([new FormSum("falla", 8, 4, 6, 2, 2, new ContactSums(8, 8, 4, 0, 0, 0))], await InAsync(db => db.FormsAsync(Week, NoCancel)));
        Assert.Equal([new FoundSum("fuga-de-agua", "fugas", 4)], (await InAsync(db => db.FoundAsync(Week, ["fuga-de-agua", "otro"], NoCancel)))["fuga-de-agua"]);
        // An experiment has all of its days, whatever the period.
        var sides = Assert.Single(await InAsync(db => db.ExperimentsAsync([Experiment], 72, NoCancel)));
        Assert.Equal((50, 150), (sides.Held.Visitors, sides.Shown.Visitors));
        Assert.Equal(new VisitSum(0, 0, 0, 0, ContactSums.None), await InAsync(db => db.VisitsAsync(Week with { Hours = 168 }, NoCancel)));
    }

    [Fact]
    public async Task Service_is_what_was_rated_and_which_dates_were_kept()
    {
        Clock.Now = new DateTime(2026, 3, 2, 16, 0, 0, DateTimeKind.Utc);
        var (good, bad, late) = (await OpenAsync(Request()), await OpenAsync(Request() with { Channel = Channel.Phone }), await OpenAsync(Request()));
        foreach (var (ticket, rating) in new[] { (good, 5), (bad, 2) })
        {
            await ChangeAsync(ticket.Id, t => t.Solve(Actor.System, TimeSpan.FromDays(5), Clock.Now));
            await ChangeAsync(ticket.Id, t => t.Rate(rating, "", Actor.Customer(null), Clock.Now.AddHours(1)));
        }

        await ChangeAsync(late.Id, t => t.Escalate(Clock.Now.AddDays(9)));
        var (start, end) = (Clock.Now.AddDays(-1), Clock.Now.AddDays(1));

        Assert.Equal(new ServiceSum(2, 1, 3, 1), await InAsync(db => db.ServiceAsync(start, end, NoCancel)));
        Assert.Equal(new ServiceSum(0, 0, 0, 0), await InAsync(db => db.ServiceAsync(end, end.AddDays(1), NoCancel)));
        Assert.Equal(
            [new ChannelSum(Channel.Portal, TicketKind.Request, 2), new ChannelSum(Channel.Phone, TicketKind.Request, 1)], await InAsync(db => db.ChannelsAsync(start, end, NoCancel)));
    }

    [Fact]
    public void Failed_searches_for_the_same_are_one_gap_and_those_that_cost_contacts_come_first()
    {
        SearchSum Search(string term, int searches, int inVain, int contacts) => new(term, term, searches, inVain, 0, 0, new ContactSums(searches, searches, contacts, 0, 0, 0));

        var gaps = Gaps.Of([
            Search("cita noche", 5, 5, 1), Search("cita noche visita", 3, 3, 1), Search("factura", 90, 10, 30), Search("oxxo pagar", 9, 7, 0), Search("sueño", 2, 2, 2),
        ]);

        Assert.Equal([("cita noche", 8, 8, 2), ("oxxo pagar", 7, 9, 0)], gaps.Select(g => (g.Key, g.Failed, g.Searches, g.Contacts)));
        Assert.Equal(["cita noche", "cita noche visita"], gaps[0].Questions);
    }

    [Fact]
    public async Task Of_a_gap_one_sees_what_its_people_wrote_afterwards_without_their_numbers()
    {
        var (ana, gap) = (Guid.NewGuid(), new Gap("cita noche", ["cita de noche"], 3, 3, 1));
        Clock.Now = new DateTime(2026, 3, 2, 16, 0, 0, DateTimeKind.Utc);
        await InAsync(async db =>
        {
            db.VisitSteps.Add(VisitStep.Search(ana, "cita de noche", Clock.Now, 0));
            return await db.SaveChangesAsync();
        });
        Clock.Now = Clock.Now.AddHours(1);
        await OpenAsync(Request() with { VisitorId = ana, Subject = "Cita de noche, 55 1234 5678" });
        Clock.Now = Clock.Now.AddDays(9);
        await OpenAsync(Request() with { VisitorId = ana, Subject = "Otra cosa" });

        Assert.Equal(["Cita de noche, •••"], await InAsync(db => db.RequestsAfterAsync(gap, Clock.Now.AddDays(-90), NoCancel)));
    }
}
