using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SelfService.Core.Company;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Calls;
using SelfService.Web.Components;
using SelfService.Web.Resources;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/nuevo: somebody called, about something new or about a case she has.</summary>
public sealed class NewModel(PortalDbContext db, OpenTicket open, RecordCall calls, ServiceDesk desk, CompanyProfile company, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(Name = "")]
    public CallForm Form { get; set; } = new();

    public IReadOnlyList<Queue> Queues => desk.Queues;

    /// <summary>Cases of who calls.</summary>
    public IReadOnlyList<TicketRow> Cases { get; private set; } = [];

    private Guid Me => User.PersonId()!.Value;

    public void OnGet() => Form = new CallForm { Key = Guid.NewGuid(), Queue = desk.DefaultQueue.Key, Language = company.Languages[0] };

    /// <summary>The page again, with who it is and the cases she has.</summary>
    public async Task OnPostBuscarAsync(CancellationToken cancel) => await LookAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Form.Key = Form.Key == Guid.Empty ? Guid.NewGuid() : Form.Key;
        await LookAsync(cancel);
        var contact = Form.Read(ModelState, company, desk, (key, values) => texts[key, values]);
        var chosen = Cases.FirstOrDefault(c => c.Number == Form.Case);
        // The case that this very form opened a moment ago is not another one.
        var isOpen = Cases.Any(c => c.DueAt is not null) && !await db.Tickets.AnyAsync(t => t.SubmissionKey == Form.Key, cancel);
        if (ModelState.IsValid && chosen is null && Form.Case != CallForm.NewCase && isOpen)
        {
            ModelState.AddModelError(nameof(CallForm.Case), "Workspace.CallWhich");
        }

        if (!ModelState.IsValid)
        {
            return this.Answer(StatusCodes.Status400BadRequest);
        }

        var name = await db.Users.Where(p => p.Id == Me).Select(p => p.Name).SingleAsync(cancel);
        if (chosen is not null)
        {
            var outcome = await calls.RunAsync(chosen.Id, Me, new StaffText(Form.Key, name, Form.Text!, []), cancel);
            return outcome.Result == StepResult.Overtaken ? SentBefore(chosen.Number) : LocalRedirect(DeskAddress.Of(chosen.Number) + "?hecho=1");
        }

        var opened = await open.RunAsync(
            new TicketRequest
            {
                SubmissionKey = Form.Key,
                Channel = Channel.Phone,
                Priority = Form.Priority,
                Queue = Form.Queue!,
                Sla = desk.Queue(Form.Queue).SlaOf(TicketKind.Request).Key,
                Subject = Form.Subject!,
                Message = Form.Text!,
                Contact = contact,
                Language = Form.Language!,
                Actor = Actor.Staff(Me),
                StaffName = name,
            },
            cancel);
        return opened.IsSame ? LocalRedirect(DeskAddress.Of(opened.Number) + "?hecho=1") : SentBefore(opened.Number);
    }

    // That form was sent already; what was changed since is another call, once she says so.
    private PageResult SentBefore(string number)
    {
        Form.Key = Guid.NewGuid();
        ModelState.AddModelError("", texts["Desk.CallOpened", number]);
        return this.Answer(StatusCodes.Status409Conflict);
    }

    // A name that is known need not be asked for again.
    private async Task LookAsync(CancellationToken cancel)
    {
        Cases = await calls.CasesOfAsync(db.Tickets.AsNoTracking().VisibleTo(User.Viewer()), Form.PhoneNumber(company), Form.EmailAddress, cancel);
        Form.Name = string.IsNullOrWhiteSpace(Form.Name) ? Cases.Select(c => c.ContactName).FirstOrDefault(n => n.Length > 0) : Form.Name;
    }
}
