using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;
using SelfService.Core.Appointments;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.Audit;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.People;

/// <summary>
/// A copy of everything the portal holds of a person, for her: the account, her cases with what both sides wrote, and the files.
/// Notes of staff are the company's and are not in it; searches and votes belong to a browser and cannot be joined to her.
/// </summary>
public sealed class PersonalCopy(PortalDbContext db, UserManager<Person> users, AttachmentFolder folder, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Readable = new(JsonColumns.Options) { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Writes a ZIP with <c>data.json</c> and a folder of files for each case, and notes in the audit log that it was made.</summary>
    /// <param name="output">Left open.</param>
    public async Task WriteAsync(Person person, Stream output, CancellationToken cancel)
    {
        var tickets = await db.Tickets.AsNoTracking().Where(t => t.Customer.PersonId == person.Id).OrderBy(t => t.OpenedAt)
            .Include(t => t.Messages.Where(m => !m.IsNote).OrderBy(m => m.WrittenAt)).ThenInclude(m => m.Attachments).AsSplitQuery().ToListAsync(cancel);
        var orders = await db.Orders.AsNoTracking().Where(o => o.Ticket.Customer.PersonId == person.Id)
            .Include(o => o.Lines.OrderBy(l => l.Position)).Include(o => o.Ledger.OrderBy(e => e.Position)).Include(o => o.Parcels.OrderBy(p => p.Number)).Include(o => o.Returns.OrderBy(r => r.RequestedAt))
            .AsSplitQuery().ToDictionaryAsync(o => o.TicketId, cancel);
        var appointments = await db.Appointments.AsNoTracking().Where(a => a.Ticket.Customer.PersonId == person.Id).ToDictionaryAsync(a => a.TicketId, cancel);
        var waiting = await db.WaitingEntries.AsNoTracking().Where(w => w.Ticket.Customer.PersonId == person.Id).ToDictionaryAsync(w => w.TicketId, cancel);
        await using (var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel))
        {
            await using (var entry = await zip.CreateEntry("data.json").OpenAsync(cancel))
            {
                await JsonSerializer.SerializeAsync(entry, new { Account = await AccountAsync(person, cancel), Cases = tickets.Select(t => Case(t, orders.GetValueOrDefault(t.Id), appointments.GetValueOrDefault(t.Id), waiting.GetValueOrDefault(t.Id))) }, Readable, cancel);
            }

            foreach (var (number, file) in tickets.SelectMany(t => t.Messages.SelectMany(m => m.Attachments).Select(a => (t.Number, a))))
            {
                await CopyAsync(zip, NameOf(number, file), file, cancel);
            }
        }

        db.Audit(AuditKind.DataExported, clock.GetUtcNow().UtcDateTime, person.Id);
        await db.SaveChangesAsync(cancel);
    }

    private async Task<object> AccountAsync(Person person, CancellationToken cancel) => new
    {
        person.Name,
        person.Email,
        person.NewEmail,
        Phone = person.PhoneNumber,
        person.Language,
        person.Notices,
        person.CreatedAt,
        Roles = await users.GetRolesAsync(person),
        SecondFactor = person.TwoFactorEnabled,
        Passkeys = (await users.GetPasskeysAsync(person)).Select(p => new { p.Name, p.CreatedAt }),
        Log = await db.AuditEntries.Where(e => e.ActorId == person.Id || e.SubjectId == person.Id).OrderBy(e => e.At).Select(e => new { e.At, e.Kind, e.Detail }).ToListAsync(cancel),
    };

    private static object Case(Ticket ticket, Order? order, Appointment? appointment, WaitingEntry? waiting) => new
    {
        ticket.Number,
        ticket.Kind,
        ticket.Status,
        ticket.Channel,
        ticket.Subject,
        Form = ticket.FormTitle,
        ticket.OpenedAt,
        ticket.UpdatedAt,
        ticket.EndedAt,
        Contact = new { Name = ticket.ContactName, Email = ticket.ContactEmail, Phone = ticket.ContactPhone },
        ticket.Answers,
        ReadBefore = ticket.Trail,
        ticket.Rating,
        ticket.RatingComment,
        Messages = ticket.Messages.Select(m => new { m.Author, Name = m.AuthorName, m.WrittenAt, m.Body, Files = m.Attachments.Select(a => NameOf(ticket.Number, a)) }),
        Order = order is null ? null : Bought(order),
        Appointment = appointment is null ? null : Booked(appointment),
        WaitingList = waiting is null ? null : Waits(waiting),
    };

    // The hour as it was agreed, with its zone.
    private static object Booked(Appointment appointment) => new
    {
        Service = appointment.Title,
        appointment.Mode,
        appointment.Status,
        Agreed = AgreedTime.Of(appointment).ToString(),
        appointment.StartsAt,
        appointment.EndsAt,
        Place = appointment.PlaceName,
        appointment.PlaceAddress,
        appointment.Address,
        People = appointment.Resources.Where(r => r.Kind == ResourceKind.Person).Select(r => r.Name),
        appointment.Seats,
        appointment.CustomerZone,
        appointment.MeetingLink,
        appointment.CancelReason,
        appointment.BookedAt,
        appointment.ArrivedAt,
        appointment.EndedAt,
    };

    private static object Waits(WaitingEntry entry) => new
    {
        Service = entry.Title,
        Place = entry.PlaceName,
        entry.Status,
        FirstDay = LocalDatePattern.Iso.Format(entry.FirstDay),
        LastDay = LocalDatePattern.Iso.Format(entry.LastDay),
        entry.Part,
        entry.Seats,
        entry.Address,
        entry.CustomerZone,
        entry.JoinedAt,
        Offered = entry.Offer?.ToString(),
        entry.OfferUntil,
        NotTaken = entry.Passed,
    };

    // Money in minor units, as it is kept.
    private static object Bought(Order order) => new
    {
        order.Status,
        order.Receiving,
        order.Address,
        Branch = order.BranchText,
        order.CollectOn,
        order.Invoice,
        order.Notes,
        Payment = order.PaymentName,
        order.Currency,
        order.DeliveryPrice,
        order.Total,
        order.Tax,
        order.Paid,
        order.PlacedAt,
        order.EndedAt,
        Lines = order.Lines.Select(l => new { l.Sku, l.Title, l.Options, l.UnitPrice, l.Quantity, l.Cancelled, l.Delivered, l.Returned, l.Granted, l.DeliveredAt }),
        Ledger = order.Ledger.Select(e => new { e.Kind, e.Amount, e.Days, e.Reference, e.At }),
        Parcels = order.Parcels.Select(p => new { p.Carrier, p.Tracking, p.TrackingUrl, p.DispatchedAt, p.DeliveredAt }),
        Returns = order.Returns.Select(r => new { r.Quantity, r.Kind, r.Reason, r.Status, r.Note, r.RequestedAt, r.DecidedAt }),
    };

    // The id tells files of one name apart; names were cleaned when they came.
    private static string NameOf(string number, Attachment file) => $"{number}/{file.Id.ToString("N")[^6..]}-{file.Name}";

    // A file whose bytes are gone must not keep the person from everything else.
    private async Task CopyAsync(ZipArchive zip, string name, Attachment file, CancellationToken cancel)
    {
        Stream content;
        try
        {
            content = folder.Open(file);
        }
        catch (IOException)
        {
            return;
        }

        await using (content)
        await using (var entry = await zip.CreateEntry(name, CompressionLevel.NoCompression).OpenAsync(cancel))
        {
            await content.CopyToAsync(entry, cancel);
        }
    }
}
