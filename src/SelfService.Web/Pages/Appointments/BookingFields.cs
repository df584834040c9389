using System.Globalization;
using Microsoft.Extensions.Localization;
using SelfService.Core.Appointments;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.Company;
using SelfService.Core.Orders;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;
using SelfService.Web.Components;
using SelfService.Web.Pages.Requests;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Appointments;

/// <summary>The questions of a booking, as a form like any other: where, and what the service asks.</summary>
public sealed class BookingFields(CompanyProfile company, IStringLocalizer<Texts> texts)
{
    public const string Address = "address";

    /// <summary>The form, with the portal's own words in the language of the page.</summary>
    public RequestForm Of(Service service) => new()
    {
        Slug = service.Slug,
        Title = service.Title,
        Queue = service.Queue,
        Contact = ContactNeed.Either,
        Fields =
        [
            .. service.Mode == ServiceMode.AtHome ? [new FormField { Name = Address, Type = FieldType.Address, Label = new FieldLabel(texts["Booking.Address"]), IsRequired = true }] : Array.Empty<FormField>(),
            .. service.Fields,
        ],
    };

    /// <summary>The form of the waiting list: the days that serve her first. An offer comes by mail, so an address is needed.</summary>
    public RequestForm OfWaiting(Service service)
    {
        var form = Of(service);
        FormField[] days =
        [
            new() { Name = WaitingDays.FirstName, Type = FieldType.Date, Label = new FieldLabel(texts["Waiting.FirstDay"]), IsRequired = true, Min = 0, Max = service.HorizonDays },
            new() { Name = WaitingDays.LastName, Type = FieldType.Date, Label = new FieldLabel(texts["Waiting.LastDay"]), IsRequired = true, Min = 0, Max = service.HorizonDays + JoinWaitingList.MaxDays },
            new()
            {
                Name = WaitingDays.PartName,
                Type = FieldType.Choice,
                Label = new FieldLabel(texts["Waiting.Part"]),
                IsRequired = true,
                Options = [.. Enum.GetValues<DayPart>().Select(part => new FieldOption(WaitingDays.Write(part), texts["Waiting.Part" + part]))],
            },
        ];
        return form with { Contact = ContactNeed.Email, Fields = [.. days, .. form.Fields] };
    }

    /// <summary>Ids of every control in the order of the page, for the summary of errors.</summary>
    public static IReadOnlyList<string> Order(RequestForm form) => FormErrors.Order(form);

    /// <summary>The address that was typed, part by part; empty where none is asked for.</summary>
    public IReadOnlyList<AddressLine> Lines(TypedValues typed) =>
    [
        .. from part in AddressParts.Of(company.Country)
           let text = PlainText.Line(typed.One($"{Address}.{part.Name}"))
           where text.Length > 0
           select new AddressLine(part.Name, text),
    ];

    /// <summary>What was answered, without the address, which the appointment itself has.</summary>
    public static IReadOnlyList<TicketAnswer> Answers(FormAnswers answers) => [.. answers.Answers.Where(a => a.Name != Address)];

    /// <summary>Language of the company's words where the page speaks another; null where it does not.</summary>
    public string? Lang(FormField field) => field.Name == Address || WaitingDays.Names.Contains(field.Name) || company.ContentLang() == CultureInfo.CurrentUICulture.TwoLetterISOLanguageName ? null : company.ContentLang();
}
