using Microsoft.EntityFrameworkCore;
using SelfService.Core.Mail;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Desk;

namespace SelfService.Core.Tests.Tickets.Desk;

/// <summary>What agents have besides the tickets: views they keep, several at once, and who else is there.</summary>
public sealed class DeskTests : TicketTest
{
    private Task<bool> KeepAsync(Guid person, string name, string query = "filtro=mios", bool isShared = false) =>
        InAsync(db => db.KeepDeskViewAsync(new DeskView { PersonId = person, Name = name, Query = query, IsShared = isShared }, NoCancel));

    private async Task<IEnumerable<string>> ViewsAsync(Guid person) => (await InAsync(db => db.DeskViewsAsync(person, NoCancel))).Select(v => v.Name);

    [Fact]
    public async Task A_view_is_hers_unless_she_shares_it_and_one_of_the_same_name_replaces_it()
    {
        var (mateo, sara) = (await PersonAsync("mateo@ensayo.example"), await PersonAsync("sara@ensayo.example"));
        await KeepAsync(mateo, "Urgentes de redes");
        await KeepAsync(mateo, "para todos", isShared: true);
        await KeepAsync(mateo, "URGENTES de redes", "filtro=todos");

        Assert.Equal(["para todos", "URGENTES de redes"], await ViewsAsync(mateo));
        Assert.Equal(["para todos"], await ViewsAsync(sara));

        var shared = (await InAsync(db => db.DeskViewsAsync(sara, NoCancel)))[0];
        await ForgetAsync(sara, shared.Id);
        Assert.Equal(["para todos"], await ViewsAsync(sara));
        await ForgetAsync(mateo, shared.Id);
        Assert.Empty(await ViewsAsync(sara));
    }

    [Fact]
    public async Task One_person_keeps_only_so_many_views_even_from_two_windows()
    {
        var mateo = await PersonAsync("mateo@ensayo.example");
        for (var n = 0; n < DeskView.MaxOwn - 1; n++)
        {
            Assert.True(await KeepAsync(mateo, $"vista {n}"));
        }

        var kept = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(() => KeepAsync(mateo, $"otra {n}"))));

        Assert.Equal(1, kept.Count(k => k));
        Assert.Equal(DeskView.MaxOwn, (await ViewsAsync(mateo)).Count());
        Assert.True(await KeepAsync(mateo, "vista 0", "filtro=todos"));
    }

    [Fact]
    public async Task Several_tickets_change_at_once_and_each_says_what_became_of_it()
    {
        var (first, agent) = await StartAsync();
        var (second, _) = await StartAsync("otra@ensayo.example");
        var (third, _) = await StartAsync("tercera@ensayo.example");
        await ChangeAsync(second, t => t.Assign(agent, "Mateo", Actor.Staff(agent), Clock.Now));
        var numbers = new List<string>();
        foreach (var id in new[] { first, second })
        {
            numbers.Add((await TicketAsync(id)).Number);
        }

        Task<IReadOnlyList<ChangedTicket>> RunAsync(Action<Ticket, DateTime> change, MailKind? mail = null) => InAsync(db =>
            new ChangeTickets(new HandleTicket(db, Clock)).RunAsync(db.Tickets.AsNoTracking(), [.. numbers, "C-0000-0000"], agent, change, mail, NoCancel));
        var taken = await RunAsync((t, now) => t.Assign(agent, "Mateo", Actor.Staff(agent), now));
        var solved = await RunAsync((t, now) => t.Solve(Actor.Staff(agent), Desk.ReopenWindow, now), MailKind.CaseSolved);

        Assert.Equal([StepResult.Done, StepResult.DoneBefore], taken.OrderBy(t => numbers.IndexOf(t.Number)).Select(t => t.Result!.Value));
        Assert.Equal([StepResult.Done, StepResult.Done], solved.Select(t => t.Result!.Value));
        Assert.Equal(2, (await MailsAsync()).Count(m => m == MailKind.CaseSolved));
        Assert.True((await TicketAsync(third)).IsUnresolved);
    }

    [Fact]
    public async Task Who_is_at_a_ticket_is_seen_by_others_for_a_while()
    {
        var (ticket, mateo) = await StartAsync();
        var sara = await PersonAsync("sara@ensayo.example");
        Task<IReadOnlyList<PresentAgent>> BeAsync(Guid person, bool writes = false) => InAsync(db => db.BePresentAsync(ticket, person, writes, Clock.Now, NoCancel));

        Assert.Empty(await BeAsync(mateo, writes: true));
        Assert.True(Assert.Single(await BeAsync(sara)).IsWriting);
        Assert.False(Assert.Single(await BeAsync(mateo)).IsWriting);
        Clock.Now += Presence.Lasts;
        Assert.Empty(await BeAsync(sara));
        Clock.Now += 2 * Presence.Lasts + TimeSpan.FromSeconds(1);
        await InAsync(db => db.ForgetPresencesAsync(Clock.Now, NoCancel));
        Assert.Equal(0, await InAsync(db => db.Presences.CountAsync()));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => BeAsync(sara))));
        Assert.Equal(1, await InAsync(db => db.Presences.CountAsync()));
    }

    [Fact]
    public async Task A_list_is_narrowed_by_everything_at_once()
    {
        var agent = await PersonAsync("mateo@ensayo.example");
        var wanted = (await OpenAsync(Request() with { Priority = TicketPriority.High, Channel = Channel.Phone })).Id;
        await OpenAsync(Request(email: "b@ensayo.example") with { Priority = TicketPriority.High });
        await OpenAsync(Request(email: "c@ensayo.example") with { Channel = Channel.Phone });
        await ChangeAsync(wanted, t => t.Assign(agent, "Mateo", Actor.Staff(agent), Clock.Now));

        var narrowing = new TicketNarrowing { Priority = TicketPriority.High, Channel = Channel.Phone, Kind = TicketKind.Request, OwnerId = agent, Queue = "help" };

        Assert.Equal([wanted], await InAsync(db => db.Tickets.NarrowedTo(narrowing).Select(t => t.Id).ToListAsync()));
        Assert.Empty(await InAsync(db => db.Tickets.NarrowedTo(narrowing with { Kind = TicketKind.Order }).Select(t => t.Id).ToListAsync()));
        Assert.Equal(3, await InAsync(db => db.Tickets.NarrowedTo(new TicketNarrowing()).CountAsync()));
    }

    private Task<bool> ForgetAsync(Guid person, Guid id) => InAsync(async db =>
    {
        await db.ForgetDeskViewAsync(person, id, NoCancel);
        return true;
    });

    private async Task<(Guid Ticket, Guid Agent)> StartAsync(string email = "ana@ensayo.example")
    {
        var opened = await OpenAsync(Request(email: email));
        return (opened.Id, await PersonAsync($"{Guid.NewGuid():N}@ensayo.example"));
    }

    private async Task<IReadOnlyList<MailKind>> MailsAsync() => await InAsync(async db =>
        (IReadOnlyList<MailKind>)[.. (await db.Jobs.Where(j => j.Kind == MailRequest.JobKind).OrderBy(j => j.Id).ToListAsync()).Select(j => j.Read<MailRequest>().Kind)]);
}
