using Microsoft.EntityFrameworkCore;
using SelfService.Core.Orders;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;
using SelfService.Web.Pages.Requests;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Orders;

/// <summary>What is known of who has signed in: nobody writes twice what she wrote in her last order.</summary>
public sealed class KnownBuyer(PortalDbContext db)
{
    // The last one may have been fetched, or without an invoice.
    private const int Orders = 5;

    /// <summary>Who has signed in with a confirmed address; null for everybody else.</summary>
    public async Task<Person?> PersonAsync(HttpContext context, CancellationToken cancel) =>
        context.User.PersonId() is { } id ? await db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.EmailConfirmed, cancel) : null;

    /// <summary>Her store credit in minor units; 0 for who has none.</summary>
    public async Task<long> CreditAsync(Person? person, CancellationToken cancel) => person is null ? 0 : await db.StoreCreditAsync(person.Id, cancel);

    /// <summary>A new checkout with what she wrote the last time.</summary>
    public async Task<FormDraft> DraftAsync(Person? person, string stamp, CancellationToken cancel)
    {
        var draft = FormDraft.New(stamp, ContactDraft.Of(person));
        if (person is null)
        {
            return draft;
        }

        var orders = await db.Orders.AsNoTracking().Where(o => o.Ticket.Customer.PersonId == person.Id).OrderByDescending(o => o.PlacedAt).Take(Orders)
            .Select(o => new { o.Address, o.BranchKey, o.Invoice, o.Ticket.ContactPhone }).ToListAsync(cancel);
        var values = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var part in orders.FirstOrDefault(o => o.Address.Count > 0)?.Address ?? [])
        {
            values[$"{CheckoutFields.Address}.{part.Name}"] = [part.Text];
        }

        foreach (var answer in orders.FirstOrDefault(o => o.Invoice.Count > 0)?.Invoice ?? [])
        {
            values[answer.Name] = [answer.Code ?? answer.Value];
        }

        if (orders.FirstOrDefault(o => o.BranchKey.Length > 0) is { } fetched)
        {
            values[CheckoutFields.Branch] = [fetched.BranchKey];
        }

        var phone = draft.Contact.Phone.Length > 0 ? draft.Contact.Phone : orders.FirstOrDefault()?.ContactPhone ?? "";
        return draft with { Values = new TypedValues(values), Contact = draft.Contact with { Phone = phone } };
    }
}
