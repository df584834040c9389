using NodaTime;
using NodaTime.Text;
using SelfService.Core.Company;
using SelfService.Core.Requests;

namespace SelfService.Web.Pages.Requests;

/// <summary>Dates as the calendar of a browser wants them.</summary>
public static class FieldDate
{
    /// <summary>The date that was typed, in ISO order; null when it is none.</summary>
    public static string? Iso(string typed) => TypedDate.Read(typed) is { } date ? LocalDatePattern.Iso.Format(date) : null;

    /// <summary>First or last day of a field; null for what has no such bound.</summary>
    /// <param name="days">From today.</param>
    public static string? Bound(FormField field, decimal? days, DateTimeOffset now, CompanyProfile company) => field.Type == FieldType.Date && days is { } count
        ? LocalDatePattern.Iso.Format(Instant.FromDateTimeOffset(now).InZone(company.TimeZone).Date.PlusDays((int)count))
        : null;
}
