using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Agent.Orders;

/// <summary>/agente/casos/{number}/pedido/enviar: pieces leave, or wait at the branch; all of them or a part.</summary>
public sealed class ShipModel(PortalDbContext db, MoveOrder move) : OrderPage(db)
{
    /// <summary>Pieces of each line, by its id.</summary>
    [BindProperty]
    public Dictionary<Guid, string?> Pieces { get; set; } = [];

    [BindProperty]
    public string? Carrier { get; set; }

    [BindProperty]
    public string? Tracking { get; set; }

    [BindProperty]
    public string? TrackingUrl { get; set; }

    public bool IsCollected => Order.Receiving == Receiving.Collection;

    public IEnumerable<OrderLine> Lines => Order.Lines.Where(l => l.ToDispatch > 0);

    public void OnGet()
    {
        Look();
        Pieces = Lines.ToDictionary(l => l.Id, l => (string?)l.ToDispatch.ToString(CultureInfo.InvariantCulture));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var pieces = ReadPieces();
        Carrier = Checked(Carrier, nameof(Carrier), Parcel.CarrierMaxLength);
        Tracking = Checked(Tracking, nameof(Tracking), Parcel.TrackingMaxLength);
        var link = string.IsNullOrWhiteSpace(TrackingUrl) ? "" : SafeLink.Read(TrackingUrl, Parcel.TrackingUrlMaxLength);
        if (link is null)
        {
            ModelState.AddModelError(nameof(TrackingUrl), "Desk.OrderLinkUnsafe");
        }

        return ModelState.IsValid
            ? await AfterAsync(await move.DispatchAsync(Step, new Shipment(Key, pieces, Carrier, Tracking, link!), cancel), cancel)
            : Refuse();
    }

    private List<ParcelLine> ReadPieces()
    {
        var read = Pieces.Select(p => (Line: p.Key, Count: int.TryParse(p.Value?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : string.IsNullOrWhiteSpace(p.Value) ? 0 : -1)).ToList();
        // Sent a second time, the pieces of the first are not here any more; that is for the step to say.
        var isAgain = Order.Parcels.Any(p => p.Id == Key);
        if (!isAgain && (read.Any(p => p.Count < 0 || p.Count > (Order.Lines.FirstOrDefault(l => l.Id == p.Line)?.ToDispatch ?? 0)) || read.Sum(p => p.Count) == 0))
        {
            ModelState.AddModelError(nameof(Pieces), "Desk.OrderPiecesWrong");
        }

        return [.. read.Where(p => p.Count > 0).Select(p => new ParcelLine(p.Line, p.Count))];
    }

    private string Checked(string? typed, string field, int most)
    {
        var line = PlainText.Line(typed);
        if (line.Length > most)
        {
            ModelState.AddModelError(field, "Desk.PromiseTooLong");
        }

        return line;
    }
}
