using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;

namespace SelfService.Core.Appointments;

internal sealed class AppointmentMapping : IEntityTypeConfiguration<Appointment>
{
    public void Configure(EntityTypeBuilder<Appointment> builder)
    {
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("CK_Appointments_Stage", """ ("Stage" IS NULL) = ("StageDueAt" IS NULL) AND ("Stage" IS NULL) = ("Status" NOT IN ('Booked', 'Arrived')) """.Trim());
            table.HasCheckConstraint("CK_Appointments_Time", """ "StartsAt" < "EndsAt" AND "Seats" > 0 """.Trim());
        });
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Number).HasMaxLength(TicketNumber.Length);
        builder.Property(a => a.Service).HasMaxLength(Service.KeyMaxLength);
        builder.Property(a => a.Title).HasMaxLength(RequestForm.TitleMaxLength);
        builder.Property(a => a.Place).HasMaxLength(Service.KeyMaxLength);
        builder.Property(a => a.PlaceName).HasMaxLength(RequestForm.TitleMaxLength);
        builder.Property(a => a.PlaceAddress).HasMaxLength(RequestForm.SummaryMaxLength);
        builder.Property(a => a.Zone).HasMaxLength(Appointment.ZoneMaxLength);
        builder.Property(a => a.CustomerZone).HasMaxLength(Appointment.ZoneMaxLength);
        builder.Property(a => a.LocalStart).HasLocalHourConversion();
        builder.Property(a => a.MeetingLink).HasMaxLength(Appointment.LinkMaxLength);
        builder.Property(a => a.CancelReason).HasMaxLength(Appointment.ReasonMaxLength);
        builder.Property(a => a.Address).HasJsonConversion();
        builder.Property(a => a.Resources).HasJsonConversion();
        builder.Ignore(a => a.Next);
        builder.Ignore(a => a.Person);
        builder.HasIndex(a => a.TicketId).IsUnique();
        builder.HasIndex(a => a.Number).IsUnique();
        builder.HasIndex(a => a.StartsAt);
        builder.HasIndex(a => new { a.Status, a.StageDueAt });
        builder.HasIndex(a => a.SessionId);
        builder.HasIndex(a => a.SeriesId);
        builder.HasOne(a => a.Ticket).WithOne().HasForeignKey<Appointment>(a => a.TicketId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<SharedSession>().WithMany().HasForeignKey(a => a.SessionId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class HoldMapping : IEntityTypeConfiguration<Hold>
{
    public void Configure(EntityTypeBuilder<Hold> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint("CK_Holds_Grains", """ "FromGrain" < "ToGrain" """.Trim()));
        builder.Property(h => h.Id).ValueGeneratedNever();
        builder.Property(h => h.Resource).HasMaxLength(Service.KeyMaxLength);
        builder.HasIndex(h => new { h.Resource, h.FromGrain });
        builder.HasIndex(h => h.HolderId);
    }
}

internal sealed class GrainClaimMapping : IEntityTypeConfiguration<GrainClaim>
{
    public void Configure(EntityTypeBuilder<GrainClaim> builder)
    {
        builder.Property(c => c.Resource).HasMaxLength(Service.KeyMaxLength);
        builder.HasKey(c => new { c.Resource, c.Unit, c.Grain });
    }
}

internal sealed class SharedSessionMapping : IEntityTypeConfiguration<SharedSession>
{
    public void Configure(EntityTypeBuilder<SharedSession> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint("CK_SharedSessions_Seats", """ "Taken" >= 0 AND "Taken" <= "Seats" """.Trim()));
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Service).HasMaxLength(Service.KeyMaxLength);
        builder.Property(s => s.Place).HasMaxLength(Service.KeyMaxLength);
        builder.Property(s => s.Resources).HasJsonConversion();
        builder.HasIndex(s => new { s.Service, s.Place, s.StartGrain }).IsUnique();
    }
}
