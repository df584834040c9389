using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Appointments;

namespace SelfService.Web.Tests.Pages.Agent.Planning;

[Collection(AgendaPortalCollection.Name)]
public sealed class BlockTests(BookingPortal portal)
{
    [Fact]
    public async Task Post_Absence_ListsWhomToMoveUntilNobodyIsLeft()
    {
        var day = portal.Monday(4);
        var booked = await portal.BookAsync(AgendaPortal.At(day, 10));
        await portal.BookAsync(AgendaPortal.At(day, 10), person: "ian", name: "Con Ian");
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var answer = await agent.SendFormAsync("/agente/agenda/bloquear", await AgendaPortal.BlockFieldsAsync(
            agent, ("Resource", "eva"), ("Kind", "Absence"), ("FromDay", $"{day:yyyy-MM-dd}"), ("FromHour", ""), ("ToDay", $"{day.PlusDays(1):yyyy-MM-dd}"), ("ToHour", ""), ("Reason", "Vacaciones <b>")));

        var address = answer.RequestMessage!.RequestUri!.AbsolutePath;
        var page = await answer.PageAsync();
        Assert.StartsWith("/agente/agenda/bloqueos/", address, StringComparison.Ordinal);
        Assert.Contains("Vacaciones <b>", page.QuerySelector("main").Words(), StringComparison.Ordinal);
        var listed = Assert.Single(page.QuerySelectorAll(".agenda-people li"));
        Assert.Equal([$"/agente/casos/{booked.Number}", $"/agente/casos/{booked.Number}/cita/mover"], listed.QuerySelectorAll("a").Select(a => a.GetAttribute("href")));
        var block = await portal.InAsync(db => db.Blocks.AsNoTracking().SingleAsync(b => b.Resource == "eva" && b.Kind == BlockKind.Absence && b.LocalFrom == day.AtMidnight()));
        Assert.Equal(day.PlusDays(2).AtMidnight(), block.LocalTo);
        Assert.Contains("Ausencia: Vacaciones", (await agent.PageAsync($"/agente/agenda?vista=dia&dia={day:yyyy-MM-dd}&lugar=centro")).QuerySelector(".agenda-grid .agenda-blocked").Words(), StringComparison.Ordinal);

        await portal.InAsync(db => db.Appointments.Where(a => a.Id == booked.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Status, AppointmentStatus.Cancelled).SetProperty(a => a.Stage, _ => null).SetProperty(a => a.StageDueAt, _ => null)));
        Assert.Empty((await agent.PageAsync(address)).QuerySelectorAll(".agenda-people li"));
    }

    [Fact]
    public async Task Post_TheSameFormTwice_BlocksOnceAndWithOtherHoursAsksAgain()
    {
        var day = portal.Monday(5);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var fields = await AgendaPortal.BlockFieldsAsync(agent, ("Resource", "ian"), ("Kind", "Block"), ("FromDay", $"{day:yyyy-MM-dd}"), ("FromHour", "09:00"), ("ToDay", ""));

        using var first = await agent.SendFormAsync("/agente/agenda/bloquear", [.. fields, ("ToHour", "10:00")]);
        using var second = await agent.SendFormAsync("/agente/agenda/bloquear", [.. fields, ("ToHour", "10:00")]);
        using var other = await agent.SendFormAsync("/agente/agenda/bloquear", [.. fields, ("ToHour", "11:00")]);

        Assert.Equal(first.RequestMessage!.RequestUri!.AbsolutePath, second.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Equal("11:00", (await other.PageAsync()).QuerySelector<IHtmlInputElement>("#ToHour")!.Value);
        Assert.Equal(1, await portal.InAsync(db => db.Blocks.CountAsync(b => b.Resource == "ian" && b.LocalFrom == day.At(new NodaTime.LocalTime(9, 0)))));
    }

    [Theory]
    [InlineData("Resource", "", "Resource")]
    [InlineData("Resource", "' OR 1=1 --", "Resource")]
    [InlineData("Resource", "otra", "Resource")]
    [InlineData("Kind", "", "Kind")]
    [InlineData("Kind", "7", "Kind")]
    [InlineData("FromDay", "ayer", "FromDay")]
    [InlineData("FromDay", "9999-12-31", "FromDay")]
    [InlineData("FromDay", "2020-01-01", "ToDay")]
    [InlineData("FromHour", "25:00", "FromHour")]
    [InlineData("FromHour", "09:03", "FromHour")]
    [InlineData("ToHour", "08:00", "ToDay")]
    [InlineData("ToDay", "2020-01-01", "ToDay")]
    public async Task Post_Wrong_BlocksNothingAndKeepsWhatWasTyped(string field, string value, string told)
    {
        var day = portal.Monday(6);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var before = await portal.BlocksAsync();
        var whole = new Dictionary<string, string>
        {
            ["Resource"] = "luz",
            ["Kind"] = "Block",
            ["FromDay"] = $"{day:yyyy-MM-dd}",
            ["FromHour"] = "09:00",
            ["ToDay"] = field == "FromDay" && told == "ToDay" ? "2020-01-02" : $"{day:yyyy-MM-dd}",
            ["ToHour"] = "10:00",
            ["Reason"] = "Curso",
            [field] = value,
        };

        using var answer = await agent.SendFormAsync("/agente/agenda/bloquear", await AgendaPortal.BlockFieldsAsync(agent, [.. whole.Select(f => (f.Key, f.Value))]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.NotNull(page.QuerySelector($".error-summary a[href='#{told}']"));
        Assert.Equal("Curso", page.QuerySelector<IHtmlInputElement>("#Reason")!.Value);
        Assert.Equal(before, await portal.BlocksAsync());
    }

    [Fact]
    public async Task Post_TenThousandCharacters_AreRefused()
    {
        var day = portal.Monday(6);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var before = await portal.BlocksAsync();

        using var answer = await agent.SendFormAsync("/agente/agenda/bloquear", await AgendaPortal.BlockFieldsAsync(
            agent, ("Resource", "luz"), ("Kind", "Block"), ("FromDay", $"{day:yyyy-MM-dd}"), ("ToDay", $"{day:yyyy-MM-dd}"), ("Reason", new string('x', 10_000))));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(before, await portal.BlocksAsync());
    }

    [Fact]
    public async Task Post_Remove_AsksFirstAndThenGivesTheTimeBack()
    {
        var day = portal.Monday(7);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        using var blocked = await agent.SendFormAsync("/agente/agenda/bloquear", await AgendaPortal.BlockFieldsAsync(
            agent, ("Resource", "eva"), ("Kind", "Block"), ("FromDay", $"{day:yyyy-MM-dd}"), ("ToDay", $"{day:yyyy-MM-dd}")));
        var address = blocked.RequestMessage!.RequestUri!.AbsolutePath;
        Assert.Contains(address, (await agent.PageAsync("/agente/agenda/bloqueos")).QuerySelectorAll(".agenda-people a").Select(a => a.GetAttribute("href")));

        var asked = await agent.PageAsync(address + "/quitar");
        Assert.Contains("¿Quitar", asked.QuerySelector("h1").Words(), StringComparison.Ordinal);
        Assert.Null(await portal.InAsync(db => db.Blocks.Where(b => address.EndsWith(b.Id.ToString())).Select(b => b.RemovedAt).FirstOrDefaultAsync()));
        using var removed = await agent.FillAsync(address + "/quitar", "main form[method=post]");

        Assert.Equal(address, removed.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
        Assert.DoesNotContain(address, (await agent.PageAsync("/agente/agenda/bloqueos")).QuerySelectorAll(".agenda-people a").Select(a => a.GetAttribute("href")));
        await portal.BookAsync(AgendaPortal.At(day, 10));
    }

    [Theory]
    [InlineData("/agente/agenda/bloqueos/00000000-0000-7000-8000-000000000000")]
    [InlineData("/agente/agenda/bloqueos/00000000-0000-7000-8000-000000000000/quitar")]
    [InlineData("/agente/agenda/bloqueos/uno")]
    public async Task Get_NoSuchBlock_IsNotFound(string address)
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task Post_WhoIsNoAgent_BlocksNothing()
    {
        var day = portal.Monday(8);
        using var customer = await portal.Host.BrowserOfAsync(Steps.Customer);
        var token = (await customer.PageAsync("/solicitudes/simple")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var before = await portal.BlocksAsync();

        using var answer = await customer.SendFormAsync("/agente/agenda/bloquear", [("__RequestVerificationToken", token), ("Resource", "luz"), ("Kind", "Block"), ("FromDay", $"{day:yyyy-MM-dd}"), ("ToDay", $"{day:yyyy-MM-dd}")]);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(before, await portal.BlocksAsync());
    }
}
