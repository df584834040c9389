using System.Text;
using Microsoft.Extensions.Localization;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Appointments.Calendar;
using SelfService.Core.Company;
using SelfService.Web.Resources;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent.Planning;

/// <summary>What one person gives, for a calendar program that knows the secret address. It names the customer and nothing else of her.</summary>
public static class CalendarFeed
{
    private const string Ending = ".ics";

    /// <summary>Path of the calendar that a secret opens.</summary>
    public static string AddressOf(string secret) => $"/agenda/{secret}{Ending}";

    /// <summary>Maps <c>/agenda/{secret}.ics</c>.</summary>
    public static void MapCalendarFeed(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/agenda/{file}", async (string file, HttpContext context, Calendars calendars, CompanyProfile company, SelfServiceOptions options, IStringLocalizer<Texts> texts, CancellationToken cancel) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            context.Response.Headers["X-Robots-Tag"] = "noindex";
            if (!file.EndsWith(Ending, StringComparison.Ordinal) || await calendars.OpenAsync(file[..^Ending.Length], cancel) is not { } calendar)
            {
                return Results.NotFound();
            }

            var sender = options.Mail.Sender(company);
            var organizer = new CalendarPerson(sender.Name, sender.Address);
            var entries = calendar.Appointments.Select(a => Entry(a, organizer, options, texts)).ToList();
            return Results.Text(CalendarWriter.Write(entries, CalendarMethod.Publish, $"{calendar.Person.Name} · {company.Name}", isFollowed: true), "text/calendar", Encoding.UTF8);
        }).RequireRateLimiting(RateLimits.Calendars);

    private static CalendarEvent Entry(Appointment appointment, CalendarPerson organizer, SelfServiceOptions options, IStringLocalizer<Texts> texts)
    {
        var start = AgreedTime.Of(appointment).Start;
        var customer = appointment.Ticket.ContactName;
        return new CalendarEvent
        {
            Uid = $"{appointment.Id:N}@{new Uri(options.PublicUrl).IdnHost}",
            Sequence = appointment.Sequence,
            Stamp = Instant.FromDateTimeUtc(appointment.Ticket.UpdatedAt),
            Start = start,
            End = Instant.FromDateTimeUtc(appointment.EndsAt).InZone(start.Zone),
            Summary = customer.Length > 0 ? $"{appointment.Title} · {customer}" : appointment.Title,
            Description = texts["Desk.CalendarEntry", appointment.Number],
            Location = appointment.PlaceName,
            Url = new Uri(options.PublicUrl + DeskAddress.Of(appointment.Number)),
            Organizer = organizer,
        };
    }
}
