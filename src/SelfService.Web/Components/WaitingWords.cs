using Microsoft.Extensions.Localization;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.Tickets;
using SelfService.Web.Resources;

namespace SelfService.Web.Components;

/// <summary>Where somebody on the waiting list stands. The ticket's next step says all of it.</summary>
public sealed class WaitingWords(SpokenMoment spoken, AppointmentWords appointments, IStringLocalizer<Texts> texts)
{
    /// <summary>Whether a step belongs to the waiting list.</summary>
    public static bool IsStep(NextStep? step) => step is NextStep.WaitingList or NextStep.WaitingOffer;

    /// <summary>The status in one word or two, with the sign that goes with it.</summary>
    public CaseStatus Status(NextStep step) =>
        step == NextStep.WaitingOffer ? new(texts["Waiting.StatusOffered"], "bell", "status-waiting") : new(texts["Waiting.StatusWaiting"], "clock", "");

    /// <summary>What happens and what is next.</summary>
    /// <param name="next">A step of the list, see <see cref="IsStep"/>.</param>
    /// <param name="isLate">Whether its moment has passed.</param>
    public CaseSentence Sentence(Commitment next, bool isLate)
    {
        var by = spoken.Deadline(next.DueAt);
        return (next.Step, isLate) switch
        {
            (NextStep.WaitingOffer, false) => new(texts["Waiting.Offered"], texts["Waiting.TakeBy", spoken.Written(next.DueAt)], next.DueAt),
            (NextStep.WaitingOffer, true) => new(texts["Waiting.Lapsed"], texts["Waiting.LapsedLine"], next.DueAt),
            (_, false) => new(texts["Waiting.Waits"], texts["Waiting.WaitsBy", by], next.DueAt),
            _ => new(texts["Waiting.Waits"], texts["Waiting.WaitsOver"], next.DueAt),
        };
    }

    /// <summary>From joining to the appointment.</summary>
    public IReadOnlyList<CaseStep> Steps(Ticket ticket)
    {
        var isOffered = ticket.NextStep == NextStep.WaitingOffer;
        return
        [
            new(texts["Waiting.StepJoined"], spoken.Moment(ticket.OpenedAt), StepState.Done),
            new(texts[isOffered ? "Waiting.StepOffered" : "Waiting.StepWaits"], isOffered ? spoken.Written(ticket.DueAt!.Value) : "", StepState.Now),
            new(texts["Waiting.StepBooked"], "", StepState.Ahead),
        ];
    }

    /// <summary>The hour that is kept for her, with its clock; empty when none is.</summary>
    public string Offer(WaitingEntry entry) => entry.Offer is { } offer ? appointments.Clocked(offer) : "";

    /// <summary>Until when it is kept, on the clock of the place; empty when nothing is.</summary>
    public string Until(WaitingEntry entry) =>
        entry is { Offer: { } offer, OfferUntil: { } until } ? appointments.Clocked(new AgreedTime(Instant.FromDateTimeUtc(until).InZone(offer.Start.Zone))) : "";

    /// <summary>The days that serve her.</summary>
    public string Days(WaitingEntry entry) => entry.FirstDay == entry.LastDay
        ? spoken.FullDay(entry.FirstDay) : texts["Booking.FromTo", spoken.FullDay(entry.FirstDay), spoken.FullDay(entry.LastDay)];
}
