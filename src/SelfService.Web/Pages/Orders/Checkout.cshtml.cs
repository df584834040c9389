using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.Orders;
using SelfService.Core.People;
using SelfService.Core.Requests;
using SelfService.Web.Components;
using SelfService.Web.Pages.Requests;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Orders;

/// <summary>/pedido: one page that turns the cart into an order.</summary>
public sealed class CheckoutModel(
    BrowserCart browser, Carts carts, OrderRules rules, CollectionDays days, CheckoutFields fields, ReadCheckout read, SendOrder send, KnownBuyer known, SpamTrap trap, CartWords words, TimeProvider clock) : PageModel, IKeepsInput
{
    /// <summary>The cart as it can be ordered now; null when there is nothing in it.</summary>
    public CartLook? Look { get; private set; }

    public CheckoutDraft Draft { get; private set; } = null!;

    public RequestForm Form { get; private set; } = null!;

    /// <summary>What was read from the draft; null while nobody has sent it.</summary>
    public FormAnswers? Answers { get; private set; }

    /// <summary>Who has signed in with a confirmed address.</summary>
    public Person? Person { get; private set; }

    /// <summary>Her store credit, in minor units.</summary>
    public long Credit { get; private set; }

    public Receiving Receiving { get; private set; }

    public OrderSums Sums { get; private set; } = new(0, 0, 0);

    public FormNotice? Notice { get; private set; }

    /// <summary>What changed since she last saw it, in sentences.</summary>
    public IReadOnlyList<string> News { get; private set; } = [];

    /// <summary>Number of the order that this page has placed with other words.</summary>
    public string EarlierNumber { get; private set; } = "";

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Response.Headers.CacheControl = "no-store";
        Person = await known.PersonAsync(HttpContext, HttpContext.RequestAborted);
        Credit = await known.CreditAsync(Person, HttpContext.RequestAborted);
        Draft = CheckoutDraft.New(await known.DraftAsync(Person, trap.Stamp(), HttpContext.RequestAborted));
        // A form that could not be read comes back without a handler.
        await (ModelState.IsValid ? Task.CompletedTask : ShowAsync(HttpContext.RequestAborted));
        await next();
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        await ShowAsync(cancel);
        return Look is { Buyable.Count: > 0 and <= Order.MaxLines } ? Page() : Redirect(CartModel.Address);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Draft = CheckoutDraft.Read(await Request.ReadFormAsync(cancel));
        // The cart first: an order that is placed between the two empties it, and is found by its key then.
        var look = await carts.FindAsync(browser.Holder(HttpContext), cancel) is { } cart ? CartLook.Of(cart) : null;
        if (!await send.IsUsedAsync(Draft.Form.Key, cancel) && !Draft.Shows(look, rules))
        {
            return look is { Buyable.Count: > 0 } ? await AgainAsync(StatusCodes.Status409Conflict, cancel, changed: true) : Redirect(CartModel.Address);
        }

        (Answers, var request) = read.Run(Draft, days.Of(look?.LeadDays ?? 0, clock.GetUtcNow().UtcDateTime), Person, ModelState);
        var notice = request is null ? null : trap.Look(Draft.Form);
        if (request is null || notice is not null)
        {
            Draft = notice == FormNotice.TooOld ? Draft with { Form = Draft.Form with { Opened = trap.Stamp() } } : Draft;
            return await AgainAsync(StatusCodes.Status400BadRequest, cancel, notice);
        }

        if (await send.WaitAsync(HttpContext, request, cancel) is { } wait)
        {
            Response.TellToWait(wait);
            return await AgainAsync(StatusCodes.Status429TooManyRequests, cancel, FormNotice.TooMany);
        }

        var placed = await send.RunAsync(HttpContext, request, look?.Cart.Id, cancel);
        if (placed.Ticket is not { } opened)
        {
            return await AgainAsync(StatusCodes.Status409Conflict, cancel, changed: true, obstacles: placed.Obstacles);
        }

        if (opened.IsSame)
        {
            return Redirect(ReceivedModel.AddressOf(opened.Number));
        }

        EarlierNumber = opened.Number;
        Draft = Draft with { Form = Draft.Form with { Key = Guid.NewGuid() } };
        return await AgainAsync(StatusCodes.Status409Conflict, cancel, FormNotice.SentBefore);
    }

    public async Task<IActionResult> NotStoredAsync(CancellationToken cancel) => await AgainAsync(StatusCodes.Status503ServiceUnavailable, cancel, FormNotice.NotStored);

    private async Task<PageResult> AgainAsync(int status, CancellationToken cancel, FormNotice? notice = null, bool changed = false, IReadOnlyList<OrderObstacle>? obstacles = null)
    {
        Notice = notice;
        await ShowAsync(cancel);
        News = words.Obstacles(obstacles ?? [], Draft, Look) is { Count: > 0 } told ? told : changed ? [words.Elsewhere] : [];
        return this.Answer(status);
    }

    private async Task ShowAsync(CancellationToken cancel)
    {
        Look = await carts.LookAsync(browser.Holder(HttpContext), cancel) is { Lines.Count: > 0 } look ? look : null;
        Receiving = Look is { Buyable.Count: > 0 } ? Look.ReceivingBy(rules) : Draft.Receiving;
        Sums = Look?.Sums(rules, Receiving) ?? Sums;
        Form = fields.Of(Receiving, days.Of(Look?.LeadDays ?? 0, clock.GetUtcNow().UtcDateTime));
        News = words.News(Look);
    }
}
