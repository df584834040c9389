using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Appointments.Waiting;

/// <summary>
/// Goes through the waiting lists: what nobody took goes on to the next, whose days are over is told, and whatever is free is offered
/// to who has waited longest, whyever it became free. One hour at a time is kept for one customer.
/// </summary>
public sealed partial class OfferFreeTime(PortalDbContext db, Agenda agenda, ChangeWaiting change, TimeProvider clock, ILogger<OfferFreeTime> logger)
{
    /// <summary>Does all that is due.</summary>
    /// <returns>Number of hours offered.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var entry in await db.WaitingEntries.AsNoTracking().OnTheList().ToListAsync(cancel))
        {
            await TryAsync(entry, () => BringUpToDateAsync(entry, now, cancel), cancel);
        }

        var offered = 0;
        var entries = await db.WaitingEntries.AsNoTracking().Include(w => w.Ticket).OnTheList().ToListAsync(cancel);
        var served = entries.Where(e => e.Status == WaitingStatus.Offered).Select(e => e.Ticket.CustomerId).ToHashSet();
        var free = new Dictionary<SlotRequest, List<Slot>>();
        foreach (var entry in entries.Where(e => e.Status == WaitingStatus.Waiting))
        {
            // A service that is not there at the moment comes back with its file; until then she waits on.
            if (Wanted(entry, now) is { } request && !served.Contains(entry.Ticket.CustomerId))
            {
                await TryAsync(
                    entry,
                    async () =>
                    {
                        if (await OfferAsync(entry, request, free, cancel))
                        {
                            served.Add(entry.Ticket.CustomerId);
                            offered++;
                        }
                    },
                    cancel);
            }
        }

        return offered;
    }

    // What goes wrong with one of them holds up none of the others.
    private async Task TryAsync(WaitingEntry entry, Func<Task> work, CancellationToken cancel)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (!cancel.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            Failed(exception, entry.Id);
        }
    }

    private async Task BringUpToDateAsync(WaitingEntry entry, DateTime now, CancellationToken cancel)
    {
        if (entry.Status == WaitingStatus.Offered && !entry.CanTake(now))
        {
            await change.LapseAsync(entry.TicketId, cancel);
        }
        else if (entry.Status == WaitingStatus.Offered && await db.IsOfferBlockedAsync(agenda, entry, cancel))
        {
            // Nobody is to blame that whoever would have come does not.
            await change.PassAsync(entry.TicketId, Actor.System, cancel);
        }
        else if (entry.IsOver(now))
        {
            await change.EndAsync(entry.TicketId, cancel);
        }
    }

    private SlotRequest? Wanted(WaitingEntry entry, DateTime now) =>
        agenda.Service(entry.Service) is { HasWaitingList: true } service && agenda.Place(entry.Place) is { } place && service.Places.Contains(place.Key)
            ? new SlotRequest(service, place, Instant.FromDateTimeUtc(now), Seats: entry.Seats)
            : null;

    // What is free is read once for all who want the same; who takes it is told whether it still is.
    private async Task<bool> OfferAsync(WaitingEntry entry, SlotRequest request, Dictionary<SlotRequest, List<Slot>> free, CancellationToken cancel)
    {
        if (!free.TryGetValue(request, out var slots))
        {
            free[request] = slots = [.. await db.SlotsAsync(agenda, request, request.Today, request.LastDay, cancel)];
        }

        foreach (var slot in slots.Where(s => entry.Wants(s.Start)).ToList())
        {
            var start = slot.Start.ToInstant();
            if (OfferTime.Until(request.Now, request.Service.Offer!.Value, start - Duration.FromTimeSpan(request.Service.Notice), request.Place.Zone) is not { } until)
            {
                continue;
            }

            switch (await change.OfferAsync(entry.TicketId, request, start, until, cancel))
            {
                case StepResult.Done:
                    return true;
                case StepResult.DoneBefore:
                    // She waits no more, or was offered another by somebody else who goes through the lists.
                    return false;
                default:
                    slots.Remove(slot);
                    break;
            }
        }

        return false;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An entry of a waiting list could not be gone through and will be tried again: {Id}")]
    private partial void Failed(Exception exception, Guid id);
}
