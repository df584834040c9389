using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Company;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Agent.Orders;

/// <summary>/agente/casos/{number}/pedido/direccion: it is brought to another address.</summary>
public sealed class AddressModel(PortalDbContext db, CorrectOrder correct, CompanyProfile company) : OrderPage(db)
{
    /// <summary>Parts of the address by their names.</summary>
    [BindProperty]
    public Dictionary<string, string?> Parts { get; set; } = [];

    /// <summary>What else the address says that is no part of a postal one, such as who receives it; kept as it is.</summary>
    private IEnumerable<AddressLine> Others => Order.Address.Where(line => AddressParts.All.All(part => part.Name != line.Name));

    public void OnGet()
    {
        Look();
        Parts = AddressParts.All.ToDictionary(part => part.Name, part => Order.Address.FirstOrDefault(line => line.Name == part.Name)?.Text);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var address = new List<AddressLine>();
        foreach (var part in AddressParts.Of(company.Country))
        {
            var text = PlainText.Line(Parts.GetValueOrDefault(part.Name));
            if (text.Length > part.MaxLength || (part.IsNeeded && text.Length == 0))
            {
                ModelState.AddModelError(IdOf(part), text.Length == 0 ? "Desk.OrderAddressRequired" : "Desk.PromiseTooLong");
            }

            if (text.Length > 0)
            {
                address.Add(new AddressLine(part.Name, text));
            }
        }

        return ModelState.IsValid ? await AfterAsync(await correct.AddressAsync(Step, [.. address, .. Others], cancel), cancel) : Refuse();
    }

    public static string IdOf(AddressPart part) => "parte-" + part.Name;
}
