using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SelfService.Core.Company;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Resources;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/nuevo: a ticket for who calls.</summary>
public sealed class NewModel(PortalDbContext db, OpenTicket open, ServiceDesk desk, CompanyProfile company, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(Name = "")]
    public CallForm Form { get; set; } = new();

    public IReadOnlyList<Queue> Queues => desk.Queues;

    public void OnGet() => Form = new CallForm { Key = Guid.NewGuid(), Queue = desk.DefaultQueue.Key, Language = company.Languages[0] };

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Form.Key = Form.Key == Guid.Empty ? Guid.NewGuid() : Form.Key;
        var contact = Form.Read(ModelState, company, desk, (key, values) => texts[key, values]);
        if (!ModelState.IsValid)
        {
            return Refuse();
        }

        var me = User.PersonId()!.Value;
        var opened = await open.RunAsync(
            new TicketRequest
            {
                SubmissionKey = Form.Key,
                Channel = Channel.Phone,
                Priority = Form.Priority,
                Queue = Form.Queue!,
                Sla = desk.Queue(Form.Queue).Sla.Key,
                Subject = Form.Subject!,
                Message = Form.Text!,
                Contact = contact,
                Language = Form.Language!,
                Actor = Actor.Staff(me),
                StaffName = await db.Users.Where(p => p.Id == me).Select(p => p.Name).SingleAsync(cancel),
            },
            cancel);
        if (!opened.IsSame)
        {
            // That form opened a ticket already; what was changed since is another one, once she says so.
            Form.Key = Guid.NewGuid();
            ModelState.AddModelError("", texts["Desk.CallOpened", opened.Number]);
            return Refuse(StatusCodes.Status409Conflict);
        }

        return LocalRedirect(DeskAddress.Of(opened.Number) + "?hecho=1");
    }

    private PageResult Refuse(int status = StatusCodes.Status400BadRequest)
    {
        var page = Page();
        page.StatusCode = status;
        return page;
    }
}
