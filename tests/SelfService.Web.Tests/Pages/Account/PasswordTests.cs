using static SelfService.Web.Tests.Pages.Account.AccountSteps;

namespace SelfService.Web.Tests.Pages.Account;

[Collection(TrialPortalCollection.Name)]
public sealed class PasswordTests(TrialPortal portal)
{
    private PortalHost Host => portal.Host;

    private static Task<HttpResponseMessage> SendAsync(HttpClient browser, string current, string password) =>
        browser.FillAsync("/cuenta/contrasena", Form, ("Current", current), ("Password", password));

    [Fact]
    public async Task Post_CurrentPassword_ChangesItTellsByMailAndKeepsThisSession()
    {
        var (address, mailbox) = (NewAddress(), new Mailbox(Host));
        using var browser = await Host.RegisterAsync(address);
        var before = (await Host.FindPersonAsync(address))!;

        using var answer = await SendAsync(browser, HerPassword, OtherPassword);

        Assert.Equal("/cuenta", answer.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.NotNull((await answer.PageAsync()).QuerySelector("[role=status]"));
        await browser.PageAsync("/cuenta");
        Assert.NotEmpty((await mailbox.NextAsync(address)).Subject);
        Assert.NotEqual(before.SecurityStamp, (await Host.FindPersonAsync(address))!.SecurityStamp);
        using var other = Host.Browser();
        Assert.False(await other.TrySignInAsync(address, HerPassword));
        Assert.True(await other.TrySignInAsync(address, OtherPassword));
    }

    [Theory]
    [InlineData("otra-clave-99", OtherPassword, "#Current")]
    [InlineData("", OtherPassword, "#Current")]
    [InlineData(HerPassword, "", "#Password")]
    [InlineData(HerPassword, "corta", "#Password")]
    [InlineData(HerPassword, "qwertyuiop", "#Password")]
    [InlineData(HerPassword, "martaruiz88", "#Password")]
    public async Task Post_WithoutTheCurrentOrWithAPoorOne_ChangesNothing(string current, string password, string field)
    {
        var address = NewAddress();
        using var browser = await Host.RegisterAsync(address);

        using var answer = await SendAsync(browser, current, password);
        var page = await answer.PageAsync();

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal([field], page.QuerySelectorAll("[role=alert] a").Select(a => a.GetAttribute("href")));
        Assert.DoesNotContain(page.QuerySelectorAll("input[type=password]"), input => input.HasAttribute("value"));
        using var other = Host.Browser();
        Assert.True(await other.TrySignInAsync(address, HerPassword));
    }

    [Fact]
    public async Task Post_WithTheStoredHash_IsRefused()
    {
        var address = NewAddress();
        using var browser = await Host.RegisterAsync(address);
        var hash = (await Host.FindPersonAsync(address))!.PasswordHash!;

        using var answer = await SendAsync(browser, hash, OtherPassword);
        using var other = Host.Browser();

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.False(await other.TrySignInAsync(address, hash));
    }

    [Fact]
    public async Task Get_NoPageOfTheAccount_ShowsHashOrStamp()
    {
        var address = NewAddress();
        using var browser = await Host.RegisterAsync(address);
        var person = (await Host.FindPersonAsync(address))!;

        foreach (var page in new[] { "/cuenta", "/cuenta/correo", "/cuenta/contrasena", "/cuenta/datos", "/cuenta/datos/eliminar" })
        {
            var source = await browser.GetStringAsync(page);
            Assert.All([person.PasswordHash!, person.SecurityStamp!, person.ConcurrencyStamp!], secret => Assert.DoesNotContain(secret, source, StringComparison.OrdinalIgnoreCase));
        }
    }
}
