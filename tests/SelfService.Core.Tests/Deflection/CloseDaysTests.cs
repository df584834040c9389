using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.Deflection;
using SelfService.Core.Journeys;
using SelfService.Core.People;
using SelfService.Core.Tests.Tickets;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Calls;
using SelfService.Search;

namespace SelfService.Core.Tests.Deflection;

public sealed class CloseDaysTests : TicketTest
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly CompanyProfile Brisal = Company(new Dictionary<IsoDayOfWeek, DayHours>());

    private static readonly DateTime Morning = new(2026, 3, 2, 16, 0, 0, DateTimeKind.Utc);

    private static readonly LocalDate Monday = new(2026, 3, 2);

    private readonly Guid ana = Guid.NewGuid();

    public CloseDaysTests() => Clock.Now = Morning.AddDays(10);

    [Fact]
    public async Task Who_reads_and_does_nothing_more_left_without_contact_and_that_is_all_that_is_known()
    {
        await WalkAsync(VisitStep.Reading(ana, "fuga", Morning));

        Assert.Equal((1, 1, 0), await CountAsync(d => (d.Views, d.Potential, d.Linked)));
    }

    [Fact]
    public async Task Who_writes_within_the_window_made_contact_and_after_it_did_not()
    {
        await WalkAsync(VisitStep.Reading(ana, "fuga", Morning));
        await WritesAsync(ana, Morning + Day);
        Assert.Equal((1, 1), await CountAsync(d => (d.Contact, d.Linked)));

        await WalkAsync(VisitStep.Reading(ana, "goteo", Morning.AddMinutes(-1)));
        Assert.Equal((0, 1), await CountAsync(d => (d.Contact, d.Potential), "goteo"));
        Assert.Equal((1, 0), await CountAsync(d => (d.Contact, d.Potential), "goteo", ViewOutcomes.Windows[1]));
    }

    [Fact]
    public async Task A_contact_by_telephone_counts_once_the_browser_is_known()
    {
        await WalkAsync(VisitStep.Reading(ana, "fuga", Morning));
        var customer = await WritesAsync(Guid.NewGuid(), Morning.AddHours(3));
        Assert.Equal(1, await CountAsync(d => d.Potential));

        await InAsync(async db => { await db.LinkVisitorAsync(ana, customer, Clock.Now, NoCancel); return 0; });
        Assert.Equal((0, 1), await CountAsync(d => (d.Potential, d.Contact)));
    }

    [Fact]
    public async Task Who_books_by_herself_is_confirmed_and_who_books_by_telephone_made_contact()
    {
        await WalkAsync(VisitStep.Reading(ana, "fuga", Morning));
        await WritesAsync(ana, Morning.AddHours(1), TicketKind.Appointment);
        Assert.Equal((1, 0), await CountAsync(d => (d.Confirmed, d.Contact)));

        await WritesAsync(ana, Morning.AddHours(2), TicketKind.Appointment, Channel.Phone);
        Assert.Equal((0, 1), await CountAsync(d => (d.Confirmed, d.Contact)));
    }

    [Fact]
    public async Task Who_calls_about_a_case_she_has_made_contact_again()
    {
        var customer = await WritesAsync(ana, Morning.AddDays(-20));
        await WalkAsync(VisitStep.Reading(ana, "fuga", Morning));
        Assert.Equal((1, 0), await CountAsync(d => (d.Potential, d.Contact)));

        await InAsync(async db =>
        {
            db.PhoneCalls.Add(new PhoneCall { TicketId = await db.Tickets.Where(t => t.CustomerId == customer).Select(t => t.Id).SingleAsync(), CustomerId = customer, At = Morning.AddHours(3) });
            return await db.SaveChangesAsync();
        });

        Assert.Equal((0, 1), await CountAsync(d => (d.Potential, d.Contact)));
    }

    [Fact]
    public async Task What_is_read_after_writing_is_not_deflected()
    {
        await WritesAsync(ana, Morning.AddHours(-2));
        await WalkAsync(VisitStep.Reading(ana, "fuga", Morning));

        Assert.Equal((1, 0), await CountAsync(d => (d.AfterContact, d.Counted)));
    }

    [Fact]
    public async Task Saying_that_it_helped_confirms_and_searching_in_vain_does_the_opposite()
    {
        await WalkAsync(
            VisitStep.Reading(ana, "fuga", Morning), VisitStep.Solved(ana, "fuga", "formulario", Morning.AddMinutes(4)),
            VisitStep.Reading(ana, "goteo", Morning.AddMinutes(1)),
            VisitStep.Search(ana, "tubería", Morning.AddMinutes(2), hits: 0));

        Assert.Equal((1, 0), await CountAsync(d => (d.Confirmed, d.Abandoned)));
        Assert.Equal((0, 1), await CountAsync(d => (d.Confirmed, d.Abandoned), "goteo"));
    }

    [Fact]
    public async Task The_same_page_within_half_a_minute_is_one_view()
    {
        await WalkAsync(
            VisitStep.Reading(ana, "fuga", Morning), VisitStep.Reading(ana, "fuga", Morning.AddSeconds(29)), VisitStep.Reading(ana, "fuga", Morning.AddSeconds(30)),
            VisitStep.Engagement(ana, "fuga", Morning.AddSeconds(40)), VisitStep.Reading(null, "fuga", Morning), VisitStep.Reading(null, "fuga", Morning));

        Assert.Equal((4, 1, 2), await CountAsync(d => (d.Views, d.Engaged, d.Unknown)));
    }

    [Fact]
    public async Task A_day_is_closed_when_its_window_has_passed_once_and_again_when_somebody_turned_out_to_be_known()
    {
        await WalkAsync(VisitStep.Reading(ana, "fuga", Morning), VisitStep.OnArticle(VisitStepKind.Shown, ana, "fuga", Morning.AddSeconds(2)));
        Clock.Now = Brisal.TimeZone.AtStartOfDay(Monday.PlusDays(2)).ToDateTimeUtc().AddSeconds(-1);
        Assert.Equal(0, await CloseAsync());
        Clock.Now = Clock.Now.AddSeconds(1);

        Assert.Equal(1, await CloseAsync());
        Assert.Equal(0, await CloseAsync());
        Clock.Now = Morning.AddDays(20);
        Assert.True(await CloseAsync() > 2);
        Assert.Equal(3, await InAsync(db => db.ArticleDays.CountAsync(d => d.Slug == "fuga")));

        Clock.Now = Clock.Now.AddMinutes(1);
        var customer = await WritesAsync(Guid.NewGuid(), Morning.AddHours(3));
        await InAsync(async db => { await db.LinkVisitorAsync(ana, customer, Clock.Now, NoCancel); return 0; });
        Clock.Now = Clock.Now.AddMinutes(1);
        Assert.Equal(3, await CloseAsync());
        Assert.Equal([1, 1, 1], await InAsync(db => db.ArticleDays.Where(d => d.Slug == "fuga").Select(d => d.Contact).ToListAsync()));
        Assert.Equal(0, await CloseAsync());
    }

    [Fact]
    public async Task Links_go_with_the_last_step_of_their_browser()
    {
        await WritesAsync(ana, Morning);
        await WalkAsync(VisitStep.Reading(ana, "fuga", Morning.AddDays(1)));

        Clock.Now = Morning.AddMonths(ForgetSteps.MonthsKept).AddHours(1);
        await InAsync(db => new ForgetSteps(db, Clock).RunAsync(NoCancel));
        Assert.Equal(1, await InAsync(db => db.VisitorLinks.CountAsync()));

        Clock.Now = Clock.Now.AddDays(2);
        await InAsync(db => new ForgetSteps(db, Clock).RunAsync(NoCancel));
        Assert.Equal(0, await InAsync(db => db.VisitorLinks.CountAsync()));
    }

    [Fact]
    public async Task What_no_browser_said_it_showed_was_fetched_by_a_machine()
    {
        var machine = Guid.NewGuid();
        await WalkAsync(
            VisitStep.Reading(ana, "fuga", Morning), VisitStep.Reading(machine, "fuga", Morning), VisitStep.Reading(machine, "goteo", Morning.AddSeconds(1)),
            VisitStep.OnArticle(VisitStepKind.Machine, null, "fuga", Morning), VisitStep.OnArticle(VisitStepKind.Shown, ana, "fuga", Morning.AddSeconds(3)));

        Assert.Equal((1, 2, 1), await ExactlyAsync(d => (d.Views, d.Machines, d.Counted)));
        Assert.Equal((0, 1), await ExactlyAsync(d => (d.Views, d.Machines), "goteo"));
        var visits = (await DecideAsync(Monday, Day)).Visits;
        Assert.Equal((1, 1), (visits.Visits, visits.Machines));
    }

    [Fact]
    public async Task What_an_agent_sent_is_read_after_contact()
    {
        await WalkAsync(VisitStep.OnArticle(VisitStepKind.ReadFromAgent, ana, "fuga", Morning));

        Assert.Equal((1, 1, 0), await CountAsync(d => (d.Views, d.AfterContact, d.Counted)));
    }

    [Fact]
    public async Task A_visit_ends_after_half_an_hour_without_anything_whatever_the_clock_says()
    {
        var midnight = Brisal.TimeZone.AtStartOfDay(Monday.PlusDays(1)).ToDateTimeUtc();
        await WalkAsync(
            VisitStep.Search(ana, "fuga", Morning), VisitStep.Search(ana, "llave", Morning.AddMinutes(30).AddSeconds(-1)),
            VisitStep.Search(ana, "goteo", Morning.AddMinutes(60).AddSeconds(1)),
            VisitStep.Reading(ana, "fuga", midnight.AddMinutes(-5)), VisitStep.Engagement(ana, "fuga", midnight.AddMinutes(5)), VisitStep.Search(ana, "grifo", midnight.AddMinutes(20)));

        var (monday, tuesday) = ((await DecideAsync(Monday, Day)).Visits, (await DecideAsync(Monday.PlusDays(1), Day)).Visits);

        Assert.Equal((3, 3, 0), (monday.Visits, monday.WithIntent, tuesday.Visits));
    }

    [Fact]
    public async Task Searches_that_ask_for_the_same_are_one_term()
    {
        var other = Guid.NewGuid();
        await WalkAsync(
            VisitStep.Search(ana, "cancelar mi pedido", Morning, hits: 3), VisitStep.Reading(ana, "cancelar", Morning.AddSeconds(20), "cancelar mi pedido"),
            VisitStep.OnArticle(VisitStepKind.Shown, ana, "cancelar", Morning.AddSeconds(22)),
            VisitStep.Search(other, "CANCELACIÓN de pedidos", Morning, hits: 0), VisitStep.Search(other, "anular compra", Morning.AddMinutes(1), hits: 2),
            VisitStep.Search(null, "cancelar mi pedido", Morning, hits: 0));
        await WritesAsync(other, Morning.AddMinutes(9));

        var terms = (await DecideAsync(Monday, Day)).Searches;

        var cancel = Assert.Single(terms, t => t.Searches == 3);
        Assert.Equal((2, 0, 1, 1, 2), (cancel.InVain, cancel.NoClick, cancel.Reformulated, cancel.Contact, cancel.Visitors));
        Assert.Equal("cancelar mi pedido", cancel.Example);
        var undo = Assert.Single(terms, t => t.Example == "anular compra");
        Assert.Equal((1, 0, 1, 0, 1), (undo.Searches, undo.InVain, undo.NoClick, undo.Reformulated, undo.Contact));
    }

    [Fact]
    public async Task A_form_tells_who_opened_it_what_was_offered_and_who_wrote()
    {
        var other = Guid.NewGuid();
        await WalkAsync(
            VisitStep.OnForm(VisitStepKind.OpenedForm, ana, "falla", Morning), VisitStep.Offer(ana, false, "e", "fuga", "falla", Morning.AddMinutes(1)),
            VisitStep.Reading(ana, "fuga", Morning.AddMinutes(2), form: "falla"), VisitStep.Solved(ana, "fuga", "falla", Morning.AddMinutes(3)),
            VisitStep.OnForm(VisitStepKind.OpenedForm, other, "falla", Morning), VisitStep.Offer(other, true, "e", "fuga", "falla", Morning.AddMinutes(1)),
            VisitStep.OnForm(VisitStepKind.SentForm, other, "falla", Morning.AddMinutes(4)), VisitStep.OnForm(VisitStepKind.OpenedForm, null, "falla", Morning));
        await WritesAsync(other, Morning.AddMinutes(4));

        var decided = await DecideAsync(Monday, Day);

        var form = Assert.Single(decided.Forms);
        Assert.Equal((3, 1, 1, 1, 1, 2, 1), (form.Opened, form.Sent, form.Offered, form.Taken, form.Solved, form.Visitors, form.Contact));
        Assert.Equal([("e", false, 1, 0), ("e", true, 1, 1)], decided.Experiments.Select(e => (e.Experiment, e.IsHeld, e.Visitors, e.Contact)));
    }

    [Fact]
    public async Task Whoever_came_into_an_experiment_before_counts_on_that_day_only()
    {
        await WalkAsync(
            VisitStep.Offer(ana, true, "e", "fuga", "falla", Morning), VisitStep.Offer(ana, true, "e", "fuga", "falla", Morning.AddHours(3)),
            VisitStep.Offer(ana, true, "e", "fuga", "falla", Morning.AddDays(1)));

        Assert.Equal(1, Assert.Single((await DecideAsync(Monday, Day)).Experiments).Visitors);
        Assert.Empty((await DecideAsync(Monday.PlusDays(1), Day)).Experiments);
    }

    private async Task<T> CountAsync<T>(Func<ArticleDay, T> figures, string slug = "fuga", TimeSpan? window = null)
    {
        // Her browser has shown what she read.
        await WalkAsync(VisitStep.OnArticle(VisitStepKind.Shown, ana, slug, Morning.AddMinutes(1)));
        return await FiguresAsync(figures, slug, window);
    }

    private async Task<T> FiguresAsync<T>(Func<ArticleDay, T> figures, string slug, TimeSpan? window) =>
        figures((await DecideAsync(Monday, window ?? Day)).Articles.Single(d => d.Slug == slug));

    private Task<DayDecision> DecideAsync(LocalDate day, TimeSpan window) => InAsync(db => new CloseDays(db, Brisal, SearchLanguage.Default, Clock).DecideAsync(day, window, NoCancel));

    private Task<int> CloseAsync() => InAsync(db => new CloseDays(db, Brisal, SearchLanguage.Default, Clock).RunAsync(NoCancel));

    // As it stands; CountAsync is for people whose browsers have shown what they read.
    private Task<T> ExactlyAsync<T>(Func<ArticleDay, T> figures, string slug = "fuga") => FiguresAsync(figures, slug, Day);

    private Task WalkAsync(params VisitStep[] steps) => InAsync(async db =>
    {
        db.VisitSteps.AddRange(steps);
        return await db.SaveChangesAsync();
    });

    // Opens a ticket at that moment from that browser.
    private async Task<Guid> WritesAsync(Guid visitor, DateTime at, TicketKind kind = TicketKind.Request, Channel channel = Channel.Portal)
    {
        var now = Clock.Now;
        Clock.Now = at;
        var opened = await InAsync(db => new OpenTicket(db, Desk, Sla(), new Trails(db), new GatherCases(db), Clock).RunAsync(
            new TicketRequest
            {
                SubmissionKey = Guid.NewGuid(),
                Kind = kind,
                Channel = channel,
                Queue = "help",
                Sla = "standard",
                Subject = "Fuga",
                Contact = new Contact("Ana", $"{Guid.NewGuid():N}@ensayo.example", null, null),
                VisitorId = visitor,
            },
            NoCancel));
        Clock.Now = now;
        return await InAsync(db => db.Tickets.Where(t => t.Id == opened.Id).Select(t => t.CustomerId).SingleAsync());
    }
}
