using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Persistence;

namespace SelfService.Core.Catalog;

internal sealed class ProductMapping : IEntityTypeConfiguration<Product>
{
    public void Configure(EntityTypeBuilder<Product> builder)
    {
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Slug).HasMaxLength(Product.SkuMaxLength);
        builder.Property(p => p.Shelf).HasMaxLength(Product.ShelfMaxLength);
        builder.Property(p => p.Title).HasMaxLength(Product.TitleMaxLength);
        builder.Property(p => p.Summary).HasMaxLength(Product.SummaryMaxLength);
        builder.Property(p => p.PriceNote).HasMaxLength(Product.PriceNoteMaxLength);
        builder.Property(p => p.FileHash).HasMaxLength(64);
        builder.Property(p => p.Keywords).HasJsonConversion();
        builder.Property(p => p.Images).HasJsonConversion();
        builder.Property(p => p.Specs).HasJsonConversion();
        builder.Property(p => p.Options).HasJsonConversion();
        builder.Property(p => p.Related).HasJsonConversion();
        builder.Property(p => p.GoesWith).HasJsonConversion();
        builder.Ignore(p => p.Address);
        builder.HasIndex(p => p.Slug).IsUnique();
        // All that lists of the catalogue filter, count and order by: the rows with their descriptions are not read for it.
        builder.HasIndex(p => new { p.Shelf, p.Position, p.IsOnSale, p.Kind, p.PriceFrom, p.Title, p.Id }).HasDatabaseName("IX_Products_Listing");
        builder.HasIndex(p => p.ChangeNumber);
        builder.HasMany(p => p.Variants).WithOne(v => v.Product).HasForeignKey(v => v.ProductId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class VariantMapping : IEntityTypeConfiguration<Variant>
{
    public void Configure(EntityTypeBuilder<Variant> builder)
    {
        // Nothing is sold that is not there, whatever the program believes.
        builder.ToTable(table => table.HasCheckConstraint("CK_Variants_InStock", """ "InStock" IS NULL OR "InStock" >= 0 """.Trim()));
        builder.Property(v => v.Id).ValueGeneratedNever();
        builder.Property(v => v.Sku).HasMaxLength(Product.SkuMaxLength);
        builder.Property(v => v.Options).HasJsonConversion();
        builder.HasIndex(v => v.Sku).IsUnique();
        builder.HasIndex(v => v.InStock);
    }
}

internal sealed class StockMovementMapping : IEntityTypeConfiguration<StockMovement>
{
    public void Configure(EntityTypeBuilder<StockMovement> builder)
    {
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Note).HasMaxLength(StockMovement.NoteMaxLength);
        builder.HasIndex(m => new { m.VariantId, m.At });
        builder.HasIndex(m => m.SubmissionKey).IsUnique();
        builder.HasOne<Variant>().WithMany().HasForeignKey(m => m.VariantId).OnDelete(DeleteBehavior.Restrict);
    }
}
