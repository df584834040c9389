using System.Text;
using SelfService.Core.People.SecondFactors;

namespace SelfService.Core.Tests.People;

public sealed class SecondFactorTests
{
    // RFC 6238, appendix B, whose codes have eight digits: ours are their last six.
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long second, string code)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(second);

        Assert.Equal(code, TimeCode.Of(Key, TimeCode.StepAt(at)));
        Assert.Equal(TimeCode.StepAt(at), TimeCode.Match(Key, $" {code[..3]} {code[3..]} ", at));
    }

    [Theory]
    [InlineData(-61, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(61, false)]
    public void A_clock_may_be_half_a_minute_off_and_no_more(int seconds, bool matches)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

        var step = TimeCode.Match(Key, TimeCode.Of(Key, TimeCode.StepAt(at.AddSeconds(seconds))), at);

        Assert.Equal(matches, step is not null);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("0287082")]
    [InlineData("28708٢")]
    [InlineData("abcdef")]
    public void What_is_no_code_matches_nothing(string? typed) =>
        Assert.Null(TimeCode.Match(Key, typed, DateTimeOffset.FromUnixTimeSeconds(59)));

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Keys_are_written_as_the_standard_writes_them(string bytes, string text) =>
        Assert.Equal(text, Base32.Encode(Encoding.ASCII.GetBytes(bytes)));

    [Fact]
    public void Recovery_codes_survive_being_copied_by_hand()
    {
        var person = Guid.NewGuid();
        var code = RecoveryCode.Create()[0];
        var hash = RecoveryCode.HashOf(code, person);

        Assert.NotNull(hash);
        Assert.DoesNotContain(code, hash, StringComparison.Ordinal);
        Assert.Equal(hash, RecoveryCode.HashOf(code.ToLowerInvariant().Replace('-', ' ').Replace('0', 'o').Replace('1', 'l'), person));
        Assert.NotEqual(hash, RecoveryCode.HashOf(code, Guid.NewGuid()));
        Assert.Null(RecoveryCode.HashOf(code[1..], person));
        Assert.Null(RecoveryCode.HashOf("", person));
        Assert.Equal(RecoveryCode.Count, RecoveryCode.Create().Distinct().Count());
    }
}
