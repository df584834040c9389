using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.People;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets;

internal sealed class TicketMapping : IEntityTypeConfiguration<Ticket>
{
    public void Configure(EntityTypeBuilder<Ticket> builder)
    {
        // The promise of the house, kept by the database too: no unresolved ticket without a queue, a next step and a date.
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("CK_Tickets_FollowUp",
                """ "Queue" <> '' AND ("Status" IN ('Solved', 'Closed') OR ("NextStep" IS NOT NULL AND "DueAt" IS NOT NULL)) """.Trim());
            table.HasCheckConstraint("CK_Tickets_Record", """ NOT ("HasOpenRecord" AND "Status" IN ('Solved', 'Closed')) """.Trim());
        });
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Number).HasMaxLength(TicketNumber.Length);
        builder.Property(t => t.Queue).HasMaxLength(Ticket.KeyMaxLength);
        builder.Property(t => t.Sla).HasMaxLength(Ticket.KeyMaxLength);
        builder.Property(t => t.Subject).HasMaxLength(Ticket.SubjectMaxLength);
        builder.Property(t => t.Form).HasMaxLength(80);
        builder.Property(t => t.FormTitle).HasMaxLength(80);
        builder.Property(t => t.ContactName).HasMaxLength(Person.NameMaxLength);
        builder.Property(t => t.ContactEmail).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(t => t.ContactPhone).HasMaxLength(Contact.PhoneMaxLength);
        builder.Property(t => t.Language).HasMaxLength(10);
        builder.Property(t => t.Answers).HasJsonConversion();
        builder.Property(t => t.Trail).HasJsonConversion();
        builder.Property(t => t.NextStepText).HasMaxLength(Commitment.TextMaxLength);
        builder.Property(t => t.RatingComment).HasMaxLength(Ticket.RatingCommentMaxLength);
        builder.Property(t => t.SubmissionHash).HasMaxLength(32);
        builder.Property(t => t.SearchStems).HasMaxLength(Ticket.SearchStemsMaxLength);
        builder.Property(t => t.SearchText).HasMaxLength(Ticket.SearchTextMaxLength);
        builder.Property(t => t.ContactText).HasMaxLength(Ticket.ContactTextMaxLength);
        builder.Ignore(t => t.Commitment);
        builder.HasIndex(t => t.Number).IsUnique();
        builder.HasIndex(t => t.SubmissionKey).IsUnique();
        builder.HasIndex(t => new { t.CustomerId, t.UpdatedAt });
        builder.HasIndex(t => new { t.Status, t.DueAt });
        builder.HasIndex(t => new { t.Status, t.ReopenUntil });
        builder.HasIndex(t => t.ContactEmail);
        builder.HasIndex(t => t.ContactPhone);
        // The desk's lists: what is owed by its date, of everybody, of an owner and of a queue, with all that its numbers are counted by, so that
        // no ticket is read for them; what has ended, newest first.
        builder.HasIndex(t => new { t.DueAt, t.OwnerId, t.Status, t.NextStep }).HasFilter("\"DueAt\" IS NOT NULL");
        builder.HasIndex(t => new { t.OwnerId, t.DueAt });
        builder.HasIndex(t => new { t.Queue, t.DueAt, t.OwnerId, t.Status, t.NextStep }).HasFilter("\"DueAt\" IS NOT NULL");
        builder.HasIndex(t => t.EndedAt);
        builder.HasIndex(t => new { t.Queue, t.EndedAt });
        builder.HasIndex(t => t.OpenedAt);
        builder.HasOne(t => t.Customer).WithMany().HasForeignKey(t => t.CustomerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Person>().WithMany().HasForeignKey(t => t.OwnerId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<Person>().WithMany().HasForeignKey(t => t.OpenedById).OnDelete(DeleteBehavior.SetNull);
        builder.HasMany(t => t.Messages).WithOne().HasForeignKey(m => m.TicketId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(t => t.TagText).HasMaxLength(Ticket.TagTextMaxLength);
        builder.Property(t => t.SlaVersion).HasDefaultValue(-1);
        builder.Ignore(t => t.Tags);
        builder.Ignore(t => t.IsWarned);
        // Only what has changed since its targets were computed.
        builder.HasIndex(t => t.SlaVersion).HasFilter("\"SlaVersion\" <> \"Version\"");
        builder.HasIndex(t => t.WarnAt);
        builder.HasIndex(t => t.EscalateNextAt);
        builder.HasIndex(t => t.AskedToRateAt);
        builder.HasOne<Ticket>().WithMany().HasForeignKey(t => t.MergedIntoId).OnDelete(DeleteBehavior.SetNull);
        builder.HasMany(t => t.Pauses).WithOne().HasForeignKey(p => p.TicketId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(t => t.Promises).WithOne().HasForeignKey(p => p.TicketId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(t => t.Events).WithOne().HasForeignKey(e => e.TicketId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class TicketPauseMapping : IEntityTypeConfiguration<TicketPause>
{
    public void Configure(EntityTypeBuilder<TicketPause> builder)
    {
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.HasIndex(p => p.TicketId);
    }
}
