namespace SelfService.Core.Appointments;

/// <summary>What a time is held for.</summary>
public enum HoldReason
{
    /// <summary>One appointment.</summary>
    Appointment,

    /// <summary>An appointment that several customers share.</summary>
    Session,

    /// <summary>Staff keep it free, or somebody is away.</summary>
    Block,

    /// <summary>It is offered for a while to somebody from the waiting list.</summary>
    Offer,
}

/// <summary>
/// A time of one person or of one unit of a room that is taken, with its buffers. It tells whoever looks what is busy; what makes
/// taking it twice impossible are its <see cref="GrainClaim"/>s.
/// </summary>
public sealed class Hold
{
    /// <summary>Longest hold, in days; a longer absence is several.</summary>
    public const int MaxDays = 62;

    public Guid Id { get; init; } = OrderedId.New();

    /// <summary>The appointment, session, block or offer it is held for.</summary>
    public Guid HolderId { get; init; }

    public HoldReason Reason { get; init; }

    /// <summary>Key of the person or room.</summary>
    public string Resource { get; init; } = "";

    /// <summary>Which of several units, from 0.</summary>
    public int Unit { get; init; }

    /// <summary>First grain, see <see cref="Grain"/>.</summary>
    public int FromGrain { get; init; }

    /// <summary>Grain after the last.</summary>
    public int ToGrain { get; init; }
}

/// <summary>One grain of one person or unit of a room. The key exists once: whoever writes it second is told so by the database.</summary>
public sealed class GrainClaim
{
    public string Resource { get; init; } = "";

    public int Unit { get; init; }

    public int Grain { get; init; }

    public Guid HolderId { get; init; }
}

/// <summary>The time of a service that several customers share. It holds who gives it and where as long as anybody comes.</summary>
public sealed class SharedSession
{
    public Guid Id { get; init; } = OrderedId.New();

    /// <summary>Slug of the service.</summary>
    public string Service { get; init; } = "";

    /// <summary>Key of the place.</summary>
    public string Place { get; init; } = "";

    /// <summary>The grain it begins with.</summary>
    public int StartGrain { get; init; }

    /// <summary>Who gives it and where, while anybody comes.</summary>
    public IReadOnlyList<HeldResource> Resources { get; set; } = [];

    /// <summary>Seats there are.</summary>
    public int Seats { get; init; }

    /// <summary>Seats that are taken; changed by conditional updates alone.</summary>
    public int Taken { get; set; }
}

/// <summary>A person or room that an appointment holds.</summary>
/// <param name="Name">As it stood.</param>
/// <param name="Unit">Which of several units, from 0.</param>
public sealed record HeldResource(string Key, ResourceKind Kind, string Name, int Unit);
