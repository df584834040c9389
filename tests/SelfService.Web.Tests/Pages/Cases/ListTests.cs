using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Cases;

/// <summary>/casos on a portal of its own: what is in the list depends on everything that was opened.</summary>
public sealed class ListTests : IAsyncLifetime
{
    private PortalHost host = null!;

    public async Task InitializeAsync() => host = await PortalHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    private static List<string> Subjects(IHtmlDocument page) => [.. page.QuerySelectorAll(".case-card h2").Select(h => h.Words())];

    private async Task<List<string>> SubjectsAsync(HttpClient browser, string query = "") => Subjects(await browser.PageAsync("/casos" + query));

    private Task SolveAsync(Ticket ticket) => host.ChangeAsync(ticket, t => t.Solve(Actor.System, TimeSpan.FromDays(5), DateTime.UtcNow));

    [Fact]
    public async Task Get_Nothing_OffersWhatToDo()
    {
        using var guest = host.Browser();
        using var customer = await host.BrowserOfAsync(Steps.Customer);

        var forGuest = await guest.PageAsync("/casos");
        var forCustomer = await customer.PageAsync("/casos");

        Assert.Equal(["/casos/buscar", "/cuenta/entrar?volver=%2Fcasos", "/solicitudes"], forGuest.QuerySelectorAll(".empty a").Select(a => a.GetAttribute("href")));
        Assert.Equal(["/solicitudes"], forCustomer.QuerySelectorAll(".empty a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task Get_Account_ListsAllHersAndNobodyElses()
    {
        await host.OpenCaseAsync("Mío uno", account: Steps.Customer);
        await host.OpenCaseAsync("Mío dos", account: Steps.Customer);
        var opened = await host.OpenCaseAsync("De una invitada");
        await host.OpenCaseAsync("De otra", email: "otra@correo.example");
        await host.OpenCaseAsync("Del agente", account: Steps.Agent);
        using var customer = await host.BrowserOfAsync(Steps.Customer);
        using var agent = await host.BrowserOfAsync(Steps.Agent);
        using var guest = await host.GuestOfAsync(opened);

        Assert.Equal(["Mío dos", "Mío uno"], await SubjectsAsync(customer));
        Assert.Equal(["Del agente"], await SubjectsAsync(agent));
        Assert.Equal(["De una invitada"], await SubjectsAsync(guest));
    }

    [Fact]
    public async Task Get_List_SaysWhereEachStandsAndByWhen()
    {
        var ticket = await host.OpenCaseAsync("Mío", account: Steps.Customer, kind: TicketKind.Appointment);
        using var customer = await host.BrowserOfAsync(Steps.Customer);

        var card = (await customer.PageAsync("/casos")).QuerySelector(".case-card")!;

        Assert.Equal("Recibido", card.QuerySelector(".status").Words());
        Assert.Contains("Cita", card.Words(), StringComparison.Ordinal);
        Assert.Contains(ticket.Number, card.Words(), StringComparison.Ordinal);
        Assert.Contains("Le respondemos", card.Words(), StringComparison.Ordinal);
        Assert.Equal("/casos/" + ticket.Number, card.QuerySelector("h2 a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Get_Filters_ShowTheOpenTheEndedAndEachKind()
    {
        await host.OpenCaseAsync("Abierta", account: Steps.Customer);
        await host.OpenCaseAsync("Pedido abierto", account: Steps.Customer, kind: TicketKind.Order);
        await SolveAsync(await host.OpenCaseAsync("Resuelta", account: Steps.Customer));
        using var customer = await host.BrowserOfAsync(Steps.Customer);

        Assert.Equal(["Pedido abierto", "Abierta"], await SubjectsAsync(customer));
        Assert.Equal(["Resuelta"], await SubjectsAsync(customer, "?estado=terminados"));
        Assert.Equal(["Pedido abierto", "Abierta", "Resuelta"], await SubjectsAsync(customer, "?estado=todos"));
        Assert.Equal(["Pedido abierto"], await SubjectsAsync(customer, "?estado=todos&tipo=pedido"));
        Assert.Empty(await SubjectsAsync(customer, "?estado=terminados&tipo=pedido"));
        Assert.Equal(["Pedido abierto", "Abierta"], await SubjectsAsync(customer, "?estado=inventado&tipo=%27%3B--&pagina=-3"));
    }

    [Fact]
    public async Task Get_OnlyEndedOnes_AreShownWithoutBeingAskedFor()
    {
        await SolveAsync(await host.OpenCaseAsync("Resuelta", account: Steps.Customer));
        using var customer = await host.BrowserOfAsync(Steps.Customer);

        Assert.Equal(["Resuelta"], await SubjectsAsync(customer));
    }

    [Fact]
    public async Task Get_Search_LooksInHerOwnCasesOnly()
    {
        var ended = await host.OpenCaseAsync("Lavadora ruidosa", account: Steps.Customer, message: "Hace un ruido de garantía 50% serie_9");
        await SolveAsync(ended);
        await host.OpenCaseAsync("Ventilador", account: Steps.Customer);
        var foreign = await host.OpenCaseAsync("Lavadora ajena", email: "otra@correo.example");
        using var customer = await host.BrowserOfAsync(Steps.Customer);

        foreach (var (typed, found) in new[]
        {
            ("lavadora", "Lavadora ruidosa"), ("RUIDO garantia", "Lavadora ruidosa"), ("50%", "Lavadora ruidosa"), ("serie_9", "Lavadora ruidosa"),
            ("_", "Lavadora ruidosa"), ("serieX9", ""), ("%%", ""), ("ajena", ""), (ended.Number.Replace("-", "", StringComparison.Ordinal), "Lavadora ruidosa"), (foreign.Number, ""),
        })
        {
            var page = await customer.PageAsync("/casos?q=" + Uri.EscapeDataString(typed));
            Assert.Equal(found, string.Join(',', Subjects(page)));
            Assert.Equal(typed, page.QuerySelector("#q_casos")!.GetAttribute("value"));
            Assert.DoesNotContain("ajena", string.Join(' ', page.QuerySelectorAll(".case-card").Select(c => c.Words())), StringComparison.Ordinal);
        }

        Assert.Equal("0 casos con «ajena».", (await customer.PageAsync("/casos?q=ajena")).QuerySelector("[role=status]").Words().Replace(" Quitar la búsqueda", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_LongSearch_IsCutAndAnswered()
    {
        await host.OpenCaseAsync("Mío", account: Steps.Customer);
        using var customer = await host.BrowserOfAsync(Steps.Customer);

        var page = await customer.PageAsync("/casos?q=" + Uri.EscapeDataString(string.Concat(Enumerable.Repeat("😀%_ ", 700))));

        Assert.Empty(Subjects(page));
        Assert.NotNull(page.QuerySelector("a[href='/casos?estado=todos']"));
    }

    [Fact]
    public async Task Get_TwoHundredCases_ArePaged()
    {
        var template = await host.OpenCaseAsync("Caso 0", account: Steps.Customer);
        await host.AskAsync(async db =>
        {
            for (var i = 1; i < 205; i++)
            {
                var request = new TicketRequest { SubmissionKey = Guid.NewGuid(), Queue = template.Queue, Sla = template.Sla, Subject = $"Caso {i}", Contact = new("Lucía", null, null, null) };
                var ticket = Ticket.Open(request, [], template.CustomerId, DateTime.UtcNow.AddHours(3), [], DateTime.UtcNow.AddSeconds(i));
                db.Tickets.Add(ticket);
            }

            return await db.SaveChangesAsync();
        });
        using var customer = await host.BrowserOfAsync(Steps.Customer);

        var first = await customer.PageAsync("/casos");
        var last = await customer.PageAsync("/casos?pagina=11");
        var beyond = await customer.PageAsync("/casos?pagina=9999");

        Assert.Equal(20, Subjects(first).Count);
        Assert.Equal("Caso 204", Subjects(first)[0]);
        Assert.Equal("205", first.QuerySelector(".tabs .tag").Words());
        Assert.Equal(5, Subjects(last).Count);
        Assert.Equal(Subjects(last), Subjects(beyond));
        Assert.Equal(205, await host.AskAsync(db => db.Tickets.CountAsync()));
    }
}
