using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.Deflection;
using SelfService.Core.Journeys;
using SelfService.Core.People;
using SelfService.Core.Tests.Tickets;
using SelfService.Core.Tickets;

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
        await WalkAsync(VisitStep.Reading(ana, "fuga", Morning));
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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_the_database_adds_up_is_what_one_finds_by_looking_at_each_view_alone(int seed)
    {
        var random = new Random(seed);
        var world = await RandomLog.WriteAsync(this, random);

        foreach (var window in ViewOutcomes.Windows)
        {
            for (var day = Monday; day <= Monday.PlusDays(4); day = day.PlusDays(1))
            {
                var decided = (await DecideAsync(day, window)).Select(d => (d.Slug, d.Views, d.Confirmed, d.Potential, d.Contact, d.Abandoned, d.AfterContact, d.Linked, d.Unknown));
                Assert.Equal(world.Recount(Brisal, day, window), decided);
            }
        }
    }

    private async Task<T> CountAsync<T>(Func<ArticleDay, T> figures, string slug = "fuga", TimeSpan? window = null) =>
        figures((await DecideAsync(Monday, window ?? Day)).Single(d => d.Slug == slug));

    private Task<IReadOnlyList<ArticleDay>> DecideAsync(LocalDate day, TimeSpan window) => InAsync(db => new CloseDays(db, Brisal, Clock).DecideAsync(day, window, NoCancel));

    private Task<int> CloseAsync() => InAsync(db => new CloseDays(db, Brisal, Clock).RunAsync(NoCancel));

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

    /// <summary>A log made at random, kept as it was made, so that it can be looked at without the database.</summary>
    private sealed class RandomLog
    {
        private readonly List<VisitStep> steps = [];
        private readonly List<(Guid Visitor, Guid Customer)> links = [];
        private readonly List<(Guid Customer, TicketKind Kind, DateTime At)> tickets = [];

        public static async Task<RandomLog> WriteAsync(CloseDaysTests test, Random random)
        {
            var log = new RandomLog();
            var visitors = Enumerable.Range(0, 12).Select(_ => Guid.NewGuid()).ToList();
            string[] slugs = ["fuga", "goteo", "llave"];
            DateTime Sometime() => Morning.AddSeconds(random.Next(-60_000, 5 * 86_400));
            for (var i = 0; i < 260; i++)
            {
                var (visitor, slug, at) = (visitors[random.Next(visitors.Count)], slugs[random.Next(slugs.Length)], Sometime());
                log.steps.Add(random.Next(12) switch
                {
                    0 => VisitStep.Search(visitor, "algo", at, random.Next(2)),
                    1 => VisitStep.Solved(visitor, slug, "formulario", at),
                    2 => VisitStep.Engagement(visitor, slug, at),
                    3 => VisitStep.Reading(null, slug, at),
                    4 => VisitStep.Reading(visitor, slug, log.steps.LastOrDefault()?.At.AddSeconds(random.Next(60)) ?? at),
                    _ => VisitStep.Reading(visitor, slug, at),
                });
            }

            await test.WalkAsync([.. log.steps]);
            for (var i = 0; i < 10; i++)
            {
                var (visitor, at, kind) = (visitors[random.Next(visitors.Count)], Sometime(), random.Next(4) == 0 ? TicketKind.Order : TicketKind.Request);
                var customer = await test.WritesAsync(visitor, at, kind);
                log.tickets.Add((customer, kind, at));
                log.links.Add((visitor, customer));
            }

            return log;
        }

        /// <summary>Every view on its own, against everything there is.</summary>
        public IEnumerable<(string Slug, int Views, int Confirmed, int Potential, int Contact, int Abandoned, int AfterContact, int Linked, int Unknown)> Recount(CompanyProfile company, LocalDate day, TimeSpan window)
        {
            LocalDate DayOf(DateTime at) => Instant.FromDateTimeUtc(at).InZone(company.TimeZone).Date;
            bool Within(DateTime at, DateTime since) => at > since && at <= since + window;

            var reads = steps.Where(s => s.Kind == VisitStepKind.Read && DayOf(s.At) == day).OrderBy(s => s.At).ToList();
            var views = new List<(VisitStep Step, ViewOutcome Outcome)>();
            foreach (var read in reads)
            {
                if (read.VisitorId is { } visitor)
                {
                    if (views.Any(v => v.Step.VisitorId == visitor && v.Step.Subject == read.Subject && read.At - v.Step.At < ViewOutcomes.SameView))
                    {
                        continue;
                    }

                    var hers = tickets.Where(t => links.Contains((visitor, t.Customer))).ToList();
                    views.Add((read,
                        hers.Any(t => t.Kind == TicketKind.Request && t.At <= read.At && t.At > read.At - ViewOutcomes.EarlierContact) ? ViewOutcome.AfterContact
                        : hers.Any(t => t.Kind == TicketKind.Request && Within(t.At, read.At)) ? ViewOutcome.Contact
                        : hers.Any(t => t.Kind == TicketKind.Order && Within(t.At, read.At)) ? ViewOutcome.Confirmed
                        : steps.Any(s => s.VisitorId == visitor && s.Kind == VisitStepKind.SolvedByArticle && s.Subject == read.Subject && Within(s.At, read.At)) ? ViewOutcome.Confirmed
                        : steps.Any(s => s.VisitorId == visitor && s.Kind == VisitStepKind.Searched && s.Hits == 0 && Within(s.At, read.At)) ? ViewOutcome.Abandoned
                        : ViewOutcome.Potential));
                }
                else
                {
                    views.Add((read, ViewOutcome.Unknown));
                }
            }

            int Count(IEnumerable<(VisitStep Step, ViewOutcome Outcome)> some, ViewOutcome outcome) => some.Count(v => v.Outcome == outcome);
            return views.GroupBy(v => v.Step.Subject).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (
                g.Key, g.Count(), Count(g, ViewOutcome.Confirmed), Count(g, ViewOutcome.Potential), Count(g, ViewOutcome.Contact), Count(g, ViewOutcome.Abandoned),
                Count(g, ViewOutcome.AfterContact), g.Count(v => links.Any(l => l.Visitor == v.Step.VisitorId)), Count(g, ViewOutcome.Unknown)));
        }
    }
}
