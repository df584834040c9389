using Microsoft.EntityFrameworkCore;
using SelfService.Core.Mail;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.SideQuestions;

namespace SelfService.Web.Tests.Mail;

/// <summary>Mail to those who answer, and to experts.</summary>
[Collection(DemonstrationPortalCollection.Name)]
public sealed class DeskMailTests(DemonstrationPortal portal)
{
    private readonly MailDesk desk = new(portal.Host);

    [Theory]
    [InlineData("es", "prioridad", "urgente")]
    [InlineData("en", "priority", "urgent")]
    public async Task Send_ANoticeToTheDesk_SaysWhatHappenedAndNothingTyped(string language, string what, string detail)
    {
        var ticket = await desk.TicketAsync(MailDesk.Address("huesped"), language: language);
        var address = MailDesk.Address("agente");
        var agent = await desk.PersonAsync(address, language: language);
        var happened = await desk.InAsync(async db =>
        {
            var one = new TicketEvent { TicketId = ticket.Id, Kind = TicketEventKind.PriorityChanged, At = DateTime.UtcNow, Actor = ActorKind.System, Detail = "Urgent" };
            db.TicketEvents.Add(one);
            await db.SaveChangesAsync();
            return one.Id;
        });

        var mail = await desk.SendAsync(address, new MailRequest(MailKind.DeskNotice, language) { TicketId = ticket.Id, PersonId = agent.Id, EventId = happened });

        SendMailTests.Check(mail, language);
        MailDesk.SaysNothingTyped(mail);
        Assert.Contains(ticket.Number, mail.Subject, StringComparison.Ordinal);
        Assert.Contains(what, mail.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(detail, mail.Text, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith($"/agente/casos/{ticket.Number}", mail.LinkTo("/agente/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("es")]
    [InlineData("en")]
    public async Task Send_AQuestionToAnExpert_BringsItAndALinkOfHerOwnUntilItIsAnswered(string language)
    {
        var ticket = await desk.TicketAsync(MailDesk.Address("huesped"), language: language);
        var address = MailDesk.Address("experta");
        var question = new SideQuestion
        {
            TicketId = ticket.Id,
            AskerId = Guid.NewGuid(),
            AskerName = "Mateo",
            ExpertName = "Rosa",
            ExpertEmail = address,
            Question = "¿Qué <b>pieza</b> es?",
            AskedAt = DateTime.UtcNow,
            DueAt = DateTime.UtcNow.AddDays(1),
            SubmissionKey = Guid.NewGuid(),
        };
        await desk.InAsync(async db =>
        {
            db.SideQuestions.Add(question);
            return await db.SaveChangesAsync();
        });

        var mail = await desk.SendAsync(address, new MailRequest(MailKind.SideQuestion, language) { SideQuestionId = question.Id, To = address });

        SendMailTests.Check(mail, language);
        MailDesk.SaysNothingTyped(mail);
        Assert.Contains("Mateo", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("¿Qué &lt;b&gt;pieza&lt;/b&gt; es?", mail.Html, StringComparison.Ordinal);
        var hash = TicketKey.HashOf(mail.LinkTo("/consulta/").Split('/')[^1]);
        Assert.True(await desk.InAsync(db => db.SideQuestions.AnyAsync(q => q.Id == question.Id && q.KeyHash == hash)));
    }
}
