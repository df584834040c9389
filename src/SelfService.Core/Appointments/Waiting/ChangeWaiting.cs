using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;
using SelfService.Core.Sla;
using SelfService.Core.Tickets;

namespace SelfService.Core.Appointments.Waiting;

/// <summary>
/// The one way in which somebody moves on the waiting list: the entry, its ticket's promise, the time that is kept, history and mail
/// in one transaction. Changes of one entry stand in a row.
/// </summary>
public sealed class ChangeWaiting(PortalDbContext db, Agenda agenda, ServiceDesk desk, SlaClock sla, TimeProvider clock)
{
    /// <summary>She takes the hour that is kept for her: it becomes her appointment without having been free in between.</summary>
    public Task<StepResult> TakeAsync(Guid ticketId, Actor actor, CancellationToken cancel) => StepAsync(
        ticketId,
        actor,
        async (entry, now) =>
        {
            if (entry.Status == WaitingStatus.Served)
            {
                return null;
            }

            if (agenda.Service(entry.Service) is not { } service || agenda.Place(entry.Place) is not { } place || await db.IsOfferBlockedAsync(agenda, entry, cancel))
            {
                throw new AppointmentStateException();
            }

            var (time, id, ticket) = (entry.Take(now), OrderedId.New(), entry.Ticket);
            await db.PassOnAsync(entry.Id, id, cancel);
            var agreed = new AgreedTime(time.Start.InZone(place.Zone)).ToString();
            var terms = new AppointmentTerms(entry.Address, entry.CustomerZone, entry.Seats, null);
            BookAppointment.Record(db, desk, id, ticket, service, place, time, terms, (TicketEventKind.WaitingTaken, agreed), actor, now);
            db.Jobs.Add(new MailRequest(MailKind.AppointmentBooked, ticket.Language) { TicketId = ticket.Id }.ToJob(now));
            return new Moved(TicketEventKind.WaitingTaken, agreed);
        },
        cancel);

    /// <summary>She does not want the hour that is kept for her, or it cannot be given any more; she goes on waiting.</summary>
    public Task<StepResult> PassAsync(Guid ticketId, Actor actor, CancellationToken cancel) => StepAsync(
        ticketId,
        actor,
        async (entry, _) =>
        {
            if (entry.Offer is not { } offer)
            {
                throw new AppointmentStateException();
            }

            await GiveBackAsync(entry, cancel);
            entry.Pass(isLapse: false);
            return new Moved(TicketEventKind.WaitingPassed, offer.ToString());
        },
        cancel);

    /// <summary>She waits no longer.</summary>
    public Task<StepResult> LeaveAsync(Guid ticketId, Actor actor, CancellationToken cancel) => StepAsync(
        ticketId,
        actor,
        async (entry, _) =>
        {
            if (entry.Status == WaitingStatus.Left)
            {
                return null;
            }

            await GiveBackAsync(entry, cancel);
            entry.Leave();
            return new Moved(TicketEventKind.WaitingLeft);
        },
        cancel);

    /// <summary>Keeps an hour for her, if it is still free and she still waits.</summary>
    /// <returns><see cref="StepResult.DoneBefore"/> when she does not wait any more, <see cref="StepResult.NotPossible"/> when the hour is not free.</returns>
    internal async Task<StepResult> OfferAsync(Guid ticketId, SlotRequest request, Instant start, Instant until, CancellationToken cancel)
    {
        try
        {
            return await StepAsync(
                ticketId,
                Actor.System,
                async (entry, _) =>
                {
                    if (entry.Status != WaitingStatus.Waiting)
                    {
                        return null;
                    }

                    var time = await db.TakeTimeAsync(agenda, request, start, entry.Id, HoldReason.Offer, cancel) ?? throw new TimeTakenException();
                    entry.Keep(time, until.ToDateTimeUtc());
                    return new Moved(TicketEventKind.WaitingOffered, entry.Offer!.ToString());
                },
                cancel);
        }
        catch (Exception exception) when (exception is TimeTakenException or TimeLostException)
        {
            db.ChangeTracker.Clear();
            return StepResult.NotPossible;
        }
    }

    /// <summary>The hour that was kept for her goes to the next one.</summary>
    internal Task LapseAsync(Guid ticketId, CancellationToken cancel) => StepAsync(
        ticketId,
        Actor.System,
        async (entry, now) =>
        {
            if (entry.Offer is not { } offer || entry.CanTake(now))
            {
                return null;
            }

            await GiveBackAsync(entry, cancel);
            entry.Pass(isLapse: true);
            return entry.Status == WaitingStatus.Left ? new Moved(TicketEventKind.WaitingLeft) : new Moved(TicketEventKind.WaitingLapsed, offer.ToString());
        },
        cancel);

    /// <summary>Her days are over: somebody owes her an answer.</summary>
    internal Task EndAsync(Guid ticketId, CancellationToken cancel) => StepAsync(
        ticketId,
        Actor.System,
        (entry, _) =>
        {
            if (entry.Status != WaitingStatus.Waiting)
            {
                return Task.FromResult<Moved?>(null);
            }

            entry.RunOut();
            return Task.FromResult<Moved?>(new Moved(TicketEventKind.WaitingEnded));
        },
        cancel);

    private Task GiveBackAsync(WaitingEntry entry, CancellationToken cancel) =>
        entry.Status == WaitingStatus.Offered ? db.GiveBackAsync(entry.Id, entry.OfferSessionId, entry.Seats, cancel) : Task.CompletedTask;

    private async Task<StepResult> StepAsync(Guid ticketId, Actor actor, Func<WaitingEntry, DateTime, Task<Moved?>> change, CancellationToken cancel)
    {
        try
        {
            return await db.ChangeTicketAsync(ticketId, ticket => StepAsync(ticket, actor, change, cancel), cancel);
        }
        catch (AppointmentStateException)
        {
            db.ChangeTracker.Clear();
            return StepResult.NotPossible;
        }
    }

    private async Task<StepResult> StepAsync(Ticket ticket, Actor actor, Func<WaitingEntry, DateTime, Task<Moved?>> change, CancellationToken cancel)
    {
        var entry = await db.WaitingEntries.SingleAsync(w => w.TicketId == ticket.Id, cancel);
        var now = clock.GetUtcNow().UtcDateTime;
        if (await change(entry, now) is not { } moved)
        {
            return StepResult.DoneBefore;
        }

        if (moved.Kind == TicketEventKind.WaitingEnded)
        {
            var policy = desk.Policy(ticket.Sla);
            ticket.RecordLeft(moved.Kind, new Commitment(NextStep.Response, "", sla.After(now, policy.Of(ticket.Priority).NextResponse, policy.Hours)), actor, now);
        }
        else if (moved.Kind != TicketEventKind.WaitingTaken)
        {
            ticket.RecordMoved((moved.Kind, moved.Detail), entry.Next, actor, desk.ReopenWindow, now);
        }

        if (actor.Kind != ActorKind.Customer && moved.Kind != TicketEventKind.WaitingTaken)
        {
            db.Jobs.Add(new MailRequest(MailKind.WaitingMoved, ticket.Language) { TicketId = ticket.Id, EventId = ticket.Events.Last(e => e.Kind == moved.Kind).Id }.ToJob(now));
        }

        return StepResult.Done;
    }

    private sealed record Moved(TicketEventKind Kind, string Detail = "");
}
