using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Pages.Appointments;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Cases.Appointments;

/// <summary>/casos/{number}/mover: the days with free hours, the hours of one, and the button. The old hour is hers until the new one is.</summary>
[EnableRateLimiting(RateLimits.CaseMessages)]
public sealed class MoveModel(PortalDbContext db, Agenda agenda, ChangeAppointment change, TimeProvider clock) : AppointmentPage(db, clock)
{
    private const string FromName = "desde";
    private const int Nearest = 6;

    private readonly PortalDbContext db = db;

    /// <summary>Null when the service or its places are not offered any more.</summary>
    public BookingChoice? Choice { get; private set; }

    /// <summary>Days with free hours, on the clock on which she booked.</summary>
    public FreeDays Free { get; private set; } = FreeDays.None;

    /// <summary>The day whose hours are shown.</summary>
    public LocalDate? Day { get; private set; }

    public IReadOnlyList<Slot> Slots => Free.Days.FirstOrDefault(d => d.Day == Day).Slots ?? [];

    public IReadOnlyList<Place> Places => Choice is null ? [] : agenda.PlacesOf(Choice.Service);

    public IReadOnlyList<Resource> People => Choice is { Service.ChoosesPerson: true, Place: { } place } ? BookingChoice.People(agenda, Choice.Service, place) : [];

    /// <summary>She tried what is no longer possible.</summary>
    public bool IsTooLate { get; private set; }

    /// <summary>Whether the hour she wanted went to somebody else, or is none.</summary>
    public bool IsTaken { get; private set; }

    /// <summary>The free hours nearest to that one.</summary>
    public IReadOnlyList<Slot> Others { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Choose(name => Request.Query[name]);
        await FindDaysAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var sent = await Request.ReadFormAsync(cancel);
        Choose(name => sent[name]);
        if (Choice?.Place is not { } place || BookingChoice.Start(sent[BookingChoice.StartName]) is not { } start)
        {
            ModelState.AddModelError(BookingChoice.StartName, "Appointment.HourRequired");
            await FindDaysAsync(cancel);
            return await RefuseAsync(StatusCodes.Status400BadRequest, cancel);
        }

        var moved = await change.MoveAsync(Step, new MoveRequest(place.Key, start, Choice.Person), cancel);
        if (!moved.IsTaken && moved.Step.Result is StepResult.Done or StepResult.DoneBefore)
        {
            return Done(CaseNotices.Move);
        }

        (IsTaken, IsTooLate) = (moved.IsTaken, !moved.IsTaken);
        Others = IsTaken ? await db.NearestSlotsAsync(agenda, Asked, start, Nearest, cancel) : [];
        return await RefuseAsync(StatusCodes.Status409Conflict, cancel);
    }

    /// <summary>This page with other days, or another day.</summary>
    public string DaysUrl(LocalDate? day = null, LocalDate? from = null)
    {
        var text = NodaTime.Text.LocalDatePattern.Iso;
        var query = QueryString.Create(
            Choice!.Fields().Where(f => f.Name is BookingChoice.PlaceName or BookingChoice.PersonName).Select(f => KeyValuePair.Create(f.Name, (string?)f.Value))
                .Append(KeyValuePair.Create(FromName, from is { } first ? text.Format(first) : null))
                .Append(KeyValuePair.Create(BookingChoice.DayName, day is { } chosen ? text.Format(chosen) : null)).Where(part => part.Value is not null));
        return Subject.Address + "/mover" + query;
    }

    /// <summary>Where the days that are shown begin; null for the first.</summary>
    public LocalDate? From => BookingChoice.Day(Request.Query[FromName]);

    private SlotRequest Asked => Choice!.Request(Instant.FromDateTimeUtc(Now)) with { Moving = Appointment.Id };

    // Where and with whom stays as it is until she says otherwise; how many come and her clock stay.
    private void Choose(Func<string, string?> asked)
    {
        if (agenda.Service(Appointment.Service) is not { } service)
        {
            return;
        }

        var choice = BookingChoice.Read(agenda, service, name => name switch
        {
            BookingChoice.PlaceName => asked(name) ?? Appointment.Place,
            BookingChoice.PersonName => asked(name) ?? Appointment.Person?.Key,
            BookingChoice.ZoneName => Appointment.CustomerZone,
            _ => null,
        });
        Choice = choice.Place is null ? null : choice with { Seats = Appointment.Seats };
    }

    private async Task FindDaysAsync(CancellationToken cancel)
    {
        if (Choice is not null && CanChange)
        {
            Free = await FreeDays.ReadAsync(db, agenda, Asked, Choice.Clock, From, cancel, except: Appointment.StartsAt);
            var wanted = BookingChoice.Day(Request.Query[BookingChoice.DayName]);
            Day = Free.Days.Any(d => d.Day == wanted) ? wanted : Free.Days.Count > 0 ? Free.Days[0].Day : null;
        }
    }
}
