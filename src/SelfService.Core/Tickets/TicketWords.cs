namespace SelfService.Core.Tickets;

/// <summary>What a ticket is about.</summary>
public enum TicketKind
{
    Request,
    Order,
    Appointment,
}

/// <summary>Where a ticket stands.</summary>
public enum TicketStatus
{
    /// <summary>Nobody has answered yet.</summary>
    New,

    /// <summary>The company owes the next step.</summary>
    Open,

    /// <summary>The customer owes the next step.</summary>
    Pending,

    /// <summary>Answered for good, as far as the company knows; it can be reopened for some days.</summary>
    Solved,

    /// <summary>Nothing more is expected.</summary>
    Closed,
}

/// <summary>How much a ticket presses; more is later in the list.</summary>
public enum TicketPriority
{
    Low,
    Normal,
    High,
    Urgent,
}

/// <summary>What happens next; the words for each belong to the pages.</summary>
public enum NextStep
{
    /// <summary>The company gives its first answer.</summary>
    FirstResponse,

    /// <summary>The company answers what the customer wrote last.</summary>
    Response,

    /// <summary>The customer answers.</summary>
    CustomerAnswer,

    /// <summary>What an agent promised in words of her own.</summary>
    Promise,

    /// <summary>The customer pays.</summary>
    Payment,

    /// <summary>The company confirms the order.</summary>
    OrderConfirmation,

    /// <summary>The company begins to put the order together.</summary>
    OrderPreparation,

    /// <summary>The order leaves, or is ready at the branch.</summary>
    OrderDispatch,

    /// <summary>The order arrives.</summary>
    OrderDelivery,

    /// <summary>The customer fetches the order.</summary>
    OrderCollection,

    /// <summary>What the customer sends back arrives.</summary>
    ReturnArrival,

    /// <summary>Money that is owed back leaves.</summary>
    Refund,

    /// <summary>The appointment begins.</summary>
    Appointment,

    /// <summary>The company says how the appointment went.</summary>
    AppointmentOutcome,

    /// <summary>An hour that becomes free is offered, or the company writes by the end of the days she waits for.</summary>
    WaitingList,

    /// <summary>The customer takes the hour that is kept for her, or not.</summary>
    WaitingOffer,
}

/// <summary>Who did something.</summary>
public enum ActorKind
{
    Customer,
    Staff,
    System,
}

/// <summary>By which way a ticket came.</summary>
public enum Channel
{
    Portal,
    Phone,
    Mail,
    Chat,
}

/// <summary>Who acts, for the record.</summary>
/// <param name="PersonId">The account; null for a guest and for the portal itself.</param>
public sealed record Actor(ActorKind Kind, Guid? PersonId = null)
{
    /// <summary>The portal itself.</summary>
    public static readonly Actor System = new(ActorKind.System);

    /// <summary>A customer, with or without an account.</summary>
    public static Actor Customer(Guid? personId) => new(ActorKind.Customer, personId);

    /// <summary>A member of staff.</summary>
    public static Actor Staff(Guid personId) => new(ActorKind.Staff, personId);
}

/// <summary>The promise every open ticket carries: what happens next, and by when.</summary>
/// <param name="Step">What kind of step.</param>
/// <param name="Text">The agent's words for <see cref="NextStep.Promise"/>; empty otherwise.</param>
/// <param name="DueAt">By when, UTC.</param>
public sealed record Commitment(NextStep Step, string Text, DateTime DueAt)
{
    /// <summary>Longest promise, in characters.</summary>
    public const int TextMaxLength = 300;
}

/// <summary>One answer of a form, kept with the words it was asked in.</summary>
/// <param name="Name">Name of the field.</param>
/// <param name="Label">The question as it stood.</param>
/// <param name="Value">The answer as a person reads it.</param>
/// <param name="Warning">Set when the answer looks wrong but was taken, such as a check digit that does not fit.</param>
/// <param name="Code">
/// The answer as a program reads it where that is another text: values of options, ISO date, number, minor units with the
/// currency, E.164.
/// </param>
public sealed record TicketAnswer(string Name, string Label, string Value, bool Warning = false, string? Code = null);

/// <summary>One thing the visitor did before asking.</summary>
/// <param name="Kind"><c>search</c> or <c>article</c>.</param>
/// <param name="Text">What was searched, or the title that was read.</param>
/// <param name="Url">Address of the article or of the search.</param>
public sealed record TrailStep(string Kind, string Text, string Url, DateTime At);
