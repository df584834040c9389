using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Tickets;
using SelfService.Web.Pages.Appointments;
using SelfService.Web.Tests.Pages.Cases;

namespace SelfService.Web.Tests.Pages.Agent.Appointments;

/// <summary>Each step that an agent can take with an appointment.</summary>
[Collection(BookedPortalCollection.Name)]
public sealed class StepTests(BookedPortal portal)
{
    private static readonly string[] Pages = ["registro", "enlace", "mover", "cancelar"];

    private PortalHost Host => portal.Host;

    [Fact]
    public async Task Get_EveryPage_IsThereInBothLanguagesForTheDeskAndForNobodyElse()
    {
        var booked = await Host.BookAsync("video");
        foreach (var (email, language, status) in new[] { (Steps.Agent, "es", 200), (Steps.Agent, "en", 200), (Steps.Customer, "es", 404) })
        {
            using var person = await Host.BrowserOfAsync(email, language);
            await person.PageAsync(Address(booked), status);
            foreach (var page in Pages)
            {
                await person.PageAsync(Address(booked, page), status);
            }
        }
    }

    [Fact]
    public async Task Pages_OfATicketThatIsNoAppointment_AreNotThere()
    {
        var other = await Host.OpenCaseAsync();
        using var agent = await Host.BrowserOfAsync(Steps.Agent);

        foreach (var page in Pages)
        {
            await agent.PageAsync($"/agente/casos/{other.Number}/cita/{page}", 404);
        }
    }

    [Fact]
    public async Task Ticket_OfAnAppointment_ShowsWhenWhereAndWhoAndWhatCanBeDone()
    {
        var booked = await Host.BookAsync("visita", "frontera");
        using var agent = await Host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync(Address(booked));

        var panel = page.QuerySelector("section[aria-labelledby=cita]").Words();
        Assert.All(["Confirmada", "10:00 a 13:00", "Hora de Tijuana (UTC−", "Cliente: En su reloj:", $"{TestAppointments.Street} 5, Puebla", "Atender la cita"], said => Assert.Contains(said, panel, StringComparison.Ordinal));
        Assert.Contains(booked.Person!.Name, panel, StringComparison.Ordinal);
        Assert.Equal(["Mover la cita", "Cancelar la cita"], page.QuerySelectorAll(".desk-order-actions .button").Select(b => b.Words()));
    }

    [Fact]
    public async Task Record_OnTheDay_GoesFromArrivedToDone()
    {
        var booked = await Host.BookAsync();
        Forward(booked.StartsAt.AddMinutes(-10));
        using var agent = await Host.BrowserOfAsync(Steps.Agent);
        var before = await agent.PageAsync(Address(booked));

        using var arrived = await PressAsync(agent, booked, "Arrive");
        using var attended = await PressAsync(agent, booked, "Attend");
        using var again = await agent.FillAsync(Address(booked, "registro"), "main form[method=post]", ("Move", "Attend"));

        Assert.Equal(["Ya llegó", "Se realizó"], before.QuerySelectorAll(".desk-order-actions button").Select(b => b.Words()));
        Assert.Contains("Registró la llegada", (await arrived.PageAsync()).QuerySelector("main [role=status]").Words(), StringComparison.Ordinal);
        Assert.Contains("Registró que la cita se realizó", (await attended.PageAsync()).QuerySelector(".timeline").Words(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        var done = await Host.AppointmentAsync(booked.Number);
        Assert.Equal((AppointmentStatus.Attended, TicketStatus.Solved), (done.Status, done.Ticket.Status));
    }

    [Fact]
    public async Task Record_NobodyCame_OnlyOnceItHasBegun()
    {
        var booked = await Host.BookAsync();
        using var agent = await Host.BrowserOfAsync(Steps.Agent);
        using var early = await PressAsync(agent, booked, "Miss");
        Forward(booked.StartsAt.AddMinutes(15));
        using var later = await Host.BrowserOfAsync(Steps.Agent);
        using var missed = await PressAsync(later, booked, "Miss");

        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Assert.Contains("ya no se puede hacer", (await early.PageAsync()).QuerySelector(".error-summary").Words(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, missed.StatusCode);
        Assert.Equal(AppointmentStatus.Missed, (await Host.AppointmentAsync(booked.Number)).Status);
    }

    [Fact]
    public async Task Record_Nothing_SaysWhatIsMissing()
    {
        var booked = await Host.BookAsync();
        using var agent = await Host.BrowserOfAsync(Steps.Agent);

        using var refused = await PressAsync(agent, booked, "Nada");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Theory]
    [InlineData("http://video.example/a", 400)]
    [InlineData("javascript:alert(1)", 400)]
    [InlineData("https://video.example/a", 200)]
    public async Task Link_OfTheVideo_IsTakenWhenItIsSafe(string link, int status)
    {
        var booked = await Host.BookAsync("video");
        using var agent = await Host.BrowserOfAsync(Steps.Agent);

        using var answer = await agent.FillAsync(Address(booked, "enlace"), "main form[method=post]", ("MeetingLink", link));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 200 ? link : "", (await Host.AppointmentAsync(booked.Number)).MeetingLink);
        Assert.Equal(status == 400, (await answer.PageAsync()).QuerySelector<IHtmlInputElement>("#MeetingLink")?.Value == link);
    }

    [Fact]
    public async Task Cancel_NeedsAReasonThatTheCustomerReads()
    {
        var booked = await Host.BookAsync();
        using var agent = await Host.BrowserOfAsync(Steps.Agent);

        using var refused = await agent.FillAsync(Address(booked, "cancelar"), "main form[method=post]", ("Reason", " "));
        using var done = await agent.FillAsync(Address(booked, "cancelar"), "main form[method=post]", ("Reason", "Se enfermó Luz"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Se enfermó Luz", (await done.PageAsync()).QuerySelector("section[aria-labelledby=cita]").Words(), StringComparison.Ordinal);
        Assert.Contains("Se enfermó Luz", (await (await Host.OpenAsync(booked)).PageAsync(booked.Address())).QuerySelector(".appointment").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_ToAFreeHourOfADay_MovesAndTakenIsToldWithTheNearest()
    {
        var start = Host.NextDay("America/Tijuana", 17);
        var booked = await Host.BookAsync(place: "frontera", start: start);
        var taken = start + Duration.FromHours(2);
        await Host.BookAsync(place: "frontera", start: taken);
        using var agent = await Host.BrowserOfAsync(Steps.Agent);
        var address = Address(booked, "mover");
        var free = (await agent.PageAsync(address)).QuerySelectorAll<IHtmlInputElement>("input[name=Start]").Select(i => i.Value).ToList();

        using var refused = await agent.FillAsync(address, "main form[method=post]", ("Start", BookingChoice.Write(taken)));
        using var moved = await agent.FillAsync(address, "main form[method=post]", ("Start", BookingChoice.Write(start + Duration.FromHours(4))));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(12, (await refused.PageAsync()).QuerySelectorAll("input[name=Start]").Length);
        Assert.DoesNotContain(BookingChoice.Write(taken), free);
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        Assert.Contains("Movió la cita al ", (await moved.PageAsync()).QuerySelector("main [role=status]").Words(), StringComparison.Ordinal);
        Assert.Equal((start + Duration.FromHours(4)).ToDateTimeUtc(), (await Host.AppointmentAsync(booked.Number)).StartsAt);
    }

    [Fact]
    public async Task Step_AfterOthersDidSomething_TellsItFirst()
    {
        var booked = await Host.BookAsync();
        using var agent = await Host.BrowserOfAsync(Steps.Agent);
        var form = (await agent.PageAsync(Address(booked, "cancelar"))).QuerySelector<IHtmlFormElement>("main form[method=post]")!;
        var hidden = form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(i => (i.Name!, i.Value)).ToList();
        await Host.MoveAsync(booked, Instant.FromDateTimeUtc(booked.StartsAt) + Duration.FromHours(2), actor: Actor.Customer(null));

        using var overtaken = await agent.SendFormAsync(Address(booked, "cancelar"), [.. hidden, ("Reason", "x")]);

        Assert.Equal(HttpStatusCode.Conflict, overtaken.StatusCode);
        var told = await overtaken.PageAsync();
        Assert.Contains("Movió la cita al ", told.QuerySelector(".desk-news").Words(), StringComparison.Ordinal);
        Assert.Equal("x", told.QuerySelector<IHtmlInputElement>("#Reason")!.Value);
        Assert.Equal(AppointmentStatus.Booked, (await Host.AppointmentAsync(booked.Number)).Status);
    }

    private static Task<HttpResponseMessage> PressAsync(HttpClient agent, Appointment booked, string move) => PressAsync(agent, Address(booked), Address(booked, "registro"), move);

    private static async Task<HttpResponseMessage> PressAsync(HttpClient agent, string ticket, string target, string move)
    {
        var page = await agent.PageAsync(ticket);
        var hidden = page.QuerySelectorAll<IHtmlInputElement>("form[action$='/asignar'] input[type=hidden], form[action$='/nota'] input[type=hidden]").DistinctBy(i => i.Name).Select(i => (i.Name!, i.Value)).Where(i => i.Item1 is "Seen" or "__RequestVerificationToken");
        return await agent.SendFormAsync(target, [.. hidden, ("Move", move)]);
    }

    private void Forward(DateTime to) => portal.Clock.Advance(to - Host.Now().ToDateTimeUtc());

    private static string Address(Appointment booked, string step = "") => $"/agente/casos/{booked.Number}{(step.Length > 0 ? "/cita/" + step : "")}";
}
