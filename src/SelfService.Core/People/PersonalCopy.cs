using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
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
        await using (var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel))
        {
            await using (var entry = await zip.CreateEntry("data.json").OpenAsync(cancel))
            {
                await JsonSerializer.SerializeAsync(entry, new { Account = await AccountAsync(person, cancel), Cases = tickets.Select(Case) }, Readable, cancel);
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

    private static object Case(Ticket ticket) => new
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
