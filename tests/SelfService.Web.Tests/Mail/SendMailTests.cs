using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Jobs;
using SelfService.Core.Mail;
using SelfService.Core.People;
using SelfService.Core.Tests;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Mail;

[Collection(DemonstrationPortalCollection.Name)]
public sealed class SendMailTests(DemonstrationPortal portal)
{
    private readonly MailDesk desk = new(portal.Host);

    private Mailbox Mailbox => portal.Host.Mailbox;

    public static TheoryData<MailKind, string> CaseMails() => InEachLanguage(kind => kind.ToString().StartsWith("Case", StringComparison.Ordinal));

    public static TheoryData<MailKind, string> AccountMails() => InEachLanguage(kind => !new[] { "Case", "Order", "Appointment", "Waiting", "Review", "Desk", "Side" }.Any(subject => kind.ToString().StartsWith(subject, StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(CaseMails))]
    public async Task Send_CaseOfAGuest_SaysNothingTheGuestTyped(MailKind kind, string language)
    {
        var address = MailDesk.Address("huesped");
        var ticket = await desk.TicketAsync(address, language: language);

        var mail = await desk.SendAsync(address, await RequestAsync(kind, ticket));

        Check(mail, language);
        var secret = mail.LinkTo($"/casos/{ticket.Number}?clave=").Split("clave=")[1];
        MailDesk.SaysNothingTyped(mail);
        Assert.Contains(ticket.Number, mail.Subject, StringComparison.Ordinal);
        Assert.Contains(ticket.Number, mail.Text, StringComparison.Ordinal);
        Assert.StartsWith(language == "en" ? "Hello,\n" : "Buen día:\n", mail.Text, StringComparison.Ordinal);
        var hash = TicketKey.HashOf(secret);
        Assert.True(await desk.InAsync(db => db.TicketKeys.AnyAsync(k => k.TicketId == ticket.Id && k.Hash == hash && k.RevokedAt == null)));
    }

    [Theory]
    [MemberData(nameof(CaseMails))]
    public async Task Send_CaseOfAnAccount_GreetsByNameAndQuotesTheSubject(MailKind kind, string language)
    {
        var address = MailDesk.Address("cuenta");
        var person = await desk.PersonAsync(address, language: language);
        var ticket = await desk.TicketAsync(address, person.Id);

        var mail = await desk.SendAsync(address, await RequestAsync(kind, ticket));

        Check(mail, language);
        Assert.Contains(MailDesk.Name, mail.Text.Split('\n')[0], StringComparison.Ordinal);
        Assert.Contains("Ana &lt;b&gt;Pérez&lt;/b&gt; &amp; Cía.", mail.Html, StringComparison.Ordinal);
        Assert.Equal(kind != MailKind.CaseLink, mail.Subject.Contains(MailDesk.Subject, StringComparison.Ordinal));
        Assert.Contains($"/casos/{ticket.Number}", mail.LinkTo("/casos/"), StringComparison.Ordinal);
        Assert.DoesNotContain("clave=", mail.Text + mail.Html, StringComparison.Ordinal);
        Assert.Contains("/cuenta", mail.Links.Select(link => link.AbsolutePath));
        Assert.False(await desk.InAsync(db => db.TicketKeys.AnyAsync(k => k.TicketId == ticket.Id)));
    }

    [Theory]
    [MemberData(nameof(AccountMails))]
    public async Task Send_Account_SaysWhatHappenedAndWhatToDo(MailKind kind, string language)
    {
        var address = MailDesk.Address("persona");
        var person = await desk.PersonAsync(address, language: language);
        var newAddress = MailDesk.Address("nueva");
        await desk.InAsync(async db => (await db.Users.SingleAsync(p => p.Id == person.Id)).NewEmail = newAddress);
        var (to, request) = kind switch
        {
            MailKind.ConfirmRegistration or MailKind.AccountDeleted => (address, new MailRequest(kind, language) { To = address }),
            MailKind.AddressChanged => (newAddress, new MailRequest(kind, language) { PersonId = person.Id, To = newAddress }),
            MailKind.ConfirmNewAddress => (newAddress, new MailRequest(kind, language) { PersonId = person.Id }),
            _ => (address, new MailRequest(kind, language) { PersonId = person.Id }),
        };

        var mail = await desk.SendAsync(to, request);

        Check(mail, language);
        // Only at the address that the account has confirmed.
        var greets = to == address && request.PersonId is not null;
        Assert.Equal(greets, mail.Text.Contains("Ana", StringComparison.Ordinal));
        Assert.Contains("Brisal", mail.Subject + mail.Text, StringComparison.Ordinal);
        Assert.Contains(
            kind switch
            {
                MailKind.ConfirmRegistration => "/cuenta/registro/confirmar",
                MailKind.AlreadyRegistered => "/cuenta/entrar",
                MailKind.ResetPassword => "/cuenta/restablecer",
                MailKind.ConfirmNewAddress => "/cuenta/correo/confirmar",
                _ => "/contacto",
            },
            mail.Links.Select(link => link.AbsolutePath));
        Assert.Equal("", mail["References"]);
    }

    [Theory]
    [InlineData("es", @"a más tardar el (lunes|martes|miércoles|jueves|viernes|sábado|domingo) \d{1,2} de [a-z]+( de \d{4})?, \d{1,2}:\d\d \(GMT-6\)\.")]
    [InlineData("en", @"by (Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d{1,2} [A-Z][a-z]+( \d{4})?, \d{1,2}:\d\d \(GMT-6\)\.")]
    public async Task Send_Date_IsWrittenOutInTheCompanysZone(string language, string pattern)
    {
        var address = MailDesk.Address("fecha");
        var ticket = await desk.TicketAsync(address, language: language);

        var mail = Assert.Single(await Mailbox.AllAsync(address));

        Assert.Matches(pattern, mail.Text);
        Assert.NotNull(ticket.DueAt);
    }

    [Theory]
    [InlineData("es", "La fecha que le dimos ya pasó.")]
    [InlineData("en", "The date we gave you has passed.")]
    public async Task Send_DateThatHasPassed_IsNotPromisedAgain(string language, string says)
    {
        var address = MailDesk.Address("tarde");
        var ticket = await desk.TicketAsync(address, language: language);
        await desk.InAsync(db => db.Tickets.Where(t => t.Id == ticket.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.DueAt, DateTime.UtcNow.AddMinutes(-1))));

        var mail = await desk.SendAsync(address, await RequestAsync(MailKind.CaseLink, ticket));

        Assert.Contains(says, mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("GMT", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_PromiseOfAnAgent_IsSaidInItsWordsWithItsDate()
    {
        var address = MailDesk.Address("promesa");
        var ticket = await desk.TicketAsync(address);
        await desk.ChangeAsync(ticket.Id, t => t.Promise(new Commitment(NextStep.Promise, "Le llama un técnico <para> acordar la visita", DateTime.UtcNow.AddDays(2)), Actor.System, DateTime.UtcNow));

        var mail = await desk.SendAsync(address, await RequestAsync(MailKind.CasePromised, ticket));

        Assert.Contains("Le llama un técnico <para> acordar la visita. A más tardar el ", mail.Text, StringComparison.Ordinal);
        Assert.Contains("técnico &lt;para&gt; acordar", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_SolvedCase_SaysUntilWhenItCanBeReopened()
    {
        var address = MailDesk.Address("resuelto");
        var ticket = await desk.TicketAsync(address);
        await desk.ChangeAsync(ticket.Id, t => t.Solve(Actor.System, TimeSpan.FromDays(14), DateTime.UtcNow));

        var solved = await desk.SendAsync(address, await RequestAsync(MailKind.CaseSolved, ticket));

        Assert.Contains("puede reabrirlo ahí mismo hasta el ", solved.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("le responde", solved.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MailKind.CaseAnswered)]
    [InlineData(MailKind.CaseSolved)]
    public async Task Send_Answer_IsQuotedAsTextWithLinks(MailKind kind)
    {
        var address = MailDesk.Address("respuesta");
        var ticket = await desk.TicketAsync(address);

        var mail = await desk.SendAsync(address, await RequestAsync(kind, ticket));

        Assert.Contains("> Cambie el cable & pruebe:\n> https://ayuda.example/pasos?a=1&b=2.\n>\n> <b>Sin</b> prisa 🙂", mail.Text, StringComparison.Ordinal);
        var quote = new HtmlParser().ParseDocument(mail.Html).QuerySelector("blockquote")!;
        Assert.Empty(quote.QuerySelectorAll("b"));
        Assert.Contains("<b>Sin</b> prisa 🙂", quote.TextContent, StringComparison.Ordinal);
        Assert.Equal("https://ayuda.example/pasos?a=1&b=2", quote.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Send_NoteOrMessageOfAnotherCase_IsNeverQuoted()
    {
        var address = MailDesk.Address("nota");
        var ticket = await desk.TicketAsync(address);
        var note = await desk.AnswerAsync(ticket, "Nota que solo ve el equipo", isNote: true);
        var foreign = await desk.AnswerAsync(await desk.TicketAsync(MailDesk.Address("otra")), "Respuesta para otra persona");

        foreach (var message in new[] { note, foreign })
        {
            var mail = await desk.SendAsync(address, new MailRequest(MailKind.CaseAnswered, "es") { TicketId = ticket.Id, MessageId = message.Id });

            Assert.DoesNotContain(message.Body, mail.Text + mail.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("<blockquote", mail.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Send_MailsOfOneCase_AreOneThreadAndMachinesDoNotAnswer()
    {
        var address = MailDesk.Address("hilo");
        var ticket = await desk.TicketAsync(address);
        await desk.SendAsync(address, await RequestAsync(MailKind.CaseAnswered, ticket));

        var mails = await Mailbox.AllAsync(address);

        Assert.Equal(2, mails.Count);
        Assert.All(mails, mail =>
        {
            Assert.Equal($"<{ticket.Id:N}@localhost>", mail["References"]);
            Assert.Equal(mail["References"], mail["In-Reply-To"]);
            Assert.Equal("auto-generated", mail["Auto-Submitted"]);
            Assert.Equal("All", mail["X-Auto-Response-Suppress"]);
            Assert.Equal("\"Brisal\" <ayuda@brisal.example>", mail.From);
        });
        Assert.Equal(2, mails.Select(mail => mail.MessageId).Distinct().Count());
    }

    [Fact]
    public async Task Send_JobDoneTwice_IsOneMail()
    {
        var address = MailDesk.Address("dos.veces");
        await desk.TicketAsync(address);
        var first = Assert.Single(await Mailbox.AllAsync(address));
        var id = Guid.Parse(first.MessageId[1..33]);
        var payload = (await desk.InAsync(db => db.Tickets.SingleAsync(t => t.ContactEmail == address))).Id;
        await desk.InAsync(db => db.Jobs.Where(j => j.Id == id).ExecuteDeleteAsync());
        var again = new MailRequest(MailKind.CaseOpened, "es") { TicketId = payload }.ToJob(DateTime.UtcNow);
        await desk.InAsync(db => Task.FromResult(db.Jobs.Add(new Job { Id = id, Kind = again.Kind, Payload = again.Payload, CreatedAt = again.CreatedAt, DueAt = again.DueAt })));

        Assert.Equal(first.MessageId, Assert.Single(await Mailbox.AllAsync(address)).MessageId);
    }

    [Theory]
    [InlineData(NoticeLevel.All, true, true)]
    [InlineData(NoticeLevel.Answers, true, false)]
    [InlineData(NoticeLevel.None, false, false)]
    public async Task Send_Preferences_AreHonoured(NoticeLevel wanted, bool answers, bool everything)
    {
        var address = MailDesk.Address("prefiere");
        var person = await desk.PersonAsync(address, wanted);
        var ticket = await desk.TicketAsync(address, person.Id);
        foreach (var kind in new[] { MailKind.CaseAnswered, MailKind.CasePromised, MailKind.CaseSolved, MailKind.CaseClosed, MailKind.CaseReopened, MailKind.CaseLink })
        {
            await desk.AskAsync(await RequestAsync(kind, ticket));
        }

        await desk.AskAsync(new MailRequest(MailKind.PasswordChanged, "es") { PersonId = person.Id });
        var kinds = (await Mailbox.AllAsync(address)).Select(mail => mail["X-SelfService-Mail"]).ToHashSet();

        Assert.All(["case-answered", "case-promised", "case-solved"], kind => Assert.Equal(answers, kinds.Contains(kind)));
        Assert.All(["case-opened", "case-closed", "case-reopened"], kind => Assert.Equal(everything, kinds.Contains(kind)));
        Assert.Contains("case-link", kinds);
        Assert.Contains("password-changed", kinds);
    }

    [Fact]
    public async Task Send_CaseOpenedInAnothersName_QuotesNothingToHer()
    {
        var address = MailDesk.Address("victima");
        await desk.PersonAsync(address);
        // Somebody who is not signed in writes her address into the form.
        var ticket = await desk.TicketAsync(address);

        var mail = Assert.Single(await Mailbox.AllAsync(address));

        MailDesk.SaysNothingTyped(mail);
        Assert.Contains(ticket.Number, mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_AccountWithAnotherContactAddress_WritesToTheConfirmedOne()
    {
        var (confirmed, typed) = (MailDesk.Address("confirmada"), MailDesk.Address("escrita"));
        var person = await desk.PersonAsync(confirmed);
        await desk.TicketAsync(typed, person.Id);

        Assert.Single(await Mailbox.AllAsync(confirmed));
        Assert.Empty(await Mailbox.AllAsync(typed));
    }

    [Fact]
    public async Task Send_AccountWithoutConfirmedAddress_QuotesNothing()
    {
        var address = MailDesk.Address("sin.confirmar");
        var person = await desk.PersonAsync(address, confirmed: false);
        await desk.TicketAsync(address, person.Id);

        var mail = Assert.Single(await Mailbox.AllAsync(address));

        MailDesk.SaysNothingTyped(mail);
    }

    [Fact]
    public async Task Send_NobodyToWriteTo_IsDoneWithoutAMail()
    {
        var ticket = await desk.TicketAsync(email: null);
        var jobs = new[]
        {
            await desk.AskAsync(new MailRequest(MailKind.CaseAnswered, "es") { TicketId = ticket.Id }),
            await desk.AskAsync(new MailRequest(MailKind.CaseAnswered, "es") { TicketId = Guid.NewGuid(), To = MailDesk.Address("caso.que.no.existe") }),
            await desk.AskAsync(new MailRequest(MailKind.ResetPassword, "es") { PersonId = Guid.NewGuid() }),
            await desk.AskAsync(new MailRequest(MailKind.ResetPassword, "es") { PersonId = Guid.NewGuid(), To = MailDesk.Address("persona.que.no.existe") }),
            await desk.AskAsync(new MailRequest(MailKind.ConfirmNewAddress, "es") { PersonId = (await desk.PersonAsync(MailDesk.Address("no.cambia"))).Id }),
            await desk.AskAsync(new MailRequest(MailKind.AccountDeleted, "es") { To = "no es una dirección" }),
        };

        await Mailbox.NothingAsync("no es una dirección");

        foreach (var job in jobs)
        {
            Assert.Equal(JobState.Done, (await desk.JobAsync(job.Id)).State);
            Assert.False(File.Exists(Path.Combine(portal.Host.DataDirectory, "mail", $"{job.Id:N}@localhost.eml")));
        }
    }

    [Fact]
    public async Task Send_AnonymizedCase_GoesToNobody()
    {
        var address = MailDesk.Address("olvidada");
        var ticket = await desk.TicketAsync(address);
        Assert.Single(await Mailbox.AllAsync(address));
        await desk.ChangeAsync(ticket.Id, t => t.Anonymize(DateTime.UtcNow));

        await desk.AskAsync(new MailRequest(MailKind.CaseAnswered, "es") { TicketId = ticket.Id });

        Assert.Single(await Mailbox.AllAsync(address));
    }

    [Theory]
    [InlineData("Asunto\r\nBcc: victima@correo.example\r\n\r\n<script>alert(1)</script>")]
    [InlineData("=?utf-8?B?QmFuY28=?= urgente")]
    [InlineData("Señal débil 🙂👩‍🔧 {link} {company}")]
    [InlineData("</title><img src=x onerror=alert(1)>")]
    [InlineData("[pulse aquí](https://trampa.example) **ya**")]
    public async Task Send_HostileSubject_StaysText(string subject)
    {
        var address = MailDesk.Address("hostil");
        var person = await desk.PersonAsync(address);
        await desk.TicketAsync(address, person.Id, subject: subject.Normalize(NormalizationForm.FormD));

        var mail = Assert.Single(await Mailbox.AllAsync(address));

        var line = PlainText.Line(subject);
        Assert.EndsWith(line.Replace("=?", "= ?", StringComparison.Ordinal), mail.Subject, StringComparison.Ordinal);
        Assert.Contains(line, mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bcc", mail.Names);
        var page = new HtmlParser().ParseDocument(mail.Html);
        Assert.Empty(page.QuerySelectorAll("script, img, h1"));
        Assert.DoesNotContain(page.QuerySelectorAll("a"), a => a.GetAttribute("href")!.Contains("trampa", StringComparison.Ordinal));
        Assert.Contains(line, page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_AnswerOfTenThousandSigns_ArrivesWhole()
    {
        var address = MailDesk.Address("larga");
        var ticket = await desk.TicketAsync(address);
        var body = string.Concat(Enumerable.Repeat("ñ🙂x", 2_500));
        var answer = await desk.AnswerAsync(ticket, body);

        var mail = await desk.SendAsync(address, new MailRequest(MailKind.CaseAnswered, "es") { TicketId = ticket.Id, MessageId = answer.Id });

        Assert.Contains(body, mail.Text, StringComparison.Ordinal);
        Assert.Contains(body, mail.Html, StringComparison.Ordinal);
    }

    private static TheoryData<MailKind, string> InEachLanguage(Func<MailKind, bool> wanted)
    {
        var data = new TheoryData<MailKind, string>();
        foreach (var kind in Enum.GetValues<MailKind>().Where(wanted))
        {
            data.Add(kind, "es");
            data.Add(kind, "en");
        }

        return data;
    }

    private async Task<MailRequest> RequestAsync(MailKind kind, Ticket ticket) => new(kind, ticket.Language)
    {
        TicketId = ticket.Id,
        MessageId = kind is MailKind.CaseAnswered or MailKind.CaseSolved ? (await desk.AnswerAsync(ticket)).Id : null,
    };

    /// <summary>What is true of every mail.</summary>
    internal static void Check(ReceivedMail mail, string language)
    {
        var page = new HtmlParser().ParseDocument(mail.Html);
        Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(mail.Subject, page.Title);
        Assert.Equal(language, mail["Content-Language"]);
        Assert.All([mail.Subject, mail.Text, page.Body!.TextContent], text => Assert.DoesNotMatch(@"\{[a-z]+\}|\bMail\.|Moment\.|  \n", Regex.Replace(text, "-- \n", "")));
        // The one thing to do is a button, and its address can be read and copied.
        var button = Assert.Single(page.QuerySelectorAll("a.button"));
        Assert.Contains(button.GetAttribute("href")!, mail.Text, StringComparison.Ordinal);
        Assert.Equal(button.GetAttribute("href"), button.ParentElement!.NextElementSibling!.TextContent);
        Assert.All(page.QuerySelectorAll("a"), a => Assert.Matches("^(https?://|tel:)", a.GetAttribute("href")));
        Assert.Empty(page.QuerySelectorAll("table, img, script, link"));
        Assert.Contains("800 555 0142", mail.Text, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme", mail.Html, StringComparison.Ordinal);
        // Both parts say the same.
        Assert.All(page.QuerySelectorAll("p").Select(p => p.TextContent.Trim()).Where(p => p.Length is > 0 and < 200), p => Assert.Contains(p.Split(':')[0], mail.Text, StringComparison.Ordinal));
    }
}
