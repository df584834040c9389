using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Tests.Appointments.Calendar;
using SelfService.Core.Tickets;
using SelfService.Web.Components;
using SelfService.Web.Pages.Agent;
using SelfService.Web.Resources;

namespace SelfService.Web.Tests.Pages.Cases.Appointments;

[Collection(BookedPortalCollection.Name)]
public sealed class AppointmentCaseTests(BookedPortal portal)
{
    private PortalHost Host => portal.Host;

    [Theory]
    [InlineData("es")]
    [InlineData("en")]
    public void Words_OfEveryStatusStepAndEvent_AreThere(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var texts = Host.Services.GetRequiredService<IStringLocalizer<Texts>>();
        string[] keys =
        [
            .. Enum.GetNames<AppointmentStatus>().SelectMany(n => new[] { "Appointment.Status" + n, "Appointment.Ended" + n }), .. Enum.GetNames<ServiceMode>().Select(n => "Appointment.What" + n),
            .. Enum.GetNames<SelfService.Web.Pages.Agent.Appointments.AppointmentMove>().SelectMany(n => new[] { "Desk.Appointment" + n, $"Desk.Appointment{n}Line" }),
        ];
        var (cases, desk) = (Host.Services.GetRequiredService<CaseWords>(), Host.Services.GetRequiredService<DeskWords>());
        var events = from kind in Enum.GetValues<TicketEventKind>().Where(k => (k >= TicketEventKind.AppointmentMoved && TicketEvent.IsRecordStep(k)) || k is TicketEventKind.Opened or TicketEventKind.Solved)
                     from detail in new[] { "", "2026-12-01T10:00-08 America/Tijuana", "otra cosa" }
                     from actor in Enum.GetValues<ActorKind>()
                     select new TicketEvent { Kind = kind, Detail = detail, Actor = actor };

        Assert.DoesNotContain(keys, key => texts[key].ResourceNotFound);
        Assert.All(
            events.SelectMany(e => new[] { cases.Event(e, TicketKind.Appointment), desk.Event(e) }),
            said => Assert.DoesNotMatch(@"Case\.|Desk\.|America/|otra cosa|2026-12-01", said));
        Assert.Contains("10:00", cases.Event(new TicketEvent { Kind = TicketEventKind.AppointmentMoved, Detail = "2026-12-01T10:00-08 America/Tijuana" }, TicketKind.Appointment), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_Visit_SaysWhenWhereWhatToBringAndUntilWhenItCanBeChanged()
    {
        var booked = await Host.BookAsync("visita");
        var browser = await Host.OpenAsync(booked);

        var page = await browser.PageAsync(booked.Address());

        Assert.Equal("Confirmada", page.QuerySelector(".case-line .status").Words());
        Assert.Matches(@"^Le visitamos el \w+ \d+ de .* de 10:00 a 13:00\. Puede moverla o cancelarla en línea hasta .* a las 10:00\.$", page.QuerySelector(".promise").Words());
        Assert.Equal(["Agendada", "Cita", "Realizada"], page.QuerySelectorAll(".case-steps .step > :not(small, svg)").Select(e => e.Words()));
        var card = page.QuerySelector(".appointment").Words();
        Assert.All([$"{TestAppointments.Street} 5, Puebla", "Con ", "Su factura", "Desde $450", "Hasta 24 horas antes es gratis."], said => Assert.Contains(said, card, StringComparison.Ordinal));
        Assert.Equal([booked.Address("/cita.ics"), booked.Address("/mover"), booked.Address("/cita/cancelar")], page.QuerySelectorAll(".appointment .order-actions a").Select(a => a.GetAttribute("href")));
        Assert.Contains("Lavadora que escribí", page.QuerySelector(".case-side").Words(), StringComparison.Ordinal);
        Assert.Contains("Recibimos su solicitud de cita", page.QuerySelector(".timeline").Words(), StringComparison.Ordinal);
        var list = (await browser.PageAsync("/casos")).QuerySelector(".case-card").Words();
        Assert.Contains("Le visitamos el", list, StringComparison.Ordinal);
        Assert.Contains("Confirmada", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_AtABranchOnAnotherClock_NamesTheBranchAndBothClocks()
    {
        var booked = await Host.BookAsync(place: "frontera");
        var page = await (await Host.OpenAsync(booked)).PageAsync(booked.Address());

        Assert.Matches(@"^Le esperamos el .* a las 10:00 \(hora de Tijuana\) en Sucursal Frontera\.", page.QuerySelector(".promise").Words());
        var card = page.QuerySelector(".booking-card").Words();
        Assert.Matches(@"Hora de Tijuana \(UTC−[78]\)", card);
        Assert.Matches(@"En su reloj: .*, 1[12]:00, hora de Ciudad de México \(UTC−6\)", card);
        Assert.Equal("Sucursal Frontera, Calle 2, Tijuana", page.QuerySelector(".booking-card a[rel='noopener noreferrer']").Words());
    }

    [Fact]
    public async Task Case_OnOneClock_SaysNothingOfClocks()
    {
        var booked = await Host.BookAsync();
        var page = await (await Host.OpenAsync(booked)).PageAsync(booked.Address());

        Assert.DoesNotContain("hora de", page.QuerySelector(".promise").Words() + page.QuerySelector(".booking-card").Words(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Case_Video_HasTheLinkOnceStaffEnteredIt()
    {
        var booked = await Host.BookAsync("video");
        var browser = await Host.OpenAsync(booked);
        var before = await browser.PageAsync(booked.Address());
        await Host.ChangeAsync(booked, (change, step) => change.MeetAsync(step, "https://video.example/abc", CancellationToken.None));
        var after = await browser.PageAsync(booked.Address());

        Assert.Contains("Le enviamos el enlace", before.QuerySelector(".appointment-join").Words(), StringComparison.Ordinal);
        Assert.Equal("https://video.example/abc", after.QuerySelector(".appointment-join a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Calendar_Download_IsAFileThatInvitesNobodyAndNobodyElseGets()
    {
        var booked = await Host.BookAsync("visita");
        var browser = await Host.OpenAsync(booked);

        using var answer = await browser.GetAsync(booked.Address("/cita.ics"));

        Assert.Equal(("text/calendar", $"attachment; filename=cita-{booked.Number}.ics"), (answer.Content.Headers.ContentType!.MediaType, answer.Header("Content-Disposition")!.Split("; filename*")[0]));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        var file = ReadCalendar.Of(await answer.Content.ReadAsStringAsync());
        var entry = Assert.Single(file.Events);
        Assert.Equal("PUBLISH", file.File["METHOD"].Raw);
        Assert.False(entry.Has("ATTENDEE"));
        Assert.Equal($"{TestAppointments.Street} 5, Puebla", entry["LOCATION"].Text);
        Assert.Equal(404, (int)(await Host.Browser().GetAsync(booked.Address("/cita.ics"))).StatusCode);
    }

    [Theory]
    [InlineData("/mover")]
    [InlineData("/cita/cancelar")]
    [InlineData("/cita.ics")]
    public async Task Pages_OfSomebodyElse_AreNotThere(string page)
    {
        var booked = await Host.BookAsync();
        var other = await Host.OpenAsync(await Host.BookAsync());
        var customer = await Host.BrowserOfAsync(Steps.Customer);
        var order = await Host.OpenCaseAsync(account: Steps.Customer);

        foreach (var browser in new[] { other, customer, Host.Browser() })
        {
            Assert.Equal(404, (int)(await browser.GetAsync(booked.Address(page))).StatusCode);
            using var post = await browser.SendFormAsync(booked.Address(page), [("hora", "2026-12-01T16:00Z"), ("lugar", "centro"), await browser.TokenAsync()]);
            Assert.Equal(404, (int)post.StatusCode);
        }

        Assert.Equal(404, (int)(await customer.GetAsync($"/casos/{order.Number}{page}")).StatusCode);
        Assert.Equal((AppointmentStatus.Booked, 0), ((await Host.AppointmentAsync(booked.Number)).Status, (await Host.AppointmentAsync(booked.Number)).Sequence));
    }

    [Fact]
    public async Task Move_ToAFreeHour_MovesAndSaysSo()
    {
        var booked = await Host.BookAsync("visita");
        var browser = await Host.OpenAsync(booked);
        var days = await browser.PageAsync(booked.Address("/mover"));
        var address = days.QuerySelectorAll(".days a")[3].GetAttribute("href")!;
        var page = await browser.PageAsync(address);
        Assert.Equal("date", page.QuerySelectorAll(".days a")[3].GetAttribute("aria-current"));
        var hour = page.QuerySelectorAll<IHtmlInputElement>(".slots input[name=hora]").Last().Value;

        using var answer = await browser.FillAsync(address, "form[method=post][action$='/mover']", ("hora", hour));

        var done = await answer.PageAsync();
        Assert.Contains("Listo: su cita cambió.", done.QuerySelector(".notice-success").Words(), StringComparison.Ordinal);
        Assert.Contains("Usted cambió la cita para el ", done.QuerySelector(".timeline").Words(), StringComparison.Ordinal);
        var moved = await Host.AppointmentAsync(booked.Number);
        Assert.Equal((hour, 1), (SelfService.Web.Pages.Appointments.BookingChoice.Write(Instant.FromDateTimeUtc(moved.StartsAt)), moved.Sequence));
        // Shown by the address alone it says nothing.
        Assert.Null((await browser.PageAsync(booked.Address("?hecho=cancelado"))).QuerySelector(".notice-success"));
    }

    [Fact]
    public async Task Move_LaterDays_AreReachedByLinks()
    {
        var booked = await Host.BookAsync();
        var browser = await Host.OpenAsync(booked);
        var first = await browser.PageAsync(booked.Address("/mover"));

        var later = await browser.PageAsync(first.QuerySelector(".appointment-days a[href*=desde]")!.GetAttribute("href")!);

        Assert.Equal(14, later.QuerySelectorAll(".days a").Length);
        Assert.Empty(first.QuerySelectorAll(".days a").Select(a => a.FirstElementChild.Words()).Intersect(later.QuerySelectorAll(".days a").Select(a => a.FirstElementChild.Words())));
        Assert.Contains("Primeros días", later.QuerySelector(".appointment-days").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_ToWhatOthersTook_IsRefusedWithTheNearestHours()
    {
        var start = Host.NextDay("America/Tijuana", 15);
        var booked = await Host.BookAsync(place: "frontera", start: start);
        var wanted = start + Duration.FromHours(1);
        var browser = await Host.OpenAsync(booked);
        await Host.BookAsync(place: "frontera", start: wanted);

        using var answer = await browser.FillAsync(booked.Address("/mover"), "form[method=post][action$='/mover']", ("hora", SelfService.Web.Pages.Appointments.BookingChoice.Write(wanted)));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var refused = await answer.PageAsync();
        Assert.Contains("Su cita sigue como estaba.", refused.QuerySelector("[role=alert]").Words(), StringComparison.Ordinal);
        var offered = refused.QuerySelectorAll<IHtmlInputElement>("input[name=hora]").Select(i => i.Value).ToList();
        Assert.Equal(6, offered.Count);
        Assert.Equal(start.ToDateTimeUtc(), (await Host.AppointmentAsync(booked.Number)).StartsAt);
        using var again = await browser.SendFormAsync(booked.Address("/mover"), [("hora", offered[0]), ("lugar", "frontera"), await browser.TokenAsync()]);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(1, (await Host.AppointmentAsync(booked.Number)).Sequence);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mañana")]
    public async Task Move_WithoutAnHour_SaysWhatIsMissing(string hour)
    {
        var booked = await Host.BookAsync();
        var browser = await Host.OpenAsync(booked);

        using var answer = await browser.FillAsync(booked.Address("/mover"), "form[method=post][action$='/mover']", ("hora", hour));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Elija una hora.", (await answer.PageAsync()).QuerySelector(".error-summary").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_AnotherPlace_TakesItsHours()
    {
        var booked = await Host.BookAsync();
        var browser = await Host.OpenAsync(booked);
        var address = booked.Address("/mover?lugar=sur");
        var hour = (await browser.PageAsync(address)).QuerySelector<IHtmlInputElement>("input[name=hora]")!.Value;

        using var answer = await browser.FillAsync(address, "form[method=post][action$='/mover']", ("hora", hour));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(("sur", "America/Santiago"), ((await Host.AppointmentAsync(booked.Number)).Place, (await Host.AppointmentAsync(booked.Number)).Zone));
    }

    [Fact]
    public async Task Cancel_InTime_GivesTheHourBackAndOffersToBookAgain()
    {
        var booked = await Host.BookAsync("visita");
        var browser = await Host.OpenAsync(booked);

        using var answer = await browser.FillAsync(booked.Address("/cita/cancelar"), "form[method=post][action$='/cita/cancelar']", ("Reason", "Ya <b>no</b> hace falta"));
        using var twice = await browser.SendFormAsync(booked.Address("/cita/cancelar"), [("Reason", ""), await browser.TokenAsync()]);

        var done = await answer.PageAsync();
        Assert.Contains("Listo: cancelamos su cita.", done.QuerySelector(".notice-success").Words(), StringComparison.Ordinal);
        Assert.StartsWith("Esta cita está cancelada.", done.QuerySelector(".promise").Words(), StringComparison.Ordinal);
        Assert.Equal("/citas/visita", done.QuerySelector(".appointment .order-actions a")!.GetAttribute("href"));
        Assert.Contains("Ya <b>no</b> hace falta", done.QuerySelector(".appointment").Words(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, twice.StatusCode);
        await Host.BookAsync("visita", start: Instant.FromDateTimeUtc(booked.StartsAt));
    }

    [Fact]
    public async Task Change_TooLate_SaysWhomToCallAndChangesNothing()
    {
        var booked = await Host.BookAsync("visita");
        var browser = await Host.OpenAsync(booked);
        portal.Clock.Advance(booked.StartsAt.AddHours(-20) - Host.Now().ToDateTimeUtc());
        var token = await browser.TokenAsync();

        var page = await browser.PageAsync(booked.Address());
        foreach (var step in new[] { "/mover", "/cita/cancelar" })
        {
            var shown = await browser.PageAsync(booked.Address(step));
            Assert.Equal("tel:+528005550100", shown.QuerySelector("main a[href^=tel]")!.GetAttribute("href"));
            Assert.Null(shown.QuerySelector("main form[method=post]"));
            using var refused = await browser.SendFormAsync(booked.Address(step), [("hora", "2030-01-01T15:00Z"), ("lugar", "centro"), token]);
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.NotNull((await refused.PageAsync()).QuerySelector("[role=alert]"));
        }

        Assert.Contains("llámenos al 800 555 0100", page.QuerySelector(".promise").Words(), StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("main a[href$='/mover'], main a[href$='/cita/cancelar']"));
        Assert.Equal((AppointmentStatus.Booked, 0), ((await Host.AppointmentAsync(booked.Number)).Status, (await Host.AppointmentAsync(booked.Number)).Sequence));
    }

    [Fact]
    public async Task Case_ThatHasBegun_IsUnderWayAndThenDone()
    {
        var booked = await Host.BookAsync();
        var browser = await Host.OpenAsync(booked);
        portal.Clock.Advance(booked.StartsAt.AddMinutes(5) - Host.Now().ToDateTimeUtc());
        var begun = await browser.PageAsync(booked.Address());
        await Host.ChangeAsync(booked, (change, step) => change.AttendAsync(step, CancellationToken.None));
        var done = await browser.PageAsync(booked.Address());

        Assert.Equal("En curso", begun.QuerySelector(".case-line .status").Words());
        Assert.StartsWith("Su cita empezó hoy, ", begun.QuerySelector(".promise").Words(), StringComparison.Ordinal);
        Assert.Equal("Realizada", done.QuerySelector(".case-line .status").Words());
        Assert.StartsWith("Su cita se realizó.", done.QuerySelector(".promise").Words(), StringComparison.Ordinal);
        Assert.NotNull(done.QuerySelector("#valorar"));
    }

    [Fact]
    public async Task Close_OfWhatIsStillToCome_LeadsToCancelling()
    {
        var booked = await Host.BookAsync();
        var page = await (await Host.OpenAsync(booked)).PageAsync(booked.Address("/cerrar"));

        Assert.Equal(booked.Address("/cita/cancelar"), page.QuerySelector("main a.button")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Case_InEnglish_SaysTheSame()
    {
        var booked = await Host.BookAsync();
        var browser = await Host.OpenAsync(booked, "en");

        Assert.Matches(@"^We expect you on .* at 10:00 .*at Sucursal Centro\. You can move or cancel it online until it begins\.$", (await browser.PageAsync(booked.Address())).QuerySelector(".promise").Words());
        await browser.PageAsync(booked.Address("/mover"));
        await browser.PageAsync(booked.Address("/cita/cancelar"));
    }
}
