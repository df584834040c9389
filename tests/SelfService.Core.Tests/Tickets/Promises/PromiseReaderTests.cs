using System.Text;
using NodaTime;
using NodaTime.Text;
using SelfService.Core.Company;
using SelfService.Core.Tickets.Promises;

namespace SelfService.Core.Tests.Tickets.Promises;

public sealed class PromiseReaderTests
{
    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    public static IEnumerable<object[]> Table => CaseFile.Rows("Tickets/Cases/promises.txt", 2);

    [Theory]
    [MemberData(nameof(Table))]
    public void What_is_promised_has_the_date_that_was_said(string text, string expected)
    {
        Assert.Equal(expected, Read(text, "2026-11-26 10:30"));
        Assert.Equal(expected, Read(text.Normalize(NormalizationForm.FormD), "2026-11-26 10:30"));
    }

    [Fact]
    public void The_table_is_as_long_as_it_should_be() => Assert.True(Table.Count() >= 90);

    [Theory]
    [InlineData("Le respondo el lunes.", "2026-11-27 19:00", "2026-11-30 18:00")]
    [InlineData("Le respondo mañana.", "2026-11-27 19:00", "2026-11-28 14:00")]
    [InlineData("Le respondo a las 10.", "2026-11-27 19:00", "2026-11-28 10:00")]
    [InlineData("Le respondo en un día hábil.", "2026-11-30 12:00", "2026-12-02 18:00")]
    [InlineData("Le respondo a fin de mes.", "2026-11-30 19:00", "ninguno")]
    [InlineData("Le respondo mañana.", "2028-02-28 10:00", "2028-02-29 18:00")]
    [InlineData("Le respondo el 29 de febrero.", "2026-02-10 10:00", "ninguno")]
    [InlineData("Le respondo el día 31.", "2026-11-26 10:00", "2026-12-31 18:00")]
    [InlineData("Le respondo el jueves.", "2026-11-26 10:00", "2026-12-03 18:00")]
    public void It_depends_on_when_it_is_said(string text, string now, string expected) => Assert.Equal(expected, Read(text, now));

    [Fact]
    public void An_hour_that_the_clocks_skip_is_the_one_after_it()
    {
        var company = Company("America/Santiago");
        var reader = new PromiseReader(company, new FixedClock(Instant.FromUtc(2026, 9, 5, 15, 0)));

        var promise = Assert.Single(reader.Read("Le llamo mañana a las 12 de la noche. Se lo envío mañana a las 00:30."), p => p.Phrase.Contains("00:30", StringComparison.Ordinal));

        Assert.Equal(new DateTime(2026, 9, 6, 4, 30, 0, DateTimeKind.Utc), promise.DueAt);
    }

    [Fact]
    public void It_says_what_and_when_in_the_words_that_were_written_and_that_a_day_is_closed()
    {
        var promise = Assert.Single(Reader("2026-11-26 10:30").Read("Hola, Ana:\n\nRevisé su caso. **Le respondo** el domingo a las 10, sin falta. Saludos"));

        Assert.Equal(("Le respondo el domingo a las 10, sin falta", "domingo a las 10", true), (promise.Text, promise.Phrase, promise.IsClosed));
    }

    [Fact]
    public void A_long_or_hostile_text_is_read_all_the_same()
    {
        var reader = Reader("2026-11-26 10:30");

        Assert.Empty(reader.Read(new string('9', 20_000)));
        Assert.Empty(reader.Read(string.Concat(Enumerable.Repeat("en 9 a ", 2_800))));
        Assert.Empty(reader.Read(string.Concat(Enumerable.Repeat("a las 99 de la ", 1_300))));
        Assert.Empty(reader.Read(""));
        Assert.Single(reader.Read("🙂\u200B Le llamo mañana 🙂"));
    }

    private static string Read(string text, string now) => Reader(now).Read(text) is [var promise, ..]
        ? Pattern.Format(Instant.FromDateTimeUtc(promise.DueAt).InZone(DateTimeZoneProviders.Tzdb["America/Mexico_City"]).LocalDateTime) : "ninguno";

    private static PromiseReader Reader(string now)
    {
        var company = Company("America/Mexico_City");
        return new PromiseReader(company, new FixedClock(Pattern.Parse(now).Value.InZoneStrictly(company.TimeZone).ToInstant()));
    }

    private static CompanyProfile Company(string zone)
    {
        var (time, office) = (DateTimeZoneProviders.Tzdb[zone], new DayHours(new LocalTime(9, 0), new LocalTime(18, 0)));
        var week = Enumerable.Range(1, 5).ToDictionary(d => (IsoDayOfWeek)d, _ => office);
        week[IsoDayOfWeek.Saturday] = new DayHours(new LocalTime(9, 0), new LocalTime(14, 0));
        return CompanyProfile.Neutral with { TimeZone = time, OpeningHours = new OpeningHours(time, week, new Dictionary<LocalDate, string> { [new LocalDate(2026, 12, 1)] = "Fiesta" }) };
    }

    private sealed class FixedClock(Instant now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now.ToDateTimeOffset();
    }
}
