using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.People;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Mail;

[Collection(DemonstrationPortalCollection.Name)]
public sealed class SendMailTests(DemonstrationPortal portal)
{
    private PortalHost Host => portal.Host;

    [Fact]
    public async Task CaseOpened_ByAGuest_SaysNumberNextStepAndLink()
    {
        var ticket = await OpenAsync("huesped.uno@correo.example", null);

        var mail = await Host.Mailbox.NextAsync("huesped.uno@correo.example");

        Assert.Contains(ticket.Number, mail.Subject, StringComparison.Ordinal);
        Assert.Contains($"/casos/{ticket.Number}?clave=", mail.LinkTo("/casos/"), StringComparison.Ordinal);
    }

    private async Task<OpenedTicket> OpenAsync(string email, Guid? personId)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<ServiceDesk>();
        return await scope.ServiceProvider.GetRequiredService<OpenTicket>().RunAsync(
            new TicketRequest
            {
                SubmissionKey = Guid.NewGuid(),
                Queue = desk.DefaultQueue.Key,
                Sla = desk.DefaultQueue.Sla.Key,
                Subject = "Mi internet no funciona",
                FormTitle = "Falla de internet",
                Message = "No hay señal desde ayer.",
                Contact = new Contact("Ana Pérez", email, null, null),
                PersonId = personId,
            },
            CancellationToken.None);
    }
}
