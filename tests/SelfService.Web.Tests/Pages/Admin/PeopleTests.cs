using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Audit;
using SelfService.Core.People;
using SelfService.Core.Persistence;

namespace SelfService.Web.Tests.Pages.Admin;

[Collection(SecurityPortalCollection.Name)]
public sealed class PeopleTests(SecurityPortal portal)
{
    private const string RoleForm = "main form.form";

    [Fact]
    public async Task Get_List_FindsByPiecesOfNameOrAddressAndPages()
    {
        var mark = "z" + Guid.NewGuid().ToString("N")[..8];
        for (var number = 0; number < 33; number++)
        {
            await portal.Trial.AddPersonAsync($"{mark}{number:00}@ensayo.example", [], number == 7 ? $"Ángela Núñez {mark}" : "");
        }

        using var admin = await AdminAsync();
        var first = await admin.PageAsync("/admin/personas?q=" + mark);
        var second = await admin.PageAsync($"/admin/personas?q={mark}&pagina=2");
        var named = await admin.PageAsync($"/admin/personas?q=angela+NUÑEZ+{mark}");
        var nobody = await admin.PageAsync("/admin/personas?q=%25" + mark);
        var role = await admin.PageAsync($"/admin/personas?q={mark}&rol=agent");

        Assert.Equal((30, 3), (first.QuerySelectorAll("tbody tr").Length, second.QuerySelectorAll("tbody tr").Length));
        Assert.Equal($"{mark}07@ensayo.example", Assert.Single(named.QuerySelectorAll("tbody tr")).QuerySelector("td").Words());
        Assert.All([nobody, role], page => Assert.NotNull(page.QuerySelector(".empty")));
    }

    [Fact]
    public async Task Get_List_SaysWhoHasRolesASecondStepAndALock()
    {
        var person = await portal.Trial.AddPersonAsync(Roles.Agent);
        var plain = await portal.Trial.AddPersonAsync();
        using var browser = await portal.Trial.EnterAsync(person);
        await browser.AddAppAsync(portal.Clock);
        await LockAsync(person);

        using var admin = await AdminAsync();

        Assert.Equal(["Agente", "Sí", "Bloqueada"], (await RowAsync(person)).Skip(1));
        Assert.Equal(["", "No", ""], (await RowAsync(plain)).Skip(1));

        async Task<IEnumerable<string>> RowAsync(string email) =>
            (await admin.PageAsync("/admin/personas?q=" + email)).QuerySelectorAll("tbody td").Select(cell => cell.Words());
    }

    [Fact]
    public async Task Post_Roles_AreGivenAndTakenEndTheSessionsAndAreWrittenDown()
    {
        var person = await portal.Trial.AddPersonAsync(Roles.Customer, Roles.Editor);
        using var browser = await portal.Trial.EnterAsync(person);
        using var admin = await AdminAsync();
        var address = await AddressAsync(person);

        using var answer = await admin.FillAsync(address, RoleForm, ("roles", Roles.Agent), ("roles", "superusuario"));

        Assert.NotNull((await answer.PageAsync()).QuerySelector(".notice-success"));
        Assert.Equal([Roles.Agent, Roles.Customer], await RolesAsync(person));
        Assert.Equal("RoleChanged given agent, taken editor", (await portal.Trial.LogAsync(person))[^1]);
        portal.Clock.AdvancePastTheNextCheck();
        Assert.False(await browser.IsInsideAsync());
    }

    [Fact]
    public async Task Post_RolesAsTheyWere_ChangeNothing()
    {
        var person = await portal.Trial.AddPersonAsync(Roles.Editor);
        using var admin = await AdminAsync();
        var stamp = (await portal.Trial.PersonAsync(person)).SecurityStamp;

        (await admin.FillAsync(await AddressAsync(person), RoleForm, ("roles", Roles.Editor))).Dispose();

        Assert.Equal(stamp, (await portal.Trial.PersonAsync(person)).SecurityStamp);
        Assert.Empty(await portal.Trial.LogAsync(person));
    }

    [Fact]
    public async Task Post_OwnAdminRole_CannotBeTakenAway()
    {
        var self = await portal.Trial.AddPersonAsync(Roles.Admin);
        using var admin = await portal.Trial.EnterAsync(self);

        using var answer = await admin.FillAsync(await AddressAsync(self), RoleForm, ("roles", Roles.Agent));
        var page = await answer.PageAsync();

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal(["#role-admin"], page.QuerySelectorAll("[role=alert] a").Select(a => a.GetAttribute("href")));
        Assert.Equal([Roles.Admin], await RolesAsync(self));
    }

    [Fact]
    public async Task Post_TwoAdministratorsRemoveEachOtherAtOnce_OneStays()
    {
        await using var own = await PortalHost.StartAsync();
        var first = "julian@brisal.example";
        var second = await own.AddPersonAsync(Roles.Admin);
        using var one = await own.EnterAsync(first);
        using var other = await own.EnterAsync(second);
        string firstPage = "/admin/personas/" + (await own.PersonAsync(first)).Id, secondPage = "/admin/personas/" + (await own.PersonAsync(second)).Id;
        var byOne = (await one.PageAsync(secondPage)).Hidden(RoleForm).ToList();
        var byOther = (await other.PageAsync(firstPage)).Hidden(RoleForm).ToList();

        var answers = await Task.WhenAll(one.SendFormAsync(secondPage, byOne), other.SendFormAsync(firstPage, byOther));

        Assert.Equal(1, answers.Count(answer => (int)answer.StatusCode == 400));
        Assert.Equal(1, await own.AskAsync(services => AdminsAsync(services.GetRequiredService<PortalDbContext>())));

        static Task<int> AdminsAsync(PortalDbContext db) => db.UserRoles.CountAsync(r => db.Roles.Any(role => role.Id == r.RoleId && role.Name == Roles.Admin));
    }

    [Fact]
    public async Task Post_Unlock_LetsHerInAgain()
    {
        var person = await portal.Trial.AddPersonAsync();
        await LockAsync(person);
        using var admin = await AdminAsync();

        (await admin.FillAsync(await AddressAsync(person), "form[action*='handler=Unlock']")).Dispose();

        using var browser = await portal.Trial.EnterAsync(person);
        Assert.True(await browser.IsInsideAsync());
        Assert.Contains("Unlocked", await portal.Trial.LogAsync(person));
    }

    [Fact]
    public async Task Post_EndSessionsAndRemoveFactors_DoWhatTheySay()
    {
        var person = await portal.Trial.AddPersonAsync();
        using var browser = await portal.Trial.EnterAsync(person);
        await browser.AddAppAsync(portal.Clock);
        using var admin = await AdminAsync();
        var address = await AddressAsync(person);

        (await admin.FillAsync(address, "form[action*='handler=Sessions']")).Dispose();
        portal.Clock.AdvancePastTheNextCheck();
        Assert.False(await browser.IsInsideAsync());
        (await admin.FillAsync(address, "form[action*='handler=Factors']")).Dispose();

        using var again = await portal.Trial.EnterAsync(person);
        Assert.True(await again.IsInsideAsync());
        Assert.Equal(["SignedOutEverywhere", "SecondFactorRemoved all", "SignedIn password"], (await portal.Trial.LogAsync(person)).TakeLast(3));
        Assert.Equal(2, await portal.Trial.MailsAsync(person, "SecondFactorChanged"));
    }

    [Fact]
    public async Task Get_PersonWhoIsNot_Is404()
    {
        using var admin = await AdminAsync();

        await admin.PageAsync($"/admin/personas/{Guid.NewGuid()}", 404);
        await admin.PageAsync("/admin/personas/1", 404);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Roles.Customer)]
    [InlineData(Roles.Agent)]
    [InlineData(Roles.Editor)]
    public async Task AnybodyElse_SeesNothingAndChangesNothing(string? role)
    {
        var victim = await portal.Trial.AddPersonAsync(Roles.Editor);
        await LockAsync(victim);
        using var admin = await AdminAsync();
        var page = await AddressAsync(victim);
        var addresses = new[] { "/admin/personas", page, "/admin/registro" };
        var posts = new[] { page, page + "?handler=Unlock", page + "?handler=Sessions", page + "?handler=Factors", "/admin/registro" };
        Assert.All(await Task.WhenAll(addresses.Select(a => admin.GetAsync(a))), answer => Assert.Equal(200, (int)answer.StatusCode));
        using var browser = portal.Trial.Browser();
        if (role is not null)
        {
            (await browser.GivePasswordAsync(await portal.Trial.AddPersonAsync(role))).Dispose();
        }

        var token = (await browser.PageAsync(role is null ? "/cuenta/entrar" : "/cuenta/salir")).Hidden().Where(f => f.Name == "__RequestVerificationToken").ToList();
        var before = (await portal.Trial.PersonAsync(victim), await portal.Trial.LogAsync(victim), await ExportsAsync());

        foreach (var address in addresses)
        {
            using var answer = await browser.GetAsync(address);
            Hidden(answer);
        }

        foreach (var address in posts)
        {
            using var answer = await browser.SendFormAsync(address, [.. token, ("roles", Roles.Admin)]);
            Hidden(answer);
        }

        var after = (await portal.Trial.PersonAsync(victim), await portal.Trial.LogAsync(victim), await ExportsAsync());
        Assert.Equal((before.Item1.SecurityStamp, before.Item1.LockoutEnd, before.Item3), (after.Item1.SecurityStamp, after.Item1.LockoutEnd, after.Item3));
        Assert.Equal(before.Item2, after.Item2);
        Assert.Equal([Roles.Editor], await RolesAsync(victim));

        void Hidden(HttpResponseMessage answer) => Assert.True(
            role is null ? answer.RequestMessage!.RequestUri!.AbsolutePath == "/cuenta/entrar" : (int)answer.StatusCode == 404, $"{answer.RequestMessage!.RequestUri} answered {(int)answer.StatusCode}");

        Task<int> ExportsAsync() => portal.Trial.AskAsync(services => services.GetRequiredService<PortalDbContext>().AuditEntries.CountAsync(e => e.Kind == AuditKind.DataExported));
    }

    private async Task<HttpClient> AdminAsync() => await portal.Trial.EnterAsync("julian@brisal.example");

    private async Task<string> AddressAsync(string email) => "/admin/personas/" + (await portal.Trial.PersonAsync(email)).Id;

    private Task LockAsync(string email) => portal.Trial.AskAsync(async services =>
    {
        var id = (await portal.Trial.PersonAsync(email)).Id;
        for (var guess = 0; guess < SignInAttempts.PerLock; guess++)
        {
            await services.GetRequiredService<SignInAttempts>().CountAsync(id);
        }

        return true;
    });

    private Task<List<string>> RolesAsync(string email) => portal.Trial.AskAsync(services =>
    {
        var db = services.GetRequiredService<PortalDbContext>();
        return db.UserRoles.Where(r => db.Users.Any(p => p.Id == r.UserId && p.Email == email)).Join(db.Roles, r => r.RoleId, role => role.Id, (_, role) => role.Name!).Order().ToListAsync();
    });
}
