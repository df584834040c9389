using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Agent.Orders;

/// <summary>/agente/casos/{number}/pedido/concesion: less to pay, something back, or more days; within the limit of the role.</summary>
public sealed class GrantModel(PortalDbContext db, GrantOnOrder grant, DeskOrderWords words, IStringLocalizer<Texts> texts) : OrderPage(db)
{
    /// <summary>What can be granted, with its name in the form.</summary>
    public static readonly IReadOnlyList<(string Name, LedgerKind Kind, bool IsPercent)> Kinds =
        [("descuento", LedgerKind.Discount, false), ("porcentaje", LedgerKind.Discount, true), ("nota", LedgerKind.CreditNote, false), ("dias", LedgerKind.Extension, false)];

    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public string? Much { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public GrantLimit Limit { get; private set; } = GrantLimit.None;

    /// <summary>What she may still give, in words.</summary>
    public string Left(LedgerKind kind) => Say(kind, Order.GrantLeft(kind, Limit));

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Look();
        Limit = await grant.LimitAsync(Me, cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Limit = await grant.LimitAsync(Me, cancel);
        var chosen = Kinds.FirstOrDefault(k => k.Name == Kind);
        if (chosen.Name is null)
        {
            ModelState.AddModelError(nameof(Kind), "Desk.OrderKindRequired");
        }

        var much = Read(chosen.Kind, chosen.IsPercent);
        Reason = TypedAmount.ReadLine(Reason, LedgerEntry.ReasonMaxLength, nameof(Reason), ModelState);
        if (!ModelState.IsValid)
        {
            return Refuse();
        }

        try
        {
            return await AfterAsync(await grant.RunAsync(Step, new OrderGrant(Key, chosen.Kind, much, Reason, chosen.IsPercent), cancel), cancel);
        }
        catch (GrantLimitException exception)
        {
            ModelState.AddModelError(nameof(Much), texts["Desk.OrderGrantLeft", Say(chosen.Kind, exception.Left)]);
            return Refuse();
        }
    }

    private long Read(LedgerKind kind, bool isPercent)
    {
        var typed = (Much ?? "").Trim().TrimEnd('%').TrimEnd();
        var much = kind == LedgerKind.Extension || isPercent
            ? int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && (!isPercent || number <= 100) ? number : 0
            : words.Figures.MinorUnits(typed) ?? 0;
        if (much <= 0)
        {
            ModelState.AddModelError(nameof(Much), isPercent ? "Desk.OrderPercentRequired" : kind == LedgerKind.Extension ? "Desk.OrderDaysRequired" : "Desk.OrderAmountRequired");
        }

        return much;
    }

    private string Say(LedgerKind kind, long left) => kind == LedgerKind.Extension ? texts["Desk.OrderDays", left] : words.Money(left);
}
