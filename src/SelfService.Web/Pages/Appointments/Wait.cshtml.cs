using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Appointments;
using SelfService.Core.Requests;
using SelfService.Web.Pages.Cases;
using SelfService.Web.Pages.Orders;
using SelfService.Web.Pages.Requests;

namespace SelfService.Web.Pages.Appointments;

/// <summary>/citas/{service}/espera: the days that serve her, and the same questions as for booking, so that one button is enough once an hour is free.</summary>
[RequestSizeLimit(FormModel.MaxBytes), RequestFormLimits(MultipartBodyLengthLimit = FormModel.MaxBytes)]
public sealed class WaitModel(Agenda agenda, BookingFields fields, ReadForm read, FormFiles files, SpamTrap trap, SendBooking send, KnownBuyer known, TimeProvider clock)
    : BookingPage(agenda, fields, trap, send, known, clock)
{
    private readonly BookingFields fields = fields;
    private readonly SendBooking send = send;

    /// <summary>An hour she wants that is free already.</summary>
    public Slot? Free { get; private set; }

    public IActionResult OnGet()
    {
        if (Choice.Place is null)
        {
            return Redirect(Choice.HoursUrl());
        }

        var slots = Choice.Request(Now);
        Draft = WaitingDays.Proposed(Draft, slots.Today, slots.LastDay);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var sent = await Request.ReadFormAsync(cancel);
        Choose(Choice.Service, name => sent[name]);
        if (Choice.Place is null)
        {
            return Redirect(Choice.HoursUrl());
        }

        (Draft, Answers, var contact) = await read.RunAsync(Form, FormDraft.Read(sent), sent.Files, Person, ModelState, cancel);
        var days = WaitingDays.Read(Draft.Values);
        if (await RefusedAsync(days is null ? null : contact, cancel) is { } refused)
        {
            return Again(refused.Status, refused.Notice);
        }

        var joined = await send.JoinAsync(HttpContext, Choice, days!, Draft, Answers, contact!, Person, cancel);
        if (joined.Ticket is { IsSame: true } opened)
        {
            return LocalRedirect($"{CaseAddress.Of(opened.Number)}?hecho={CaseNotices.Join}");
        }

        if (joined.IsTooMany)
        {
            return Again(StatusCodes.Status429TooManyRequests, FormNotice.TooMany);
        }

        if (joined is { Ticket: null, Free: null })
        {
            ModelState.AddModelError(FormDraft.IdOf(WaitingDays.LastName), "Waiting.DaysImpossible");
            return Again(StatusCodes.Status400BadRequest);
        }

        Free = joined.Free;
        (EarlierNumber, Draft) = joined.Ticket is { } earlier ? (earlier.Number, await files.StartOverAsync(Draft, cancel)) : ("", Draft);
        return Again(StatusCodes.Status409Conflict, joined.Ticket is null ? null : FormNotice.SentBefore);
    }

    protected override bool Offers(Service service) => service.HasWaitingList;

    protected override RequestForm FormOf(Service service) => fields.OfWaiting(service);
}
