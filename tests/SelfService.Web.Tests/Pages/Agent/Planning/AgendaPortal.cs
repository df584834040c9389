using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Agent.Planning;

/// <summary>What tests of the agenda do; its days lie far enough apart that none meets another.</summary>
public static class AgendaPortal
{
    public static readonly DateTimeZone Mexico = DateTimeZoneProviders.Tzdb["America/Mexico_City"];

    /// <summary>A Monday that many weeks after the week of the clock.</summary>
    public static LocalDate Monday(this BookingPortal portal, int weeks) => portal.Today().With(DateAdjusters.Next(IsoDayOfWeek.Monday)).PlusWeeks(weeks);

    public static LocalDate Today(this BookingPortal portal) => Instant.FromDateTimeOffset(portal.Clock.GetUtcNow()).InZone(Mexico).Date;

    public static Instant At(LocalDate day, int hour, int minute = 0) => Mexico.AtStrictly(day + new LocalTime(hour, minute)).ToInstant();

    /// <summary>Books as an agent would, without a page.</summary>
    public static async Task<Appointment> BookAsync(this BookingPortal portal, Instant start, string service = "video", string? person = "eva", string name = "Ana Pérez", int seats = 1)
    {
        await using var scope = portal.Host.Services.CreateAsyncScope();
        var booked = await scope.ServiceProvider.GetRequiredService<BookAppointment>().RunAsync(
            new BookingRequest
            {
                SubmissionKey = Guid.NewGuid(),
                Service = service,
                Place = "centro",
                Start = start,
                Person = person,
                Seats = seats,
                Contact = new Core.People.Contact(name, RequestPortal.NewEmail(), null, null),
                Actor = Actor.Staff(Guid.NewGuid()),
            },
            CancellationToken.None);
        Assert.Null(booked.Obstacle);
        return await portal.AppointmentAsync(booked.Ticket!.Number);
    }

    /// <summary>What the form to block time has hidden, with what is typed.</summary>
    public static async Task<List<(string Name, string Value)>> BlockFieldsAsync(HttpClient browser, params (string Name, string Value)[] typed)
    {
        var page = await browser.PageAsync("/agente/agenda/bloquear");
        return [.. page.QuerySelectorAll<IHtmlInputElement>("main form[method=post] input[type=hidden]").Select(i => (i.Name!, i.Value)), .. typed];
    }

    /// <summary>The form of a page to book for a caller, with what is typed.</summary>
    public static List<(string Name, string Value)> CallFields(IHtmlDocument page, params (string Name, string Value)[] typed) =>
    [
        .. page.QuerySelectorAll<IHtmlInputElement>("main form[method=post] input[type=hidden]").Select(i => (i.Name!, i.Value)).Where(f => typed.All(t => t.Name != f.Item1)), .. typed,
    ];

    public static Task<int> BlocksAsync(this BookingPortal portal) => portal.InAsync(db => db.Blocks.CountAsync());
}

[CollectionDefinition(Name)]
public sealed class AgendaPortalCollection : ICollectionFixture<BookingPortal>
{
    public const string Name = "agenda portal";
}
