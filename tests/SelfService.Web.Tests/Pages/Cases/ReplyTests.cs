using System.Text;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Cases;

[Collection(TrialPortalCollection.Name)]
public sealed class ReplyTests(TrialPortal portal)
{
    private PortalHost Host => portal.Host;

    private static string Of(Ticket ticket) => "/casos/" + ticket.Number;

    private async Task<Message> LastAsync(Ticket ticket) => (await Host.CaseAsync(ticket.Id)).Messages.OrderBy(m => m.Id).Last();

    [Fact]
    public async Task Post_Reply_IsInTheThreadOnceAndAReloadAddsNothing()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket, followRedirects: false);
        var form = await browser.ReplyFormAsync(Of(ticket));

        using var sent = await browser.SendReplyAsync(Of(ticket), [.. form, ("Body", "Sigue igual")]);
        using var again = await browser.SendReplyAsync(Of(ticket), [.. form, ("Body", "Sigue igual")]);
        var page = await browser.PageAsync(sent.Headers.Location!.ToString());

        Assert.Equal((302, 302), ((int)sent.StatusCode, (int)again.StatusCode));
        Assert.Equal("Recibimos su respuesta. Ya está en la conversación.", page.QuerySelector("main [role=status]").Words());
        Assert.Single(page.QuerySelectorAll(".message"), m => m.TextContent.Contains("Sigue igual", StringComparison.Ordinal));
        Assert.Equal(2, (await Host.CaseAsync(ticket.Id)).Messages.Count);
    }

    [Fact]
    public async Task Post_SixteenTimesAtOnce_IsOneMessageAndEveryoneIsToldSo()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket, followRedirects: false);
        var form = await browser.ReplyFormAsync(Of(ticket));

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => browser.SendReplyAsync(Of(ticket), [.. form, ("Body", "Sigue igual")])));

        Assert.All(answers, a => Assert.Equal(302, (int)a.StatusCode));
        Assert.Equal(2, (await Host.CaseAsync(ticket.Id)).Messages.Count);
    }

    [Fact]
    public async Task Post_OtherWordsWithAUsedForm_KeepsThemAndAsks()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket, followRedirects: false);
        var form = await browser.ReplyFormAsync(Of(ticket));
        (await browser.SendReplyAsync(Of(ticket), [.. form, ("Body", "Primero")])).Dispose();

        using var other = await browser.SendReplyAsync(Of(ticket), [.. form, ("Body", "Segundo")]);
        var page = await other.PageAsync();
        using var sent = await browser.SendReplyAsync(Of(ticket), [.. page.ReplyForm(), ("Body", page.QuerySelector("#Body")!.TextContent)]);

        Assert.Equal(400, (int)other.StatusCode);
        Assert.Equal("Segundo", page.QuerySelector("#Body")!.TextContent);
        Assert.Equal(302, (int)sent.StatusCode);
        Assert.Equal(["Primero", "Segundo"], (await Host.CaseAsync(ticket.Id)).Messages.OrderBy(m => m.Id).Skip(1).Select(m => m.Body));
    }

    public static TheoryData<string> Hostile => new(
        "<script>alert(1)</script><img src=x onerror=alert(2)> <b>negritas</b> &lt;i&gt;",
        "\"><svg/onload=alert(1)>' onmouseover='x",
        "javascript:alert(1) data:text/html,<script>alert(1)</script>",
        "Familia 👨‍👩‍👧‍👦 y bandera 🇲🇽",
        "{{constructor.constructor('alert(1)')()}} @Html.Raw(1) ${7*7}",
        "https://x/\"onmouseover=\"alert(1)");

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Post_AnythingThatLooksLikeMarkup_IsShownAsItWasWritten(string text)
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);

        using var answer = await browser.ReplyAsync(Of(ticket), [("Body", text)]);
        var shown = (await answer.PageAsync()).QuerySelectorAll(".message").Last();

        Assert.Equal(text, shown.QuerySelector("p")!.TextContent);
        Assert.Empty(shown.QuerySelectorAll("script, img, svg, b, i, iframe"));
        Assert.All(shown.QuerySelectorAll("a"), a => Assert.StartsWith("http", a.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_Subject_OfTheCaseIsNeverMarkupEither()
    {
        var ticket = await Host.OpenCaseAsync(subject: "</title><script>alert(1)</script>");
        using var browser = await Host.GuestOfAsync(ticket);

        foreach (var address in new[] { Of(ticket), "/casos", Of(ticket) + "/cerrar" })
        {
            var page = await browser.PageAsync(address);
            Assert.DoesNotContain(page.Scripts, s => s.TextContent.Contains("alert", StringComparison.Ordinal));
            Assert.Contains("</title><script>alert(1)</script>", page.QuerySelector("main").Words(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("vea https://brisal.example/a?x=1&y=2.", "https://brisal.example/a?x=1&y=2")]
    [InlineData("(http://brisal.example/manual_(v2))", "http://brisal.example/manual_(v2)")]
    [InlineData("HTTPS://BRISAL.EXAMPLE/A, y ya", "HTTPS://BRISAL.EXAMPLE/A")]
    [InlineData("https://brisal.example:pw@evil.example/", null)]
    [InlineData("ftp://brisal.example/ y mailto:a@b.example", null)]
    [InlineData("https:///", null)]
    [InlineData("texto sin nada", null)]
    public async Task Post_WebAddress_IsALinkAndNothingElseIs(string text, string? link)
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);

        using var answer = await browser.ReplyAsync(Of(ticket), [("Body", text)]);
        var shown = (await answer.PageAsync()).QuerySelectorAll(".message").Last();

        Assert.Equal(text, shown.QuerySelector("p")!.TextContent);
        Assert.Equal(link, shown.QuerySelector("p a")?.GetAttribute("href"));
        Assert.All(shown.QuerySelectorAll("p a"), a => Assert.Equal("nofollow noopener noreferrer", a.GetAttribute("rel")));
    }

    [Fact]
    public async Task Post_Lines_StayWhereTheyWere()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);

        using var answer = await browser.ReplyAsync(Of(ticket), [("Body", "uno\r\ndos\r\n\r\n\r\ntres\r\n")]);
        var paragraphs = (await answer.PageAsync()).QuerySelectorAll(".message").Last().QuerySelectorAll("p");

        Assert.Equal(["uno<br>dos", "tres"], paragraphs.Select(p => p.InnerHtml));
    }

    [Fact]
    public async Task Post_LettersInTwoPartsAndInvisibleOnes_AreStoredAsOneReadsThem()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);

        (await browser.ReplyAsync(Of(ticket), [("Body", "ñandú".Normalize(NormalizationForm.FormD) + "\u200B \u202Eoculto\u0007\uFEFF")])).Dispose();

        Assert.Equal("ñandú oculto", (await LastAsync(ticket)).Body);
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(Message.BodyMaxLength)]
    public async Task Post_LongMessage_IsStoredWhole(int length)
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        var text = string.Concat(Enumerable.Repeat("línea ñ\n", length / 8)).TrimEnd().PadRight(length, 'x');

        using var answer = await browser.ReplyAsync(Of(ticket), [("Body", text.Replace("\n", "\r\n", StringComparison.Ordinal))]);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(text, (await LastAsync(ticket)).Body);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\u200B ")]
    public async Task Post_NothingToSend_IsRefusedAtItsField(string text)
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);

        using var answer = await browser.ReplyAsync(Of(ticket), [("Body", text)]);
        var page = await answer.PageAsync();

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal("#Body", page.QuerySelector("[role=alert] a")!.GetAttribute("href"));
        Assert.NotNull(page.QuerySelector(".promise"));
        Assert.Single((await Host.CaseAsync(ticket.Id)).Messages);
    }

    [Fact]
    public async Task Post_TooLong_KeepsEveryLetter()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        var text = new string('ñ', Message.BodyMaxLength + 1);

        using var answer = await browser.ReplyAsync(Of(ticket), [("Body", text)]);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal(text, (await answer.PageAsync()).QuerySelector("#Body")!.TextContent);
    }

    [Theory]
    [InlineData("no-es-una-clave")]
    [InlineData("")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task Post_BrokenKey_KeepsTheTextAndGivesAnotherForm(string key)
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);

        using var answer = await browser.ReplyAsync(Of(ticket), [("Key", key), ("Body", "Mi texto")]);
        var page = await answer.PageAsync();

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal("Mi texto", page.QuerySelector("#Body")!.TextContent);
        Assert.Single((await Host.CaseAsync(ticket.Id)).Messages);
        using var sent = await browser.SendReplyAsync(Of(ticket), [.. page.ReplyForm(), ("Body", "Mi texto")]);
        Assert.Equal(2, (await Host.CaseAsync(ticket.Id)).Messages.Count);
    }

    [Fact]
    public async Task Post_ToWhatEndedTooLongAgo_KeepsTheTextAndOffersANewRequest()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        var form = await browser.ReplyFormAsync(Of(ticket));
        await Host.ChangeAsync(ticket, t => t.Solve(Actor.System, TimeSpan.FromDays(1), DateTime.UtcNow));
        await Host.PastAsync(ticket, TimeSpan.FromDays(2));

        using var answer = await browser.SendReplyAsync(Of(ticket), [.. form, ("Body", "Se volvió a romper <b>")]);
        var page = await answer.PageAsync();

        Assert.Equal(409, (int)answer.StatusCode);
        Assert.Equal("Se volvió a romper <b>", page.QuerySelector("#Body")!.TextContent);
        Assert.NotNull(page.QuerySelector("main a[href='/solicitudes']"));
        Assert.Single((await Host.CaseAsync(ticket.Id)).Messages);
    }

    [Fact]
    public async Task Post_WithoutToken_StoresNothing()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);

        using var answer = await browser.SendReplyAsync(Of(ticket), [("Key", Guid.NewGuid().ToString()), ("Body", "De otro sitio")]);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Single((await Host.CaseAsync(ticket.Id)).Messages);
    }

    [Fact]
    public async Task Post_WithTheAccount_IsHerReplyByName()
    {
        var ticket = await Host.OpenCaseAsync(account: Steps.Customer);
        using var browser = await Host.BrowserOfAsync(Steps.Customer);

        (await browser.ReplyAsync(Of(ticket), [("Body", "Desde mi cuenta")])).Dispose();

        var message = await LastAsync(ticket);
        Assert.Equal((ActorKind.Customer, "Lucía Hernández", await Host.PersonIdAsync(Steps.Customer)), (message.Author, message.AuthorName, message.AuthorId!.Value));
    }
}
