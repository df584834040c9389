using Microsoft.Extensions.Localization;
using SelfService.Core.Company;
using SelfService.Core.Orders;
using SelfService.Core.Requests;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Orders;

/// <summary>What changed of a cart since it was seen, in words.</summary>
public sealed class CartWords(CompanyProfile company, IStringLocalizer<Texts> texts)
{
    private readonly CompanyFigures figures = new(company);

    /// <summary>The cart was changed in another window.</summary>
    public string Elsewhere => texts["Cart.Elsewhere"];

    /// <summary>What changed of a line, beside the line.</summary>
    public IEnumerable<string> OfLine(CartLookLine line)
    {
        if (!line.IsOnSale)
        {
            yield return texts["Cart.LineGone"];
        }
        else if (!line.IsBuyable)
        {
            yield return texts["Cart.LineOut"];
        }
        else if (line.IsShort)
        {
            yield return line.Quantity == 1 ? texts["Cart.LineShortOne"] : texts["Cart.LineShort", line.Quantity];
        }

        if (line.IsPriceChanged)
        {
            yield return texts["Cart.LinePrice", figures.ShowMoney(line.SeenPrice), figures.ShowMoney(line.UnitPrice)];
        }
    }

    /// <summary>What changed of the whole cart, each sentence with the name of what it is about.</summary>
    public IReadOnlyList<string> News(CartLook? look) => [.. (look?.Lines ?? []).SelectMany(Named)];

    /// <summary>Why the order was not placed, and whatever else was found to have changed.</summary>
    /// <param name="draft">With the prices she was shown.</param>
    /// <param name="look">The cart as it stands after that.</param>
    public IReadOnlyList<string> Obstacles(IReadOnlyList<OrderObstacle> obstacles, CheckoutDraft draft, CartLook? look)
    {
        var lines = (look?.Lines ?? []).ToDictionary(l => l.VariantId);
        var told = obstacles.Select(o => o.VariantId).OfType<Guid>().ToHashSet();
        return
        [
            .. obstacles.Select(obstacle => Words(obstacle, draft, obstacle.VariantId is { } id && lines.TryGetValue(id, out var line) ? Name(line) : texts["Cart.SomeProduct"])),
            .. lines.Values.Where(l => !told.Contains(l.VariantId)).SelectMany(Named),
        ];
    }

    private string Words(OrderObstacle obstacle, CheckoutDraft draft, string name) => obstacle.Kind switch
    {
        OrderObstacleKind.Gone => texts["Cart.Gone", name],
        OrderObstacleKind.Short when obstacle.Available <= 0 => texts["Cart.Out", name],
        OrderObstacleKind.Short when obstacle.Available == 1 => texts["Cart.ShortOne", name],
        OrderObstacleKind.Short => texts["Cart.Short", name, obstacle.Available],
        OrderObstacleKind.PriceChanged => texts["Cart.Price", name, figures.ShowMoney(draft.Lines.First(l => l.VariantId == obstacle.VariantId).SeenPrice), figures.ShowMoney(obstacle.Price)],
        OrderObstacleKind.TotalChanged => texts["Cart.Total", figures.ShowMoney(draft.SeenTotal), figures.ShowMoney(obstacle.Price)],
        OrderObstacleKind.CreditChanged => texts["Cart.CreditChanged"],
        _ => texts["Cart.NotOffered"],
    };

    private IEnumerable<string> Named(CartLookLine line)
    {
        var name = Name(line);
        if (!line.IsOnSale)
        {
            yield return texts["Cart.Gone", name];
        }
        else if (!line.IsBuyable)
        {
            yield return texts["Cart.Out", name];
        }
        else if (line.IsShort)
        {
            yield return line.Quantity == 1 ? texts["Cart.ShortOne", name] : texts["Cart.Short", name, line.Quantity];
        }

        if (line.IsPriceChanged)
        {
            yield return texts["Cart.Price", name, figures.ShowMoney(line.SeenPrice), figures.ShowMoney(line.UnitPrice)];
        }
    }

    /// <summary>A line by its name and options.</summary>
    public static string Name(CartLookLine line) =>
        line.Variant.OptionsText(line.Variant.Product) is { Length: > 0 } options ? $"{line.Variant.Product.Title} ({options})" : line.Variant.Product.Title;
}
