using AngleSharp.Html.Dom;
using SelfService.Core.Mail;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Cases;

/// <summary>Close, reopen and rate.</summary>
[Collection(TrialPortalCollection.Name)]
public sealed class ActionTests(TrialPortal portal)
{
    private PortalHost Host => portal.Host;

    private static string Of(Ticket ticket) => "/casos/" + ticket.Number;

    private Task SolveAsync(Ticket ticket) =>
        Host.ChangeAsync(ticket, t => t.StaffSolved(TestCases.FromStaff(t, "Quedó listo."), Actor.System, TimeSpan.FromDays(5), DateTime.UtcNow));

    [Fact]
    public async Task Post_Close_AsksFirstThenClosesAndSaysSo()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        var asks = await browser.PageAsync(Of(ticket) + "/cerrar");
        var before = await Host.CaseAsync(ticket.Id);

        using var answer = await browser.FillAsync(Of(ticket) + "/cerrar", "main form");
        var page = await answer.PageAsync();

        Assert.Contains("puede reabrirlo durante", asks.QuerySelector("main").Words(), StringComparison.Ordinal);
        Assert.Equal(TicketStatus.New, before.Status);
        Assert.Equal("Cerramos el caso, como nos pidió.", page.QuerySelector("main .notice-success[role=status]").Words());
        Assert.StartsWith("Este caso está cerrado.", page.QuerySelector(".promise").Words(), StringComparison.Ordinal);
        Assert.Contains("Usted cerró el caso", page.QuerySelector(".timeline").Words(), StringComparison.Ordinal);
        Assert.Single(await Host.MailsAsync(ticket, MailKind.CaseClosed));
    }

    [Fact]
    public async Task Post_CloseAgain_ChangesNothingMore()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        var form = (await browser.PageAsync(Of(ticket) + "/cerrar")).Token();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => browser.SendFormAsync(Of(ticket) + "/cerrar", [form])));

        Assert.All(answers, a => Assert.Equal(200, (int)a.StatusCode));
        Assert.Single((await Host.CaseAsync(ticket.Id)).Events, e => e.Kind == TicketEventKind.Closed);
        Assert.Single(await Host.MailsAsync(ticket, MailKind.CaseClosed));
    }

    [Fact]
    public async Task Post_Reopen_GivesANewDateAndSaysIt()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        await SolveAsync(ticket);

        using var answer = await browser.FillAsync(Of(ticket) + "/reabrir", "main form");
        var page = await answer.PageAsync();

        Assert.Equal("El caso está abierto otra vez.", page.QuerySelector("main .notice-success[role=status]").Words());
        Assert.Contains("Le respondemos", page.QuerySelector(".promise").Words(), StringComparison.Ordinal);
        Assert.Single(await Host.MailsAsync(ticket, MailKind.CaseReopened));
    }

    [Fact]
    public async Task Post_ReopenTooLate_DoesNotClaimIt()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        await SolveAsync(ticket);
        var form = (await browser.PageAsync(Of(ticket) + "/reabrir")).Token();
        await Host.PastAsync(ticket, TimeSpan.FromDays(6));

        using var answer = await browser.SendFormAsync(Of(ticket) + "/reabrir", [form]);
        var page = await answer.PageAsync();

        Assert.Null(page.QuerySelector("main .notice-success[role=status]"));
        Assert.Contains("haga una nueva solicitud", page.QuerySelector(".promise").Words(), StringComparison.Ordinal);
        Assert.Equal(TicketStatus.Solved, (await Host.CaseAsync(ticket.Id)).Status);
        Assert.Empty(await Host.MailsAsync(ticket, MailKind.CaseReopened));
    }

    [Theory]
    [InlineData("/reabrir")]
    [InlineData("/valoracion")]
    public async Task Get_WhatCannotBeDone_LeadsBackToTheCase(string page)
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket, followRedirects: false);

        using var answer = await browser.GetAsync(Of(ticket) + page);

        Assert.Equal((302, Of(ticket)), ((int)answer.StatusCode, answer.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task Post_ReplyToWhatWasSolved_ReopensIt()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        await SolveAsync(ticket);
        Assert.Equal("¿Falta algo?", (await browser.PageAsync(Of(ticket))).QuerySelector("#responder").Words());

        using var answer = await browser.ReplyAsync(Of(ticket), [("Body", "Volvió a pasar")]);

        Assert.Contains("Lo revisa", (await answer.PageAsync()).QuerySelector(".promise").Words(), StringComparison.Ordinal);
        Assert.Single(await Host.MailsAsync(ticket, MailKind.CaseReopened));
    }

    [Fact]
    public async Task Post_Rating_IsOneVoteAndThanks()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        await SolveAsync(ticket);
        var open = await browser.PageAsync(Of(ticket));

        using var answer = await browser.FillAsync(Of(ticket), "form.rating", ("Rating", "4"), ("Comment", "  Rápido <b>y</b> amable "));
        var page = await answer.PageAsync();

        Assert.Equal(5, open.QuerySelectorAll("form.rating input[type=radio]").Length);
        Assert.Equal(["Recibimos su caso", "Le respondimos", "Lo resolvimos"], open.QuerySelectorAll(".timeline span").Select(s => s.Words()));
        Assert.Equal("Gracias por su valoración.", page.QuerySelector("main .notice-success[role=status]").Words());
        Assert.Null(page.QuerySelector("form.rating"));
        var rated = await Host.CaseAsync(ticket.Id);
        Assert.Equal((4, "Rápido <b>y</b> amable"), (rated.Rating, rated.RatingComment));
    }

    [Fact]
    public async Task Post_ManyRatingsAtOnce_StoreOne()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        await SolveAsync(ticket);
        var token = (await browser.PageAsync(Of(ticket) + "/valoracion")).Token();

        var answers = await Task.WhenAll(Enumerable.Range(1, 15).Select(i => browser.SendFormAsync(Of(ticket) + "/valoracion", [token, ("Rating", $"{(i % 5) + 1}")])));

        Assert.All(answers, a => Assert.Equal(200, (int)a.StatusCode));
        Assert.Single((await Host.CaseAsync(ticket.Id)).Events, e => e.Kind == TicketEventKind.Rated);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("6")]
    [InlineData("-1")]
    [InlineData("cinco")]
    [InlineData("99999999999")]
    public async Task Post_NoRating_AsksForItAndKeepsTheComment(string rating)
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        await SolveAsync(ticket);

        using var answer = await browser.FillAsync(Of(ticket), "form.rating", ("Rating", rating), ("Comment", "Mi comentario"));
        var page = await answer.PageAsync();

        Assert.Equal(400, (int)answer.StatusCode);
        var link = page.QuerySelector("[role=alert] a")!.GetAttribute("href")!;
        Assert.IsAssignableFrom<IHtmlInputElement>(page.QuerySelector(link));
        Assert.Equal("Mi comentario", page.QuerySelector("#Comment")!.TextContent);
        Assert.Null((await Host.CaseAsync(ticket.Id)).Rating);
    }

    [Fact]
    public async Task Post_RatingWhileItIsOpen_StoresAndClaimsNothing()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        var token = (await browser.PageAsync(Of(ticket))).Token();

        using var answer = await browser.SendFormAsync(Of(ticket) + "/valoracion", [token, ("Rating", "1")]);

        Assert.Null((await answer.PageAsync()).QuerySelector("main .notice-success[role=status]"));
        Assert.Null((await Host.CaseAsync(ticket.Id)).Rating);
    }
}
