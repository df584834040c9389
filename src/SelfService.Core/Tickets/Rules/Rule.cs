using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets.Rules;

/// <summary>Whether a rule acts.</summary>
public enum RuleState
{
    Off,

    /// <summary>It writes down what it would do, and does nothing.</summary>
    Watching,

    On,
}

/// <summary>What a condition looks at.</summary>
public enum RuleField
{
    Queue,
    Kind,
    Channel,
    Priority,
    Status,
    Language,
    Form,
    Tag,

    /// <summary>Subject, answers of the form and the customer's last message, by the stems of their words.</summary>
    Words,

    /// <summary>What stands behind the @ of the customer's address.</summary>
    Domain,

    /// <summary><c>sí</c> or <c>no</c>: whether somebody answers for it.</summary>
    Owned,

    /// <summary><c>sí</c> or <c>no</c>: whether the company is open at the moment of the event.</summary>
    Open,

    /// <summary>The rating is that or worse.</summary>
    RatingAtMost,
}

/// <summary>What must hold for a rule to act.</summary>
/// <param name="IsNot">Whether it must not hold.</param>
/// <param name="Value">One or several values, separated by commas, of which one is enough.</param>
public sealed record RuleCondition(RuleField Field, bool IsNot, string Value);

/// <summary>What a rule can do.</summary>
public enum RuleActionKind
{
    /// <summary>To the person with that address.</summary>
    Assign,

    /// <summary>To the queue of that key.</summary>
    Move,
    Prioritise,
    Tag,
    Untag,

    /// <summary>With the canned reply of that slug, once a ticket; what happens next stays.</summary>
    Reply,
    Note,

    /// <summary>A mail to the member of staff with that address.</summary>
    Notify,
}

/// <summary>One thing a rule does.</summary>
public sealed record RuleAction(RuleActionKind Kind, string Value);

/// <summary>When something happens to a ticket and conditions hold, then something is done.</summary>
public sealed class Rule : IVersioned
{
    public const int NameMaxLength = 120;
    public const int ValueMaxLength = 300;

    /// <summary>Conditions, and actions, of one rule.</summary>
    public const int MaxParts = 8;

    /// <summary>Rules of the company.</summary>
    public const int MaxRules = 100;

    /// <summary>What rules can wait for.</summary>
    public static readonly IReadOnlyList<TicketEventKind> Triggers =
    [
        TicketEventKind.Opened, TicketEventKind.CustomerReplied, TicketEventKind.CustomerCalled, TicketEventKind.StaffReplied, TicketEventKind.Noted, TicketEventKind.Assigned,
        TicketEventKind.Moved, TicketEventKind.PriorityChanged, TicketEventKind.Tagged, TicketEventKind.Promised, TicketEventKind.SlaWarned, TicketEventKind.Escalated,
        TicketEventKind.Solved, TicketEventKind.Closed, TicketEventKind.Reopened, TicketEventKind.Rated,
    ];

    public Guid Id { get; init; } = OrderedId.New();

    public string Name { get; set; } = "";

    /// <summary>Order in which rules are asked.</summary>
    public int Position { get; set; }

    public RuleState State { get; set; }

    /// <summary>Events after which it is asked.</summary>
    public IReadOnlyList<TicketEventKind> Events { get; set; } = [];

    /// <summary>All of them must hold.</summary>
    public IReadOnlyList<RuleCondition> Conditions { get; set; } = [];

    /// <summary>Done in this order.</summary>
    public IReadOnlyList<RuleAction> Actions { get; set; } = [];

    public DateTime ChangedAt { get; set; }

    public int Version { get; set; }
}

/// <summary>What came of a rule at an event.</summary>
public enum RuleResult
{
    Applied,

    /// <summary>It would have acted, but only watches.</summary>
    Watched,

    /// <summary>An action could not be done; see the detail.</summary>
    Failed,

    /// <summary>It was not asked: rules had set off rules too often, or it had acted in this chain already.</summary>
    Cut,
}

/// <summary>A line of the rules' log.</summary>
public sealed class RuleRun
{
    /// <summary>How long the log is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);

    public Guid Id { get; init; } = OrderedId.New();

    public Guid RuleId { get; init; }

    public string RuleName { get; init; } = "";

    public Guid TicketId { get; init; }

    /// <summary>The event that set it off.</summary>
    public Guid EventId { get; init; }

    /// <summary>The first event of the chain: what a person or the clock did.</summary>
    public Guid RootId { get; init; }

    public DateTime At { get; init; }

    public RuleResult Result { get; init; }

    /// <summary>What was done, or why not.</summary>
    public string Detail { get; init; } = "";
}

internal sealed class RuleMapping : IEntityTypeConfiguration<Rule>
{
    public void Configure(EntityTypeBuilder<Rule> builder)
    {
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Name).HasMaxLength(Rule.NameMaxLength);
        builder.Property(r => r.Events).HasJsonConversion();
        builder.Property(r => r.Conditions).HasJsonConversion();
        builder.Property(r => r.Actions).HasJsonConversion();
        builder.HasIndex(r => r.Position);
    }
}

internal sealed class RuleRunMapping : IEntityTypeConfiguration<RuleRun>
{
    public void Configure(EntityTypeBuilder<RuleRun> builder)
    {
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.RuleName).HasMaxLength(Rule.NameMaxLength);
        builder.Property(r => r.Detail).HasMaxLength(1000);
        builder.HasIndex(r => new { r.RuleId, r.EventId }).IsUnique();
        builder.HasIndex(r => r.TicketId);
        builder.HasIndex(r => r.At);
        builder.HasIndex(r => r.RootId);
        builder.HasOne<Ticket>().WithMany().HasForeignKey(r => r.TicketId).OnDelete(DeleteBehavior.Cascade);
    }
}
