using SelfService.Core.People;

namespace SelfService.Core.Tests.People;

public sealed class PhoneNumberTests
{
    private const string File = "People/Cases/phones.txt";

    public static IEnumerable<object[]> Cases => CaseFile.Rows(File, 4).Select(row => row[..3]);

    public static IEnumerable<object[]> SamePerson => CaseFile.Rows(File, 4).Where(row => row[3].Length > 0);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_number_is_read_as_its_file_says(string country, string typed, string e164) =>
        Assert.Equal(e164, PhoneNumber.Parse(typed, country)?.E164 ?? "-");

    [Theory]
    [MemberData(nameof(SamePerson))]
    public void Spellings_of_one_number_are_one_person(string country, string typed, string e164, string other)
    {
        Assert.Equal(Key(typed, country), Key(other, country));
        Assert.Equal(Key(e164, country), Key(typed, country).Split('x')[0]);
    }

    [Fact]
    public void Different_people_have_different_keys()
    {
        var people = CaseFile.Rows(File, 4).Where(row => row[2] != "-").GroupBy(row => Key(row[1], row[0])).ToList();

        Assert.True(people.Count > 60, $"{people.Count} people");
        // Only Argentina has two numbers to dial for one person.
        Assert.All(people.Where(person => !person.Key.StartsWith("+54", StringComparison.Ordinal)), person => Assert.Single(person.Select(row => row[2]).Distinct()));
        Assert.NotEqual(Key("55 1234 5678", "MX"), Key("55 1234 5679", "MX"));
        Assert.NotEqual(Key("55 1234 5678", "MX"), Key("55 1234 5678 ext. 12", "MX"));
        Assert.NotEqual(Key("55 1234 5678 ext. 13", "MX"), Key("55 1234 5678 ext. 12", "MX"));
        Assert.NotEqual(Key("+54 11 1234 5678", "AR"), Key("+54 341 123 4567", "AR"));
    }

    [Fact]
    public void What_is_stored_is_read_as_the_same_number()
    {
        foreach (var number in CaseFile.Rows(File, 4).Select(row => PhoneNumber.Parse(row[1], row[0])).OfType<PhoneNumber>())
        {
            var again = PhoneNumber.Parse(number.E164, "XX");

            Assert.Equal(number.E164, again?.E164);
            Assert.Equal(number.PersonKey.Split('x')[0], again?.PersonKey);
            Assert.InRange(number.E164.Length, 8, PhoneNumber.E164MaxLength);
            Assert.InRange(number.PersonKey.Length, 8, PhoneNumber.PersonKeyMaxLength);
        }
    }

    [Theory]
    [InlineData("MX", "5512345678", "MX", "55 1234 5678")]
    [InlineData("MX", "9988456789", "MX", "998 845 6789")]
    [InlineData("MX", "5512345678", "US", "+52 55 1234 5678")]
    [InlineData("AR", "011 15 1234 5678", "AR", "11 1234-5678")]
    [InlineData("AR", "011 15 1234 5678", "MX", "+54 9 11 1234-5678")]
    [InlineData("AR", "0341 4123456", "AR", "341 412-3456")]
    [InlineData("AR", "02901 15 412345", "ES", "+54 9 2901 41-2345")]
    [InlineData("BR", "11987654321", "BR", "(11) 98765-4321")]
    [InlineData("BR", "1131234567", "MX", "+55 11 3123-4567")]
    [InlineData("CL", "987654321", "CL", "9 8765 4321")]
    [InlineData("CL", "322123456", "CL", "32 212 3456")]
    [InlineData("CO", "3001234567", "CO", "300 123 4567")]
    [InlineData("CO", "12345678", "CO", "601 234 5678")]
    [InlineData("PE", "12345678", "PE", "(01) 234 5678")]
    [InlineData("PE", "12345678", "CL", "+51 1 234 5678")]
    [InlineData("EC", "991234567", "EC", "099 123 4567")]
    [InlineData("EC", "991234567", "CO", "+593 99 123 4567")]
    [InlineData("PY", "981123456", "PY", "0981 123 456")]
    [InlineData("UY", "99123456", "uy", "099 123 456")]
    [InlineData("VE", "4141234567", "VE", "0414-1234567")]
    [InlineData("BO", "71234567", "BO", "71234567")]
    [InlineData("GT", "51234567", "GT", "5123 4567")]
    [InlineData("CR", "88123456", "PA", "+506 8812 3456")]
    [InlineData("PA", "61234567", "PA", "6123-4567")]
    [InlineData("DO", "8095551234", "DO", "(809) 555-1234")]
    [InlineData("DO", "8095551234", "US", "(809) 555-1234")]
    [InlineData("DO", "8095551234", "MX", "+1 809 555-1234")]
    [InlineData("ES", "612345678", "ES", "612 345 678")]
    [InlineData("MX", "+44 20 7946 0958", "GB", "+44 207 946 0958")]
    [InlineData("MX", "+299 321234", "MX", "+299 321 234")]
    public void A_number_is_shown_as_people_of_the_country_write_it(string country, string typed, string reader, string shown) =>
        Assert.Equal(shown, PhoneNumber.Parse(typed, country)!.Display(reader));

    [Fact]
    public void Every_number_shown_is_read_back()
    {
        foreach (var (country, number) in CaseFile.Rows(File, 4).Select(row => (row[0], PhoneNumber.Parse(row[1], row[0]))))
        {
            Assert.Equal(number?.PersonKey.Split('x')[0], PhoneNumber.Parse(number?.Display(country), country)?.PersonKey);
            Assert.Equal(number?.E164, PhoneNumber.Parse(number?.Display("XX"), country)?.E164);
        }
    }

    [Fact]
    public void A_masked_number_shows_its_last_two_digits_and_no_others()
    {
        var number = PhoneNumber.Parse("55 1234 5678 ext. 90", "MX")!;

        Assert.Equal("•••• ••78", number.Masked);
        Assert.Equal(number.Masked, number.ToString());
        Assert.Equal(number.Masked, $"{number}");
        Assert.Equal("90", number.Extension);
    }

    [Fact]
    public void Numbers_that_are_dialled_alike_are_equal()
    {
        Assert.Equal(PhoneNumber.Parse("044 55 1234 5678", "MX"), PhoneNumber.Parse("+52 1 55 1234 5678", "AR"));
        Assert.Equal(PhoneNumber.Parse("+44 20 7946 0958", "MX"), PhoneNumber.Parse("0044 2079460958", "AR"));
        Assert.NotEqual(PhoneNumber.Parse("55 1234 5678", "MX"), PhoneNumber.Parse("55 1234 5678 x1", "MX"));
    }

    [Fact]
    public void Ten_thousand_characters_are_no_number()
    {
        Assert.Null(PhoneNumber.Parse(new string('5', 10_000), "MX"));
        Assert.Null(PhoneNumber.Parse(new string(' ', 10_000) + "5512345678", "MX"));
        Assert.Null(PhoneNumber.Parse(null, "MX"));
        Assert.NotNull(PhoneNumber.Parse("5512345678".PadLeft(PhoneNumber.TypedMaxLength), "MX"));
        Assert.Null(PhoneNumber.Parse("5512345678".PadLeft(PhoneNumber.TypedMaxLength + 1), "MX"));
    }

    [Fact]
    public void Whatever_is_typed_is_answered()
    {
        var random = new Random(20_261_122);
        var characters = "0123456789012345678901234567890123456789+()-./ x#;=ext\u200B٥５\uD83D\uDCDE\uFFFE\0ñ½";
        var numbers = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var typed = new string(random.GetItems<char>(characters, random.Next(1, 40)));
            var number = PhoneNumber.Parse(typed, random.GetItems(["MX", "AR", "BR", "CO", "CL", "US", "XX"], 1)[0]);

            Assert.Matches("^([+][1-9][0-9]{6,14})?$", number?.E164 ?? "");
            numbers += number is null ? 0 : 1;
        }

        Assert.True(numbers > 20, $"{numbers} numbers");
    }

    [Fact]
    public void The_file_has_enough_cases_and_none_twice()
    {
        var cases = CaseFile.Rows(File, 4).Select(row => (row[0], row[1])).ToList();

        Assert.True(cases.Count >= 120, $"{cases.Count} cases");
        Assert.Empty(cases.GroupBy(row => row).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    private static string Key(string typed, string country) =>
        PhoneNumber.Parse(typed, country)?.PersonKey ?? throw new InvalidOperationException($"{country} | {typed} is no number");
}
