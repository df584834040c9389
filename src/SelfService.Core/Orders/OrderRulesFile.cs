using System.Globalization;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.People;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;

namespace SelfService.Core.Orders;

/// <summary><c>content/orders.yaml</c> as it is written; <see cref="Read"/> checks it.</summary>
public sealed class OrderRulesFile
{
    public const string FileName = "orders.yaml";

    private const int MaxBranches = 200;
    private const int MaxWays = 10;
    private const int TextMaxLength = 1000;
    private const decimal MaxMoney = 1_000_000_000;

    public string? Queue { get; set; }
    public TaxPart? Tax { get; set; }
    public DeliveryPart? Delivery { get; set; }
    public CollectionPart? Collection { get; set; }
    public List<PaymentPart?>? Payment { get; set; }
    public Dictionary<string, string?>? Stages { get; set; }
    public Dictionary<string, LimitPart?>? Limits { get; set; }

    /// <summary>Reads and checks the file.</summary>
    /// <exception cref="ContentException">A value is missing or cannot be used; the problem names it.</exception>
    public static OrderRules Read(ReadOnlySpan<byte> bytes, CompanyProfile company, ServiceDesk desk)
    {
        var file = TypedYaml.Read<OrderRulesFile>(bytes);
        var figures = new CompanyFigures(company);
        if (file.Queue is { } queue && desk.Queues.All(q => q.Key != queue))
        {
            throw Unusable("queue", queue);
        }

        if (file.Delivery is null && file.Collection is null)
        {
            throw Unusable("delivery", null);
        }

        var ways = (file.Payment ?? []).Select((way, i) => Way(way, $"payment[{i}]", figures)).ToList();
        return ways.Count is 0 or > MaxWays || ways.Select(w => w.Key).Distinct().Count() < ways.Count ? throw Unusable("payment", ways.Count.ToString(CultureInfo.InvariantCulture)) : new OrderRules
        {
            Queue = file.Queue,
            TaxName = Text(file.Tax?.Name, "tax.name", OrderRules.KeyMaxLength),
            TaxRate = Rate(file.Tax?.Rate, "tax.rate"),
            Delivery = file.Delivery is { } delivery
                ? new DeliveryRule(Text(delivery.Name, "delivery.name"), Line(delivery.Line, "delivery.line"), Money(delivery.Price ?? 0, "delivery.price", figures), delivery.FreeFrom is { } free ? Money(free, "delivery.free_from", figures) : null)
                : null,
            Collection = file.Collection is { } collection ? Collected(collection) : null,
            Payment = ways,
            Stages = Times(file.Stages ?? []),
            Limits = (file.Limits ?? []).ToDictionary(l => l.Key, l => Limit(l.Key, l.Value, figures)),
        };
    }

    /// <summary>A rate in percent as hundredths of a percent.</summary>
    /// <exception cref="ContentException">Not between 0 and 100, or finer than a hundredth.</exception>
    internal static int Rate(decimal? percent, string key) =>
        percent is null ? 0 : percent is >= 0 and <= 100 && percent * 100 == Math.Truncate(percent.Value * 100) ? (int)(percent * 100) : throw Unusable(key, percent.Value.ToString(CultureInfo.InvariantCulture));

    /// <summary>An amount in minor units.</summary>
    /// <exception cref="ContentException">Negative, enormous, or finer than the currency.</exception>
    internal static long Money(decimal amount, string key, CompanyFigures figures) =>
        amount is >= 0 and <= MaxMoney && figures.Major(figures.Minor(amount)) == amount ? figures.Minor(amount) : throw Unusable(key, amount.ToString(CultureInfo.InvariantCulture));

    private static PaymentWay Way(PaymentPart? part, string key, CompanyFigures figures) => new(
        Key(part?.Key, key),
        Text(part!.Name, $"{key}.name"),
        part.When switch { "before" => PaymentWhen.Before, "link" => PaymentWhen.Link, "on_delivery" => PaymentWhen.OnDelivery, _ => throw Unusable($"{key}.when", part.When) },
        Line(part.Line, $"{key}.line"),
        Line(part.Instructions, $"{key}.instructions", isBody: true),
        part.Within is null ? TimeSpan.FromHours(48) : Time(part.Within, $"{key}.within"),
        part.Max is { } most ? Money(most, $"{key}.max", figures) : null);

    private static CollectionRule Collected(CollectionPart part)
    {
        var branches = (part.Places ?? []).Select((place, i) => new Branch(
            Key(place?.Key, $"collection.places[{i}]"), Text(place!.Name, $"collection.places[{i}].name"), Text(place.Address, $"collection.places[{i}].address", TextMaxLength), Line(place.Hours, $"collection.places[{i}].hours"))).ToList();
        return branches.Count is 0 or > MaxBranches || branches.Select(b => b.Key).Distinct().Count() < branches.Count || part.KeepDays is < 1 or > 365
            ? throw Unusable("collection", branches.Count.ToString(CultureInfo.InvariantCulture))
            : new CollectionRule(Text(part.Name, "collection.name"), Time(part.ReadyIn, "collection.ready_in"), part.KeepDays ?? 7, branches);
    }

    private static StageTimes Times(Dictionary<string, string?> written)
    {
        var times = new StageTimes();
        foreach (var (stage, text) in written)
        {
            var time = Time(text, $"stages.{stage}");
            times = stage switch
            {
                "confirm" => times with { Confirm = time },
                "prepare" => times with { Prepare = time },
                "ready" => times with { Ready = time },
                "ship" => times with { Ship = time },
                "deliver" => times with { Deliver = time },
                "return" => times with { Return = time },
                "refund" => times with { Refund = time },
                _ => throw Unusable($"stages.{stage}", text),
            };
        }

        return times;
    }

    private static GrantLimit Limit(string role, LimitPart? part, CompanyFigures figures) =>
        Roles.Desk.Contains(role) && (part?.DiscountPercent ?? 0) is >= 0 and <= 100 && (part?.ExtensionDays ?? 0) is >= 0 and <= 3650
            ? new GrantLimit(part?.DiscountPercent ?? 0, Money(part?.Credit ?? 0, $"limits.{role}.credit", figures), part?.ExtensionDays ?? 0)
            : throw Unusable($"limits.{role}", null);

    private static string Key(string? key, string place) =>
        key is { Length: > 0 and <= OrderRules.KeyMaxLength } && key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-') ? key : throw Unusable($"{place}.key", key);

    private static string Text(string? written, string key, int most = RequestForm.SummaryMaxLength) =>
        Line(written, key, most) is { Length: > 0 } text ? text : throw Unusable(key, written);

    private static string Line(string? written, string key, int most = RequestForm.NextMaxLength, bool isBody = false)
    {
        var text = isBody ? PlainText.Body(written) : PlainText.Line(written);
        return text.Length <= (isBody ? TextMaxLength : most) ? text : throw Unusable(key, text[..40]);
    }

    // More than two months is a mistake.
    private static TimeSpan Time(string? text, string key) =>
        WrittenTime.Length(text, TimeSpan.FromDays(60)) is { Ticks: > 0 } time ? time : throw Unusable(key, text);

    private static ContentException Unusable(string key, string? value) =>
        new(ContentProblem.Error(ProblemKind.UnknownValue, 0, $"{key}: {value ?? "—"}"));

    public sealed class TaxPart
    {
        public string? Name { get; set; }
        public decimal? Rate { get; set; }
    }

    public sealed class DeliveryPart
    {
        public string? Name { get; set; }
        public string? Line { get; set; }
        public decimal? Price { get; set; }
        public decimal? FreeFrom { get; set; }
    }

    public sealed class CollectionPart
    {
        public string? Name { get; set; }
        public string? ReadyIn { get; set; }
        public int? KeepDays { get; set; }
        public List<PlacePart?>? Places { get; set; }
    }

    public sealed class PlacePart
    {
        public string? Key { get; set; }
        public string? Name { get; set; }
        public string? Address { get; set; }
        public string? Hours { get; set; }
    }

    public sealed class PaymentPart
    {
        public string? Key { get; set; }
        public string? Name { get; set; }
        public string? When { get; set; }
        public string? Line { get; set; }
        public string? Instructions { get; set; }
        public string? Within { get; set; }
        public decimal? Max { get; set; }
    }

    public sealed class LimitPart
    {
        public int? DiscountPercent { get; set; }
        public decimal? Credit { get; set; }
        public int? ExtensionDays { get; set; }
    }
}
