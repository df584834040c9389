using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Persistence;

namespace SelfService.Core.Appointments;

/// <summary>Takes a free time inside a transaction, for who books, moves or is offered it.</summary>
internal static class TakeTime
{
    /// <summary>Takes the time for an appointment or offer of that id, or seats in its session.</summary>
    /// <returns>Null when it is not free.</returns>
    /// <exception cref="TimeLostException">Somebody took it between looking and taking; the transaction has to be undone and may be tried again.</exception>
    public static async Task<ChosenTime?> TakeTimeAsync(this PortalDbContext db, Agenda agenda, SlotRequest request, Instant start, Guid holderId, HoldReason reason, CancellationToken cancel)
    {
        var day = start.InZone(request.Place.Zone).Date;
        if (day < request.Today || day > request.LastDay || start < request.Earliest)
        {
            return null;
        }

        var free = await db.FreeTimeAsync(agenda, request, day, day, cancel, Availability.SpreadDays);
        return free.StartsOn(day).All(s => s.ToInstant() != start) || free.SeatsLeft(start) < request.Seats ? null
            : request.Service.IsShared ? await db.TakeSeatsAsync(free, request, start, cancel)
            : free.Choose(start, holderId) is { } resources ? await db.HoldAsync(request.Service, start, resources, holderId, reason, cancel)
            : null;
    }

    /// <summary>Gives back what an appointment holds.</summary>
    public static Task GiveBackAsync(this PortalDbContext db, Appointment appointment, CancellationToken cancel) =>
        db.GiveBackAsync(appointment.Id, appointment.SessionId, appointment.Seats, cancel);

    /// <summary>Gives back what is held for an appointment or offer: its time, or its seats and with the last of them the time of the session.</summary>
    public static async Task GiveBackAsync(this PortalDbContext db, Guid holderId, Guid? sessionId, int seats, CancellationToken cancel)
    {
        if (sessionId is null)
        {
            await db.ReleaseAsync(holderId, cancel);
            return;
        }

        await db.SharedSessions.Where(s => s.Id == sessionId).ExecuteUpdateAsync(set => set.SetProperty(s => s.Taken, s => s.Taken - seats), cancel);
        // The row is locked until commit: whoever takes a seat meanwhile sees that nobody is left.
        if (await db.SharedSessions.AnyAsync(s => s.Id == sessionId && s.Taken == 0, cancel))
        {
            await db.ReleaseAsync(sessionId.Value, cancel);
        }
    }

    private static async Task<ChosenTime?> TakeSeatsAsync(this PortalDbContext db, FreeTime free, SlotRequest request, Instant start, CancellationToken cancel)
    {
        var (grain, seats) = (Grain.Of(start), request.Seats);
        var session = await db.SharedSessions.AsNoTracking()
            .SingleOrDefaultAsync(s => s.Service == request.Service.Slug && s.Place == request.Place.Key && s.StartGrain == grain, cancel);
        if (session is { Taken: > 0 })
        {
            var joined = await db.SharedSessions.Where(s => s.Id == session.Id && s.Taken > 0 && s.Taken + seats <= s.Seats)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.Taken, s => s.Taken + seats), cancel);
            return joined > 0 ? new ChosenTime(start, session.Resources, session.Id) : throw new TimeLostException();
        }

        var id = session?.Id ?? OrderedId.New();
        if (free.Choose(start, id) is not { } resources)
        {
            return null;
        }

        await db.HoldAsync(request.Service, start, resources, id, HoldReason.Session, cancel);
        if (session is null)
        {
            db.SharedSessions.Add(new SharedSession
            {
                Id = id,
                Service = request.Service.Slug,
                Place = request.Place.Key,
                StartGrain = grain,
                Resources = resources,
                Seats = request.Service.Seats,
                Taken = seats,
            });
            try
            {
                // Now, so that of two who open it at once one is told here.
                await db.SaveChangesAsync(cancel);
            }
            catch (DbUpdateException exception) when (db.IsDuplicateKey(exception))
            {
                throw new TimeLostException();
            }
        }
        else if (await db.SharedSessions.Where(s => s.Id == id && s.Taken == 0)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Taken, seats).SetProperty(s => s.Resources, resources), cancel) == 0)
        {
            throw new TimeLostException();
        }

        return new ChosenTime(start, resources, id);
    }

    private static async Task<ChosenTime> HoldAsync(
        this PortalDbContext db, Service service, Instant start, IReadOnlyList<HeldResource> resources, Guid holderId, HoldReason reason, CancellationToken cancel)
    {
        var from = Grain.Of(start) - Grain.Count(service.Before);
        var to = Grain.Of(start) + Grain.Count(service.Duration) + Grain.Count(service.After);
        foreach (var resource in resources)
        {
            var hold = new Hold { HolderId = holderId, Reason = reason, Resource = resource.Key, Unit = resource.Unit, FromGrain = from, ToGrain = to };
            if (!await db.TakeAsync(hold, cancel))
            {
                throw new TimeLostException();
            }
        }

        return new ChosenTime(start, resources);
    }
}

/// <summary>The time is not free.</summary>
internal sealed class TimeTakenException() : Exception("The time is not free.");

/// <summary>Somebody was faster by a moment. Looked at again, it is decided anew.</summary>
internal sealed class TimeLostException() : Exception("Somebody took the time.");
