using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SelfService.Core.Persistence;

namespace SelfService.Core.Deflection;

/// <summary>
/// What one day came to within one window, about one thing. Added up by <see cref="CloseDays"/>, never changed otherwise. Besides the
/// counts it keeps the sums over visitors that an honest interval needs; sums of such sums are right again.
/// </summary>
public abstract class DaySum
{
    /// <summary>A day of the company's calendar.</summary>
    public LocalDate Day { get; init; }

    /// <summary>The window, in hours.</summary>
    public int WindowHours { get; init; }

    /// <summary>Visitors with something that counts.</summary>
    public int Visitors { get; set; }

    /// <summary>What could have ended without a contact.</summary>
    public int Counted { get; set; }

    /// <summary>What of it ended with one.</summary>
    public int Contact { get; set; }

    /// <summary>Over those visitors, the sum of the squares of their contacts.</summary>
    public int ContactSquared { get; set; }

    /// <summary>Over those visitors, the sum of the squares of what counts.</summary>
    public int CountedSquared { get; set; }

    /// <summary>Over those visitors, the sum of the products of both.</summary>
    public int Products { get; set; }

    /// <summary>Adds one visitor; none with nothing that counts.</summary>
    internal void AddVisitor(int contacts, int counted)
    {
        Visitors += counted > 0 ? 1 : 0;
        Counted += counted;
        Contact += contacts;
        ContactSquared += contacts * contacts;
        CountedSquared += counted * counted;
        Products += contacts * counted;
    }

    /// <summary>Maps the day, the window and what else makes the key.</summary>
    internal static void Map<T>(EntityTypeBuilder<T> builder, Expression<Func<T, object?>> key)
        where T : DaySum
    {
        builder.HasKey(key);
        builder.Property(d => d.Day).HasLocalDayConversion();
    }
}

/// <summary>What of the sums over visitors a share with its interval needs, over any number of days and things.</summary>
/// <param name="Visitors">Each once for each thing and day.</param>
public sealed record ContactSums(int Visitors, int Counted, int Contact, long ContactSquared, long CountedSquared, long Products)
{
    public static readonly ContactSums None = new(0, 0, 0, 0, 0, 0);

    /// <summary>Share of what counted that ended with a contact.</summary>
    public Share Share
    {
        get
        {
            var sums = new VisitorSums();
            sums.Add(Visitors, Contact, Counted, ContactSquared, CountedSquared, Products);
            return sums.Share();
        }
    }

    /// <summary>Both together.</summary>
    public ContactSums Plus(ContactSums other) => new(
        Visitors + other.Visitors, Counted + other.Counted, Contact + other.Contact,
        ContactSquared + other.ContactSquared, CountedSquared + other.CountedSquared, Products + other.Products);
}

/// <summary>A day that was decided for a window.</summary>
public sealed class ClosedDay
{
    public LocalDate Day { get; init; }

    /// <summary>The window, in hours.</summary>
    public int WindowHours { get; init; }

    /// <summary>UTC. Links that were known later decide the day again.</summary>
    public DateTime ClosedAt { get; set; }
}

internal sealed class ClosedDayMapping : IEntityTypeConfiguration<ClosedDay>
{
    public void Configure(EntityTypeBuilder<ClosedDay> builder)
    {
        builder.HasKey(d => new { d.Day, d.WindowHours });
        builder.Property(d => d.Day).HasLocalDayConversion();
    }
}
