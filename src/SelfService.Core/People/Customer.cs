using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SelfService.Core.People;

/// <summary>
/// Who asked, with or without an account. Known by the e-mail address, or by the telephone where none was given; joined to
/// an account only through an address that the account has confirmed, never through what a form claims.
/// </summary>
public sealed class Customer
{
    public Guid Id { get; init; } = OrderedId.New();

    /// <summary>Name as first given; the account's own name where there is one.</summary>
    public string Name { get; set; } = "";

    /// <summary>Address in the form of <see cref="EmailAddress.Parse"/>; null for who left only a telephone.</summary>
    public string? Email { get; set; }

    /// <summary>Telephone in E.164.</summary>
    public string? Phone { get; set; }

    /// <summary>What all spellings of the telephone have in common.</summary>
    public string? PhoneKey { get; set; }

    /// <summary>The account, once its address is confirmed.</summary>
    public Guid? PersonId { get; set; }

    /// <summary>
    /// What she has with the company and can pay orders with, in minor units. Only <see cref="Orders.StoreCredit"/> changes it.
    /// </summary>
    public long StoreCredit { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>When the person asked to be forgotten; her cases stay, without her.</summary>
    public DateTime? AnonymizedAt { get; private set; }

    /// <summary>Forgets who this was.</summary>
    public void Anonymize(DateTime now)
    {
        Name = "";
        Email = Phone = PhoneKey = null;
        PersonId = null;
        AnonymizedAt ??= now;
    }
}

internal sealed class CustomerMapping : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint("CK_Customers_StoreCredit", """ "StoreCredit" >= 0 """.Trim()));
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Name).HasMaxLength(Person.NameMaxLength);
        builder.Property(c => c.Email).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(c => c.Phone).HasMaxLength(Contact.PhoneMaxLength);
        builder.Property(c => c.PhoneKey).HasMaxLength(Contact.PhoneMaxLength);
        builder.HasIndex(c => c.Email).IsUnique();
        builder.HasIndex(c => c.PersonId).IsUnique();
        // A telephone alone is an identity only for who has no address: families share one.
        builder.HasIndex(c => c.PhoneKey).IsUnique().HasFilter("\"Email\" IS NULL");
        builder.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId).OnDelete(DeleteBehavior.SetNull);
    }
}
