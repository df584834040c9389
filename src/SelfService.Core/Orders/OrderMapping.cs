using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Catalog;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Orders;

internal sealed class OrderMapping : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> builder)
    {
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("CK_Orders_Stage", """ ("Stage" IS NULL) = ("StageDueAt" IS NULL) AND ("Stage" IS NOT NULL OR "Status" IN ('Delivered', 'Cancelled')) """.Trim());
            table.HasCheckConstraint("CK_Orders_Money", """ "Total" >= 0 AND "Paid" >= 0 """.Trim());
        });
        builder.Property(o => o.Id).ValueGeneratedNever();
        builder.Property(o => o.Number).HasMaxLength(TicketNumber.Length);
        builder.Property(o => o.Currency).HasMaxLength(3);
        builder.Property(o => o.Address).HasJsonConversion();
        builder.Property(o => o.Invoice).HasJsonConversion();
        builder.Property(o => o.BranchKey).HasMaxLength(OrderRules.KeyMaxLength);
        builder.Property(o => o.Notes).HasMaxLength(Order.NotesMaxLength);
        builder.Property(o => o.PaymentKey).HasMaxLength(OrderRules.KeyMaxLength);
        builder.Property(o => o.PaymentLink).HasMaxLength(Order.PaymentLinkMaxLength);
        builder.Ignore(o => o.Next);
        builder.HasIndex(o => o.TicketId).IsUnique();
        builder.HasIndex(o => o.Number).IsUnique();
        builder.HasIndex(o => new { o.Status, o.StageDueAt });
        builder.HasIndex(o => o.PlacedAt);
        builder.HasOne(o => o.Ticket).WithOne().HasForeignKey<Order>(o => o.TicketId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(o => o.Lines).WithOne().HasForeignKey(l => l.OrderId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(o => o.Ledger).WithOne().HasForeignKey(e => e.OrderId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(o => o.Parcels).WithOne().HasForeignKey(p => p.OrderId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(o => o.Returns).WithOne().HasForeignKey(r => r.OrderId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class OrderLineMapping : IEntityTypeConfiguration<OrderLine>
{
    public void Configure(EntityTypeBuilder<OrderLine> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint("CK_OrderLines_Pieces",
            """ "Quantity" > 0 AND "Cancelled" >= 0 AND "Returned" >= 0 AND "Returned" <= "Delivered" AND "Delivered" <= "Dispatched" AND "Dispatched" + "Cancelled" <= "Quantity" """.Trim()));
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.Sku).HasMaxLength(Product.SkuMaxLength);
        builder.Property(l => l.Slug).HasMaxLength(Product.SkuMaxLength);
        builder.Property(l => l.Title).HasMaxLength(Product.TitleMaxLength);
        builder.Property(l => l.Options).HasMaxLength(OrderLine.OptionsMaxLength);
        builder.HasIndex(l => l.OrderId);
        builder.HasOne<Variant>().WithMany().HasForeignKey(l => l.VariantId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class LedgerEntryMapping : IEntityTypeConfiguration<LedgerEntry>
{
    public void Configure(EntityTypeBuilder<LedgerEntry> builder)
    {
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Reason).HasMaxLength(LedgerEntry.ReasonMaxLength);
        builder.Property(e => e.Reference).HasMaxLength(LedgerEntry.ReferenceMaxLength);
        builder.Ignore(e => e.IsMoney);
        // The place in the ledger is taken once: of two who write at the same moment, one is told to look again.
        builder.HasIndex(e => new { e.OrderId, e.Position }).IsUnique();
        builder.HasIndex(e => e.SubmissionKey).IsUnique();
    }
}

internal sealed class ParcelMapping : IEntityTypeConfiguration<Parcel>
{
    public void Configure(EntityTypeBuilder<Parcel> builder)
    {
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Lines).HasJsonConversion();
        builder.Property(p => p.Carrier).HasMaxLength(Parcel.CarrierMaxLength);
        builder.Property(p => p.Tracking).HasMaxLength(Parcel.TrackingMaxLength);
        builder.Property(p => p.TrackingUrl).HasMaxLength(Parcel.TrackingUrlMaxLength);
        builder.HasIndex(p => p.OrderId);
    }
}

internal sealed class OrderReturnMapping : IEntityTypeConfiguration<OrderReturn>
{
    public void Configure(EntityTypeBuilder<OrderReturn> builder)
    {
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Reason).HasMaxLength(OrderReturn.ReasonMaxLength);
        builder.Property(r => r.Note).HasMaxLength(OrderReturn.NoteMaxLength);
        builder.HasIndex(r => r.OrderId);
        builder.HasIndex(r => r.SubmissionKey).IsUnique();
    }
}

internal sealed class CreditEntryMapping : IEntityTypeConfiguration<CreditEntry>
{
    public void Configure(EntityTypeBuilder<CreditEntry> builder)
    {
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.HasIndex(e => e.CustomerId);
        builder.HasOne<Customer>().WithMany().HasForeignKey(e => e.CustomerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Order>().WithMany().HasForeignKey(e => e.OrderId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CartMapping : IEntityTypeConfiguration<Cart>
{
    public void Configure(EntityTypeBuilder<Cart> builder)
    {
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.HasIndex(c => c.PersonId).IsUnique();
        builder.HasIndex(c => c.UpdatedAt);
        builder.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(c => c.Lines).WithOne().HasForeignKey(l => l.CartId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class CartLineMapping : IEntityTypeConfiguration<CartLine>
{
    public void Configure(EntityTypeBuilder<CartLine> builder)
    {
        builder.HasKey(l => new { l.CartId, l.VariantId });
        builder.HasOne(l => l.Variant).WithMany().HasForeignKey(l => l.VariantId).OnDelete(DeleteBehavior.Cascade);
    }
}
