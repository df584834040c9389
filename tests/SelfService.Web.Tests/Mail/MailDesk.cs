using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Jobs;
using SelfService.Core.Mail;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tests;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Mail;

/// <summary>People and cases to write mails about.</summary>
public sealed class MailDesk(PortalHost host)
{
    public const string Name = "Ana <b>Pérez</b> & Cía.";
    public const string Subject = "El módem \"azul\" <script>alert(1)</script> no enciende";
    public const string Message = "Texto que solo yo escribí: https://trampa.example/ganar";
    public const string Answer = "Cambie el cable & pruebe:\nhttps://ayuda.example/pasos?a=1&b=2.\n\n<b>Sin</b> prisa 🙂";

    private static readonly string[] Typed = ["Ana", "Pérez", "módem", "azul", "script", "alert", "Texto que solo yo", "trampa", "Respuesta que escribí"];

    private static int last;

    /// <summary>An address nobody else writes to.</summary>
    public static string Address(string name) => $"{name}.{Interlocked.Increment(ref last)}@correo.example";

    public Task<Person> PersonAsync(string email, NoticeLevel notices = NoticeLevel.All, string? language = null, bool confirmed = true) => InAsync(db =>
    {
        var person = new Person
        {
            Id = Guid.CreateVersion7(),
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            SecurityStamp = Guid.NewGuid().ToString(),
            EmailConfirmed = confirmed,
            Name = Name,
            CreatedAt = DateTime.UtcNow,
            Notices = notices,
            Language = language,
        };
        db.Users.Add(person);
        return Task.FromResult(person);
    });

    public async Task<Ticket> TicketAsync(string? email, Guid? personId = null, string language = "es", string subject = Subject, string form = "Falla de internet")
    {
        await using var scope = host.Services.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<ServiceDesk>();
        var opened = await scope.ServiceProvider.GetRequiredService<OpenTicket>().RunAsync(
            new TicketRequest
            {
                SubmissionKey = Guid.NewGuid(),
                Queue = desk.DefaultQueue.Key,
                Sla = desk.DefaultQueue.Sla.Key,
                Subject = subject,
                FormTitle = form,
                Message = Message,
                Answers = [new TicketAnswer("serie", "Serie", "Respuesta que escribí")],
                Contact = new Contact(Name, email, email is null ? "+525555550123" : null, email is null ? Guid.NewGuid().ToString("N")[..20] : null),
                PersonId = personId,
                Language = language,
            },
            CancellationToken.None);
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        return await db.Tickets.AsNoTracking().SingleAsync(t => t.Id == opened.Id);
    }

    public Task<Message> AnswerAsync(Ticket ticket, string body = Answer, bool isNote = false) => InAsync(db =>
    {
        var message = new Message { TicketId = ticket.Id, Author = ActorKind.Staff, AuthorName = "Mateo", Body = body, IsNote = isNote, WrittenAt = DateTime.UtcNow, SubmissionKey = Guid.NewGuid() };
        db.Messages.Add(message);
        return Task.FromResult(message);
    });

    public Task<bool> ChangeAsync(Guid ticketId, Action<Ticket> change) => InAsync(async db =>
    {
        change(await db.Tickets.SingleAsync(t => t.Id == ticketId));
        return true;
    });

    /// <summary>Asks for a mail, as a page would.</summary>
    public Task<Job> AskAsync(MailRequest request) => InAsync(db => Task.FromResult(db.Jobs.Add(request.ToJob(DateTime.UtcNow)).Entity));

    /// <summary>Asks for a mail and gives the first one to the address that is of its kind.</summary>
    public async Task<ReceivedMail> SendAsync(string address, MailRequest request)
    {
        var job = await AskAsync(request);
        var mails = await host.Mailbox.AllAsync(address);
        return Assert.Single(mails, mail => mail.MessageId.StartsWith($"<{job.Id.ToString("N", CultureInfo.InvariantCulture)}@", StringComparison.Ordinal));
    }

    public Task<Job> JobAsync(Guid id) => InAsync(db => db.Jobs.AsNoTracking().SingleAsync(j => j.Id == id));

    public async Task<T> InAsync<T>(Func<PortalDbContext, Task<T>> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PortalDbContext>().InTransactionAsync(() => work(scope.ServiceProvider.GetRequiredService<PortalDbContext>()));
    }

    /// <summary>The mail holds no word of those that <see cref="TicketAsync"/> types.</summary>
    public static void SaysNothingTyped(ReceivedMail mail)
    {
        // The secret of a link is random letters, and three of them may well be a name.
        var said = Regex.Replace(mail.Subject + mail.Text + mail.Html, "clave=[A-Za-z0-9_-]+", "");
        Assert.All(Typed, typed => Assert.DoesNotContain(typed, said, StringComparison.OrdinalIgnoreCase));
    }
}
