using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Calls;
using SelfService.Core.Tickets.Promises;

namespace SelfService.Core.Tests.Tickets;

/// <summary>Eight agents do a thousand things at once to the same few tickets: no text is lost and nothing is owed to nobody.</summary>
public sealed class ManyAgentsTests : TicketTest
{
    private const int Agents = 8, Each = 125;

    [Fact]
    public async Task A_thousand_actions_at_once_lose_no_text_and_break_nothing()
    {
        var tickets = new List<Guid>();
        for (var n = 0; n < 3; n++)
        {
            tickets.Add((await OpenAsync(Request(email: $"c{n}@ensayo.example"))).Id);
        }

        var agents = new List<Guid>();
        for (var n = 0; n < Agents; n++)
        {
            agents.Add(await PersonAsync($"agente{n}@ensayo.example"));
        }

        var written = (await Task.WhenAll(agents.Select((agent, n) => Task.Run(() => WorkAsync(agent, n, tickets))))).SelectMany(w => w).ToList();

        var stored = await InAsync(db => db.Messages.AsNoTracking().Where(m => m.Author == ActorKind.Staff).Select(m => m.Body).ToListAsync());
        Assert.Equal(written.Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
        Assert.True(written.Count > 100);
        foreach (var id in tickets)
        {
            var ticket = await TicketAsync(id);
            Assert.NotEqual("", ticket.Queue);
            Assert.Equal(ticket.IsUnresolved, ticket.Commitment is not null);
            Assert.Equal(ticket.IsUnresolved, ticket.EndedAt is null);
            Assert.Equal(ticket.Messages.Count(m => m.IsNote), ticket.Events.Count(e => e.Kind == TicketEventKind.Noted));
            var promises = await InAsync(db => db.Promises.AsNoTracking().Where(p => p.TicketId == id).ToListAsync());
            Assert.Equal(promises.Count, promises.DistinctBy(p => (p.MadeAt, p.Text)).Count());
            Assert.All(promises, p => Assert.Equal(PromiseOutcome.Broken == p.Outcome, p.SettledAt > p.DueAt));
        }
    }

    // What the agent was told is stored; of what was refused nothing may be.
    private async Task<List<string>> WorkAsync(Guid agent, int number, List<Guid> tickets)
    {
        var (random, written) = (new Random(number), new List<string>());
        for (var n = 0; n < Each; n++)
        {
            var (id, text) = (tickets[random.Next(tickets.Count)], new StaffText(Guid.NewGuid(), "Agente", $"Agente {number}, acción {n}: ñandú", []));
            var seen = random.Next(3) > 0 ? (int?)null : await InAsync(db => db.TicketEvents.CountAsync(e => e.TicketId == id));
            var step = new StaffStep(id, agent, seen);
            var next = new Commitment(random.Next(2) == 0 ? NextStep.Promise : NextStep.CustomerAnswer, $"{number}-{n}", Clock.Now.AddHours(1 + random.Next(90)));
            var outcome = random.Next(7) switch
            {
                0 => await InAsync(db => Answers(db).AnswerAsync(step, text, next, NoCancel)),
                1 => await InAsync(db => Answers(db).NoteAsync(step with { Seen = null }, text, NoCancel)),
                2 => await InAsync(db => new RecordCall(db, Desk, Sla(), Clock).RunAsync(id, agent, text, NoCancel)),
                3 => await HandleAsync(step, (t, now) => t.Assign(agent, "Agente", Actor.Staff(agent), now)),
                4 => await HandleAsync(step, (t, now) => t.Promise(next with { Step = NextStep.Promise }, Actor.Staff(agent), now)),
                5 => await HandleAsync(step, (t, now) => t.Solve(Actor.Staff(agent), Desk.ReopenWindow, now)),
                _ => await HandleAsync(step, (t, now) => t.ChangePriority((TicketPriority)random.Next(4), Actor.Staff(agent), now)),
            };
            if (outcome.Result == StepResult.Done && await InAsync(db => db.Messages.AnyAsync(m => m.SubmissionKey == text.SubmissionKey)))
            {
                written.Add(text.Body);
            }
        }

        return written;
    }

    private AnswerTicket Answers(PortalDbContext db) => new(db, Desk, Clock);

    private Task<StepOutcome> HandleAsync(StaffStep step, Action<Ticket, DateTime> change) => InAsync(db => new HandleTicket(db, Clock).RunAsync(step, change, mail: null, NoCancel));
}
