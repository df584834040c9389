using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.People;

namespace SelfService.Core.Tickets.Calls;

/// <summary>
/// That a customer called about a case she has already. A call that opens a case is the case itself; this one would leave no trace in the
/// figures, though somebody whom an article did not help has called.
/// </summary>
public sealed class PhoneCall
{
    public Guid Id { get; init; } = OrderedId.New();

    public Guid TicketId { get; init; }

    public Guid CustomerId { get; init; }

    public DateTime At { get; init; }
}

internal sealed class PhoneCallMapping : IEntityTypeConfiguration<PhoneCall>
{
    public void Configure(EntityTypeBuilder<PhoneCall> builder)
    {
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.HasIndex(c => c.At);
        builder.HasOne<Ticket>().WithMany().HasForeignKey(c => c.TicketId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Customer>().WithMany().HasForeignKey(c => c.CustomerId).OnDelete(DeleteBehavior.Cascade);
    }
}
