using SelfService.Core.People;

namespace SelfService.Web.Tests.Pages.Account.Security;

/// <summary>Staff in production: what a password alone opens, and what a second step does.</summary>
[Collection(SecurityPortalCollection.Name)]
public sealed class StaffSecondFactorTests(SecurityPortal portal)
{
    private const string Form = "main form[method=post]";

    [Theory]
    [InlineData(Roles.Agent)]
    [InlineData(Roles.Editor)]
    [InlineData(Roles.Admin)]
    public async Task Get_StaffPageWithAPasswordAlone_LeadsToWhatIsMissingAndThenOpens(string role)
    {
        var person = await portal.Live.AddPersonAsync(role);
        using var browser = await portal.Live.EnterAsync(person);

        using var led = await browser.GetAsync("/admin/estilo");
        Assert.Equal("/cuenta/seguridad", led.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.NotNull((await led.PageAsync()).QuerySelector(".notice-warning"));
        await browser.PageAsync("/articulos/interno", 404);
        using var posted = await browser.SendFormAsync("/admin/registro", (await browser.PageAsync("/cuenta/sesiones")).Hidden());
        Assert.Equal(404, (int)posted.StatusCode);

        await browser.AddAppAsync(portal.Clock);

        await browser.PageAsync("/admin/estilo");
        await browser.PageAsync("/articulos/interno");
        Assert.Null((await browser.PageAsync("/cuenta/seguridad")).QuerySelector(".notice-warning"));
    }

    [Fact]
    public async Task Get_StaffPageAfterCode_StaysOpenWhenTheSessionIsChecked()
    {
        var person = await portal.Live.AddPersonAsync(Roles.Agent);
        using var owner = await portal.Live.EnterAsync(person);
        var (_, codes) = await owner.AddAppAsync(portal.Clock);
        using var browser = await portal.Live.EnterAsync(person);
        (await browser.FillAsync("/cuenta/entrar/recuperacion", Form, ("Code", codes[0]))).Dispose();

        for (var check = 0; check < 3; check++)
        {
            await browser.PageAsync("/admin/estilo");
            portal.Clock.AdvancePastTheNextCheck();
        }
    }

    [Fact]
    public async Task Get_StaffPageAsCustomer_IsNotThere()
    {
        using var browser = await portal.Live.EnterAsync(await portal.Live.AddPersonAsync(Roles.Customer));

        await browser.PageAsync("/admin/estilo", 404);
        Assert.Null((await browser.PageAsync("/cuenta/seguridad")).QuerySelector(".notice-warning"));
    }

    [Fact]
    public async Task Get_StaffPageOnADevelopersMachine_OpensWithAPassword()
    {
        using var browser = await portal.Trial.EnterAsync(await portal.Trial.AddPersonAsync(Roles.Agent));

        await browser.PageAsync("/admin/estilo");
        await browser.PageAsync("/articulos/interno");
    }

    [Fact]
    public async Task Post_RemoveTheLastFactorOfStaff_IsRefusedAndOfACustomerDone()
    {
        foreach (var (role, status) in new[] { (Roles.Agent, 400), (Roles.Customer, 200) })
        {
            var person = await portal.Live.AddPersonAsync(role);
            using var browser = await portal.Live.EnterAsync(person);
            await browser.AddAppAsync(portal.Clock);

            using var answer = await browser.FillAsync("/cuenta/seguridad/aplicacion/quitar", Form);

            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Equal(status == 400, (await portal.Live.PersonAsync(person)).TwoFactorEnabled);
            portal.Clock.AdvancePastTheNextCheck();
            Assert.True(await browser.IsInsideAsync());
        }
    }

    [Fact]
    public async Task Post_RemoveOneOfTwoFactors_IsDoneAndTheOtherStays()
    {
        var person = await portal.Live.AddPersonAsync(Roles.Agent);
        using var browser = await portal.Live.EnterAsync(person);
        await browser.AddAppAsync(portal.Clock);
        var passkey = await SecurityTests.AddPasskeyAsync(portal.Live, person, "Llave");
        // Adding it elsewhere ended this session; she comes in again.
        portal.Clock.AdvancePastTheNextCheck();
        Assert.False(await browser.IsInsideAsync());
        using var again = await portal.Live.EnterAsync(person);
        var (_, codes) = (0, await RecoverAsync(again, person));

        using var removed = await again.FillAsync("/cuenta/seguridad/aplicacion/quitar", Form);
        using var refused = await again.FillAsync(passkey, "form[action*='handler=Remove']");

        Assert.Equal((200, 400), ((int)removed.StatusCode, (int)refused.StatusCode));
        Assert.NotEmpty(codes);
    }

    [Fact]
    public async Task Get_StaffWhoHasAPasskeyAndUsedItNot_MayNotAddAnotherFactorWithThePassword()
    {
        var person = await portal.Live.AddPersonAsync(Roles.Agent);
        await SecurityTests.AddPasskeyAsync(portal.Live, person, "Llave");
        using var browser = await portal.Live.EnterAsync(person);

        foreach (var address in new[] { "/cuenta/seguridad/aplicacion", "/cuenta/seguridad/llaves", "/admin/estilo" })
        {
            using var answer = await browser.GetAsync(address);

            Assert.Equal("/cuenta/seguridad", answer.RequestMessage!.RequestUri!.PathAndQuery);
            Assert.NotNull((await answer.PageAsync()).QuerySelector("form[action='/cuenta/entrar/llave']"));
        }
    }

    private async Task<IReadOnlyList<string>> RecoverAsync(HttpClient browser, string person)
    {
        var codes = await portal.Live.AskAsync(async services =>
            await ((Core.People.SecondFactors.ChangeSecondFactor)services.GetService(typeof(Core.People.SecondFactors.ChangeSecondFactor))!).MakeCodesAsync((await portal.Live.PersonAsync(person)).Id));
        // New codes ended the step that was waiting too.
        (await browser.GivePasswordAsync(person)).Dispose();
        using var answer = await browser.FillAsync("/cuenta/entrar/recuperacion", Form, ("Code", codes[0]));
        Assert.Equal(200, (int)answer.StatusCode);
        return codes;
    }
}
