using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.Orders;
using SelfService.Core.Requests;
using SelfService.Web.Components;
using SelfService.Web.Pages.Requests;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Orders;

/// <summary>The questions of a checkout, as a form like any other: where, when, how she pays, what goes on the invoice, notes.</summary>
public sealed class CheckoutFields(OrderRules rules, CompanyProfile company, SpokenMoment spoken, IStringLocalizer<Texts> texts)
{
    public const string Address = "address";
    public const string Branch = "branch";
    public const string Day = "day";
    public const string Payment = "payment";
    public const string Credit = "credit";
    public const string Invoice = "invoice";
    public const string Notes = "notes";

    /// <summary>Names of the answers that go on the invoice.</summary>
    public IReadOnlySet<string> InvoiceNames { get; } = InvoiceFields.Of(company.Country).Select(f => f.Name).ToHashSet();

    /// <summary>The form, with its words in the language of the page.</summary>
    /// <param name="days">Days on which it can be fetched.</param>
    public RequestForm Of(Receiving receiving, IReadOnlyList<DateOnly> days) => new()
    {
        Slug = "pedido",
        Title = texts["Checkout.Title"],
        Queue = rules.Queue ?? "",
        Contact = ContactNeed.Either,
        Fields = [.. receiving == Receiving.Collection ? Fetched(days) : [Brought(receiving)], Paid(), .. Invoiced(), Noted()],
    };

    /// <summary>Ids of every control in the order of the page, for the summary of errors.</summary>
    public static IReadOnlyList<string> Order(RequestForm form) =>
    [
        .. FormErrors.Order(form).OrderBy(id => id.StartsWith(FormDraft.IdOf("contact-"), StringComparison.Ordinal) ? 0 : 1),
    ];

    /// <summary>The same with the words in the company's language: staff read the answers too.</summary>
    public RequestForm OfCompany(Receiving receiving, IReadOnlyList<DateOnly> days)
    {
        var language = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(company.ContentLang());
            return Of(receiving, days);
        }
        finally
        {
            CultureInfo.CurrentUICulture = language;
        }
    }

    private FormField Brought(Receiving receiving) => new()
    {
        Name = Address,
        Type = FieldType.Address,
        Label = new FieldLabel(texts[receiving == Receiving.AtHome ? "Checkout.Place" : "Checkout.Address"]),
        IsRequired = true,
    };

    private IEnumerable<FormField> Fetched(IReadOnlyList<DateOnly> days) =>
    [
        new()
        {
            Name = Branch,
            Type = FieldType.Choice,
            Label = new FieldLabel(texts["Checkout.Branch"]),
            IsRequired = true,
            Options = [.. (rules.Collection?.Branches ?? []).Select(b => new FieldOption(b.Key, b.Name))],
        },
        new()
        {
            Name = Day,
            Type = FieldType.Choice,
            Label = new FieldLabel(texts["Checkout.Day"]),
            Hint = texts["Checkout.DayHint", rules.Collection?.KeepDays ?? 0],
            IsRequired = true,
            Options = [.. days.Select(day => new FieldOption(day.ToString("O", CultureInfo.InvariantCulture), spoken.Day(LocalDate.FromDateOnly(day))))],
        },
    ];

    private FormField Paid() => new()
    {
        Name = Payment,
        Type = FieldType.Choice,
        Label = new FieldLabel(texts["Checkout.Payment"]),
        IsRequired = true,
        Options = [.. rules.Payment.Select(way => new FieldOption(way.Key, way.Name))],
    };

    private IEnumerable<FormField> Invoiced() =>
    [
        new() { Name = Invoice, Type = FieldType.Consent, Label = new FieldLabel(texts["Checkout.Invoice"]) },
        .. InvoiceFields.Of(company.Country).Select(field => new FormField
        {
            Name = field.Name,
            Type = field.Options.Count > 0 ? FieldType.Choice : field.Kinds.Count > 0 ? FieldType.Identifier : FieldType.Text,
            Label = new FieldLabel(texts["Checkout.Invoice." + field.Name]),
            IsRequired = field.IsRequired,
            Identifiers = field.Kinds,
            Options = field.Options,
            MaxLength = field.MaxLength,
            Condition = new FieldCondition(Invoice, [FieldCondition.Accepted]),
        }),
    ];

    private FormField Noted() => new() { Name = Notes, Type = FieldType.LongText, Label = new FieldLabel(texts["Checkout.Notes"]), MaxLength = Core.Orders.Order.NotesMaxLength };
}
