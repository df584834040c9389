using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SelfService.Core.Persistence;

/// <summary>How often something was done in the present window, where several nodes count together. The key is a hash: it names nobody.</summary>
public sealed class Throttle
{
    public const int KeyMaxLength = 64;

    public required string Key { get; init; }

    public int Count { get; init; }

    public DateTime EndsAt { get; init; }
}

internal sealed class ThrottleMapping : IEntityTypeConfiguration<Throttle>
{
    public void Configure(EntityTypeBuilder<Throttle> builder)
    {
        builder.HasKey(t => t.Key);
        builder.Property(t => t.Key).HasMaxLength(Throttle.KeyMaxLength);
        builder.HasIndex(t => t.EndsAt);
    }
}

/// <summary>Limits that all nodes count together.</summary>
public static class Throttles
{
    private sealed record Taken(int Count, DateTime EndsAt);

    /// <summary>Counts one. It is one statement, so that of many at once no two are the same one; the window begins with its first.</summary>
    /// <param name="key">At most <see cref="Throttle.KeyMaxLength"/> characters.</param>
    /// <param name="most">How many a window has room for.</param>
    /// <returns>How long to wait; null when there was room.</returns>
    public static async Task<TimeSpan?> TakeAsync(this PortalDbContext db, string key, int most, TimeSpan window, DateTime now, CancellationToken cancel)
    {
        var end = now + window;
        // A window that ends later than that was begun by a clock that has been put back since.
        var latest = end + window;
        var taken = await db.Database.SqlQuery<Taken>($"""
            INSERT INTO "Throttles" ("Key", "Count", "EndsAt") VALUES ({key}, 1, {end})
            ON CONFLICT ("Key") DO UPDATE SET
                "Count" = CASE WHEN "Throttles"."EndsAt" <= {now} OR "Throttles"."EndsAt" > {latest} THEN 1 ELSE "Throttles"."Count" + 1 END,
                "EndsAt" = CASE WHEN "Throttles"."EndsAt" <= {now} OR "Throttles"."EndsAt" > {latest} THEN {end} ELSE "Throttles"."EndsAt" END
            RETURNING "Count", "EndsAt"
            """).ToListAsync(cancel);
        if (taken[0].Count <= most)
        {
            return null;
        }

        // Another node's clock may be a little ahead.
        var wait = DateTime.SpecifyKind(taken[0].EndsAt, DateTimeKind.Utc) - now;
        return wait < window ? wait : window;
    }

    /// <summary>Removes the windows that are over.</summary>
    public static Task<int> ForgetThrottlesAsync(this PortalDbContext db, DateTime now, CancellationToken cancel) =>
        db.InTransactionAsync(() => db.Throttles.Where(t => t.EndsAt < now).ExecuteDeleteAsync(cancel), cancel);
}
