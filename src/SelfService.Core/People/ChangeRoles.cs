using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
using SelfService.Core.Persistence;

namespace SelfService.Core.People;

/// <summary>What became of a change of roles.</summary>
public enum RoleChange
{
    Done,

    /// <summary>An administrator does not take the office from herself.</summary>
    OwnAdmin,

    /// <summary>Somebody has to be administrator.</summary>
    LastAdmin,
}

/// <summary>Gives and takes roles of staff: on an administrator's page and by command. A change ends the person's sessions.</summary>
public sealed class ChangeRoles(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Lets one change of roles go on at a time, so that two administrators do not remove each other.</summary>
    internal static Task OneAtATimeAsync(PortalDbContext db, CancellationToken cancel) => db.NextAsync("role-changes", cancel);

    /// <summary>Gives the person exactly these roles of staff; that of a customer is left as it is.</summary>
    /// <param name="actorId">Who does it; null for a command.</param>
    public Task<RoleChange> RunAsync(Guid personId, IReadOnlyCollection<string> wanted, Guid? actorId, CancellationToken cancel = default) => db.InTransactionAsync(async () =>
    {
        await OneAtATimeAsync(db, cancel);
        var roles = await db.Roles.Where(r => Roles.Staff.Contains(r.Name!)).ToDictionaryAsync(r => r.Name!, r => r.Id, cancel);
        var held = await db.UserRoles.Where(r => r.UserId == personId).ToListAsync(cancel);
        var taken = roles.Where(r => !wanted.Contains(r.Key) && held.Any(h => h.RoleId == r.Value)).Select(r => r.Key).Order(StringComparer.Ordinal).ToList();
        var given = roles.Where(r => wanted.Contains(r.Key) && held.All(h => h.RoleId != r.Value)).Select(r => r.Key).Order(StringComparer.Ordinal).ToList();
        if (taken.Contains(Roles.Admin))
        {
            if (personId == actorId)
            {
                return RoleChange.OwnAdmin;
            }

            if (!await db.UserRoles.AnyAsync(r => r.RoleId == roles[Roles.Admin] && r.UserId != personId, cancel))
            {
                return RoleChange.LastAdmin;
            }
        }

        if (taken.Count + given.Count > 0)
        {
            db.UserRoles.RemoveRange(held.Where(h => taken.Any(name => roles[name] == h.RoleId)));
            db.UserRoles.AddRange(given.Select(name => new IdentityUserRole<Guid> { UserId = personId, RoleId = roles[name] }));
            (await PersonLock.TakeAsync(db, personId, cancel)).EndSessions();
            db.Audit(
                AuditKind.RoleChanged, clock.GetUtcNow().UtcDateTime, actorId, personId,
                string.Join(", ", given.Select(name => "given " + name).Concat(taken.Select(name => "taken " + name))), actorId is null ? "command" : "web");
        }

        return RoleChange.Done;
    }, cancel);
}
