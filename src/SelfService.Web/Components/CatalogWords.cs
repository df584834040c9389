using System.Globalization;
using Microsoft.Extensions.Localization;
using SelfService.Core.Catalog;
using SelfService.Core.Company;
using SelfService.Core.Requests;
using SelfService.Web.Resources;

namespace SelfService.Web.Components;

/// <summary>Prices and availability as customers read them.</summary>
public sealed class CatalogWords(CompanyProfile company, IStringLocalizer<Texts> texts)
{
    private readonly CompanyFigures figures = new(company);

    /// <summary>An amount as the country writes it.</summary>
    public string Money(long minorUnits) => figures.ShowMoney(minorUnits);

    /// <summary>An amount as a program reads it, such as <c>7499.00</c>.</summary>
    public string Exact(long minorUnits) => figures.Major(minorUnits).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>An amount as one types it into a field.</summary>
    public string Typed(long minorUnits) => figures.Show(figures.Major(minorUnits));

    /// <summary>An amount as it was typed; null when it is none.</summary>
    public long? MinorUnits(string typed) => figures.MinorUnits(typed);

    /// <summary>The price; where variants differ, the lowest.</summary>
    public string Price(long lowest, bool varies) => varies ? texts["Catalog.PriceFrom", Money(lowest)] : Money(lowest);

    /// <summary>Whether it can be had, with the sign and the style that go with it.</summary>
    public (string Text, string Icon, string Class) Availability(Availability availability) => availability switch
    {
        { Kind: AvailabilityKind.LastPieces, Count: 1 } => (texts["Catalog.LastOne"], "alert", "availability-last"),
        { Kind: AvailabilityKind.LastPieces } => (texts["Catalog.LastMany", availability.Count], "alert", "availability-last"),
        { Kind: AvailabilityKind.SoldOut } => (texts["Catalog.SoldOut"], "minus", "availability-none"),
        { Kind: AvailabilityKind.MadeToOrder, Count: 1 } => (texts["Catalog.MadeInOne"], "clock", "availability-later"),
        { Kind: AvailabilityKind.MadeToOrder } => (texts["Catalog.MadeInMany", availability.Count], "clock", "availability-later"),
        { Kind: AvailabilityKind.Scheduled } => (texts["Catalog.Scheduled"], "calendar", "availability-later"),
        _ => (texts["Catalog.Available"], "check", ""),
    };
}
