using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.Journeys;
using SelfService.Core.Mail;
using SelfService.Core.People;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Appointments;

/// <summary>A service with a waiting list, and what people do with it.</summary>
public abstract class WaitingListTest : AppointmentTest
{
    protected static readonly Service Listed = Visit() with { Offer = TimeSpan.FromHours(2) };

    // Ten in the morning in Mexico.
    protected WaitingListTest() => Clock.Now = new DateTime(2026, 3, 2, 16, 0, 0, DateTimeKind.Utc);

    protected static WaitingRequest Waits(LocalDate first, LocalDate last) => new()
    {
        SubmissionKey = Guid.NewGuid(),
        Service = "visita",
        Place = "centro",
        FirstDay = first,
        LastDay = last,
        Contact = new Contact("Ana", $"{Guid.NewGuid():N}@ensayo.example", null, null),
    };

    // Every hour of the next days is somebody's.
    protected async Task<List<Appointment>> FillAsync(Agenda agenda, int days = 1)
    {
        var booked = new List<Appointment>();
        for (var free = await SlotsAsync(agenda, Day(1), Day(days)); free.Count > 0; free = await SlotsAsync(agenda, Day(1), Day(days)))
        {
            booked.Add(await BookedAsync(agenda, Wants(free[0].Start.ToInstant())));
        }

        return booked;
    }

    protected async Task<JoinedList> JoinAsync(Agenda agenda, WaitingRequest request)
    {
        await using var db = Database.Open();
        var open = new OpenTicket(db, Desk, Sla(), new Trails(db), new GatherCases(db), Clock);
        return await new JoinWaitingList(db, open, agenda, Desk, Clock).RunAsync(request, NoCancel);
    }

    protected async Task<WaitingEntry> JoinedAsync(Agenda agenda, WaitingRequest request)
    {
        var joined = await JoinAsync(agenda, request);
        Assert.NotNull(joined.Ticket);
        return await EntryAsync(joined.Ticket.Id);
    }

    protected Task<WaitingEntry> EntryAsync(WaitingEntry entry) => EntryAsync(entry.TicketId);

    protected Task<WaitingEntry> EntryAsync(Guid ticketId) => InAsync(db => db.WaitingEntries.AsNoTracking().Include(w => w.Ticket).SingleAsync(w => w.TicketId == ticketId));

    protected async Task<int> OfferAsync(Agenda agenda)
    {
        await using var db = Database.Open();
        return await new OfferFreeTime(db, agenda, new ChangeWaiting(db, agenda, Desk, Sla(), Clock), Clock, NullLogger<OfferFreeTime>.Instance).RunAsync(NoCancel);
    }

    protected async Task<StepResult> StepAsync(Agenda agenda, Func<ChangeWaiting, CancellationToken, Task<StepResult>> step)
    {
        await using var db = Database.Open();
        return await step(new ChangeWaiting(db, agenda, Desk, Sla(), Clock), NoCancel);
    }

    protected Task<List<MailKind>> MailsAsync(Guid ticketId) => InAsync(async db =>
        (await db.Jobs.AsNoTracking().ToListAsync()).Where(j => j.Kind == MailRequest.JobKind).Select(j => j.Read<MailRequest>()).Where(m => m.TicketId == ticketId).Select(m => m.Kind).ToList());
}
