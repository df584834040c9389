using NodaTime;
using SelfService.Core.Company;
using SelfService.Search;

namespace SelfService.Core.Tickets.Rules;

/// <summary>What of a ticket conditions look at, at the moment of an event.</summary>
/// <param name="Words">Subject, answers and the customer's last message.</param>
public sealed record RuleFacts(
    string Queue, TicketKind Kind, Channel Channel, TicketPriority Priority, TicketStatus Status, string Language, string Form, IReadOnlyList<string> Tags,
    string Words, string? Email, bool IsOwned, bool IsOpen, int? Rating)
{
    private const string Yes = "sí";

    /// <summary>The facts of a ticket as it stands.</summary>
    /// <param name="message">The customer's last message; empty when there is none.</param>
    /// <param name="at">Moment of the event, UTC.</param>
    public static RuleFacts Of(Ticket ticket, string message, DateTime at, CompanyProfile company) => new(
        ticket.Queue, ticket.Kind, ticket.Channel, ticket.Priority, ticket.Status, ticket.Language, ticket.Form, ticket.Tags,
        string.Join('\n', [ticket.Subject, .. ticket.Answers.Select(a => a.Value), message]), ticket.ContactEmail, ticket.OwnerId is not null,
        company.OpeningHours.Week.Count == 0 || company.OpeningHours.At(Instant.FromDateTimeUtc(at)).IsOpen, ticket.Rating);

    /// <summary>Whether all conditions of a rule hold.</summary>
    public bool Fulfil(Rule rule) => rule.Conditions.All(c => c.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Any(v => Holds(c.Field, v)) != c.IsNot);

    private bool Holds(RuleField field, string value) => field switch
    {
        RuleField.Queue => Same(Queue, value),
        RuleField.Kind => Same(Kind.ToString(), value),
        RuleField.Channel => Same(Channel.ToString(), value),
        RuleField.Priority => Same(Priority.ToString(), value),
        RuleField.Status => Same(Status.ToString(), value),
        RuleField.Language => Same(Language, value),
        RuleField.Form => Same(Form, value),
        RuleField.Tag => Tags.Contains(TicketTags.Normal(value)),
        RuleField.Words => Says(value),
        RuleField.Domain => Email is { } email && (Same(email[(email.IndexOf('@') + 1)..], value) || email.EndsWith("." + value, StringComparison.OrdinalIgnoreCase)),
        RuleField.Owned => IsOwned == IsYes(value),
        RuleField.Open => IsOpen == IsYes(value),
        _ => int.TryParse(value, out var most) && Rating <= most,
    };

    // All words of the value that carry meaning, each in any of its forms.
    private bool Says(string value)
    {
        value = SearchLanguage.Default.WithoutStopWords(value) is { Length: > 0 } meaning ? meaning : value;
        var said = SearchLanguage.Stems(Words).SelectMany(s => s).ToHashSet(StringComparer.Ordinal);
        var asked = SearchLanguage.Stems(value).ToList();
        return asked.Count > 0 && asked.All(word => word.Any(said.Contains));
    }

    private static bool IsYes(string value) => Same(value, Yes) || Same(value, "si") || Same(value, "yes");

    private static bool Same(string one, string other) => string.Equals(one, other.Trim(), StringComparison.OrdinalIgnoreCase);
}
