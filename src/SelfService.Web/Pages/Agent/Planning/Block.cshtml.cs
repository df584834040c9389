using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.Appointments;
using SelfService.Web.Components;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent.Planning;

/// <summary>/agente/agenda/bloquear: a time in which a person or a room cannot be booked, or an absence.</summary>
public sealed class BlockModel(BlockTime block, Agenda agenda) : PageModel
{
    [BindProperty(Name = "")]
    public BlockForm Form { get; set; } = new();

    /// <summary>People and rooms by the place where they are.</summary>
    public IEnumerable<(Place Place, IReadOnlyList<Resource> Resources)> Resources =>
        agenda.Places.Select(p => (p, (IReadOnlyList<Resource>)[.. agenda.Resources.Where(r => r.Places.Count > 0 && r.Places[0] == p.Key)])).Where(p => p.Item2.Count > 0);

    public void OnGet([FromQuery(Name = AgendaAddress.PersonName)] string? person, [FromQuery(Name = AgendaAddress.DayName)] string? day) =>
        Form = new BlockForm { Key = Guid.NewGuid(), Resource = agenda.Resource(person)?.Key, FromDay = Pages.Appointments.BookingChoice.Day(day) is null ? null : day };

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Form.Read(ModelState, agenda, User.PersonId()!.Value) is not { } request)
        {
            return this.Answer(StatusCodes.Status400BadRequest);
        }

        var blocked = await block.RunAsync(request, cancel);
        if (blocked.Obstacle is not { } obstacle)
        {
            return LocalRedirect(AgendaAddress.Block(blocked.Id!.Value) + "?hecho=1");
        }

        var (field, status) = obstacle switch
        {
            BlockObstacle.Unknown => (nameof(Form.Resource), StatusCodes.Status400BadRequest),
            BlockObstacle.SentBefore => ("", StatusCodes.Status409Conflict),
            _ => (nameof(Form.ToDay), StatusCodes.Status400BadRequest),
        };
        if (obstacle == BlockObstacle.SentBefore)
        {
            // That form has blocked something already; what was changed since is another block, once she says so.
            Form.Key = Guid.NewGuid();
        }

        return this.Refuse(field, "Desk.AgendaBlock" + obstacle, status);
    }
}
