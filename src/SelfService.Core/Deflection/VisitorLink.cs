using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.People;
using SelfService.Core.Persistence;

namespace SelfService.Core.Deflection;

/// <summary>
/// A browser and a customer that turned out to be the same person: she signed in, opened her case by its link, or wrote. What the
/// browser did before is hers too.
/// </summary>
public sealed class VisitorLink
{
    /// <summary>Random id from the visitor's cookie.</summary>
    public Guid VisitorId { get; init; }

    public Guid CustomerId { get; init; }

    /// <summary>When it was known first, UTC.</summary>
    public DateTime At { get; init; }
}

internal sealed class VisitorLinkMapping : IEntityTypeConfiguration<VisitorLink>
{
    public void Configure(EntityTypeBuilder<VisitorLink> builder)
    {
        builder.HasKey(l => new { l.VisitorId, l.CustomerId });
        builder.HasIndex(l => l.CustomerId);
        builder.HasIndex(l => l.At);
        builder.HasOne<Customer>().WithMany().HasForeignKey(l => l.CustomerId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>How browsers are linked to customers.</summary>
public static class VisitorLinks
{
    /// <summary>Links them, once.</summary>
    public static Task LinkVisitorAsync(this PortalDbContext db, Guid visitorId, Guid customerId, DateTime now, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"""INSERT INTO "VisitorLinks" ("VisitorId", "CustomerId", "At") VALUES ({visitorId}, {customerId}, {now}) ON CONFLICT DO NOTHING""", cancel);

    /// <summary>One customer turned out to be another: the browsers of both are hers.</summary>
    public static Task MoveVisitorsAsync(this PortalDbContext db, Guid fromId, Guid toId, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync(
            $"""INSERT INTO "VisitorLinks" ("VisitorId", "CustomerId", "At") SELECT "VisitorId", {toId}, "At" FROM "VisitorLinks" WHERE "CustomerId" = {fromId} ON CONFLICT DO NOTHING""", cancel);
}
