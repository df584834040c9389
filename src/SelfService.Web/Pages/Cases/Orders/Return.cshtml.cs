using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Catalog;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Cases.Orders;

/// <summary>/casos/{number}/devolver: which pieces go back, for what, and why; then where to bring them and by when.</summary>
[EnableRateLimiting(RateLimits.CaseMessages)]
public sealed class ReturnModel(PortalDbContext db, ReturnGoods goods, OrderRules rules, TimeProvider clock) : OrderPage(db)
{
    /// <summary>Value of <see cref="Instead"/> for who wants her money.</summary>
    public const string Money = "dinero";

    /// <summary>Id of the line; null while she has not said.</summary>
    [BindProperty(Name = "renglon", SupportsGet = true)]
    public string? LineId { get; set; }

    /// <summary>Key of the form: sent twice, one return.</summary>
    [BindProperty]
    public Guid Key { get; set; }

    [BindProperty]
    public string? Quantity { get; set; }

    /// <summary><see cref="Money"/>, or the id of the variant she wants.</summary>
    [BindProperty]
    public string? Instead { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Lines of which something may go back now.</summary>
    public IReadOnlyList<OrderLine> Possible { get; private set; } = [];

    /// <summary>The line it is about; null while she has not said, or when nothing of it may go back.</summary>
    public OrderLine? Line { get; private set; }

    /// <summary>What it may be exchanged for, of which there are pieces.</summary>
    public IReadOnlyList<Variant> Variants { get; private set; } = [];

    /// <summary>By when the pieces have to be here.</summary>
    public DateTime Due => clock.GetUtcNow().UtcDateTime + rules.Stages.Return;

    public IReadOnlyList<Branch> Branches => rules.Collection?.Branches ?? [];

    public int Most(OrderLine line) => Order.Returnable(line, clock.GetUtcNow().UtcDateTime);

    protected override async Task LoadAsync(CancellationToken cancel)
    {
        Possible = [.. Order.Lines.Where(l => Most(l) > 0)];
        LineId ??= Possible is [{ } only] ? only.Id.ToString() : null;
        Line = Possible.FirstOrDefault(l => l.Id.ToString() == LineId);
        Variants = Line is null ? [] : await goods.Exchanges(Line).Include(v => v.Product).Where(v => v.InStock == null || v.InStock > 0).OrderBy(v => v.Position).ToListAsync(cancel);
    }

    public void OnGet()
    {
        Key = Guid.NewGuid();
        Quantity = "1";
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Reason = PlainText.Body(Reason);
        _ = int.TryParse(Quantity, out var quantity);
        var instead = Guid.TryParse(Instead, out var variantId) ? variantId : (Guid?)null;
        if (Order.Returns.FirstOrDefault(r => r.SubmissionKey == Key) is { } earlier)
        {
            if (earlier.LineId.ToString() == LineId && earlier.Quantity == quantity && earlier.WantedVariantId == instead && earlier.Reason == Reason)
            {
                return Done(CaseNotices.Return);
            }

            // Sent before with something else, which stands; this one is hers to send as well.
            Key = Guid.NewGuid();
            ModelState.AddModelError(nameof(Reason), "Order.ReturnSentBefore");
        }

        if (Line is null)
        {
            return Refuse(StatusCodes.Status409Conflict);
        }

        Check(quantity, instead);
        if (!ModelState.IsValid)
        {
            return Refuse(StatusCodes.Status400BadRequest);
        }

        Key = Key == Guid.Empty ? Guid.NewGuid() : Key;
        var outcome = await goods.RequestAsync(Subject.Ticket.Id, Subject.Actor, new WantedReturn(Line.Id, quantity, instead, Reason, Key), cancel);
        ModelState.AddModelError(nameof(Quantity), "Order.ReturnOvertaken");
        return outcome.Result == StepResult.NotPossible ? Refuse(StatusCodes.Status409Conflict) : Done(CaseNotices.Return);
    }

    private void Check(int quantity, Guid? instead)
    {
        if (quantity < 1 || quantity > Most(Line!))
        {
            ModelState.AddModelError(nameof(Quantity), "Order.ReturnQuantityWrong");
        }

        if (instead is { } wanted ? !Variants.Any(v => v.Id == wanted && v.Has(Math.Max(1, quantity))) : Instead != Money)
        {
            ModelState.AddModelError(nameof(Instead), string.IsNullOrEmpty(Instead) ? "Order.ReturnInsteadRequired" : "Order.ReturnInsteadGone");
        }

        if (Reason!.Length is 0 or > OrderReturn.ReasonMaxLength)
        {
            ModelState.AddModelError(nameof(Reason), Reason.Length == 0 ? "Order.ReturnReasonRequired" : "Order.ReturnReasonTooLong");
        }
    }
}
