using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
using SelfService.Core.Persistence;
using SelfService.Web.Components;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Admin.Audit;

/// <summary>/admin/registro: who did what to accounts and settings, newest first; as a file too.</summary>
[Authorize(Policy = Accounts.AdminPolicy)]
public sealed class IndexModel(PortalDbContext db, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;

    /// <summary>A kind, or empty for all.</summary>
    [BindProperty(Name = "tipo", SupportsGet = true)]
    public string? Kind { get; set; }

    /// <summary>Words of a name or an address, or the id of an account.</summary>
    [BindProperty(Name = "persona", SupportsGet = true)]
    public string? Who { get; set; }

    [BindProperty(Name = "pagina", SupportsGet = true)]
    public string? Number { get; set; }

    public IReadOnlyList<AuditLine> Lines { get; private set; } = [];

    public int Count { get; private set; }

    public Paging Paging { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var found = AuditSearch.Matching(db, Kind, Who);
        Count = await found.CountAsync(cancel);
        var pages = Math.Max(1, (Count + PageSize - 1) / PageSize);
        var number = Math.Min(PageNumber.Parse(Number), pages);
        Paging = new Paging(number, pages, page => $"/admin/registro?tipo={Uri.EscapeDataString(Kind ?? "")}&persona={Uri.EscapeDataString(Who ?? "")}&pagina={page}");
        Lines = await AuditSearch.Lines(db, AuditSearch.NewestFirst(found).Skip((number - 1) * PageSize).Take(PageSize)).ToListAsync(cancel);
    }

    /// <summary>The lines of the filter as CSV. That somebody took them along is itself written down.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        db.Audit(AuditKind.DataExported, now, User.PersonId(), detail: "audit");
        await db.SaveChangesAsync(cancel);

        var lines = AuditSearch.Lines(db, AuditSearch.NewestFirst(AuditSearch.Matching(db, Kind, Who))).AsAsyncEnumerable();
        return new CsvResult(
            $"registro-{now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.csv",
            ["moment_utc", "kind", "actor_id", "actor", "subject_id", "subject", "via", "detail"],
            lines.Select(line => new[]
            {
                line.At.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), line.Kind.ToString(), line.ActorId?.ToString() ?? "", line.Actor ?? "",
                line.SubjectId?.ToString() ?? "", line.Subject ?? "", line.Via, line.Detail,
            }));
    }
}
