using SelfService.Core.Persistence;

namespace SelfService.Core.Audit;

/// <summary>Writes the audit log, in the transaction of what it tells of.</summary>
public static class AuditLog
{
    /// <summary>Adds a line; it is stored with the next save.</summary>
    /// <param name="actorId">Who did it; null for somebody who is not signed in.</param>
    /// <param name="subjectId">To whom, where that is not the actor.</param>
    /// <param name="detail">What exactly, without addresses or texts.</param>
    public static void Audit(this PortalDbContext db, AuditKind kind, DateTime now, Guid? actorId, Guid? subjectId = null, string detail = "", string via = "web") =>
        db.AuditEntries.Add(new AuditEntry { Kind = kind, At = now, ActorId = actorId, SubjectId = subjectId, Detail = detail, Via = via });
}
