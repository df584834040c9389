using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Audit;
using SelfService.Core.Persistence;
using SelfService.Web.Components;

namespace SelfService.Web.Tests.Pages.Admin;

[Collection(SecurityPortalCollection.Name)]
public sealed class AuditTests(SecurityPortal portal)
{
    private const string Download = "main form[method=post]";

    [Fact]
    public async Task Get_Log_FiltersByKindAndPersonAndIsReadNewestFirst()
    {
        var person = await portal.Trial.AddPersonAsync();
        var other = await portal.Trial.AddPersonAsync();
        using var browser = portal.Trial.Browser();
        (await browser.GivePasswordAsync(person, "otra-clave-99")).Dispose();
        (await browser.GivePasswordAsync(person)).Dispose();
        (await browser.GivePasswordAsync(other)).Dispose();
        using var admin = await AdminAsync();

        var all = await admin.PageAsync("/admin/registro?persona=" + person);
        var failed = await admin.PageAsync("/admin/registro?tipo=SignInFailed&persona=" + person);
        var byId = await admin.PageAsync("/admin/registro?persona=" + (await portal.Trial.PersonAsync(person)).Id);
        var made = await admin.PageAsync("/admin/registro?tipo=NoHay&persona=" + person);
        var nothing = await admin.PageAsync("/admin/registro?tipo=RoleChanged&persona=" + person);

        Assert.Equal(["Entró", "Intento de entrar fallido"], all.QuerySelectorAll("tbody tr td:nth-child(2)").Select(c => c.Words()));
        Assert.Equal("contraseña", Assert.Single(failed.QuerySelectorAll("tbody tr td:nth-child(5)")).Words());
        Assert.Equal(person, failed.QuerySelector("tbody tr td:nth-child(4)").Words());
        Assert.All([byId, made], page => Assert.Equal(2, page.QuerySelectorAll("tbody tr").Length));
        Assert.NotNull(nothing.QuerySelector(".empty"));
        Assert.All(all.QuerySelectorAll("tbody time"), time => Assert.NotNull(time.GetAttribute("datetime")));
    }

    [Fact]
    public async Task Get_LongLog_IsPaged()
    {
        var person = await portal.Trial.AddPersonAsync();
        var id = (await portal.Trial.PersonAsync(person)).Id;
        await portal.Trial.AskAsync(services =>
        {
            var db = services.GetRequiredService<PortalDbContext>();
            for (var line = 0; line < 120; line++)
            {
                db.Audit(AuditKind.SignedIn, DateTime.UtcNow.AddMinutes(-line), id, detail: "password");
            }

            return db.SaveChangesAsync();
        });
        using var admin = await AdminAsync();

        var third = await admin.PageAsync($"/admin/registro?persona={id}&pagina=3");

        Assert.Equal(20, third.QuerySelectorAll("tbody tr").Length);
        Assert.Contains($"persona={id}", third.QuerySelector("a[rel=prev]")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Download_GivesTheFilteredLinesRunsNoFormulaAndIsWrittenDown()
    {
        var person = await portal.Trial.AddPersonAsync($"+suma{Guid.NewGuid():N}@ensayo.example", []);
        await portal.Trial.AddPersonAsync();
        using var browser = portal.Trial.Browser();
        (await browser.GivePasswordAsync(person)).Dispose();
        using var admin = await AdminAsync();

        using var answer = await admin.FillAsync($"/admin/registro?tipo=SignedIn&persona={Uri.EscapeDataString(person)}", Download);
        var rows = (await answer.Content.ReadAsStringAsync()).TrimStart('\ufeff').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("attachment", answer.Content.Headers.ContentDisposition?.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, rows.Length);
        Assert.StartsWith("moment_utc,kind,", rows[0], StringComparison.Ordinal);
        Assert.Contains($",SignedIn,{(await portal.Trial.PersonAsync(person)).Id},\"'{person}\",", rows[1], StringComparison.Ordinal);
        Assert.Contains("DataExported audit", await portal.Trial.LogAsync("julian@brisal.example"));
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("  =1")]
    [InlineData("\u00a0=1")]
    [InlineData("＝1")]
    [InlineData("\n")]
    public void Cell_ThatASpreadsheetWouldRun_BeginsWithAnApostrophe(string text) =>
        Assert.StartsWith("'", CsvResult.Cell(text).TrimStart('"'), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "")]
    [InlineData("texto", "texto")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("di \"hola\"", "\"di \"\"hola\"\"\"")]
    [InlineData("2026-11-24T10:00:00Z", "2026-11-24T10:00:00Z")]
    public void Cell_OfPlainText_StaysAsItIs(string text, string cell) => Assert.Equal(cell, CsvResult.Cell(text));

    [Fact]
    public async Task Get_LogOfADeletedAccount_StaysWithoutItsAddress()
    {
        var person = await portal.Trial.AddPersonAsync();
        using var browser = portal.Trial.Browser();
        (await browser.GivePasswordAsync(person)).Dispose();
        var id = (await portal.Trial.PersonAsync(person)).Id;
        await portal.Trial.AskAsync(async services =>
        {
            var db = services.GetRequiredService<PortalDbContext>();
            db.Users.Remove(await db.Users.SingleAsync(p => p.Id == id));
            return await db.SaveChangesAsync();
        });
        using var admin = await AdminAsync();

        var page = await admin.PageAsync("/admin/registro?persona=" + id);

        Assert.Equal("Cuenta eliminada", Assert.Single(page.QuerySelectorAll("tbody tr")).QuerySelector("td:nth-child(3)").Words());
    }

    private async Task<HttpClient> AdminAsync() => await portal.Trial.EnterAsync("julian@brisal.example");
}
