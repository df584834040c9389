using SelfService.Core.People;

namespace SelfService.Core.Tests.People;

public sealed class GuessablePasswordsTests
{
    private static readonly string[] Own = ["Brisal", "lucia.hernandez@correo.example", "lucia.hernandez", "Lucía", "Hernández", "Lucía Hernández"];

    [Theory]
    [InlineData("contraseña")]
    [InlineData("Contraseña1")]
    [InlineData("CONTRASENA2026!")]
    [InlineData("c0ntr4s3n4")]
    [InlineData("p@ssw0rd")]
    [InlineData("Password1234")]
    [InlineData("qwertyuiop")]
    [InlineData("poiuytrewq")]
    [InlineData("asdfghjklñ")]
    [InlineData("12345678")]
    [InlineData("87654321")]
    [InlineData("1q2w3e4r5t")]
    [InlineData("abcdefgh")]
    [InlineData("teamomucho")]
    [InlineData("tequiero2")]
    [InlineData("guadalupe1985")]
    [InlineData("#america2026")]
    [InlineData("amoramor")]
    [InlineData("15091985")]
    [InlineData("1985-09-15")]
    [InlineData("abcabcabc")]
    [InlineData("x1x1x1x1")]
    public void What_is_tried_first_is_refused(string password) => Assert.True(GuessablePasswords.IsGuessable(password, Own));

    [Theory]
    [InlineData("corvette")]
    [InlineData("Steelers")]
    [InlineData("5hsu75kpot")]
    [InlineData("!@#$%^&*")]
    [InlineData("zxcvbnm,")]
    public void What_is_commonest_is_refused(string password) => Assert.True(GuessablePasswords.IsGuessable(password, []));

    [Fact]
    public void The_list_of_the_commonest_is_of_those_that_may_be_typed_and_each_is_refused()
    {
        using var file = new StreamReader(typeof(GuessablePasswords).Assembly.GetManifestResourceStream("tried-passwords.txt")!);
        var words = file.ReadToEnd().Split('\n').Where(line => !line.StartsWith('#')).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();

        Assert.InRange(words.Count, 2_500, 3_000);
        Assert.Equal(words.Distinct(), words.Where(word => word.Length >= 8 && word == word.ToLowerInvariant()));
        Assert.All(words, word => Assert.True(GuessablePasswords.IsGuessable(word.ToUpperInvariant(), []), word));
    }

    [Theory]
    [InlineData("brisal2026")]
    [InlineData("Brisal!!")]
    [InlineData("8r1sal2026", false)]
    [InlineData("lucia.hernandez")]
    [InlineData("lucia.hernandez@correo.example")]
    [InlineData("lucia1990")]
    [InlineData("LucíaHernández")]
    [InlineData("hernandez#1")]
    public void What_everybody_knows_of_the_person_and_the_company_is_refused(string password, bool refused = true) =>
        Assert.Equal(refused, GuessablePasswords.IsGuessable(password, Own));

    [Theory]
    [InlineData("nopal verde trenza 7")]
    [InlineData("colibri-azul-24")]
    [InlineData("mi perro come nubes")]
    [InlineData("amor de mis tres gatos")]
    [InlineData("Lucía canta en do mayor")]
    [InlineData("xK9#vT2m")]
    [InlineData("caballo pila grapa correcto")]
    [InlineData("ユニコードの長い言葉")]
    [InlineData("brisa del lago")]
    public void What_nobody_would_try_is_taken(string password) => Assert.False(GuessablePasswords.IsGuessable(password, Own));

    [Fact]
    public void Short_words_of_a_name_refuse_nothing() => Assert.False(GuessablePasswords.IsGuessable("ana!salta!mucho", ["Ana", "", "a@b.mx"]));

    [Fact]
    public void A_password_of_any_length_and_content_is_judged()
    {
        Assert.All(["", "a", "\0", "👩‍👩‍👧", new string('%', PasswordRules.MaxLength)], password => GuessablePasswords.IsGuessable(password, Own));
    }
}
