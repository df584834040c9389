using SelfService.Core.People;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Agent;

/// <summary>What is to be changed of several tickets; what is empty stays as it is.</summary>
public sealed class BulkForm
{
    public const string Nobody = "nadie";

    /// <summary>Id of an account, or <see cref="Nobody"/>.</summary>
    public string? Owner { get; set; }

    /// <summary>Key of a queue.</summary>
    public string? Queue { get; set; }

    public TicketPriority? Priority { get; set; }

    /// <summary>Tags to stick on, separated by commas.</summary>
    public string? AddTags { get; set; }

    public bool IsSolved { get; set; }

    /// <summary>The change of a ticket; null when there is nothing to change.</summary>
    public Action<Ticket, DateTime>? Read(ServiceDesk desk, IReadOnlyList<DeskPerson> people, Actor actor)
    {
        Action<Ticket, DateTime>? change = null;
        if (desk.Queues.FirstOrDefault(q => q.Key == Queue) is { } queue)
        {
            change += (ticket, now) => ticket.MoveTo(queue.Key, queue.Name, actor, now);
        }

        if (people.FirstOrDefault(p => p.Id.ToString() == Owner) is { } person)
        {
            change += (ticket, now) => ticket.Assign(person.Id, person.Name, actor, now);
        }
        else if (Owner == Nobody)
        {
            change += (ticket, now) => ticket.Assign(null, "", actor, now);
        }

        if (Priority is { } priority && Enum.IsDefined(priority))
        {
            change += (ticket, now) => ticket.ChangePriority(priority, actor, now);
        }

        if (TicketTags.Read(AddTags) is { Count: > 0 } tags)
        {
            change += (ticket, now) => ticket.Tag(tags, actor, now);
        }

        if (IsSolved)
        {
            change += (ticket, now) => ticket.Solve(actor, desk.ReopenWindow, now);
        }

        return change;
    }
}
