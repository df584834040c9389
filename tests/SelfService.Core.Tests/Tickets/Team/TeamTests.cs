using NodaTime;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Team;

namespace SelfService.Core.Tests.Tickets.Team;

/// <summary>What supervisors see, against what is known to be so.</summary>
public sealed class TeamTests : TicketTest
{
    [Fact]
    public async Task Satisfaction_says_what_silence_leaves_open_and_who_wrote_again()
    {
        var start = Clock.Now;
        var agent = await PersonAsync("mateo@ensayo.example");
        var ids = new List<Guid>();
        for (var n = 0; n < 5; n++)
        {
            ids.Add((await OpenAsync(Request(email: $"c{n}@ensayo.example"))).Id);
            await ChangeAsync(ids[n], t => t.StaffSolved(Words(t), Actor.Staff(agent), Desk.ReopenWindow, Clock.Now));
        }

        // Rated well; well, and wrote again elsewhere; badly; silent twice. Who closed it herself was not asked.
        await RateAsync(ids[0], 5);
        await RateAsync(ids[1], 4);
        await RateAsync(ids[2], 1);
        var hers = (await OpenAsync(Request(email: "sola@ensayo.example"))).Id;
        await ChangeAsync(hers, t => t.Close(Actor.Customer(null), Desk.ReopenWindow, Clock.Now));
        Clock.Now += TimeSpan.FromDays(6);
        await OpenAsync(Request(email: "c1@ensayo.example"));
        Clock.Now += TimeSpan.FromDays(2);
        await OpenAsync(Request(email: "c0@ensayo.example"));

        var sum = Assert.Single(await InAsync(db => db.SatisfactionAsync(start, Clock.Now, NoCancel)));

        Assert.Equal((5, 3, 2, 1), (sum.Asked, sum.Answered, sum.Satisfied, sum.WroteAgain));
        Assert.Equal((0.4, 0.8), sum.Bounds);
        Assert.Equal([ids[1]], (await InAsync(db => db.WroteAgainAsync(start, Clock.Now, 10, NoCancel))).Select(w => w.Id));
        Assert.Empty(await InAsync(db => db.SatisfactionAsync(Clock.Now, Clock.Now.AddDays(1), NoCancel)));
    }

    [Fact]
    public async Task Solved_again_she_is_not_asked_again()
    {
        var agent = await PersonAsync("mateo@ensayo.example");
        var id = (await OpenAsync(Request())).Id;
        await ChangeAsync(id, t => t.StaffSolved(Words(t), Actor.Staff(agent), Desk.ReopenWindow, Clock.Now));
        var asked = (await TicketAsync(id)).AskedToRateAt;
        Clock.Now += TimeSpan.FromDays(1);
        await ChangeAsync(id, t => t.Reopen(Actor.Customer(null), Clock.Now.AddHours(8), Clock.Now));
        await ChangeAsync(id, t => t.StaffSolved(Words(t), Actor.Staff(agent), Desk.ReopenWindow, Clock.Now));

        Assert.Equal(asked, (await TicketAsync(id)).AskedToRateAt);
    }

    [Fact]
    public async Task Load_and_times_are_those_of_the_tickets()
    {
        var start = Clock.Now;
        var agent = await PersonAsync("mateo@ensayo.example");
        var (done, late) = ((await OpenAsync(Request())).Id, (await OpenAsync(Request(email: "b@ensayo.example"))).Id);
        Clock.Now += TimeSpan.FromHours(3);
        await ChangeAsync(done, t => t.StaffReplied(Words(t), Actor.Staff(agent), new Commitment(NextStep.Promise, "Voy", Clock.Now.AddHours(1)), Clock.Now));
        Clock.Now += TimeSpan.FromHours(6);

        var load = await InAsync(db => db.LoadAsync(Clock.Now, Clock.Now.AddHours(1), NoCancel));
        var times = await InAsync(db => db.TimesAsync(start, Clock.Now, Clock.Now, Sla(), (_, queue) => queue, NoCancel));

        Assert.Equal((2, 2, 1), (load.Sum(l => l.Open), load.Sum(l => l.Overdue), load.Sum(l => l.PromisedToday)));
        Assert.Equal(1, load.Single(l => l.OwnerId == agent).Open);
        Assert.Equal((2, 0), (times["help"].Opened, times["help"].Solution.Count));
        Assert.Equal([TimeSpan.FromHours(3)], times["help"].FirstResponse);
        Assert.True((await TicketAsync(late)).IsOverdue(Clock.Now));
    }

    [Fact]
    public void The_forecast_learns_each_day_of_the_week_and_its_interval_holds_what_it_says()
    {
        var (inside, all) = (0, 0);
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var means = Enumerable.Range(0, 7).Select(d => d < 5 ? 20 + random.Next(80) : random.Next(10)).ToArray();
            var from = new LocalDate(2026, 11, 27);
            int Came(LocalDate date) => Poisson(random, means[(int)date.DayOfWeek - 1]);
            var counts = Enumerable.Range(1, 12 * 7).Select(n => from.PlusDays(-n)).ToDictionary(d => d, Came);

            foreach (var day in ArrivalForecast.Of(counts, from.PlusDays(-12 * 7), from, d => d.DayOfWeek < IsoDayOfWeek.Saturday))
            {
                var came = Came(day.Date);
                (inside, all) = (inside + (came >= Math.Floor(day.Low) && came <= Math.Ceiling(day.High) ? 1 : 0), all + 1);
            }
        }

        Assert.InRange((double)inside / all, 0.76, 0.90);
    }

    [Fact]
    public void A_holiday_is_like_a_closed_day_and_before_four_weeks_there_is_no_forecast()
    {
        var from = new LocalDate(2026, 11, 27);
        var counts = Enumerable.Range(1, 60).Select(n => from.PlusDays(-n)).ToDictionary(d => d, d => d.DayOfWeek == IsoDayOfWeek.Sunday ? 3 : 40);
        bool IsOpen(LocalDate date) => date.DayOfWeek != IsoDayOfWeek.Sunday && date != new LocalDate(2026, 12, 1);

        var days = ArrivalForecast.Of(counts, from.PlusDays(-60), from, IsOpen);

        Assert.Equal([40, 40, 3, 40, 3, 40, 40], days.Select(d => d.Expected));
        Assert.Empty(ArrivalForecast.Of(counts, from.PlusDays(-27), from, IsOpen));
    }

    private Task RateAsync(Guid id, int rating) => ChangeAsync(id, t => t.Rate(rating, "", Actor.Customer(null), Clock.Now));

    private static int Poisson(Random random, double mean)
    {
        var (limit, product, count) = (Math.Exp(-mean), 1.0, -1);
        do
        {
            product *= random.NextDouble();
            count++;
        }
        while (product > limit);

        return count;
    }

    private static Message Words(Ticket ticket) => new() { TicketId = ticket.Id, Author = ActorKind.Staff, Body = "Hola", WrittenAt = DateTime.UtcNow, SubmissionKey = Guid.NewGuid() };
}
