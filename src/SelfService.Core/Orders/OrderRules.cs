using SelfService.Core.Company;

namespace SelfService.Core.Orders;

/// <summary>How the company sells, from <c>content/orders.yaml</c>. Money is in minor units, time in opening hours.</summary>
public sealed record OrderRules
{
    public const int KeyMaxLength = 60;

    /// <summary>Queue that answers for orders; null for the desk's default one.</summary>
    public string? Queue { get; init; }

    /// <summary>Name of the tax inside prices, such as <c>IVA</c>.</summary>
    public string TaxName { get; init; } = "IVA";

    /// <summary>Its rate where a product says nothing, in hundredths of a percent.</summary>
    public int TaxRate { get; init; }

    /// <summary>Bringing it to an address; null where the company does not.</summary>
    public DeliveryRule? Delivery { get; init; }

    /// <summary>Fetching it at a branch; null where there is none.</summary>
    public CollectionRule? Collection { get; init; }

    /// <summary>Ways to pay, at least one.</summary>
    public required IReadOnlyList<PaymentWay> Payment { get; init; }

    public StageTimes Stages { get; init; } = new();

    /// <summary>What each role may grant on one order, by name of the role; a role that is missing grants nothing.</summary>
    public IReadOnlyDictionary<string, GrantLimit> Limits { get; init; } = new Dictionary<string, GrantLimit>();

    /// <summary>The way to pay of that key; null for one that is no longer there.</summary>
    public PaymentWay? Way(string? key) => Payment.FirstOrDefault(way => way.Key == key);

    /// <summary>The branch of that key; null for one that is no longer there.</summary>
    public Branch? Branch(string? key) => Collection?.Branches.FirstOrDefault(branch => branch.Key == key);

    /// <summary>How an order can be received, at least one way.</summary>
    /// <param name="isOnlyWork">Nothing but services.</param>
    public IReadOnlyList<Receiving> ReceivingWays(bool isOnlyWork) => isOnlyWork
        ? [Receiving.AtHome]
        : [.. Delivery is null ? Array.Empty<Receiving>() : [Receiving.Delivery], .. Collection is null ? Array.Empty<Receiving>() : [Receiving.Collection]];

    /// <summary>What bringing costs for goods of that price, in minor units.</summary>
    public long DeliveryPrice(Receiving receiving, long goods) =>
        receiving == Receiving.Delivery && Delivery is { } delivery && (delivery.FreeFrom is not { } free || goods < free) ? delivery.Price : 0;

    /// <summary>The most that somebody with these roles may grant on one order.</summary>
    public GrantLimit LimitOf(IEnumerable<string> roles) => roles.Select(role => Limits.GetValueOrDefault(role) ?? GrantLimit.None)
        .Aggregate(GrantLimit.None, (a, b) => new GrantLimit(Math.Max(a.DiscountPercent, b.DiscountPercent), Math.Max(a.Credit, b.Credit), Math.Max(a.ExtensionDays, b.ExtensionDays)));

    /// <summary>Rules for a company that has not written its own: free delivery, paid at the door.</summary>
    public static OrderRules Plain(CompanyProfile company) => new()
    {
        TaxRate = 0,
        Delivery = new DeliveryRule(company.Name, "", 0, null),
        Payment = [new PaymentWay("delivery", company.Name, PaymentWhen.OnDelivery, "", "", TimeSpan.FromHours(24), null)],
    };
}

/// <summary>Bringing it to an address.</summary>
/// <param name="Line">What the customer should know of it; may be empty.</param>
/// <param name="FreeFrom">Price of the goods from which it costs nothing.</param>
public sealed record DeliveryRule(string Name, string Line, long Price, long? FreeFrom);

/// <summary>Fetching it at a branch, which costs nothing.</summary>
/// <param name="ReadyIn">Opening hours until it can be fetched.</param>
/// <param name="KeepDays">Days that it waits there.</param>
public sealed record CollectionRule(string Name, TimeSpan ReadyIn, int KeepDays, IReadOnlyList<Branch> Branches);

/// <summary>Where it can be fetched.</summary>
/// <param name="Hours">Opening hours as the customer reads them.</param>
public sealed record Branch(string Key, string Name, string Address, string Hours);

/// <summary>A way to pay.</summary>
/// <param name="Line">What it means, in one line.</param>
/// <param name="Instructions">What to do, after ordering; <c>{numero}</c> and <c>{total}</c> are filled in.</param>
/// <param name="Within">Until when it has to be paid; every hour counts.</param>
/// <param name="Most">Largest order it is offered for; null for any.</param>
public sealed record PaymentWay(string Key, string Name, PaymentWhen When, string Line, string Instructions, TimeSpan Within, long? Most);

/// <summary>Opening hours until each step is done.</summary>
public sealed record StageTimes
{
    public TimeSpan Confirm { get; init; } = TimeSpan.FromHours(8);
    public TimeSpan Prepare { get; init; } = TimeSpan.FromHours(12);
    public TimeSpan Ready { get; init; } = TimeSpan.FromHours(12);
    public TimeSpan Ship { get; init; } = TimeSpan.FromHours(12);
    public TimeSpan Deliver { get; init; } = TimeSpan.FromHours(48);

    /// <summary>Until a piece that was announced has to be here; every hour counts.</summary>
    public TimeSpan Return { get; init; } = TimeSpan.FromDays(10);

    /// <summary>Until money that is owed back has left.</summary>
    public TimeSpan Refund { get; init; } = TimeSpan.FromHours(60);
}

/// <summary>What may be granted on one order, by all grants of it together.</summary>
/// <param name="DiscountPercent">Of the price of the goods that were not cancelled.</param>
/// <param name="Credit">Minor units of credit notes.</param>
/// <param name="ExtensionDays">Days beyond the window for returns.</param>
public sealed record GrantLimit(int DiscountPercent, long Credit, int ExtensionDays)
{
    public static readonly GrantLimit None = new(0, 0, 0);
}
