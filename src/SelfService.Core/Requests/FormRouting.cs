using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Tickets;

namespace SelfService.Core.Requests;

/// <summary>Checks where a form sends its cases. What does not exist is reported and says nothing, so that no case goes nowhere.</summary>
internal sealed class FormRouting(ServiceDesk desk, ICollection<ContentProblem> problems)
{
    /// <summary>Where a form goes that says nothing else.</summary>
    public string DefaultQueue => desk.DefaultQueue.Key;

    /// <summary>The queue's key when there is such a queue.</summary>
    /// <param name="where">Place in the file, for the report.</param>
    public string? Queue(string? key, string where, int line) =>
        Known(key, desk.Queues.Any(q => q.Key == key), where, line) ? key : null;

    /// <summary>The policy's key when there is such a policy.</summary>
    public string? Sla(string? key, string where, int line) =>
        Known(key, desk.Policies.Any(p => p.Key == key), where, line) ? key : null;

    /// <summary>The priority when there is such a one.</summary>
    public TicketPriority? Priority(string? name, string where, int line)
    {
        TicketPriority? priority = name switch
        {
            "low" => TicketPriority.Low,
            "normal" => TicketPriority.Normal,
            "high" => TicketPriority.High,
            "urgent" => TicketPriority.Urgent,
            _ => null,
        };
        return Known(name, priority is not null, where, line) ? priority : null;
    }

    private bool Known(string? key, bool exists, string where, int line)
    {
        if (key is not null && !exists)
        {
            problems.Add(ContentProblem.Warning(ProblemKind.FormRouting, line, $"{where}: {key}"));
        }

        return key is not null && exists;
    }
}
