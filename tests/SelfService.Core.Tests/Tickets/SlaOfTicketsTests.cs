using Microsoft.EntityFrameworkCore;
using SelfService.Core.Mail;
using SelfService.Core.People;
using SelfService.Core.Sla;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Tickets;

/// <summary>Targets follow what happens; who answers is warned before, and somebody else answers after.</summary>
public sealed class SlaOfTicketsTests : TicketTest
{
    private static readonly SlaPolicy Policy = new("standard", new SlaTimes(TimeSpan.FromHours(8), TimeSpan.FromHours(8), TimeSpan.FromHours(40)), SlaHours.Always)
    {
        ByPriority = new Dictionary<TicketPriority, SlaTimes> { [TicketPriority.Urgent] = new(TimeSpan.FromHours(1), TimeSpan.FromHours(1), TimeSpan.FromHours(4)) },
    };

    private static readonly ServiceDesk Strict = new(
        [new Queue("help", "Ayuda", Policy) { EscalateTo = ["nadie@ensayo.example", "uno@ensayo.example", "dos@ensayo.example"], EscalateEvery = TimeSpan.FromHours(2) }], [Policy], "help", TimeSpan.FromDays(14));

    [Fact]
    public async Task Targets_pause_while_the_customer_is_awaited_and_follow_the_priority()
    {
        var id = (await OpenAsync(Request())).Id;
        var opened = Clock.Now;
        await FollowAsync();
        Assert.Equal((opened.AddHours(8), opened.AddHours(40)), await TargetsAsync(id));

        await AtAsync(id, 2, t => t.StaffReplied(Words(t), Actor.System, new Commitment(NextStep.CustomerAnswer, "", Clock.Now.AddDays(9)), Clock.Now));
        await FollowAsync();
        Assert.Equal((opened.AddHours(8), null), await TargetsAsync(id));
        Assert.Equal((TargetState.Met, TargetState.Paused), await StatesAsync(id));

        await AtAsync(id, 10, t => t.CustomerReplied(Words(t), Actor.Customer(null), Clock.Now.AddHours(8), Clock.Now));
        await FollowAsync();
        Assert.Equal(opened.AddHours(50), (await TargetsAsync(id)).SolutionBy);

        await AtAsync(id, 1, t => t.ChangePriority(TicketPriority.Urgent, Actor.System, Clock.Now));
        await FollowAsync();
        Assert.Equal((opened.AddHours(1), opened.AddHours(14)), await TargetsAsync(id));
        Assert.Equal((TargetState.Missed, TargetState.Running), await StatesAsync(id));

        await AtAsync(id, 2, t => t.Solve(Actor.System, TimeSpan.FromDays(14), Clock.Now));
        await FollowAsync();
        Assert.Equal(TargetState.Missed, (await StatesAsync(id)).Solution);
        Assert.Equal(0, await FollowAsync());
    }

    [Fact]
    public async Task Who_answers_is_warned_once_when_a_target_is_near()
    {
        var (id, agent) = ((await OpenAsync(Request())).Id, await PersonAsync("mateo@ensayo.example"));
        await ChangeAsync(id, t => t.Assign(agent, "Mateo", Actor.Staff(agent), Clock.Now));
        await FollowAsync();

        Clock.Now += TimeSpan.FromHours(5);
        Assert.Equal(0, await WarnAsync());
        Clock.Now += TimeSpan.FromHours(1);
        Assert.Equal((1, 0), (await WarnAsync(), await WarnAsync()));

        Assert.True((await TicketAsync(id)).IsWarned);
        var mail = Assert.Single(await NoticesAsync());
        Assert.Equal((id, agent), (mail.TicketId!.Value, mail.PersonId!.Value));
    }

    [Fact]
    public async Task What_passes_its_date_goes_from_one_to_the_next_and_an_answer_ends_it()
    {
        var (id, one, two) = ((await OpenAsync(Request())).Id, await AgentAsync("uno@ensayo.example"), await AgentAsync("dos@ensayo.example"));

        Clock.Now += TimeSpan.FromHours(9);
        await EscalateAsync();
        await EscalateAsync();
        Assert.Equal((one, 1), await OwnerAsync(id));
        Clock.Now += TimeSpan.FromHours(2);
        await EscalateAsync();
        Assert.Equal((two, 2), await OwnerAsync(id));
        Clock.Now += TimeSpan.FromHours(20);
        await EscalateAsync();
        Assert.Equal((two, 2), await OwnerAsync(id));
        Assert.Equal([one, two], (await NoticesAsync()).Select(m => m.PersonId!.Value));

        await ChangeAsync(id, t => t.StaffReplied(Words(t), Actor.Staff(two), new Commitment(NextStep.Promise, "Voy", Clock.Now.AddHours(1)), Clock.Now));
        Assert.Equal(0, (await TicketAsync(id)).EscalationLevel);
    }

    [Fact]
    public async Task What_the_customer_owes_is_not_handed_on()
    {
        var (id, _) = ((await OpenAsync(Request())).Id, await AgentAsync("uno@ensayo.example"));
        await ChangeAsync(id, t => t.Promise(new Commitment(NextStep.CustomerAnswer, "", Clock.Now.AddHours(1)), Actor.System, Clock.Now));
        Clock.Now += TimeSpan.FromHours(2);

        await EscalateAsync();

        Assert.NotNull((await TicketAsync(id)).EscalatedAt);
        Assert.Null((await TicketAsync(id)).OwnerId);
    }

    private Task<int> FollowAsync() => InAsync(db => new FollowSla(db, Strict, new SlaReckoning(Sla())).RunAsync(NoCancel));

    private Task<int> WarnAsync() => InAsync(db => new WarnBeforeBreach(db, Company(new Dictionary<NodaTime.IsoDayOfWeek, Core.Company.DayHours>()), Clock).RunAsync(NoCancel));

    private Task<int> EscalateAsync() => InAsync(db => new EscalateOverdueTickets(db, Strict, Sla(), Company(new Dictionary<NodaTime.IsoDayOfWeek, Core.Company.DayHours>()), Clock).RunAsync(NoCancel));

    private async Task<(DateTime? FirstResponseBy, DateTime? SolutionBy)> TargetsAsync(Guid id) => await TicketAsync(id) is var ticket ? (ticket.FirstResponseBy, ticket.SolutionBy) : default;

    private async Task<(TargetState First, TargetState Solution)> StatesAsync(Guid id) => await TicketAsync(id) is var ticket ? (ticket.FirstResponseState(Clock.Now), ticket.SolutionState(Clock.Now)) : default;

    private async Task<(Guid? Owner, int Level)> OwnerAsync(Guid id) => await TicketAsync(id) is var ticket ? (ticket.OwnerId, ticket.EscalationLevel) : default;

    private Task<List<MailRequest>> NoticesAsync() => InAsync(async db =>
        (await db.Jobs.Where(j => j.Kind == MailRequest.JobKind).OrderBy(j => j.Id).ToListAsync()).Select(j => j.Read<MailRequest>()).Where(m => m.Kind == MailKind.DeskNotice).ToList());

    private async Task AtAsync(Guid id, int hours, Action<Ticket> change)
    {
        Clock.Now += TimeSpan.FromHours(hours);
        await ChangeAsync(id, change);
    }

    private async Task<Guid> AgentAsync(string email)
    {
        var person = await PersonAsync(email);
        await InAsync(async db =>
        {
            var role = await db.Roles.FirstOrDefaultAsync(r => r.Name == Roles.Agent);
            if (role is null)
            {
                db.Roles.Add(role = new Microsoft.AspNetCore.Identity.IdentityRole<Guid>(Roles.Agent) { Id = Guid.NewGuid() });
            }

            db.UserRoles.Add(new Microsoft.AspNetCore.Identity.IdentityUserRole<Guid> { UserId = person, RoleId = role.Id });
            return await db.SaveChangesAsync();
        });
        return person;
    }

    private static Message Words(Ticket ticket) => new() { TicketId = ticket.Id, Body = "Hola", WrittenAt = DateTime.UtcNow, SubmissionKey = Guid.NewGuid() };
}
