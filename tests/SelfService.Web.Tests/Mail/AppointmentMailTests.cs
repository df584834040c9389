using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Mail;
using SelfService.Core.People;
using SelfService.Core.Tests;
using SelfService.Core.Tests.Appointments.Calendar;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Mail;

[Collection(BookedPortalCollection.Name)]
public sealed class AppointmentMailTests(BookedPortal portal)
{
    private readonly MailDesk desk = new(portal.Host);

    private PortalHost Host => portal.Host;

    [Theory]
    [InlineData("es", "Su cita", "hora de Ciudad de México (UTC−6)", "el domicilio que nos dio")]
    [InlineData("en", "Your appointment", "Mexico City (UTC−6) time", "the address you gave us")]
    public async Task Booked_ByAGuest_SaysWhenAndWhereAndNothingTheGuestTyped(string language, string subject, string clock, string where)
    {
        var address = TestOrders.NewEmail();
        var booked = await Host.BookAsync("visita", email: address, language: language);

        var mail = await Host.Mailbox.NextAsync(address);

        Check(mail, language);
        Assert.StartsWith($"{subject} {booked.Number}: Visita <técnica>, ", mail.Subject, StringComparison.Ordinal);
        Assert.Contains(clock, mail.Text, StringComparison.Ordinal);
        Assert.Contains(where, mail.Text, StringComparison.Ordinal);
        Assert.Contains("Visita &lt;técnica&gt;", mail.Html, StringComparison.Ordinal);
        Assert.Contains("> Su factura\n> Una identificación", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Hasta 24 horas antes es gratis.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("clave=", mail.LinkTo($"/casos/{booked.Number}"), StringComparison.Ordinal);
        Assert.All(["Ana Pérez", TestAppointments.Street, "Lavadora"], typed => Assert.DoesNotContain(typed, mail.Text + mail.Html + mail.Calendar!.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("clave=", mail.Calendar!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Booked_ByAnAccount_SaysWhereSheIsVisited()
    {
        var address = TestOrders.NewEmail();
        var person = await desk.PersonAsync(address);
        await Host.BookAsync("visita", email: address, personId: person.Id);

        var mail = await Host.Mailbox.NextAsync(address);

        Assert.Contains($"Dónde: {TestAppointments.Street} 5, Puebla", mail.Text, StringComparison.Ordinal);
        Assert.Contains(MailDesk.Name, mail.Text, StringComparison.Ordinal);
        Assert.Contains(TestAppointments.Street, ReadCalendar.Of(Crlf(mail.Calendar!.Text)).Events[0]["LOCATION"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Booked_OnAnotherClock_SaysBothHours()
    {
        var address = TestOrders.NewEmail();
        await Host.BookAsync(place: "frontera", email: address);

        var mail = await Host.Mailbox.NextAsync(address);

        Assert.Matches(@"Cuándo: \S+ \d+ de \S+.*, 10:00, hora de Tijuana \(UTC−[78]\)", mail.Text);
        Assert.Matches(@"En su reloj: .*, 1[12]:00, hora de Ciudad de México \(UTC−6\)", mail.Text);
        Assert.Contains("Dónde: Sucursal Frontera, Calle 2, Tijuana", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryMail_BringsOneCalendarEntryThatGrowsAndEnds()
    {
        var address = TestOrders.NewEmail();
        var booked = await Host.BookAsync("video", email: address);
        var first = Entry(await Host.Mailbox.NextAsync(address), "REQUEST");
        booked = await Host.MoveAsync(booked, Host.NextDay("America/Mexico_City"));
        var moved = await Host.Mailbox.NextAsync(address);
        var second = Entry(moved, "REQUEST");
        booked = await Host.ChangeAsync(booked, (change, step) => change.MeetAsync(step, "https://video.example/abc", CancellationToken.None));
        var linked = await Host.Mailbox.NextAsync(address);
        var third = Entry(linked, "REQUEST");
        await Host.ChangeAsync(booked, (change, step) => change.CancelAsync(step, "Se enfermó <b>Luz</b>", CancellationToken.None));
        var cancelled = await Host.Mailbox.NextAsync(address);
        var last = Entry(cancelled, "CANCEL");

        Assert.Equal($"{booked.Id:N}@localhost", Assert.Single(new[] { first, second, third, last }.Select(e => e["UID"].Text).Distinct()));
        Assert.Equal(["0", "1", "2", "3"], new[] { first, second, third, last }.Select(e => e["SEQUENCE"].Raw));
        Assert.Equal("https://video.example/abc", third["LOCATION"].Text);
        Assert.Equal(("CONFIRMED", "CANCELLED"), (third["STATUS"].Raw, last["STATUS"].Raw));
        Assert.Equal($"mailto:{address}", first["ATTENDEE"].Raw);
        Assert.Contains("ayuda@localhost", first["ORGANIZER"].Raw, StringComparison.Ordinal);
        Assert.False(first.Parts.Exists(p => p.Name == "VALARM"));
        Assert.Contains("La cita quedó para el ", moved.Subject, StringComparison.Ordinal);
        Assert.Contains("> Entre a la videollamada a la hora de su cita: https://video.example/abc", linked.Text, StringComparison.Ordinal);
        Assert.Contains("Cancelamos la cita.", cancelled.Subject, StringComparison.Ordinal);
        Assert.Contains("> Se enfermó <b>Luz</b>", cancelled.Text, StringComparison.Ordinal);
        Assert.Contains("/citas/video", cancelled.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("https://video.example/abc", cancelled.Text, StringComparison.Ordinal);
    }

    // Before, within and after both changes of a clock; of an hour that comes twice, both.
    [Theory]
    [InlineData("sur", 0, -60)]
    [InlineData("sur", 0, 0)]
    [InlineData("sur", 0, 60)]
    [InlineData("sur", 1, -60)]
    [InlineData("sur", 1, 0)]
    [InlineData("sur", 1, 60)]
    [InlineData("frontera", 0, -60)]
    [InlineData("frontera", 0, 0)]
    [InlineData("frontera", 0, 60)]
    [InlineData("frontera", 1, -60)]
    [InlineData("frontera", 1, 0)]
    [InlineData("frontera", 1, 60)]
    public async Task Booked_AroundAChangeOfTheClock_MailAndPageAndBothFilesSayTheSameMoment(string place, int change, int minutes)
    {
        var address = TestOrders.NewEmail();
        var zone = DateTimeZoneProviders.Tzdb[place == "sur" ? "America/Santiago" : "America/Tijuana"];
        var changes = zone.GetZoneIntervals(Host.Now() + Duration.FromDays(1), Host.Now() + Duration.FromDays(365)).Where(i => i.HasEnd).Select(i => i.End).ToList();
        var start = changes[change] + Duration.FromMinutes(minutes);
        var wanted = start.InZone(zone).LocalDateTime;

        var booked = await Host.BookAsync("video", place, start, address);
        var mail = await Host.Mailbox.NextAsync(address);
        var browser = await Host.OpenAsync(booked);
        var page = await browser.PageAsync(booked.Address());
        var file = ReadCalendar.Of(await browser.GetStringAsync(booked.Address("/cita.ics")));

        var sent = ReadCalendar.Of(Crlf(mail.Calendar!.Text));
        Assert.Equal([start, start], new[] { sent, file }.Select(c => c.Moment(c.Events[0], "DTSTART")));
        Assert.All([sent, file], c => Assert.Equal(start + Duration.FromMinutes(30), c.Moment(c.Events[0], "DTEND")));
        Assert.Equal(start, Instant.FromDateTimeOffset(DateTimeOffset.Parse(page.QuerySelector(".booking-card time")!.GetAttribute("datetime")!, null)));
        var said = Regex.Match(mail.Text, @"Cuándo: .*, (\d+):(\d\d)(?: \(UTC−\d\))?, hora de [^(]+ \(UTC−(\d+)\)");
        Assert.True(said.Success, mail.Text);
        Assert.Equal(wanted.TimeOfDay, new LocalTime(int.Parse(said.Groups[1].Value, null), int.Parse(said.Groups[2].Value, null)));
        Assert.Equal(start, wanted.WithOffset(Offset.FromHours(-int.Parse(said.Groups[3].Value, null))).ToInstant());
        Assert.Contains($"{wanted.Hour}:{wanted.Minute:00}", page.QuerySelector(".booking-card time")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reminder_IsSentOnceAndOnlyForTheHourThatStands()
    {
        var address = TestOrders.NewEmail();
        var booked = await Host.BookAsync(email: address);
        booked = await Host.MoveAsync(booked, Instant.FromDateTimeUtc(booked.StartsAt) + Duration.FromHours(1));

        Forward(booked.StartsAt.AddHours(-1));

        var mails = await Host.Mailbox.AllAsync(address);
        var reminder = Assert.Single(mails, m => m["X-SelfService-Mail"] == "appointment-reminder");
        Check(reminder, "es");
        Assert.Null(reminder.Calendar);
        Assert.Contains(", 11:00, hora de Ciudad de México", reminder.Subject, StringComparison.Ordinal);
        Assert.Equal(3, mails.Count);
    }

    [Fact]
    public async Task Reminder_OfAVideoThatGotItsLink_IsStillSent()
    {
        var address = TestOrders.NewEmail();
        var booked = await Host.BookAsync("video", email: address);
        await Host.ChangeAsync(booked, (change, step) => change.MeetAsync(step, "https://video.example/abc", CancellationToken.None));

        Forward(booked.StartsAt.AddHours(-1));

        var reminder = Assert.Single(await Host.Mailbox.AllAsync(address), m => m["X-SelfService-Mail"] == "appointment-reminder");
        Assert.Contains("https://video.example/abc", reminder.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reminder_OfWhatIsCancelledOrHasBegun_IsNotSent(bool isCancelled)
    {
        var address = TestOrders.NewEmail();
        var booked = await Host.BookAsync(email: address);
        if (isCancelled)
        {
            await Host.ChangeAsync(booked, (change, step) => change.CancelAsync(step, "x", CancellationToken.None));
        }

        // Nothing went out for some hours.
        Forward(booked.StartsAt.AddMinutes(isCancelled ? -30 : 10));

        Assert.DoesNotContain(await Host.Mailbox.AllAsync(address), m => m["X-SelfService-Mail"] == "appointment-reminder");
    }

    [Fact]
    public async Task Attended_SendsNothingButTheQuestionLater()
    {
        var address = TestOrders.NewEmail();
        var booked = await Host.BookAsync("visita", email: address);
        Forward(booked.StartsAt);
        await Host.ChangeAsync(booked, (change, step) => change.ArriveAsync(step, CancellationToken.None));
        await Host.ChangeAsync(booked, (change, step) => change.AttendAsync(step, CancellationToken.None));
        var before = (await Host.Mailbox.AllAsync(address)).Select(m => m["X-SelfService-Mail"]).ToList();
        portal.Clock.Advance(TimeSpan.FromHours(3));

        var mails = await Host.Mailbox.AllAsync(address);

        Assert.DoesNotContain("appointment-moved", before);
        var asked = Assert.Single(mails, m => m["X-SelfService-Mail"] == "appointment-follow-up");
        Check(asked, "es");
        Assert.Contains(booked.Number, asked.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missed_SaysHowToBookAgain()
    {
        var address = TestOrders.NewEmail();
        var booked = await Host.BookAsync(email: address);
        Forward(booked.StartsAt.AddMinutes(20));
        await Host.ChangeAsync(booked, (change, step) => change.MissAsync(step, CancellationToken.None));

        var mail = (await Host.Mailbox.AllAsync(address))[^1];

        Check(mail, "es");
        Assert.Contains("no encontramos a nadie", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("/citas/asesoria", mail.Text, StringComparison.Ordinal);
        Assert.Null(mail.Calendar);
    }

    [Fact]
    public async Task Moved_TwiceBeforeTheMailLeaves_TellsTheLast()
    {
        var address = TestOrders.NewEmail();
        var booked = await Host.BookAsync(email: address);
        await Host.Mailbox.NextAsync(address);
        var lines = new List<TicketEvent>();
        foreach (var hours in new[] { 1, 2 })
        {
            lines.Add((await Host.MoveAsync(booked, Instant.FromDateTimeUtc(booked.StartsAt) + Duration.FromHours(hours))).Ticket.Events.Last(e => e.Kind == TicketEventKind.AppointmentMoved));
        }

        var late = await desk.AskAsync(new MailRequest(MailKind.AppointmentMoved, "es") { TicketId = booked.TicketId, EventId = lines[0].Id });
        var mails = await Host.Mailbox.AllAsync(address);

        Assert.DoesNotContain(mails, m => m.MessageId.StartsWith($"<{late.Id:N}@", StringComparison.Ordinal));
        Assert.Contains(", 12:00", mails[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Booked_AndCancelledBeforeTheMailLeaves_TellsOnlyThat()
    {
        var address = TestOrders.NewEmail();
        var booked = await Host.BookAsync(email: address);
        await Host.Mailbox.NextAsync(address);
        await Host.ChangeAsync(booked, (change, step) => change.CancelAsync(step, "", CancellationToken.None));

        // The portal may have mailed the booking at once; this is the same mail leaving late.
        await desk.AskAsync(new MailRequest(MailKind.AppointmentBooked, "es") { TicketId = booked.TicketId });
        var mail = Assert.Single((await Host.Mailbox.AllAsync(address)).Skip(1));

        Entry(mail, "CANCEL");
        Check(mail, "es");
    }

    [Theory]
    [InlineData(NoticeLevel.None, false, 1)]
    [InlineData(NoticeLevel.None, true, 2)]
    [InlineData(NoticeLevel.Answers, false, 2)]
    public async Task Moved_ToWhoWantsNoNotices_IsSentWhenSheWouldGoInVain(NoticeLevel notices, bool byStaff, int mails)
    {
        var address = TestOrders.NewEmail();
        var person = await desk.PersonAsync(address, notices);
        var booked = await Host.BookAsync(email: address, personId: person.Id);
        await Host.Mailbox.NextAsync(address);

        await Host.ChangeAsync(booked, (change, step) => change.CancelAsync(step, "", CancellationToken.None), byStaff ? null : Actor.Customer(person.Id));

        Assert.Equal(mails, (await Host.Mailbox.AllAsync(address)).Count);
    }

    [Theory]
    [InlineData("es")]
    [InlineData("en")]
    public async Task Moved_EveryKindOfStep_HasItsWords(string language)
    {
        var address = TestOrders.NewEmail();
        var booked = await Host.BookAsync("visita", "frontera", email: address, language: language);
        var agreed = AgreedTime.Of(booked).ToString();
        foreach (var kind in Enum.GetValues<TicketEventKind>().Where(k => k >= TicketEventKind.AppointmentMoved && TicketEvent.IsRecordStep(k)))
        {
            foreach (var detail in new[] { agreed, "", "otra cosa" })
            {
                var happened = new TicketEvent { TicketId = booked.TicketId, Kind = kind, At = DateTime.UtcNow.AddYears(5), Actor = ActorKind.Staff, Detail = detail };
                await Host.StoreAsync(async db =>
                {
                    db.TicketEvents.Add(happened);
                    await db.SaveChangesAsync();
                    db.Jobs.Add(new MailRequest(MailKind.AppointmentMoved, language) { TicketId = booked.TicketId, EventId = happened.Id }.ToJob(Host.Now().ToDateTimeUtc()));
                    return 0;
                });
            }
        }

        var mails = await Host.Mailbox.AllAsync(address);

        Assert.All(mails, mail => Check(mail, language));
        Assert.All(mails, mail => Assert.DoesNotContain("America/", mail.Text, StringComparison.Ordinal));
    }

    private void Forward(DateTime to) => portal.Clock.Advance(to - Host.Now().ToDateTimeUtc());

    private static ReadCalendar.Component Entry(ReceivedMail mail, string method)
    {
        Assert.Equal("multipart/mixed [multipart/alternative [text/plain, text/html, text/calendar], application/ics]", mail.Structure);
        Assert.Contains($"method={method}", mail.Calendar!.Declared, StringComparison.Ordinal);
        Assert.Equal(mail.Calendar.Text, Assert.Single(mail.Files).Text);
        var calendar = ReadCalendar.Of(Crlf(mail.Calendar.Text));
        Assert.Equal(method, calendar.File["METHOD"].Raw);
        return Assert.Single(calendar.Events);
    }

    private static string Crlf(string text) => text.TrimEnd('\n').ReplaceLineEndings("\r\n") + "\r\n";

    private static void Check(ReceivedMail mail, string language)
    {
        var page = new HtmlParser().ParseDocument(mail.Html);
        Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
        Assert.All([mail.Subject, mail.Text, page.Body!.TextContent], text => Assert.DoesNotMatch(@"\{[a-z]+\}|\bMail\.|\bAppointment\.|\bCase\.|Moment\.|Booking\.", Regex.Replace(text, "-- \n", "")));
        Assert.Single(page.QuerySelectorAll("a.button"));
        Assert.Empty(page.QuerySelectorAll("table, img, script, link, b"));
    }
}
