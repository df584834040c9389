using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Company;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;
using SelfService.Web.Components;
using SelfService.Web.Pages.Appointments;
using SelfService.Web.Pages.Requests;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Agent.Planning;

/// <summary>
/// /agente/agenda/agendar: an appointment for who is on the phone: service, place, day and hour as links, then who it is for. Staff
/// book without notice and beyond the horizon.
/// </summary>
public sealed class BookModel(
    Agenda agenda, PortalDbContext db, BookingFields fields, ReadForm read, BookForCaller book, CompanyProfile company, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public const string LanguageName = "idioma";

    /// <summary>Null until a service is chosen.</summary>
    public BookingChoice? Choice { get; private set; }

    public IReadOnlyList<Service> Services => agenda.Services;

    public IReadOnlyList<Place> Places => agenda.PlacesOf(Choice!.Service);

    /// <summary>Whoever gives the service at the place.</summary>
    public IReadOnlyList<Resource> People => BookingChoice.People(agenda, Choice!.Service, Choice.Place!);

    /// <summary>The hours to choose from; null once one is chosen.</summary>
    public FreeDay? Free { get; private set; }

    /// <summary>The hour that is chosen, free or not; null before.</summary>
    public WantedHour? Hour { get; private set; }

    public RequestForm Form { get; private set; } = null!;

    public FormDraft Draft { get; private set; } = FormDraft.New("", new ContactDraft("", "", ""));

    public FormAnswers? Answers { get; private set; }

    public string Language { get; private set; } = company.Languages[0];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Choose(name => Request.Query[name]);
        if (Choice?.Place is null)
        {
            return Page();
        }

        if (BookingChoice.Start(Request.Query[BookingChoice.StartName]) is not { } start)
        {
            Free = await FreeDay.ReadAsync(db, agenda, Asked(), BookingChoice.Day(Request.Query[BookingChoice.DayName]), cancel);
            return Page();
        }

        await FindAsync(start, cancel);
        return Hour!.Slot is null ? this.Answer(StatusCodes.Status409Conflict) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var sent = await Request.ReadFormAsync(cancel);
        Choose(name => sent[name]);
        if (Choice?.Place is null || BookingChoice.Start(sent[BookingChoice.StartName]) is not { } start)
        {
            return LocalRedirect(Address());
        }

        Language = company.Languages.FirstOrDefault(l => l == sent[LanguageName]) ?? company.Languages[0];
        (Draft, Answers, var contact) = await read.RunAsync(Form, FormDraft.Read(sent), sent.Files, person: null, ModelState, cancel);
        if (contact is null)
        {
            await FindAsync(start, cancel);
            return this.Answer(StatusCodes.Status400BadRequest);
        }

        var booked = await book.RunAsync(User, Choice, start, Draft, Answers, contact, Language, cancel);
        if (booked.Ticket is { IsSame: true } opened)
        {
            return LocalRedirect(DeskAddress.Of(opened.Number) + "?hecho=1");
        }

        if (booked.Ticket is { } earlier)
        {
            // That form booked one already; what was changed since is another one, once she says so.
            Draft = Draft with { Key = Guid.NewGuid() };
            ModelState.AddModelError("", texts["Desk.AgendaBooked", earlier.Number]);
        }

        await FindAsync(start, cancel);
        return this.Answer(StatusCodes.Status409Conflict);
    }

    /// <summary>One field as the page shows it.</summary>
    public FieldView View(FormField field) => new(Form, field, Draft, Answers?.Answers.Any(a => a.Name == field.Name && a.Warning) == true, fields.Lang(field));

    /// <summary>Address of a step of this page, with what is chosen and something else.</summary>
    public string Address(string? service = null, string? place = null, LocalDate? day = null, Instant? start = null) =>
        AgendaAddress.Booking(Choice, service, place ?? Request.Query[BookingChoice.PlaceName], day, start);

    private void Choose(Func<string, string?> value)
    {
        if (book.Choose(value) is { } choice)
        {
            (Choice, Form) = (choice, book.FormOf(choice.Service));
        }
    }

    private SlotRequest Asked() => Choice!.Request(Instant.FromDateTimeOffset(clock.GetUtcNow())) with { ByStaff = true };

    private async Task FindAsync(Instant start, CancellationToken cancel) => Hour = await WantedHour.FindAsync(db, agenda, Asked(), start, cancel);
}
