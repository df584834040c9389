using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.People;

/// <summary>Somebody who answers tickets.</summary>
public sealed record DeskPerson(Guid Id, string Name);

/// <summary>Who answers tickets.</summary>
public static class DeskPeople
{
    /// <summary>Everybody with a role of <see cref="Roles.Desk"/>, by name.</summary>
    public static Task<List<DeskPerson>> DeskPeopleAsync(this PortalDbContext db, CancellationToken cancel)
    {
        var roles = db.Roles.Where(r => Roles.Desk.Contains(r.Name)).Select(r => r.Id);
        return db.Users.Where(p => db.UserRoles.Any(u => u.UserId == p.Id && roles.Contains(u.RoleId)))
            .OrderBy(p => p.Name).ThenBy(p => p.Id).Select(p => new DeskPerson(p.Id, p.Name)).ToListAsync(cancel);
    }
}
