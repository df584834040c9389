using Microsoft.AspNetCore.Mvc;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Persistence;
using SelfService.Web.Components;
using SelfService.Web.Pages.Orders;
using SelfService.Web.Pages.Requests;

namespace SelfService.Web.Pages.Appointments;

/// <summary>/citas/{service}/reservar: who comes, and what the service asks. The hour is kept until somebody else takes it.</summary>
[RequestSizeLimit(FormModel.MaxBytes), RequestFormLimits(MultipartBodyLengthLimit = FormModel.MaxBytes)]
public sealed class BookModel(
    Agenda agenda, PortalDbContext db, BookingFields fields, ReadForm read, FormFiles files, SpamTrap trap, SendBooking send, KnownBuyer known, TimeProvider clock)
    : BookingPage(agenda, fields, trap, send, known, clock), IKeepsInput
{
    private readonly Agenda agenda = agenda;
    private readonly SendBooking send = send;

    /// <summary>The hour that is booked, or those that are free instead.</summary>
    public WantedHour Hour { get; private set; } = null!;

    /// <summary>The appointments that follow in the series; none for a single one.</summary>
    public IReadOnlyList<SeriesVisit> Following { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (Choice.Place is null || BookingChoice.Start(Request.Query[BookingChoice.StartName]) is not { } start)
        {
            return Redirect(Choice.HoursUrl());
        }

        await FindAsync(start, cancel);
        return Hour.Slot is null ? Again(StatusCodes.Status409Conflict) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var sent = await Request.ReadFormAsync(cancel);
        Choose(Choice.Service, name => sent[name]);
        if (Choice.Place is null || BookingChoice.Start(sent[BookingChoice.StartName]) is not { } start)
        {
            return Redirect(Choice.HoursUrl());
        }

        (Draft, Answers, var contact) = await read.RunAsync(Form, FormDraft.Read(sent), sent.Files, Person, ModelState, cancel);
        if (await RefusedAsync(contact, cancel) is { } refused)
        {
            await FindAsync(start, cancel);
            return Again(refused.Status, refused.Notice);
        }

        // Those she was shown, and no others.
        var following = Choice.Series is null ? [] : sent[BookingChoice.FollowingName].Select(BookingChoice.Start).OfType<Instant>().ToList();
        var booked = await send.RunAsync(HttpContext, Choice, [start, .. following], Draft, Answers, contact!, Person, cancel);
        if (booked.Ticket is { IsSame: true } opened)
        {
            return Redirect(ReceivedModel.AddressOf(opened.Number));
        }

        (EarlierNumber, Draft) = booked.Ticket is { } earlier ? (earlier.Number, await files.StartOverAsync(Draft, cancel)) : ("", Draft);
        await FindAsync(start, cancel);
        return Again(StatusCodes.Status409Conflict, booked.Ticket is null ? null : FormNotice.SentBefore);
    }

    public async Task<IActionResult> NotStoredAsync(CancellationToken cancel)
    {
        await FindAsync(BookingChoice.Start(Request.Form[BookingChoice.StartName])!.Value, cancel);
        return Again(StatusCodes.Status503ServiceUnavailable, FormNotice.NotStored);
    }

    private async Task FindAsync(Instant start, CancellationToken cancel)
    {
        Hour = await WantedHour.FindAsync(db, agenda, Choice.Request(Now), start, cancel);
        Following = Choice.Series is { } series ? await db.ProposeAsync(agenda, Choice.Request(Now), (Hour.Slot ?? Hour.Others.FirstOrDefault())?.Start.ToInstant() ?? start, series, cancel) : [];
    }
}
