using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent;

/// <summary>A page about one ticket, and the one way a step on it ends: done, or told what others did meanwhile.</summary>
public abstract class TicketPage(PortalDbContext db) : PageModel
{
    private IReadOnlyList<TicketEvent> news = [];

    public TicketDetail Detail => HttpContext.Features.GetRequiredFeature<TicketDetail>();

    public Ticket Ticket => Detail.Ticket;

    /// <summary>Address of the ticket.</summary>
    public string Address => DeskAddress.Of(Ticket.Number);

    /// <summary>Number of events in the history that the form was filled in beside.</summary>
    [BindProperty]
    public int Seen { get; set; }

    /// <summary>What others did while she filled in the form, with what they wrote.</summary>
    public IReadOnlyList<(TicketEvent Event, Message? Message)> News =>
        [.. news.Select(e => (e, Detail.Thread.FirstOrDefault(m => m.WrittenAt == e.At && m.AuthorId == e.ActorId)))];

    protected StaffStep Step => new(Ticket.Id, Me, Seen);

    protected Guid Me => User.PersonId()!.Value;

    protected Task<string> MyNameAsync(CancellationToken cancel) => db.Users.Where(p => p.Id == Me).Select(p => p.Name).SingleAsync(cancel);

    /// <summary>Key of the words for a step that the state does not allow.</summary>
    protected virtual string NotPossible => !Ticket.HasOpenRecord ? "Desk.NotPossible" : Ticket.Kind == TicketKind.Appointment ? "Desk.AppointmentNotPossible" : "Desk.OrderNotPossible";

    /// <summary>The page shows everything that has happened until now.</summary>
    protected void Look() => Seen = Detail.History.Count;

    /// <summary>Where a step leads.</summary>
    protected async Task<IActionResult> AfterAsync(StepOutcome outcome, CancellationToken cancel)
    {
        if (outcome.Result is StepResult.Done or StepResult.DoneBefore)
        {
            return LocalRedirect(Address + "?hecho=1");
        }

        news = outcome.News;
        HttpContext.Features.Set(await db.TicketDetailAsync(User.Viewer(), Ticket.Number, Detail.Now, cancel) ?? Detail);
        // News is on the page now; sent again, it has been seen.
        Seen = Detail.History.Count;
        ModelState.AddModelError("", outcome.Result == StepResult.NotPossible ? NotPossible : "Desk.Overtaken");
        return Refuse(StatusCodes.Status409Conflict);
    }

    /// <summary>The same page with everything typed.</summary>
    protected PageResult Refuse(int status = StatusCodes.Status400BadRequest)
    {
        var page = Page();
        page.StatusCode = status;
        return page;
    }
}

/// <summary>Addresses of the desk.</summary>
public static class DeskAddress
{
    public const string List = "/agente";

    /// <summary>Address of a ticket by its number.</summary>
    public static string Of(string number) => "/agente/casos/" + number;
}
