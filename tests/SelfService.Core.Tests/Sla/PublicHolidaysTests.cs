using System.Globalization;
using System.Text;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Sla.Holidays;

namespace SelfService.Core.Tests.Sla;

public sealed class PublicHolidaysTests
{
    public static IEnumerable<object[]> Golden => CaseFile.Rows("Sla/Cases/holidays.txt", 3);

    [Theory]
    [MemberData(nameof(Golden))]
    public void A_year_has_the_holidays_of_its_laws(string country, string year, string days) => Assert.Equal(
        days, string.Join(' ', PublicHolidays.Of(country, int.Parse(year, CultureInfo.InvariantCulture)).Select(h => h.Date.ToString("MM-dd", CultureInfo.InvariantCulture))));

    [Fact]
    public void The_golden_list_covers_five_countries_and_twenty_years() => Assert.Equal((5, 20), (Golden.Select(g => g[0]).Distinct().Count(), Golden.Select(g => g[1]).Distinct().Count()));

    [Fact]
    public void Every_year_of_the_range_can_be_computed_and_every_day_has_a_name()
    {
        foreach (var country in PublicHolidays.Countries)
        {
            for (var year = PublicHolidays.FirstYear; year <= PublicHolidays.LastYear; year++)
            {
                Assert.All(PublicHolidays.Of(country, year), h => Assert.True(h.Date.Year == year && h.Name.Length > 3));
            }
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => PublicHolidays.Of("MX", PublicHolidays.LastYear + 1));
    }

    [Fact]
    public void A_company_takes_those_of_the_law_adds_its_own_and_works_on_one_all_the_same()
    {
        var hours = Read("public_holidays: [CO]\nholidays:\n  - { date: 2026-12-07, name: Velitas }\n  - { date: 2026-12-08, open: true }").OpeningHours;

        Assert.Equal("Batalla de Boyacá", hours.Holidays[new LocalDate(2026, 8, 7)]);
        Assert.Equal("Velitas", hours.Holidays[new LocalDate(2026, 12, 7)]);
        Assert.False(hours.Holidays.ContainsKey(new LocalDate(2026, 12, 8)));
        Assert.True(hours.Holidays.ContainsKey(new LocalDate(2040, 12, 25)));
    }

    [Theory]
    [InlineData("ES")]
    [InlineData("''")]
    public void A_country_that_is_not_known_is_a_problem(string code) =>
        Assert.StartsWith("public_holidays", Assert.Throws<ContentException>(() => Read($"public_holidays: [{code}]")).Problem.Detail, StringComparison.Ordinal);

    private static CompanyProfile Read(string more) =>
        CompanyFile.Read(Encoding.UTF8.GetBytes($"name: Ensayo\nlocale: es-CO\ntime_zone: America/Bogota\ncurrency: COP\ncountry: CO\n{more}\n"), []);
}
