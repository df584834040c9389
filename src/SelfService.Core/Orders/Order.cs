using SelfService.Core.Catalog;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Orders;

/// <summary>
/// Something that was bought. Its ticket carries the thread, the owner and the promise; the order carries lines, money and where
/// it stands. Changes are methods with the actor and the moment; as long as anything is owed it has a step and a date.
/// </summary>
public sealed partial class Order : IVersioned
{
    public const int NotesMaxLength = 1000;
    public const int PaymentLinkMaxLength = 500;
    public const int MaxLines = 50;

    private Order()
    {
    }

    public Guid Id { get; private init; } = OrderedId.New();

    public Guid TicketId { get; private init; }

    public Ticket Ticket { get; private init; } = null!;

    /// <summary>Number of the ticket, which is the order's too.</summary>
    public string Number { get; private init; } = "";

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private init; } = "";

    public OrderStatus Status { get; private set; }

    public Receiving Receiving { get; private init; }

    /// <summary>Where it is brought or done; empty for what is fetched.</summary>
    public IReadOnlyList<AddressLine> Address { get; private set; } = [];

    /// <summary>Key of the branch where it is fetched; empty for what is brought.</summary>
    public string BranchKey { get; private init; } = "";

    /// <summary>Name and address of the branch as they stood.</summary>
    public string BranchText { get; private init; } = "";

    /// <summary>Day on which the customer wants to fetch it.</summary>
    public DateOnly? CollectOn { get; private init; }

    /// <summary>What goes on the invoice; empty when none was asked for.</summary>
    public IReadOnlyList<TicketAnswer> Invoice { get; private set; } = [];

    /// <summary>What the customer wrote beside it.</summary>
    public string Notes { get; private set; } = "";

    public string PaymentKey { get; private init; } = "";

    /// <summary>Name of the way to pay as it stood.</summary>
    public string PaymentName { get; private init; } = "";

    public PaymentWhen PaymentWhen { get; private init; }

    /// <summary>Where the customer pays, entered by an agent; https, or empty.</summary>
    public string PaymentLink { get; private set; } = "";

    /// <summary>What bringing it costs, in minor units.</summary>
    public long DeliveryPrice { get; private set; }

    /// <summary>Rate of the tax inside <see cref="DeliveryPrice"/>, in hundredths of a percent.</summary>
    public int DeliveryTaxRate { get; private init; }

    /// <summary>What it costs in minor units: the sum of its lines and of bringing it, less what was granted.</summary>
    public long Total { get; private set; }

    /// <summary>What was paid and not given back, in minor units.</summary>
    public long Paid { get; private set; }

    /// <summary>Days beyond the window for returns.</summary>
    public int ExtensionDays { get; private set; }

    /// <summary>What is owed next; null when nothing is.</summary>
    public NextStep? Stage { get; private set; }

    /// <summary>By when, UTC; set as long as <see cref="Stage"/> is.</summary>
    public DateTime? StageDueAt { get; private set; }

    public DateTime PlacedAt { get; private init; }

    public DateTime UpdatedAt { get; private set; }

    public DateTime? EndedAt { get; private set; }

    public int Version { get; set; }

    public List<OrderLine> Lines { get; } = [];

    public List<LedgerEntry> Ledger { get; } = [];

    public List<Parcel> Parcels { get; } = [];

    public List<OrderReturn> Returns { get; } = [];

    /// <summary>What the customer still owes (positive), or is owed (negative), in minor units.</summary>
    public long Balance => Total - Paid;

    /// <summary>The tax inside <see cref="Total"/>, in minor units.</summary>
    public long Tax => Lines.Sum(l => l.Tax) + Taxes.Inside(DeliveryPrice, DeliveryTaxRate);

    /// <summary>Price of the lines that were not cancelled, before what was granted.</summary>
    public long Goods => Lines.Sum(l => l.UnitPrice * (l.Quantity - l.Cancelled));

    /// <summary>What was granted on the pieces that are still bought.</summary>
    public long Granted => Lines.Sum(l => l.Granted);

    /// <summary>Whether nothing has been prepared, so that the customer herself may cancel.</summary>
    public bool CanCancel => Status is OrderStatus.Placed or OrderStatus.Confirmed;

    /// <summary>Pieces that moved by changes since it was read; whoever saves it moves them.</summary>
    internal List<(Guid VariantId, int Delta, StockReason Reason)> StockMoves { get; } = [];

    /// <summary>Store credit that moved by changes since it was read, in minor units; whoever saves it moves it.</summary>
    internal List<long> CreditMoves { get; } = [];

    /// <summary>Whether the form with that key is in the ledger.</summary>
    public bool Has(Guid key) => Ledger.Any(e => e.SubmissionKey == key);

    /// <summary>The return of that id.</summary>
    /// <exception cref="OrderStateException">There is none that waits.</exception>
    public OrderReturn Waiting(Guid returnId) =>
        Returns.FirstOrDefault(r => r.Id == returnId && r.Status == ReturnStatus.Requested) ?? throw new OrderStateException();

    /// <summary>Pieces of a line that may be sent back now.</summary>
    public int Returnable(OrderLine line, DateTime now) => line.ReturnUntil(ExtensionDays) is { } until && now < until
        ? line.Delivered - line.Returned - Returns.Where(r => r.LineId == line.Id && r.Status == ReturnStatus.Requested).Sum(r => r.Quantity)
        : 0;

    /// <summary>A new order with its lines.</summary>
    /// <param name="terms">What was agreed.</param>
    /// <param name="wanted">Variants with their products, and how many of each.</param>
    /// <param name="storeCredit">Store credit that pays, in minor units; 0 for none.</param>
    internal static Order Place(Ticket ticket, OrderTerms terms, IReadOnlyList<(Variant Variant, int Quantity)> wanted, long storeCredit, Actor actor, DateTime now)
    {
        var order = new Order
        {
            TicketId = ticket.Id,
            Number = ticket.Number,
            Currency = terms.Currency,
            Receiving = terms.Receiving,
            Address = terms.Address,
            BranchKey = terms.Branch?.Key ?? "",
            BranchText = terms.Branch is { } branch ? $"{branch.Name}, {branch.Address}" : "",
            CollectOn = terms.CollectOn,
            Invoice = terms.Invoice,
            Notes = terms.Notes,
            PaymentKey = terms.Payment.Key,
            PaymentName = terms.Payment.Name,
            PaymentWhen = terms.Payment.When,
            DeliveryTaxRate = terms.TaxRate,
            PlacedAt = now,
            UpdatedAt = now,
        };
        foreach (var (variant, quantity) in wanted)
        {
            order.Add(variant, quantity, actor, now);
        }

        order.ChangeDelivery(terms.DeliveryPrice, actor, now);
        if (storeCredit > 0)
        {
            order.Enter(LedgerKind.StoreCredit, -storeCredit, actor, now);
            order.CreditMoves.Add(-storeCredit);
        }

        return order;
    }

    private OrderLine Add(Variant variant, int quantity, Actor actor, DateTime now, Guid? lineId = null)
    {
        var product = variant.Product;
        var line = new OrderLine
        {
            Id = lineId ?? OrderedId.New(),
            OrderId = Id,
            Position = Lines.Count + 1,
            VariantId = variant.Id,
            Sku = variant.Sku,
            Slug = product.Slug,
            Kind = product.Kind,
            Title = product.Title,
            Options = variant.OptionsText(product),
            UnitPrice = variant.Price,
            TaxRate = product.TaxRate,
            LeadDays = product.LeadDays,
            ReturnDays = product.ReturnDays,
            WarrantyMonths = product.WarrantyMonths,
            Quantity = quantity,
        };
        Lines.Add(line);
        StockMoves.Add((variant.Id, -quantity, StockReason.Ordered));
        Enter(LedgerKind.Goods, line.UnitPrice * quantity, actor, now, line.Id);
        return line;
    }

    private void ChangeDelivery(long price, Actor actor, DateTime now)
    {
        if (price != DeliveryPrice)
        {
            Enter(LedgerKind.Delivery, price - DeliveryPrice, actor, now);
            DeliveryPrice = price;
        }
    }

    private void Enter(LedgerKind kind, long amount, Actor actor, DateTime now, Guid? lineId = null, string reason = "", string reference = "", int days = 0, Guid? key = null)
    {
        Ledger.Add(new LedgerEntry
        {
            OrderId = Id,
            Position = Ledger.Count + 1,
            Kind = kind,
            Amount = amount,
            Days = days,
            LineId = lineId,
            Reason = reason,
            Reference = reference,
            SubmissionKey = key,
            Actor = actor.Kind,
            ActorId = actor.PersonId,
            At = now,
        });
        if (LedgerEntry.IsPaid(kind))
        {
            Paid -= amount;
        }
        else
        {
            Total += amount;
        }

        UpdatedAt = now;
    }
}

/// <summary>What was agreed with an order besides its lines.</summary>
internal sealed record OrderTerms
{
    public required string Currency { get; init; }
    public required Receiving Receiving { get; init; }
    public IReadOnlyList<AddressLine> Address { get; init; } = [];
    public Branch? Branch { get; init; }
    public DateOnly? CollectOn { get; init; }
    public IReadOnlyList<TicketAnswer> Invoice { get; init; } = [];
    public string Notes { get; init; } = "";
    public required PaymentWay Payment { get; init; }
    public required long DeliveryPrice { get; init; }

    /// <summary>Of bringing it, in hundredths of a percent.</summary>
    public required int TaxRate { get; init; }
}
