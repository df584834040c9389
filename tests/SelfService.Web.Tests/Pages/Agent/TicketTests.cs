using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Mail;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Agent;

/// <summary>What a ticket's page shows, and each step that can be taken on it.</summary>
[Collection(DeskPortalCollection.Name)]
public sealed class TicketTests(DeskPortal portal)
{
    private const string Markup = "<script>alert(1)</script><img src=x onerror=alert(2)>&\"'";

    [Fact]
    public async Task Get_MarkupEverywhere_IsShownAsItWasWritten()
    {
        var key = Guid.NewGuid();
        var ticket = await portal.OpenAsync(Markup, Markup, r => r with
        {
            SubmissionKey = key,
            FormTitle = Markup[..40],
            Contact = r.Contact with { Name = Markup },
            Answers = [new TicketAnswer("a", Markup + "pregunta", Markup + "respuesta", Warning: true)],
        });
        var mateo = await portal.PersonAsync(Steps.Agent);
        await portal.ChangeAsync(ticket.Id, (t, now) =>
        {
            var note = new Message { TicketId = t.Id, Author = ActorKind.Staff, AuthorId = mateo, AuthorName = Markup, IsNote = true, Body = Markup + "nota", WrittenAt = now, SubmissionKey = Guid.NewGuid() };
            note.Attachments.Add(new Attachment { SubmissionKey = Guid.NewGuid(), Name = Markup + ".pdf", ContentType = "application/pdf", Size = 9, StoredAt = now });
            t.Note(note, Actor.Staff(mateo), now);
            t.Promise(new Commitment(NextStep.Promise, Markup + "promesa", now.AddDays(1)), Actor.Staff(mateo), now);
        });
        await portal.AskAsync(db => db.Tickets.Where(t => t.Id == ticket.Id).ExecuteUpdateAsync(set => set.SetProperty(
            t => t.Trail, (IReadOnlyList<TrailStep>)[new("search", Markup + "buscó", "/buscar?q=x", DateTime.UtcNow), new("article", Markup + "leyó", "javascript:alert(3)", DateTime.UtcNow)])));
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        foreach (var address in new[] { DeskPortal.Address(ticket), DeskPortal.Address(ticket, "responder"), DeskPortal.Address(ticket, "prometer"), "/agente?q=" + Uri.EscapeDataString(ticket.Number) })
        {
            // The house rules of every page look for scripts and handlers.
            var page = await agent.PageAsync(address);
            Assert.Contains(Markup, page.Body!.TextContent, StringComparison.Ordinal);
            Assert.Null(page.QuerySelector("main img, main script, a[href^='javascript']"));
        }

        var whole = (await agent.PageAsync(DeskPortal.Address(ticket))).Body!.TextContent;
        Assert.All(["pregunta", "respuesta", "nota", "promesa", ".pdf", "buscó", "leyó"], what => Assert.Contains(Markup + what, whole, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_ShowsWhoAskedHowToReachHerAndWhatElseSheHas()
    {
        var email = $"{Guid.NewGuid():N}@ensayo.example";
        var ticket = await portal.OpenAsync(change: r => r with { Contact = new("Ana", email, "+525512345678", "+525512345678") });
        var other = await portal.OpenAsync("El otro", change: r => r with { Contact = new("Ana", email, null, null) });
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync(DeskPortal.Address(ticket));

        Assert.Equal("55 1234 5678", page.QuerySelector("a[href='tel:+525512345678']").Words());
        Assert.NotNull(page.QuerySelector($"a[href='mailto:{email}']"));
        Assert.Contains("Sin cuenta", page.QuerySelector(".desk-contact").Words(), StringComparison.Ordinal);
        Assert.Equal("El otro", page.QuerySelector($".desk-others a[href='{DeskPortal.Address(other)}']").Words());
    }

    [Fact]
    public async Task Get_CustomerWithAnAccount_IsSaidToHaveOne()
    {
        var lucia = await portal.PersonAsync(Steps.Customer);
        var ticket = await portal.OpenAsync(change: r => r with { PersonId = lucia, Contact = r.Contact with { Email = Steps.Customer } });
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        Assert.Contains("Tiene cuenta", (await agent.PageAsync(DeskPortal.Address(ticket))).QuerySelector(".desk-contact").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_InEnglish_SaysTheSame()
    {
        var ticket = await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent, "en");

        foreach (var step in new[] { "", "responder", "nota", "asignar", "mover", "prometer", "resolver", "reabrir", "revocar-enlaces", "enviar-enlace" })
        {
            Assert.Equal("en", (await agent.PageAsync(DeskPortal.Address(ticket, step))).DocumentElement.GetAttribute("lang"));
        }

        Assert.Contains("Give the first answer", (await agent.PageAsync(DeskPortal.Address(ticket))).QuerySelector(".desk-promise").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WithAClaimInItsAddress_ClaimsNothingThatDidNotHappen()
    {
        var ticket = await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync($"{DeskPortal.Address(ticket)}?hecho=1&enlace={Guid.NewGuid()}");

        Assert.Null(page.QuerySelector("main [role=status]"));
    }

    [Fact]
    public async Task Post_Note_IsForStaffOnlyAndMailsNobody()
    {
        var ticket = await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var empty = await agent.FillAsync(DeskPortal.Address(ticket, "nota"), "main form", ("NoteBody", " "));
        using var answer = await agent.FillAsync(DeskPortal.Address(ticket), "form[action$='/nota']", ("NoteBody", "Tercer piso"));

        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        Assert.Equal("Tercer piso", (await answer.PageAsync()).QuerySelector(".message-internal p").Words());
        Assert.True(Assert.Single((await portal.TicketAsync(ticket.Id)).Messages, m => m.Body == "Tercer piso").IsNote);
        Assert.Equal([MailKind.CaseOpened], await portal.MailsAsync(ticket.Id));
    }

    [Fact]
    public async Task Post_Assign_GivesItToHerToAColleagueAndToNobody()
    {
        var ticket = await portal.OpenAsync();
        var (mateo, julian) = (await portal.PersonAsync(Steps.Agent), await portal.PersonAsync(DeskPortal.Admin));
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        async Task<Guid?> OwnerAsync() => (await portal.TicketAsync(ticket.Id)).OwnerId;

        using (await agent.FillAsync(DeskPortal.Address(ticket), "form[action$='/asignar']", ("Owner", mateo.ToString())))
        {
            Assert.Equal(mateo, await OwnerAsync());
        }

        using (await agent.FillAsync(DeskPortal.Address(ticket, "asignar"), "main form", ("Owner", julian.ToString())))
        {
            Assert.Equal(julian, await OwnerAsync());
        }

        using (await agent.FillAsync(DeskPortal.Address(ticket, "asignar"), "main form", ("Owner", "nadie")))
        {
            Assert.Null(await OwnerAsync());
        }

        // A customer is nobody to assign to.
        using var lucia = await agent.FillAsync(DeskPortal.Address(ticket, "asignar"), "main form", ("Owner", (await portal.PersonAsync(Steps.Customer)).ToString()));
        Assert.Equal(HttpStatusCode.BadRequest, lucia.StatusCode);
        Assert.Null(await OwnerAsync());
    }

    [Fact]
    public async Task Post_Take_AfterAColleagueTookIt_TellsWhoHasIt()
    {
        var ticket = await portal.OpenAsync();
        var (mateo, julian) = (await portal.PersonAsync(Steps.Agent), await portal.PersonAsync(DeskPortal.Admin));
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var page = await agent.PageAsync(DeskPortal.Address(ticket));
        var hidden = page.QuerySelectorAll<IHtmlInputElement>("form[action$='/asignar'] input[type=hidden]").Select(i => (i.Name!, i.Value)).ToList();
        await portal.ChangeAsync(ticket.Id, (t, now) => t.Assign(julian, "Julián Peña", Actor.Staff(julian), now));

        using var answer = await agent.SendFormAsync(DeskPortal.Address(ticket, "asignar"), [.. hidden, ("Owner", mateo.ToString())]);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("Julián Peña", (await answer.PageAsync()).QuerySelector(".desk-news").Words(), StringComparison.Ordinal);
        Assert.Equal(julian, (await portal.TicketAsync(ticket.Id)).OwnerId);
    }

    [Fact]
    public async Task Post_Move_ChangesTheQueueAndKeepsTheDate()
    {
        var ticket = await portal.OpenAsync();
        var before = await portal.TicketAsync(ticket.Id);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var wrong = await agent.FillAsync(DeskPortal.Address(ticket, "mover"), "main form", ("Queue", "ninguna"));
        using var answer = await agent.FillAsync(DeskPortal.Address(ticket, "mover"), "main form", ("Queue", "tecnico"));

        var after = await portal.TicketAsync(ticket.Id);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal(("tecnico", before.DueAt), (after.Queue, after.DueAt));
        Assert.Contains("Servicio Técnico", (await answer.PageAsync()).QuerySelector(".desk-head").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Promise_SolveAndReopen_AreMailedEachOnce()
    {
        var ticket = await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var promised = await agent.FillAsync(DeskPortal.Address(ticket, "prometer"), "main form", ("PromiseText", "Le llamamos"), ("PromiseDate", $"{DateTime.UtcNow.Year + 1}-01-10"), ("PromiseTime", "09:30"));
        using var solved = await agent.FillAsync(DeskPortal.Address(ticket, "resolver"), "main form");
        using var late = await agent.FillAsync(DeskPortal.Address(ticket, "prometer"), "main form", ("PromiseText", "Algo"), ("PromiseDate", $"{DateTime.UtcNow.Year + 1}-01-10"), ("PromiseTime", "09:30"));
        using var reopened = await agent.FillAsync(DeskPortal.Address(ticket, "reabrir"), "main form");

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.OK], new[] { promised.StatusCode, solved.StatusCode, late.StatusCode, reopened.StatusCode });
        var stored = await portal.TicketAsync(ticket.Id);
        Assert.Equal((TicketStatus.Open, NextStep.Response), (stored.Status, stored.NextStep));
        Assert.Equal([MailKind.CaseOpened, MailKind.CasePromised, MailKind.CaseSolved, MailKind.CaseReopened], await portal.MailsAsync(ticket.Id));
    }

    [Fact]
    public async Task Post_PromiseInAnHourTheClocksSkip_IsTheHourAfterIt()
    {
        // The clocks of Santiago skip an hour once a year; wherever the next one is, nobody can be promised a moment inside it.
        var ticket = await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var zone = NodaTime.DateTimeZoneProviders.Tzdb["America/Santiago"];
        var now = NodaTime.SystemClock.Instance.GetCurrentInstant();
        var gap = zone.GetZoneIntervals(now, now + NodaTime.Duration.FromDays(366)).First(i => i.HasEnd && i.End > now && zone.GetZoneInterval(i.End).WallOffset > i.WallOffset);
        var skipped = gap.IsoLocalEnd.PlusMinutes(30);

        using var answer = await agent.FillAsync(
            DeskPortal.Address(ticket, "prometer"), "main form", ("PromiseText", "Le llamamos"), ("PromiseDate", skipped.Date.ToString("uuuu-MM-dd", null)), ("PromiseTime", skipped.TimeOfDay.ToString("HH:mm", null)));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((gap.End + NodaTime.Duration.FromMinutes(30)).ToDateTimeUtc(), (await portal.TicketAsync(ticket.Id)).DueAt);
    }

    [Fact]
    public async Task Post_Links_AreRevokedAndANewOneIsSentOnce()
    {
        var ticket = await portal.OpenAsync();
        await portal.AskAsync(async db =>
        {
            db.TicketKeys.Add(TicketKey.Issue(ticket.Id, DateTime.UtcNow).Key);
            return await db.SaveChangesAsync();
        });
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        Assert.Contains("1 enlace abre este caso", (await agent.PageAsync(DeskPortal.Address(ticket))).Body.Words(), StringComparison.Ordinal);

        using var revoked = await agent.FillAsync(DeskPortal.Address(ticket, "revocar-enlaces"), "main form");
        var form = (await agent.PageAsync(DeskPortal.Address(ticket, "enviar-enlace"))).QuerySelectorAll<IHtmlInputElement>("main form input").Select(i => (i.Name!, i.Value)).ToList();
        using var sent = await agent.SendFormAsync(DeskPortal.Address(ticket, "enviar-enlace"), form);
        using var again = await agent.SendFormAsync(DeskPortal.Address(ticket, "enviar-enlace"), form);

        Assert.Contains("Ninguno abre el caso", (await revoked.PageAsync()).Body.Words(), StringComparison.Ordinal);
        Assert.NotNull((await sent.PageAsync()).QuerySelector("main [role=status]"));
        Assert.Equal([MailKind.CaseOpened, MailKind.CaseLink], await portal.MailsAsync(ticket.Id));
    }
}
