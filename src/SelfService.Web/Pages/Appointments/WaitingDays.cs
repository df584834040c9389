using NodaTime;
using NodaTime.Text;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.Requests;
using SelfService.Web.Pages.Requests;

namespace SelfService.Web.Pages.Appointments;

/// <summary>The days and the part of the day that serve who waits for an hour, as the form has them.</summary>
public sealed record WaitingDays(LocalDate First, LocalDate Last, DayPart Part)
{
    public const string FirstName = "waiting_first";
    public const string LastName = "waiting_last";
    public const string PartName = "waiting_part";

    // What is proposed to who has not said anything.
    private const int DaysProposed = 30;

    public static readonly IReadOnlyList<string> Names = [FirstName, LastName, PartName];

    /// <summary>A part of the day as the form writes it.</summary>
    public static string Write(DayPart part) => part.ToString().ToLowerInvariant();

    /// <summary>What was sent; null when a day is missing.</summary>
    public static WaitingDays? Read(TypedValues typed) =>
        TypedDate.Read(typed.One(FirstName)) is { } first && TypedDate.Read(typed.One(LastName)) is { } last
            ? new WaitingDays(first, last, Enum.GetValues<DayPart>().FirstOrDefault(part => Write(part) == typed.One(PartName)))
            : null;

    /// <summary>A form that nobody has touched, with the next days.</summary>
    /// <param name="last">Last day that can be booked.</param>
    public static FormDraft Proposed(FormDraft draft, LocalDate today, LocalDate last) => draft with
    {
        Values = draft.Values.With(new Dictionary<string, string>
        {
            [FirstName] = LocalDatePattern.Iso.Format(today),
            [LastName] = LocalDatePattern.Iso.Format(LocalDate.Min(today.PlusDays(DaysProposed), last)),
            [PartName] = Write(DayPart.Any),
        }),
    };
}
