using SelfService.Core.Audit;
using SelfService.Core.Persistence;
using SelfService.Web.Pages.Admin.People;

namespace SelfService.Web.Pages.Admin.Audit;

/// <summary>A line of the audit log with the addresses its people have now; null for accounts that are gone.</summary>
public sealed record AuditLine(DateTime At, AuditKind Kind, Guid? ActorId, string? Actor, Guid? SubjectId, string? Subject, string Via, string Detail);

/// <summary>Finds lines of the audit log, for the page and for the file.</summary>
internal static class AuditSearch
{
    /// <summary>Lines of a kind, about or by a person.</summary>
    public static IQueryable<AuditEntry> Matching(PortalDbContext db, string? kind, string? who)
    {
        var found = db.AuditEntries.AsQueryable();
        if (Enum.TryParse<AuditKind>(kind, out var wanted) && Enum.IsDefined(wanted))
        {
            found = found.Where(e => e.Kind == wanted);
        }

        if (Guid.TryParse(who, out var id))
        {
            // Also of an account that is gone.
            return found.Where(e => e.ActorId == id || e.SubjectId == id);
        }

        if (!string.IsNullOrWhiteSpace(who))
        {
            var people = PeopleSearch.Matching(db.Users, who).Select(p => (Guid?)p.Id);
            found = found.Where(e => people.Contains(e.ActorId) || people.Contains(e.SubjectId));
        }

        return found;
    }

    /// <summary>In the order they are read. Ids of one moment are in order too.</summary>
    public static IQueryable<AuditEntry> NewestFirst(IQueryable<AuditEntry> lines) => lines.OrderByDescending(e => e.At).ThenByDescending(e => e.Id);

    /// <summary>With the addresses of their people.</summary>
    public static IQueryable<AuditLine> Lines(PortalDbContext db, IQueryable<AuditEntry> lines) => lines.Select(e => new AuditLine(
        e.At, e.Kind, e.ActorId, db.Users.Where(p => p.Id == e.ActorId).Select(p => p.Email).FirstOrDefault(),
        e.SubjectId, db.Users.Where(p => p.Id == e.SubjectId).Select(p => p.Email).FirstOrDefault(), e.Via, e.Detail));
}
