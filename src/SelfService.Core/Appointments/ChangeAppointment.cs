using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Appointments;

/// <summary>
/// The one way in which a booked appointment changes, whoever changes it: the appointment, its ticket's promise, its time, history,
/// reminders and mail in one transaction. Changes of one appointment stand in a row.
/// </summary>
public sealed class ChangeAppointment(PortalDbContext db, Agenda agenda, ServiceDesk desk, TimeProvider clock)
{
    private const int MaxAttempts = 12;

    /// <summary>Moves it to another time, and perhaps another place. The old time is given back only with the new one taken.</summary>
    public Task<MoveOutcome> MoveAsync(AppointmentStep step, MoveRequest request, CancellationToken cancel) => RetriedAsync(() => StepAsync(
        step,
        async (appointment, now) =>
        {
            if (appointment.Status != AppointmentStatus.Booked || agenda.Service(appointment.Service) is not { } service || agenda.Place(request.Place) is not { } place || !service.Places.Contains(place.Key))
            {
                throw new AppointmentStateException();
            }

            if (appointment.StartsAt == request.Start.ToDateTimeUtc() && appointment.Place == place.Key && (request.Person is null || appointment.Person?.Key == request.Person))
            {
                return null;
            }

            await db.GiveBackAsync(appointment, cancel);
            var wanted = new SlotRequest(service, place, Instant.FromDateTimeUtc(now), request.Person, appointment.Seats, step.Actor.Kind == ActorKind.Staff);
            var time = await db.TakeTimeAsync(agenda, wanted, request.Start, appointment.Id, HoldReason.Appointment, cancel) ?? throw new TimeTakenException();
            appointment.Move(place, time);
            db.RemindOf(appointment, service, appointment.Ticket.Language, now);
            return new Happened(TicketEventKind.AppointmentMoved, AgreedTime.Of(appointment).ToString());
        },
        cancel));

    /// <summary>Cancels it and gives its time back.</summary>
    public Task<StepOutcome> CancelAsync(AppointmentStep step, string reason, CancellationToken cancel) => StepAsync(
        step,
        async (appointment, now) =>
        {
            if (appointment.Status == AppointmentStatus.Cancelled)
            {
                return null;
            }

            appointment.Cancel(reason, now);
            await db.GiveBackAsync(appointment, cancel);
            return new Happened(TicketEventKind.AppointmentCancelled);
        },
        cancel);

    /// <summary>Enters where the video takes place.</summary>
    /// <param name="link">An address of <see cref="Orders.SafeLink"/>.</param>
    public Task<StepOutcome> MeetAsync(AppointmentStep step, string link, CancellationToken cancel) => StepAsync(
        step,
        (appointment, now) =>
        {
            if (appointment.MeetingLink == link)
            {
                return Task.FromResult<Happened?>(null);
            }

            appointment.Meet(link);
            if (agenda.Service(appointment.Service) is { } service)
            {
                // Those that wait remind of the calendar entry without the link.
                db.RemindOf(appointment, service, appointment.Ticket.Language, now);
            }

            return Task.FromResult<Happened?>(new Happened(TicketEventKind.AppointmentLink));
        },
        cancel);

    /// <summary>The customer is there, or whoever visits her.</summary>
    public Task<StepOutcome> ArriveAsync(AppointmentStep step, CancellationToken cancel) => StepAsync(
        step,
        (appointment, now) =>
        {
            if (appointment.Status == AppointmentStatus.Arrived)
            {
                return Task.FromResult<Happened?>(null);
            }

            appointment.Arrive(now);
            return Task.FromResult<Happened?>(new Happened(TicketEventKind.AppointmentArrived));
        },
        cancel);

    /// <summary>It was given.</summary>
    public Task<StepOutcome> AttendAsync(AppointmentStep step, CancellationToken cancel) => StepAsync(
        step,
        (appointment, now) =>
        {
            if (appointment.Status == AppointmentStatus.Attended)
            {
                return Task.FromResult<Happened?>(null);
            }

            appointment.Attend(now);
            db.AskAfter(appointment, agenda.Service(appointment.Service), appointment.Ticket.Language, now);
            return Task.FromResult<Happened?>(new Happened(TicketEventKind.AppointmentAttended));
        },
        cancel);

    /// <summary>The customer did not come.</summary>
    public Task<StepOutcome> MissAsync(AppointmentStep step, CancellationToken cancel) => StepAsync(
        step,
        (appointment, now) =>
        {
            if (appointment.Status == AppointmentStatus.Missed)
            {
                return Task.FromResult<Happened?>(null);
            }

            appointment.Miss(now);
            return Task.FromResult<Happened?>(new Happened(TicketEventKind.AppointmentMissed));
        },
        cancel);

    private static async Task<MoveOutcome> RetriedAsync(Func<Task<StepOutcome>> move)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new MoveOutcome(await move(), IsTaken: false);
            }
            catch (TimeLostException) when (attempt < MaxAttempts)
            {
                // Looked at again, it is decided anew.
            }
            catch (Exception exception) when (exception is TimeTakenException or TimeLostException)
            {
                return new MoveOutcome(StepOutcome.Of(StepResult.NotPossible), IsTaken: true);
            }
        }
    }

    private async Task<StepOutcome> StepAsync(AppointmentStep step, Func<Appointment, DateTime, Task<Happened?>> change, CancellationToken cancel)
    {
        try
        {
            return await db.ChangeTicketAsync(step.TicketId, ticket => StepAsync(step, ticket, change, cancel), cancel);
        }
        catch (AppointmentStateException)
        {
            db.ChangeTracker.Clear();
            return StepOutcome.Of(StepResult.NotPossible);
        }
        catch (OvertakenException exception)
        {
            db.ChangeTracker.Clear();
            return new StepOutcome(StepResult.Overtaken, exception.News);
        }
    }

    // What cannot be done is thrown: the time that was given back or taken on the way is then as it was.
    private async Task<StepOutcome> StepAsync(AppointmentStep step, Ticket ticket, Func<Appointment, DateTime, Task<Happened?>> change, CancellationToken cancel)
    {
        var appointment = await db.Appointments.SingleAsync(a => a.TicketId == step.TicketId, cancel);
        var now = clock.GetUtcNow().UtcDateTime;
        if (step.Actor.Kind == ActorKind.Customer && !appointment.CanChange(now) && appointment.Status != AppointmentStatus.Cancelled)
        {
            throw new AppointmentStateException();
        }

        if (await change(appointment, now) is not { } happened)
        {
            return StepOutcome.Of(StepResult.DoneBefore);
        }

        if (step.Staff is { } staff && await staff.NewsAsync(db, cancel) is { Count: > 0 } news)
        {
            throw new OvertakenException(news);
        }

        appointment.Follow(BookAppointment.OutcomeTime, now);
        ticket.RecordMoved((happened.Kind, happened.Detail), appointment.Next, step.Actor, desk.ReopenWindow, now);
        if (happened.Kind is not (TicketEventKind.AppointmentArrived or TicketEventKind.AppointmentAttended))
        {
            // Of what she was there for herself she needs no mail.
            db.Jobs.Add(new MailRequest(MailKind.AppointmentMoved, ticket.Language) { TicketId = ticket.Id, EventId = ticket.Events.Last(e => e.Kind == happened.Kind).Id }.ToJob(now));
        }

        return StepOutcome.Of(StepResult.Done);
    }

    private sealed record Happened(TicketEventKind Kind, string Detail = "");

    private sealed class OvertakenException(IReadOnlyList<TicketEvent> news) : Exception("Others did something she has not seen.")
    {
        public IReadOnlyList<TicketEvent> News { get; } = news;
    }
}

/// <summary>Somebody changes an appointment.</summary>
/// <param name="Staff">What an agent has been looking at; null for the customer, and where it does not matter what others did since.</param>
public sealed record AppointmentStep(Guid TicketId, Actor Actor, StaffStep? Staff = null)
{
    /// <summary>A step of an agent.</summary>
    public static AppointmentStep Of(StaffStep step) => new(step.TicketId, step.Actor, step);
}

/// <summary>Another time for an appointment.</summary>
/// <param name="Place">Key of the place.</param>
/// <param name="Person">Key of the person who is wanted; null for anybody.</param>
public sealed record MoveRequest(string Place, Instant Start, string? Person = null);

/// <summary>What became of a move.</summary>
/// <param name="IsTaken">The new time is not free; the old one stays.</param>
public sealed record MoveOutcome(StepOutcome Step, bool IsTaken);
