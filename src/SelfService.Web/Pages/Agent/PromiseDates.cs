using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using SelfService.Core.Company;
using SelfService.Core.Sla;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Agent;

/// <summary>A day and an hour as a form writes them, in the company's time zone.</summary>
/// <param name="Date">Such as 2026-11-24.</param>
/// <param name="Time">Such as 18:00.</param>
public sealed record TypedMoment(string? Date, string? Time);

/// <summary>Dates of promises: what the policy offers, and what an agent types.</summary>
public sealed class PromiseDates(SlaClock sla, ServiceDesk desk, CompanyProfile company, TimeProvider clock)
{
    // Customers get longer to answer than we take ourselves.
    private const int CustomersTimes = 3;

    private static readonly Duration Farthest = Duration.FromDays(366);
    private static readonly Duration Grace = Duration.FromMinutes(1);
    private static readonly Duration Step = Duration.FromMinutes(30);

    // What date and time fields send, and what people type where a browser has none.
    private static readonly LocalDatePattern[] Dates = [LocalDatePattern.Iso, LocalDatePattern.CreateWithInvariantCulture("d/M/uuuu")];
    private static readonly LocalTimePattern[] Times = [LocalTimePattern.CreateWithInvariantCulture("H:mm"), LocalTimePattern.CreateWithInvariantCulture("H:mm:ss")];

    /// <summary>By when the policy of a ticket would have us answer again, UTC.</summary>
    public DateTime NextResponse(Ticket ticket)
    {
        var policy = desk.Policy(ticket.Sla);
        return sla.After(Now(), policy.Of(ticket.Priority).NextResponse, policy.Hours);
    }

    /// <summary>The same, on the next half hour, to be offered.</summary>
    public TypedMoment OfferOurs(Ticket ticket) => Offer(NextResponse(ticket));

    /// <summary>A date by which the customer can be expected to have answered.</summary>
    public TypedMoment OfferCustomers(Ticket ticket)
    {
        var policy = desk.Policy(ticket.Sla);
        return Offer(sla.After(Now(), policy.Of(ticket.Priority).NextResponse * CustomersTimes, policy.Hours));
    }

    /// <summary>Reads what was typed. An hour that the clocks skip is the one after it; one that they repeat is the first.</summary>
    /// <param name="field">Field that what is wrong with it is said at.</param>
    /// <returns>The moment in UTC; meaningless where something was wrong.</returns>
    public DateTime Read(TypedMoment typed, string field, ModelStateDictionary state)
    {
        if (Parsed(Dates, typed.Date) is not { } date || Parsed(Times, typed.Time) is not { } time)
        {
            state.AddModelError(field, string.IsNullOrWhiteSpace(typed.Date) || string.IsNullOrWhiteSpace(typed.Time) ? "Desk.DateRequired" : "Desk.DateUnreadable");
            return default;
        }

        var at = (date + time).InZone(company.TimeZone, Resolvers.LenientResolver).ToInstant();
        var now = Instant.FromDateTimeUtc(Now());
        // A minute of grace: the promise has to be ahead still when it is stored.
        if (at <= now + Grace || at > now + Farthest)
        {
            state.AddModelError(field, at > now + Farthest ? "Desk.DateFar" : "Desk.DatePast");
        }

        return at.ToDateTimeUtc();
    }

    /// <summary>A moment as a form writes it.</summary>
    public TypedMoment Typed(DateTime utc)
    {
        var local = Instant.FromDateTimeUtc(utc).InZone(company.TimeZone);
        return new TypedMoment(LocalDatePattern.Iso.Format(local.Date), local.TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture));
    }

    private TypedMoment Offer(DateTime utc)
    {
        var at = Instant.FromDateTimeUtc(utc);
        var beyond = Duration.FromTicks(at.ToUnixTimeTicks() % Step.BclCompatibleTicks);
        return Typed((beyond == Duration.Zero ? at : at - beyond + Step).ToDateTimeUtc());
    }

    private static T? Parsed<T>(IReadOnlyList<IPattern<T>> patterns, string? typed)
        where T : struct
    {
        var results = patterns.Select(p => p.Parse((typed ?? "").Trim()));
        return results.FirstOrDefault(r => r.Success) is { } read ? read.Value : null;
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}
