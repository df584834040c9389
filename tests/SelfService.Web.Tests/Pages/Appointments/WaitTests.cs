using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Appointments;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Appointments;

/// <summary>A portal whose one service is full.</summary>
public sealed class FullPortal : IAsyncLifetime
{
    private readonly BookingPortal portal = new();

    public PortalHost Host => portal.Host;

    public BookingPortal Booking => portal;

    /// <summary>A browser for each appointment that takes the hours there are, in order.</summary>
    public List<(HttpClient Browser, string Number)> Taken { get; } = [];

    public Task InitializeAsync() => portal.InitializeAsync();

    public Task DisposeAsync() => portal.DisposeAsync();

    /// <summary>Cancels the next appointment as its customer, so that its hour is free.</summary>
    public async Task<Appointment> FreeOneAsync()
    {
        var (browser, number) = Taken[0];
        Taken.RemoveAt(0);
        var cancelled = await portal.AppointmentAsync(number);
        using var answer = await browser.FillAsync($"/casos/{number}/cita/cancelar", "form[action$='/cita/cancelar']", ("Reason", ""));
        Assert.Equal($"/casos/{number}", answer.RequestMessage!.RequestUri!.AbsolutePath);
        return cancelled;
    }

    /// <summary>Takes every hour there is, each as somebody else.</summary>
    public async Task FillAsync()
    {
        var browser = Host.Browser();
        for (var hours = await BookingPortal.HoursAsync(browser, "/citas/sala?lugar=centro"); hours.Count > 0; hours = await BookingPortal.HoursAsync(browser, "/citas/sala?lugar=centro"))
        {
            var customer = Host.Browser();
            Taken.Add((customer, await BookingPortal.BookedAsync(BookingPortal.Filled(await portal.FormAsync(customer, hours[0]), RequestPortal.NewEmail()), customer)));
        }
    }

    /// <summary>Puts somebody on the list.</summary>
    public async Task<string> JoinAsync(HttpClient browser, string email)
    {
        await FillAsync();
        using var answer = await BookingPortal.Filled(await portal.FormAsync(browser, "/citas/sala/espera?lugar=centro"), email).SendAsync(browser);
        var match = Regex.Match(answer.RequestMessage!.RequestUri!.AbsolutePath, "^/casos/(C-.{9})$");
        Assert.True(match.Success, (await answer.PageAsync()).QuerySelector("main").Words());
        return match.Groups[1].Value;
    }

    /// <summary>Does what the portal does by itself every few seconds.</summary>
    public async Task OfferAsync()
    {
        await using var scope = Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<OfferFreeTime>().RunAsync(default);
    }
}

public sealed class WaitTests(FullPortal portal) : IClassFixture<FullPortal>
{
    private const string WaitingForm = "form[action$='/espera']";

    [Fact]
    public async Task Post_FreedHour_IsMailedKeptAndTakenWithOneButton()
    {
        var (browser, email) = (portal.Host.Browser(), RequestPortal.NewEmail());
        await portal.FillAsync();
        var full = await browser.PageAsync("/citas/sala?lugar=centro");
        Assert.Equal("/citas/sala/espera?lugar=centro", full.QuerySelector(".empty a.button")!.GetAttribute("href"));
        var number = await portal.JoinAsync(browser, email);
        Assert.Contains("Está en la lista de espera", (await browser.PageAsync($"/casos/{number}?hecho=espera")).QuerySelector("main").Words(), StringComparison.Ordinal);
        var joined = await portal.Host.Mailbox.NextAsync(email);
        Assert.StartsWith($"Está en la lista de espera {number}: Recorrido guiado", joined.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("Ana", joined.Text + joined.Html, StringComparison.Ordinal);

        var freed = await portal.FreeOneAsync();
        await portal.OfferAsync();

        var offer = await portal.Host.Mailbox.NextAsync(email);
        Assert.Contains("la apartamos para usted", offer.Text, StringComparison.Ordinal);
        Assert.Contains("hora de Ciudad de México (UTC−6)", offer.Text, StringComparison.Ordinal);
        Assert.Empty(await BookingPortal.HoursAsync(portal.Host.Browser(), "/citas/sala?lugar=centro"));
        // By the link of the mail, in another browser.
        var mailed = portal.Host.Browser();
        var page = await mailed.PageAsync(offer.LinkTo($"/casos/{number}"));
        Assert.Contains("Hora apartada", page.QuerySelector(".case-line").Words(), StringComparison.Ordinal);
        Assert.Equal(freed.StartsAt, DateTimeOffset.Parse(page.QuerySelector(".booking-card time")!.GetAttribute("datetime")!, null).UtcDateTime);
        using var taken = await mailed.FillAsync($"/casos/{number}", WaitingForm, ("hacer", "tomar"));

        Assert.Equal($"/citas/reservada/{number}", taken.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(freed.StartsAt, (await portal.Booking.AppointmentAsync(number)).StartsAt);
        Assert.NotNull((await portal.Host.Mailbox.NextAsync(email)).Calendar);
    }

    [Fact]
    public async Task Post_OfferThatRanOut_SaysSoAndSheStaysOnTheList()
    {
        var browser = portal.Host.Browser();
        var number = await portal.JoinAsync(browser, RequestPortal.NewEmail());
        await portal.FreeOneAsync();
        await portal.OfferAsync();
        var token = await browser.TokenAsync();
        await portal.Booking.InAsync(db => db.WaitingEntries.Where(w => w.Status == WaitingStatus.Offered).ExecuteUpdateAsync(set => set.SetProperty(w => w.OfferUntil, DateTime.UnixEpoch)));
        using var refused = await browser.SendFormAsync($"/casos/{number}/espera", [("hacer", "tomar"), token]);

        Assert.Equal(409, (int)refused.StatusCode);
        Assert.Contains("Esa hora ya no está apartada para usted", (await refused.PageAsync()).QuerySelector("main").Words(), StringComparison.Ordinal);
        await portal.OfferAsync();
        Assert.Contains("En lista de espera", (await browser.PageAsync($"/casos/{number}")).QuerySelector(".case-line").Words(), StringComparison.Ordinal);
        await LeaveAsync(browser, number);
    }

    [Fact]
    public async Task Post_Leave_EndsTheCaseAndSaysSo()
    {
        var browser = portal.Host.Browser();
        var number = await portal.JoinAsync(browser, RequestPortal.NewEmail());

        var page = await LeaveAsync(browser, number);

        Assert.Contains("salió de la lista de espera", page.QuerySelector(".notice-success").Words(), StringComparison.Ordinal);
        Assert.Equal(TicketStatus.Solved, await portal.Booking.InAsync(db => db.Tickets.Where(t => t.Number == number).Select(t => t.Status).SingleAsync()));
    }

    [Fact]
    public async Task Post_SomebodyElsesCase_IsNotFound()
    {
        var (hers, stranger) = (portal.Host.Browser(), portal.Host.Browser());
        var number = await portal.JoinAsync(hers, RequestPortal.NewEmail());
        var own = await portal.JoinAsync(stranger, RequestPortal.NewEmail());

        using var answer = await stranger.SendFormAsync($"/casos/{number}/espera", [("hacer", "salir"), await stranger.TokenAsync()]);

        Assert.Equal(404, (int)answer.StatusCode);
        await LeaveAsync(hers, number);
        await LeaveAsync(stranger, own);
    }

    [Fact]
    public async Task Post_NothingFilledIn_NamesEveryFieldAndJoinsNothing()
    {
        var browser = portal.Host.Browser();
        var form = await portal.Booking.FormAsync(browser, "/citas/sala/espera?lugar=centro");

        var page = await form.With(("waiting_first", ""), ("waiting_last", "32/13/2026")).RefusedAsync(browser, 400);

        Assert.Superset(new HashSet<string> { "#campo-waiting_first", "#campo-waiting_last", "#campo-contact-email" }, page.QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href")!).ToHashSet());
    }

    [Theory]
    [InlineData("/citas/visita/espera?lugar=centro", 404)]
    [InlineData("/citas/nada/espera", 404)]
    public async Task Get_ServiceWithoutList_IsNotFound(string address, int status) => Assert.Equal(status, (int)(await portal.Host.Browser().GetAsync(address)).StatusCode);

    private static async Task<AngleSharp.Dom.IDocument> LeaveAsync(HttpClient browser, string number)
    {
        using var answer = await browser.FillAsync($"/casos/{number}", WaitingForm, ("hacer", "salir"));
        return await answer.PageAsync();
    }
}
