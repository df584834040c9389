using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Tickets;
using SelfService.Web.Startup;

namespace SelfService.Web.Tests.Pages.Cases;

[Collection(TrialPortalCollection.Name)]
public sealed class ReplyFilesTests(TrialPortal portal)
{
    private static readonly byte[] Png = TestCases.Png;

    private PortalHost Host => portal.Host;

    private static string Of(Ticket ticket) => "/casos/" + ticket.Number;

    private async Task<List<Attachment>> FilesAsync(Ticket ticket) =>
        [.. (await Host.CaseAsync(ticket.Id)).Messages.SelectMany(m => m.Attachments).OrderBy(a => a.Id)];

    [Fact]
    public async Task Post_Files_AreDownloadedAsTheyCameAndRunNowhere()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        const string name = "C:\\fotos\\reseña ñ 1 – señal€.txt";
        var text = "<script>alert(1)</script>"u8.ToArray();

        using var answer = await browser.ReplyAsync(Of(ticket), [("Body", "")], (name, text));
        var link = (await answer.PageAsync()).QuerySelector(".message .file-list a")!;
        using var file = await browser.GetAsync(link.GetAttribute("href"));

        Assert.Equal("reseña ñ 1 – señal€.txt", link.TextContent);
        Assert.Equal(text, await file.Content.ReadAsByteArrayAsync());
        Assert.Equal("text/plain", file.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("reseña ñ 1 – señal€.txt", file.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal("nosniff", file.Header("X-Content-Type-Options"));
        Assert.Equal(SecurityHeaders.FilePolicy, file.Header("Content-Security-Policy"));
        Assert.Equal("no-store", file.Header("Cache-Control"));
        Assert.Null(file.Header("Accept-Ranges"));
    }

    [Fact]
    public async Task Get_FileWithARange_AnswersWhole()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        (await browser.ReplyAsync(Of(ticket), [("Body", "")], ("a.png", Png))).Dispose();
        var request = new HttpRequestMessage(HttpMethod.Get, $"{Of(ticket)}/archivos/{(await FilesAsync(ticket)).Single().Id}");
        request.Headers.TryAddWithoutValidation("Range", "bytes=0-1,1-2,2-3");

        using var answer = await browser.SendAsync(request);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(Png, await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("virus.exe")]
    [InlineData("foto.svg")]
    [InlineData("foto.html")]
    [InlineData("foto.png.htaccess")]
    [InlineData("\u200B.htaccess")]
    [InlineData("texto.png")]
    public async Task Post_FileThatIsNotTaken_SaysSoAndKeepsTheOthersAndTheText(string name)
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);

        using var refused = await browser.ReplyAsync(Of(ticket), [("Body", "Van dos archivos")], ("placa.png", Png), (name, "<svg onload=alert(1)>"u8.ToArray()));
        var page = await refused.PageAsync();
        using var sent = await browser.SendReplyAsync(Of(ticket), [.. page.ReplyForm(), ("Body", page.QuerySelector("#Body")!.TextContent)]);

        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Equal("#Files", page.QuerySelector("[role=alert] a")!.GetAttribute("href"));
        Assert.Contains("placa.png", page.QuerySelector("form .file-list").Words(), StringComparison.Ordinal);
        Assert.Equal(200, (int)sent.StatusCode);
        Assert.Equal(["placa.png"], (await FilesAsync(ticket)).Select(f => f.Name));
    }

    [Fact]
    public async Task Post_SixFiles_KeepsFiveAndNamesTheOneThatIsTooMany()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);

        using var answer = await browser.ReplyAsync(Of(ticket), [("Body", "Seis")], [.. Enumerable.Range(1, 6).Select(i => ($"foto{i}.png", Png))]);
        var page = await answer.PageAsync();

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("foto6.png", page.QuerySelector("#Files-error").Words(), StringComparison.Ordinal);
        Assert.Equal(5, page.QuerySelectorAll("form .file-list li").Length);
        Assert.Empty(await FilesAsync(ticket));
    }

    [Fact]
    public async Task Post_FileTakenOffAgain_IsNotSent()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        using var refused = await browser.ReplyAsync(Of(ticket), [("Body", new string('x', Message.BodyMaxLength + 1))], ("uno.png", Png), ("dos.png", Png));
        var page = await refused.PageAsync();
        var first = page.QuerySelector("input[name=Remove]")!.GetAttribute("value")!;

        (await browser.SendReplyAsync(Of(ticket), [.. page.ReplyForm(), ("Body", "Solo una"), ("Remove", first)])).Dispose();

        Assert.Equal(["dos.png"], (await FilesAsync(ticket)).Select(f => f.Name));
    }

    [Fact]
    public async Task Post_TakingOffAFileOfSomebodyElse_TakesNothing()
    {
        var ticket = await Host.OpenCaseAsync();
        using var owner = await Host.GuestOfAsync(ticket);
        (await owner.ReplyAsync(Of(ticket), [("Body", "")], ("mia.png", Png))).Dispose();
        using var refused = await owner.ReplyAsync(Of(ticket), [("Body", new string('x', Message.BodyMaxLength + 1))], ("pendiente.png", Png));
        var pending = Guid.Parse((await refused.PageAsync()).QuerySelector("input[name=Remove]")!.GetAttribute("value")!);
        var claimed = (await FilesAsync(ticket)).Single().Id;
        var own = await Host.OpenCaseAsync(email: "otra@correo.example");
        using var stranger = await Host.GuestOfAsync(own);

        (await stranger.ReplyAsync(Of(own), [("Body", "Quito"), ("Remove", claimed.ToString()), ("Remove", pending.ToString())])).Dispose();

        Assert.Equal(2, await Host.AskAsync(db => db.Attachments.CountAsync(a => a.Id == claimed || a.Id == pending)));
    }

    [Fact]
    public async Task Get_FileOfANote_IsForTheDeskOnly()
    {
        var ticket = await Host.OpenCaseAsync(account: Steps.Customer);
        using var customer = await Host.BrowserOfAsync(Steps.Customer);
        using var agent = await Host.BrowserOfAsync(Steps.Agent);
        var id = await Host.InAsync(async services =>
        {
            var note = TestCases.FromStaff(ticket, "nota", isNote: true);
            var stored = await services.GetRequiredService<AttachmentFolder>().StoreAsync(new MemoryStream(Png), "interna.png", note.SubmissionKey, CancellationToken.None);
            await Host.ChangeAsync(ticket, t => t.Note(note, Actor.System, DateTime.UtcNow));
            await Host.AskAsync(db => db.Attachments.Where(a => a.Id == stored.Attachment!.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.MessageId, note.Id)));
            return stored.Attachment!.Id;
        });

        await customer.PageAsync($"{Of(ticket)}/archivos/{id}", 404);
        using var answer = await agent.GetAsync($"{Of(ticket)}/archivos/{id}");

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.DoesNotContain("interna.png", (await customer.PageAsync(Of(ticket))).Source.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_FileOfAnotherCaseOrOfNoMessage_IsNotThere()
    {
        var own = await Host.OpenCaseAsync();
        var other = await Host.OpenCaseAsync(email: "otra@correo.example");
        using var browser = await Host.GuestOfAsync(own);
        using var neighbour = await Host.GuestOfAsync(other);
        (await neighbour.ReplyAsync(Of(other), [("Body", "")], ("ajena.png", Png))).Dispose();
        using var refused = await browser.ReplyAsync(Of(own), [("Body", new string('x', Message.BodyMaxLength + 1))], ("pendiente.png", Png));
        var pending = (await refused.PageAsync()).QuerySelector("input[name=Remove]")!.GetAttribute("value")!;
        var foreign = (await FilesAsync(other)).Single().Id;

        await browser.PageAsync($"{Of(own)}/archivos/{foreign}", 404);
        await browser.PageAsync($"{Of(own)}/archivos/{pending}", 404);
        await browser.PageAsync($"{Of(own)}/archivos/{Guid.NewGuid()}", 404);
        await browser.PageAsync($"{Of(own)}/archivos/no-es-un-id", 404);
        using var right = await neighbour.GetAsync($"{Of(other)}/archivos/{foreign}");
        Assert.Equal(200, (int)right.StatusCode);
    }

    [Fact]
    public async Task Get_FileWhoseBytesAreGone_IsThePageOfWhatIsNotThere()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        (await browser.ReplyAsync(Of(ticket), [("Body", "")], ("perdida.png", Png))).Dispose();
        var file = (await FilesAsync(ticket)).Single();
        var root = Host.Services.GetRequiredService<AttachmentRoot>().Path;
        File.Delete(Directory.EnumerateFiles(root, file.Id.ToString("N"), SearchOption.AllDirectories).Single());

        using var answer = await browser.GetAsync($"{Of(ticket)}/archivos/{file.Id}");

        Assert.Equal(404, (int)answer.StatusCode);
        Assert.NotEqual(SecurityHeaders.FilePolicy, answer.Header("Content-Security-Policy"));
        await answer.PageAsync();
    }

    [Fact]
    public async Task Post_FiveOfTheLargestFiles_Pass()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        var largest = new byte[Attachment.MaxBytes];
        Png.CopyTo(largest, 0);

        using var answer = await browser.ReplyAsync(Of(ticket), [("Body", "Cinco")], [.. Enumerable.Range(1, 5).Select(i => ($"foto{i}.png", largest))]);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(5, (await FilesAsync(ticket)).Count);
    }

    [Fact]
    public async Task Post_MoreThanThePageTakes_Answers413AndStoresNothing()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);

        using var answer = await browser.ReplyAsync(Of(ticket), [("Body", "Seis")], [.. Enumerable.Range(1, 6).Select(i => ($"foto{i}.png", new byte[Attachment.MaxBytes]))]);

        Assert.Equal(413, (int)answer.StatusCode);
        Assert.Single((await Host.CaseAsync(ticket.Id)).Messages);
        await answer.PageAsync();
    }
}
