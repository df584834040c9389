using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Jobs;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Components;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Admin;

/// <summary>A job as administrators see it: what it is for, never whom it goes to.</summary>
/// <param name="Mail">Which mail, where it is one and still to be sent.</param>
/// <param name="Ticket">Number of the ticket it is about.</param>
public sealed record JobRow(Job Job, MailKind? Mail, string? Ticket);

/// <summary>/admin/trabajos: what the portal still has to do, what it gave up, and what it did.</summary>
[Authorize(Policy = Accounts.AdminPolicy)]
public sealed class JobsModel(PortalDbContext db, TimeProvider clock) : PageModel
{
    public const int PageSize = 50;

    /// <summary>States with their names in addresses.</summary>
    public static readonly IReadOnlyList<(string Name, JobState State)> States = [("muertos", JobState.Dead), ("en-espera", JobState.Waiting), ("hechos", JobState.Done)];

    [BindProperty(Name = "tipo", SupportsGet = true)]
    public string? Kind { get; set; }

    public JobState? State { get; private set; }

    public int Number { get; private set; }

    public int Total { get; private set; }

    public DateTime Now { get; private set; }

    public JobHealth Health { get; private set; } = new(0, 0, null);

    public IReadOnlyList<(JobState State, string Kind, int Count)> Counts { get; private set; } = [];

    public IReadOnlyList<JobRow> Rows { get; private set; } = [];

    public Paging Paging => new(Number, Pages, page => Address(State, Kind, page));

    private int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);

    public async Task OnGetAsync([FromQuery(Name = "estado")] string? state, [FromQuery(Name = "pagina")] string? page, CancellationToken cancel)
    {
        Response.Headers.CacheControl = "no-cache, no-store";
        Now = clock.GetUtcNow().UtcDateTime;
        State = States.FirstOrDefault(s => s.Name == state) is { Name: not null } chosen ? chosen.State : null;
        Health = await db.Jobs.HealthAsync(Now, cancel);
        Counts = await db.Jobs.CountsAsync(cancel);
        Kind = Counts.Any(c => c.Kind == Kind) ? Kind : null;
        Total = Counts.Where(c => (State is null || c.State == State) && (Kind is null || c.Kind == Kind)).Sum(c => c.Count);
        Number = Math.Min(PageNumber.Parse(page), Pages);
        var jobs = db.Jobs.AsNoTracking().Where(j => (State == null || j.State == State) && (Kind == null || j.Kind == Kind));
        Rows = await RowsAsync(await jobs.ByNeed().Skip((Number - 1) * PageSize).Take(PageSize).ToListAsync(cancel), cancel);
    }

    /// <summary>Address of this list with another state, kind or page.</summary>
    public static string Address(JobState? state, string? kind, int page = 1)
    {
        var parts = new Dictionary<string, string?>
        {
            ["estado"] = States.FirstOrDefault(s => s.State == state).Name,
            ["tipo"] = kind,
            ["pagina"] = page > 1 ? page.ToString(System.Globalization.CultureInfo.InvariantCulture) : null,
        };
        return QueryHelpers.AddQueryString("/admin/trabajos", parts.Where(p => !string.IsNullOrEmpty(p.Value)));
    }

    private async Task<IReadOnlyList<JobRow>> RowsAsync(IReadOnlyList<Job> jobs, CancellationToken cancel)
    {
        var mails = jobs.Where(j => j.Kind == MailRequest.JobKind && j.Payload.Length > 0).ToDictionary(j => j.Id, j => j.Read<MailRequest>());
        var ids = mails.Values.Select(m => m.TicketId).OfType<Guid>().Distinct().ToList();
        var numbers = await db.Tickets.VisibleTo(User.Viewer()).Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Number, cancel);
        return
        [
            .. from job in jobs
               let mail = mails.GetValueOrDefault(job.Id)
               select new JobRow(job, mail?.Kind, mail?.TicketId is { } id ? numbers.GetValueOrDefault(id) : null),
        ];
    }
}
