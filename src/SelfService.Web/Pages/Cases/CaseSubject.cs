using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Cases;

/// <summary>The case that a page under <c>/casos/{number}</c> is about, and who looks at it.</summary>
public sealed record CaseSubject(Ticket Ticket, TicketViewer Viewer)
{
    /// <summary>
    /// Whether she is its customer, by her account or by a key of this browser. The desk sees how a customer reads the case and
    /// does nothing here: what staff write must not look as if the customer had.
    /// </summary>
    public bool IsCustomer => IsHerAccount || Viewer.OpenedByKey.Contains(Ticket.Id);

    /// <summary>Whether the case belongs to the account that is signed in.</summary>
    public bool IsHerAccount => Viewer.PersonId is { } person && Ticket.Customer.PersonId == person;

    /// <summary>Who acts, for the history. With a key it is the case's customer, whoever is signed in besides.</summary>
    public Actor Actor => Actor.Customer(IsHerAccount ? Viewer.PersonId : null);

    /// <summary>Address of the case.</summary>
    public string Address => CaseAddress.Of(Ticket.Number);

    /// <summary>Every page of the folder finds its case loaded, or is not reached.</summary>
    public static void LoadForEveryPage(PageApplicationModel page) =>
        page.Filters.Add(new TypeFilterAttribute(typeof(LoadCase)) { Order = LoadCase.BeforeTheFormIsRead });
}

/// <summary>Addresses of cases.</summary>
public static class CaseAddress
{
    /// <summary>Address of a case by its number.</summary>
    public static string Of(string number) => "/casos/" + number;
}

/// <summary>
/// Loads the case of the address for who may see it; for everybody else there is none. It stands where permissions are asked,
/// so that nobody's upload is read before.
/// </summary>
internal sealed class LoadCase(PortalDbContext db, GuestCases guestCases) : IAsyncAuthorizationFilter
{
    /// <summary>Antiforgery, at 1000, reads the form to find its token.</summary>
    public const int BeforeTheFormIsRead = 100;

    private const string CasePage = "/Cases/Case";
    private const string KeyName = "clave";

    private static readonly string[] PagesForTheDesk = [CasePage, "/Cases/File", "/Cases/Orders/Slip", "/Cases/Appointments/Calendar"];

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var (http, cancel) = (context.HttpContext, context.HttpContext.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (context.RouteData.Values["number"] is not string typed)
        {
            return;
        }

        var page = context.RouteData.Values["page"] as string;
        var isRead = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (TicketNumber.Parse(typed) is not { } number)
        {
            context.Result = new NotFoundResult();
            return;
        }

        var viewer = await guestCases.ViewerAsync(http, cancel);
        var hasKey = isRead && page == CasePage && http.Request.Query.ContainsKey(KeyName);
        if (hasKey && !viewer.IsDesk && await guestCases.OpenAsync(http, number, http.Request.Query[KeyName], cancel))
        {
            context.Result = new LocalRedirectResult(CaseAddress.Of(number));
            return;
        }

        if (isRead && !hasKey && typed != number)
        {
            // Before anybody looks: that the number is written otherwise says nothing about whether there is one.
            var rest = http.Request.Path.Value!.Split('/', 4) is [_, _, _, var further] ? "/" + further : "";
            context.Result = new LocalRedirectResult(new PathString(CaseAddress.Of(number) + rest).ToUriComponent(), permanent: true);
            return;
        }

        var ticket = await db.Tickets.AsNoTracking().Include(t => t.Customer).VisibleTo(viewer).SingleOrDefaultAsync(t => t.Number == number, cancel);
        var subject = ticket is null ? null : new CaseSubject(ticket, viewer);
        if (subject is null || (!subject.IsCustomer && !(isRead && PagesForTheDesk.Contains(page))))
        {
            context.Result = new NotFoundResult();
            return;
        }

        http.Features.Set(subject);
        context.Result = hasKey ? new LocalRedirectResult(subject.Address) : null;
    }
}

/// <summary>How a page asks for its case.</summary>
public static class CaseSubjectOfPage
{
    /// <summary>The case that the filter has loaded.</summary>
    public static CaseSubject Case(this HttpContext context) => context.Features.GetRequiredFeature<CaseSubject>();
}
