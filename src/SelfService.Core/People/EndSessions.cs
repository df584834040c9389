using SelfService.Core.Audit;
using SelfService.Core.Persistence;

namespace SelfService.Core.People;

/// <summary>Ends all sessions of a person: asked for by herself or by an administrator.</summary>
public sealed class EndSessions(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Ends them. Each open browser notices within a minute.</summary>
    public Task RunAsync(Guid personId, Guid actorId, CancellationToken cancel = default) => db.InTransactionAsync(async () =>
    {
        var person = await PersonLock.TakeAsync(db, personId, cancel);
        person.EndSessions();
        db.Audit(AuditKind.SignedOutEverywhere, clock.GetUtcNow().UtcDateTime, actorId, personId == actorId ? null : personId);
    }, cancel);
}
