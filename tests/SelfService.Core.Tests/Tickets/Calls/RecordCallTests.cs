using Microsoft.EntityFrameworkCore;
using SelfService.Core.Mail;
using SelfService.Core.People;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Calls;

namespace SelfService.Core.Tests.Tickets.Calls;

/// <summary>A customer calls about a case that she has.</summary>
public sealed class RecordCallTests : TicketTest
{
    private Task<StepOutcome> CallAsync(Guid ticket, Guid agent, string text = "Pregunta cuándo", Guid? key = null) => InAsync(db =>
        new RecordCall(db, Desk, Sla(), Clock).RunAsync(ticket, agent, new StaffText(key ?? Guid.NewGuid(), "Mateo", text, []), NoCancel));

    [Fact]
    public async Task What_she_said_is_in_the_thread_once_and_it_is_our_turn()
    {
        var (id, agent) = await StartAsync();
        await ChangeAsync(id, t => t.Promise(new Commitment(NextStep.CustomerAnswer, "", Clock.Now.AddDays(9)), Actor.Staff(agent), Clock.Now));
        var key = Guid.NewGuid();

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => CallAsync(id, agent, key: key))));
        var other = await CallAsync(id, agent, "Otra cosa", key);

        Assert.Equal((1, 3), (results.Count(r => r.Result == StepResult.Done), results.Count(r => r.Result == StepResult.DoneBefore)));
        Assert.Equal(StepResult.Overtaken, other.Result);
        var ticket = await TicketAsync(id);
        Assert.Equal((TicketStatus.Open, NextStep.Response), (ticket.Status, ticket.NextStep));
        Assert.True(ticket.DueAt < Clock.Now.AddDays(1));
        Assert.Single(ticket.Messages, m => m.Body == "Pregunta cuándo" && m.Author == ActorKind.Staff && !m.IsNote);
        Assert.Single(ticket.Events, e => e.Kind == TicketEventKind.CustomerCalled && e.ActorId == agent);
        Assert.Equal(1, await InAsync(db => db.PhoneCalls.CountAsync(c => c.CustomerId == ticket.CustomerId)));
    }

    [Fact]
    public async Task What_had_ended_is_open_again_and_she_is_told()
    {
        var (id, agent) = await StartAsync();
        await ChangeAsync(id, t => t.Solve(Actor.Staff(agent), Desk.ReopenWindow, Clock.Now));

        await CallAsync(id, agent);

        var ticket = await TicketAsync(id);
        Assert.Equal((TicketStatus.Open, NextStep.Response), (ticket.Status, ticket.NextStep));
        Assert.Contains(MailKind.CaseReopened, await MailsAsync());
    }

    [Fact]
    public async Task Her_cases_are_found_by_telephone_however_it_is_typed_and_by_address_what_is_open_first()
    {
        var phone = PhoneNumber.Parse("55 1234 5678", "MX")!;
        var ended = (await OpenAsync(Request(email: null, phone: phone.E164))).Id;
        await ChangeAsync(ended, t => t.Solve(Actor.System, Desk.ReopenWindow, Clock.Now));
        var open = (await OpenAsync(Request(email: null, phone: phone.E164))).Id;
        var mail = (await OpenAsync(Request(email: "lucia@ensayo.example"))).Id;

        Task<IReadOnlyList<TicketRow>> FindAsync(string? typed, string? email) => InAsync(db =>
            new RecordCall(db, Desk, Sla(), Clock).CasesOfAsync(db.Tickets.AsNoTracking(), PhoneNumber.Parse(typed, "MX"), email, NoCancel));

        Assert.Equal([open, ended], (await FindAsync("+52 1 55 1234 5678", null)).Select(r => r.Id));
        Assert.Equal([mail], (await FindAsync(null, "lucia@ensayo.example")).Select(r => r.Id));
        Assert.Empty(await FindAsync(null, null));
        Assert.Empty(await FindAsync("55 9999 9999", "nadie@ensayo.example"));
    }

    private async Task<(Guid Ticket, Guid Agent)> StartAsync(string email = "ana@ensayo.example")
    {
        var opened = await OpenAsync(Request(email: email));
        return (opened.Id, await PersonAsync($"{Guid.NewGuid():N}@ensayo.example"));
    }

    private async Task<IReadOnlyList<MailKind>> MailsAsync() => await InAsync(async db =>
        (IReadOnlyList<MailKind>)[.. (await db.Jobs.Where(j => j.Kind == MailRequest.JobKind).OrderBy(j => j.Id).ToListAsync()).Select(j => j.Read<MailRequest>().Kind)]);
}
