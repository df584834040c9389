using SelfService.Core.Requests.Identifiers;

namespace SelfService.Core.Tests.Requests.Identifiers;

public sealed class IdentifierTests
{
    private const string File = "Requests/Identifiers/Cases/identifiers.txt";

    private static readonly Dictionary<string, IdentifierVerdict> Verdicts = new()
    {
        ["ok"] = IdentifierVerdict.Valid,
        ["wrong"] = IdentifierVerdict.WrongCheckDigit,
        ["unknown"] = IdentifierVerdict.UnknownShape,
    };

    private static readonly IdentifierKind[] AllKinds = Enum.GetValues<IdentifierKind>();

    public static IEnumerable<object[]> Cases => CaseFile.Rows(File, 5);

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_identifier_is_read_as_its_file_says(string kinds, string typed, string value, string kind, string verdict)
    {
        var expected = new IdentifierReading(value, kind == "-" ? null : Enum.Parse<IdentifierKind>(kind), Verdicts[verdict]);

        Assert.Equal(expected, Identifier.Read(typed, Kinds(kinds)));
    }

    [Fact]
    public void What_is_kept_is_read_as_the_same()
    {
        foreach (var reading in CaseFile.Rows(File, 5).Select(row => Identifier.Read(row[1], Kinds(row[0]))).Where(reading => reading.Kind is not null))
            Assert.Equal(reading, Identifier.Read(reading.Value, [reading.Kind!.Value]));
    }

    [Fact]
    public void A_valid_identifier_with_one_digit_mistyped_is_not_valid()
    {
        var valid = CaseFile.Rows(File, 5).Where(row => row[4] == "ok" && row[3] != "Nit").Select(row => Identifier.Read(row[1], Kinds(row[0]))).ToList();

        Assert.True(valid.Count > 60, $"{valid.Count} valid");
        foreach (var (value, kind, _) in valid.Where(reading => !reading.Value.EndsWith("010101000", StringComparison.Ordinal)))
        {
            var mistyped = value[..^1] + (value[^1] == '3' ? '4' : '3');

            Assert.NotEqual(IdentifierVerdict.Valid, Identifier.Read(mistyped, [kind!.Value]).Verdict);
        }
    }

    [Fact]
    public void Every_kind_has_a_valid_a_wrong_and_an_unknown_case()
    {
        var cases = CaseFile.Rows(File, 5).ToList();

        Assert.True(cases.Count >= 80, $"{cases.Count} cases");
        Assert.Empty(cases.GroupBy(row => (row[0], row[1])).Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.All(AllKinds, kind => Assert.Equal(3, cases.Where(row => row[0] == $"{kind}").Select(row => row[4]).Distinct().Count()));
    }

    [Fact]
    public void Whatever_is_typed_is_answered_and_kept()
    {
        var random = new Random(20_261_122);
        var characters = "0123456789ABCXÑ&-./ k\u200B５\uD83D\uDE42\uFFFE\0";
        for (var i = 0; i < 20_000; i++)
        {
            var reading = Identifier.Read(new string(random.GetItems<char>(characters, random.Next(40))), AllKinds);

            Assert.Equal(reading.Kind is null, reading.Verdict == IdentifierVerdict.UnknownShape);
        }

        var much = new string('1', 10_000);
        Assert.Equal(new IdentifierReading(much, null, IdentifierVerdict.UnknownShape), Identifier.Read(much, AllKinds));
        Assert.Equal(new IdentifierReading("", null, IdentifierVerdict.UnknownShape), Identifier.Read(null, AllKinds));
        Assert.Equal(new IdentifierReading("20123456786", null, IdentifierVerdict.UnknownShape), Identifier.Read("20123456786", []));
    }

    private static IReadOnlyList<IdentifierKind> Kinds(string names) => [.. names.Split(' ').Select(Enum.Parse<IdentifierKind>)];
}
