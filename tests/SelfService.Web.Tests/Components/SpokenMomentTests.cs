using System.Globalization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Web.Components;
using SelfService.Web.Resources;

namespace SelfService.Web.Tests.Components;

public sealed class SpokenMomentTests : IDisposable
{
    // Sunday 22 November 2026, 21:30 in Mexico City; already the 23rd in UTC.
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 30, 0, TimeSpan.Zero);
    private readonly (CultureInfo Format, CultureInfo Language) before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);

    [Theory]
    [InlineData("es-MX", "2026-11-23T04:00:00Z", "hoy, 22:00")]
    [InlineData("es-MX", "2026-11-24T00:00:00Z", "mañana, lunes 23, 18:00")]
    [InlineData("es-MX", "2026-11-22T05:59:00Z", "ayer, 23:59")]
    [InlineData("es-MX", "2026-11-28T15:05:00Z", "sábado 28, 9:05")]
    [InlineData("es-MX", "2026-11-29T15:05:00Z", "29 de noviembre de 2026, 9:05")]
    [InlineData("en-MX", "2026-11-24T00:00:00Z", "tomorrow, Monday 23, 18:00")]
    [InlineData("en-MX", "2026-03-14T18:00:00Z", "14 March 2026, 12:00")]
    public void A_moment_is_said_by_the_clock_of_the_company(string culture, string utc, string expected)
    {
        var moment = DateTime.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);

        Assert.Equal(expected, Spoken(culture).Moment(moment));
    }

    [Theory]
    [InlineData("es-MX", "2026-11-25T00:00:00Z", "martes 24 de noviembre, 18:00 (GMT-6)")]
    [InlineData("en-MX", "2026-11-23T03:31:00Z", "Sunday 22 November, 21:31 (GMT-6)")]
    [InlineData("es-MX", "2027-01-01T05:59:00Z", "jueves 31 de diciembre, 23:59 (GMT-6)")]
    [InlineData("es-MX", "2027-01-01T06:00:00Z", "viernes 1 de enero de 2027, 0:00 (GMT-6)")]
    [InlineData("en-MX", "2027-03-14T18:05:00Z", "Sunday 14 March 2027, 12:05 (GMT-6)")]
    public void A_moment_that_is_read_later_is_written_out(string culture, string utc, string expected)
    {
        var moment = DateTime.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);

        Assert.Equal(expected, Spoken(culture).Written(moment));
    }

    [Theory]
    [InlineData("America/Caracas", "(GMT-4)")]
    [InlineData("Asia/Kolkata", "(GMT+5:30)")]
    [InlineData("Europe/London", "(GMT+0)")]
    public void The_zone_is_said_by_its_offset(string zone, string expected) =>
        Assert.EndsWith(expected, Spoken("es-MX", zone).Written(Now.UtcDateTime), StringComparison.Ordinal);

    [Theory]
    [InlineData("es-MX", "2026-11-23T04:00:00Z", "hoy antes de las 22:00")]
    [InlineData("es-MX", "2026-11-24T00:00:00Z", "mañana, lunes 23, antes de las 18:00")]
    [InlineData("es-MX", "2026-11-25T00:00:00Z", "antes del martes 24 a las 18:00")]
    [InlineData("es-MX", "2026-11-22T00:00:00Z", "antes del sábado 21 a las 18:00")]
    [InlineData("es-MX", "2027-01-09T00:00:00Z", "antes del 8 de enero de 2027 a las 18:00")]
    [InlineData("en-MX", "2026-11-25T00:00:00Z", "before Tuesday 24 at 18:00")]
    public void A_date_that_something_is_due_by_is_said_in_a_sentence(string culture, string utc, string expected)
    {
        var moment = DateTime.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);

        Assert.Equal(expected, Spoken(culture).Deadline(moment));
    }

    [Fact]
    public void The_exact_moment_has_the_offset_of_the_company() =>
        Assert.Equal("2026-11-22T21:30:00-06:00", Spoken("es-MX").Exact(Now.UtcDateTime));

    public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;

    private static SpokenMoment Spoken(string culture, string zoneId = "America/Mexico_City")
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture[..2]);
        var zone = DateTimeZoneProviders.Tzdb[zoneId];
        var company = new CompanyProfile
        {
            Name = "Brisal",
            Locale = "es-MX",
            TimeZone = zone,
            Currency = "MXN",
            Country = "MX",
            Contact = new ContactWays(),
            OpeningHours = new OpeningHours(zone, new Dictionary<IsoDayOfWeek, DayHours>(), new Dictionary<LocalDate, string>()),
        };
        var texts = new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance);
        return new SpokenMoment(new FixedClock(), company, new StringLocalizer<Texts>(texts));
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
