using Microsoft.EntityFrameworkCore;

namespace SelfService.Web.Tests.Pages.Appointments;

[Collection(BookingPortalCollection.Name)]
public sealed class SeriesTests(BookingPortal portal)
{
    private const string Hours = "/citas/sala?lugar=centro&veces=3&cada=2s";

    [Fact]
    public async Task Post_Series_BooksAllThatWereShownAndShowsThemTogether()
    {
        var browser = portal.Host.Browser();
        var hour = (await BookingPortal.HoursAsync(browser, Hours))[0];
        var shown = (await browser.PageAsync(hour)).QuerySelectorAll(".booking-series li time").Select(t => DateTimeOffset.Parse(t.GetAttribute("datetime")!, null).UtcDateTime).ToList();
        Assert.Equal(2, shown.Count);

        var number = await BookingPortal.BookedAsync(BookingPortal.Filled(await portal.FormAsync(browser, hour), RequestPortal.NewEmail()), browser);

        var first = await portal.AppointmentAsync(number);
        var series = await portal.InAsync(db => db.Appointments.Where(a => a.SeriesId == first.SeriesId).OrderBy(a => a.StartsAt).Select(a => a.StartsAt).ToListAsync());
        Assert.Equal([first.StartsAt, .. shown], series);
        var page = await browser.PageAsync($"/citas/reservada/{number}");
        Assert.Equal(2, page.QuerySelectorAll(".booking-series a").Length);
        // Each is a case of its own that this browser may open.
        foreach (var link in page.QuerySelectorAll(".booking-series a"))
        {
            Assert.Contains("Las demás citas de esta serie", (await browser.PageAsync(link.GetAttribute("href")!)).QuerySelector("main").Words(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Post_OneHourOfTheSeriesIsGone_BooksNothingAndProposesAnother()
    {
        var (browser, other) = (portal.Host.Browser(), portal.Host.Browser());
        var hours = await BookingPortal.HoursAsync(browser, Hours);
        var form = BookingPortal.Filled(await portal.FormAsync(browser, hours[0]), RequestPortal.NewEmail());
        var second = form.Value("siguiente");
        await BookingPortal.BookedAsync(BookingPortal.Filled(await portal.FormAsync(other, $"/citas/sala/reservar?lugar=centro&hora={Uri.EscapeDataString(second)}"), RequestPortal.NewEmail()), other);

        var page = await form.RefusedAsync(browser, 409);

        Assert.Contains("es la más cercana", page.QuerySelector(".booking-series").Words(), StringComparison.Ordinal);
        Assert.Equal("Ana Pérez", page.QuerySelector("input[name=contact-name]")!.GetAttribute("value"));
        await BookingPortal.BookedAsync(SentForm.Of(page), browser);
    }

    [Theory]
    [InlineData("veces=99&cada=9x")]
    [InlineData("veces=-2&cada=")]
    [InlineData("veces=1&cada=1m")]
    public async Task Get_NonsenseAboutTheSeries_ShowsWhatThereIs(string query) =>
        Assert.NotEmpty(await BookingPortal.HoursAsync(portal.Host.Browser(), $"/citas/sala?lugar=centro&{query}"));

    [Fact]
    public async Task Get_ServiceWithoutSeries_OffersNone() =>
        Assert.Null((await portal.Host.Browser().PageAsync("/citas/visita?lugar=centro&veces=3&cada=2s")).QuerySelector("#veces"));
}
