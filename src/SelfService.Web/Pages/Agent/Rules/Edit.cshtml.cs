using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Rules;
using SelfService.Web.Components;

namespace SelfService.Web.Pages.Agent.Rules;

/// <summary>/agente/reglas/{id}: one rule, what it would have done, and its change. Agents may look, administrators may change.</summary>
public sealed class EditModel(PortalDbContext db, PreviewRule preview, ServiceDesk desk, CannedReplies replies, TimeProvider clock) : PageModel
{
    [BindProperty(Name = "")]
    public RuleForm Form { get; set; } = new();

    /// <summary>The rule as it is stored; null for a new one.</summary>
    public Rule? Rule { get; private set; }

    /// <summary>What it would have done; null until it is asked.</summary>
    public RulePreview? Preview { get; private set; }

    public IReadOnlyList<Queue> Queues => desk.Queues;

    public IReadOnlyList<CannedReply> Replies => replies.For("");

    public bool MayChange => User.IsInRole(Roles.Admin);

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel))
        {
            return NotFound();
        }

        Form = RuleForm.Of(Rule);
        return Page();
    }

    /// <summary>What the rule in the form would have done. Nothing is changed.</summary>
    public async Task<IActionResult> OnPostProbarAsync(string id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel) || !MayChange)
        {
            return NotFound();
        }

        var rule = new Rule();
        Form.Write(rule, ModelState, clock.GetUtcNow().UtcDateTime);
        Form.WithSpareLines();
        if (!ModelState.IsValid)
        {
            return this.Answer(StatusCodes.Status400BadRequest);
        }

        Preview = await preview.RunAsync(rule, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel) || !MayChange)
        {
            return NotFound();
        }

        var rule = Rule ?? new Rule();
        var isNew = Rule is null;
        Form.Write(rule, ModelState, clock.GetUtcNow().UtcDateTime);
        if (isNew && await db.Rules.CountAsync(cancel) >= Rule.MaxRules)
        {
            ModelState.AddModelError("", "Rules.Many");
        }

        if (!isNew && rule.Version != Form.Version)
        {
            ModelState.AddModelError("", "Rules.Overtaken");
            Form.Version = rule.Version;
        }

        if (!ModelState.IsValid)
        {
            Form.WithSpareLines();
            return this.Answer(ModelState.ErrorCount > 0 && !isNew && ModelState[""]?.Errors.Count > 0 ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest);
        }

        if (isNew)
        {
            db.Rules.Add(rule);
        }

        await db.SaveChangesAsync(cancel);
        return LocalRedirect(IndexModel.List);
    }

    public async Task<IActionResult> OnPostBorrarAsync(string id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel) || !MayChange || Rule is null)
        {
            return NotFound();
        }

        await db.Rules.Where(r => r.Id == Rule.Id).ExecuteDeleteAsync(cancel);
        return LocalRedirect(IndexModel.List);
    }

    private async Task<bool> FindAsync(string id, CancellationToken cancel)
    {
        Rule = Guid.TryParse(id, out var known) ? await db.Rules.SingleOrDefaultAsync(r => r.Id == known, cancel) : null;
        return Rule is not null || (id == "nueva" && MayChange);
    }
}
