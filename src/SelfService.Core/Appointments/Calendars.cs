using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Persistence;

namespace SelfService.Core.Appointments;

/// <summary>The calendars of people that programs follow by a secret address.</summary>
public sealed class Calendars(PortalDbContext db, Agenda agenda, TimeProvider clock)
{
    /// <summary>Days that are over and still in a calendar.</summary>
    private const int DaysBefore = 7;

    /// <summary>Days ahead that are in a calendar.</summary>
    private const int DaysAhead = 60;

    /// <summary>Gives a person's calendar a new address; one it had before opens nothing any more.</summary>
    /// <param name="resource">Key of the person.</param>
    /// <returns>The secret of the address, which is not kept anywhere; null when there is no such person.</returns>
    public async Task<string?> IssueAsync(string? resource, Guid personId, CancellationToken cancel)
    {
        if (agenda.Resource(resource) is not { Kind: ResourceKind.Person } person)
        {
            return null;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var (key, secret) = CalendarKey.Issue(person.Key, personId, now);
        await db.InTransactionAsync(
            async () =>
            {
                await RevokeAsync(person.Key, now, cancel);
                db.CalendarKeys.Add(key);
            },
            cancel);
        return secret;
    }

    /// <summary>Ends the address of a calendar.</summary>
    /// <returns>False when it had none.</returns>
    public Task<bool> RevokeAsync(string resource, CancellationToken cancel) =>
        db.InTransactionAsync(async () => await RevokeAsync(resource, clock.GetUtcNow().UtcDateTime, cancel) > 0, cancel);

    /// <summary>Since when people's calendars have an address, by the key of the person.</summary>
    public async Task<IReadOnlyDictionary<string, DateTime>> IssuedAsync(CancellationToken cancel) => (await db.CalendarKeys.Where(k => k.RevokedAt == null)
        .Select(k => new { k.Resource, k.MadeAt }).ToListAsync(cancel)).GroupBy(k => k.Resource).ToDictionary(k => k.Key, k => k.Max(key => key.MadeAt));

    /// <summary>The calendar that a secret opens: of the last days and of those to come.</summary>
    /// <returns>Null when it opens nothing.</returns>
    public async Task<PersonCalendar?> OpenAsync(string? secret, CancellationToken cancel)
    {
        var hash = CalendarKey.HashOf(secret);
        var key = hash is null ? null : await db.CalendarKeys.Where(k => k.Hash == hash && k.RevokedAt == null).Select(k => k.Resource).SingleOrDefaultAsync(cancel);
        if (agenda.Resource(key) is not { Kind: ResourceKind.Person } person)
        {
            return null;
        }

        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        var (from, to) = ((now - Duration.FromDays(DaysBefore)).ToDateTimeUtc(), (now + Duration.FromDays(DaysAhead)).ToDateTimeUtc());
        var keys = new[] { person.Key };
        var holders = db.HeldOf(keys, Grain.Of(Instant.FromDateTimeUtc(from)), Grain.After(Instant.FromDateTimeUtc(to))).Select(h => h.HolderId);
        var appointments = await db.Appointments.AsNoTracking().Include(a => a.Ticket)
            .Where(a => a.StartsAt >= from && a.StartsAt < to && a.Status != AppointmentStatus.Cancelled && (holders.Contains(a.Id) || (a.SessionId != null && holders.Contains(a.SessionId.Value))))
            .OrderBy(a => a.StartsAt).ThenBy(a => a.Number).ToListAsync(cancel);
        return new PersonCalendar(person, appointments);
    }

    private Task<int> RevokeAsync(string resource, DateTime now, CancellationToken cancel) =>
        db.CalendarKeys.Where(k => k.Resource == resource && k.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, now), cancel);
}

/// <summary>What a person gives, in order, with its tickets and without what was cancelled.</summary>
public sealed record PersonCalendar(Resource Person, IReadOnlyList<Appointment> Appointments);
