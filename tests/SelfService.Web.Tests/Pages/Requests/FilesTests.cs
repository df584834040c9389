using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Requests;

/// <summary>Files: kept through mistakes, claimed once, refused in words.</summary>
[Collection(RequestPortalCollection.Name)]
public sealed class FilesTests(RequestPortal portal)
{
    [Fact]
    public async Task Post_MistakeElsewhere_KeepsTheFilesAndSendsThemTheSecondTime()
    {
        var browser = portal.Host.Browser();
        var sent = (await portal.OpenAsync(browser, "todo")).With(("falla", "sin_servicio")).WithFile("fotos", "placa lavadora.png").WithFile("fotos", "factura.txt", Encoding.UTF8.GetBytes("Hola"));

        var page = await sent.RefusedAsync(browser);

        Assert.Equal(["placa lavadora.png 1 KB", "factura.txt 1 KB"], page.QuerySelectorAll(".file-kept").Select(e => e.Words()));
        var number = await SendTests.Whole(SentForm.Of(page), RequestPortal.NewEmail()).WithFile("fotos", "otra.png").AcceptedAsync(browser);
        var ticket = await portal.TicketAsync(number);
        Assert.Equal(["factura.txt", "otra.png", "placa lavadora.png"], ticket.Messages.Single().Attachments.Select(a => a.Name).Order());
        Assert.Equal("placa lavadora.png; factura.txt; otra.png", ticket.Answers.Single(a => a.Name == "fotos").Value);
    }

    [Fact]
    public async Task Post_FileUnticked_DoesNotGoAlong()
    {
        var browser = portal.Host.Browser();
        var page = await (await portal.OpenAsync(browser, "todo")).WithFile("fotos", "una.png").WithFile("fotos", "dos.png").RefusedAsync(browser);
        var again = SendTests.Whole(SentForm.Of(page), RequestPortal.NewEmail());
        var unticked = again.Fields.First(f => f.Name == "fotos.kept");

        var number = await (again with { Fields = [.. again.Fields.Where(f => f != unticked)] }).AcceptedAsync(browser);

        Assert.Equal("dos.png", Assert.Single((await portal.TicketAsync(number)).Messages.Single().Attachments).Name);
    }

    [Fact]
    public async Task Post_FilesOfSomebodyElse_AreNeitherShownNorClaimedNorRemoved()
    {
        var (victim, thief) = (portal.Host.Browser(), portal.Host.Browser());
        var page = await (await portal.OpenAsync(victim, "todo")).WithFile("fotos", "secreto.png").RefusedAsync(victim);
        var stolen = SentForm.Of(page).Value("fotos.kept");
        portal.Clock.Advance(TimeSpan.FromMinutes(5));

        var refused = await (await portal.OpenAsync(thief, "todo")).With(("fotos.kept", stolen)).RefusedAsync(thief);
        var number = await SendTests.Whole(await portal.OpenAsync(thief, "todo"), RequestPortal.NewEmail()).With(("fotos.kept", stolen)).AcceptedAsync(thief);

        Assert.Null(refused.QuerySelector(".file-kept"));
        Assert.Empty((await portal.TicketAsync(number)).Messages.Single().Attachments);
        var own = await SendTests.Whole(SentForm.Of(page), RequestPortal.NewEmail()).AcceptedAsync(victim);
        Assert.Equal("secreto.png", Assert.Single((await portal.TicketAsync(own)).Messages.Single().Attachments).Name);
    }

    [Theory]
    [InlineData("virus.exe", "MZ", "virus.exe")]
    [InlineData("pagina.html", "<script>", "pagina.html")]
    [InlineData("foto.svg", "<svg onload=alert(1)>", "foto.svg")]
    [InlineData("foto.png", "no es una imagen", "foto.png")]
    [InlineData("../../etc/passwd", "root", "passwd")]
    [InlineData("\u200B.htaccess", "Deny", "htaccess")]
    [InlineData("vacia.png", "", "vacia.png")]
    public async Task Post_FileThatIsNotTaken_SaysSoAndKeepsTheRest(string name, string text, string shown)
    {
        var (browser, email) = (portal.Host.Browser(), RequestPortal.NewEmail());
        var sent = SendTests.Whole(await portal.OpenAsync(browser, "todo"), email).WithFile("fotos", name, Encoding.UTF8.GetBytes(text)).WithFile("fotos", "buena.png");

        var page = await sent.RefusedAsync(browser);

        Assert.Contains($"«{shown}»", page.QuerySelector("#campo-fotos-error").Words(), StringComparison.Ordinal);
        Assert.Equal("No hay servicio", SentForm.Of(page).Value("mensaje"));
        Assert.Equal(["buena.png 1 KB"], page.QuerySelectorAll(".file-kept").Select(e => e.Words()));
        Assert.Equal(0, await portal.TicketsAsync(email));
    }

    [Fact]
    public async Task Post_OversizedFile_ComesBackWithEverythingElseKept()
    {
        var browser = portal.Host.Browser();
        var sent = SendTests.Whole(await portal.OpenAsync(browser, "todo"), RequestPortal.NewEmail()).WithFile("fotos", "enorme.png", [.. SentForm.Png, .. new byte[Attachment.MaxBytes]]).WithFile("fotos", "buena.png");

        var page = await sent.RefusedAsync(browser);

        Assert.Contains("10 MB", page.QuerySelector("#campo-fotos-error").Words(), StringComparison.Ordinal);
        Assert.Equal(["buena.png 1 KB"], page.QuerySelectorAll(".file-kept").Select(e => e.Words()));
        Assert.Equal("No hay servicio", SentForm.Of(page).Value("mensaje"));
    }

    [Fact]
    public async Task Post_MoreFilesThanTheFieldTakes_SaysHowMany()
    {
        var browser = portal.Host.Browser();
        var sent = SendTests.Whole(await portal.OpenAsync(browser, "todo"), RequestPortal.NewEmail());

        var four = await Enumerable.Range(1, 4).Aggregate(sent, (form, i) => form.WithFile("fotos", $"{i}.png")).RefusedAsync(browser);
        var six = await Enumerable.Range(1, 6).Aggregate(SendTests.Whole(await portal.OpenAsync(browser, "todo"), RequestPortal.NewEmail()), (form, i) => form.WithFile("fotos", $"{i}.png")).RefusedAsync(browser);

        Assert.Contains("3 archivos", four.QuerySelector("#campo-fotos-error").Words(), StringComparison.Ordinal);
        Assert.Contains("«6.png»", six.QuerySelector("#campo-fotos-error").Words(), StringComparison.Ordinal);
        Assert.Equal(5, six.QuerySelectorAll(".file-kept").Length);
    }

    [Fact]
    public async Task Post_WholeRequestTooLarge_Answers413AndOpensNothing()
    {
        var (browser, email) = (portal.Host.Browser(), RequestPortal.NewEmail());
        var sent = SendTests.Whole(await portal.OpenAsync(browser, "todo"), email).WithFile("fotos", "enorme.png", new byte[7 * Attachment.MaxBytes]);

        using var answer = await sent.SendAsync(browser);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(0, await portal.TicketsAsync(email));
    }

    [Fact]
    public async Task Post_FilesOfAFieldThatIsNone_AreNotStored()
    {
        var browser = portal.Host.Browser();
        var before = await portal.InAsync(db => db.Attachments.CountAsync());
        var sent = OnceTests.Simple(await portal.OpenAsync(browser), RequestPortal.NewEmail()).WithFile("fotos", "una.png").WithFile("mensaje", "dos.png");

        var number = await sent.AcceptedAsync(browser);

        Assert.Equal(before, await portal.InAsync(db => db.Attachments.CountAsync()));
        Assert.Empty((await portal.TicketAsync(number)).Messages.Single().Attachments);
    }

    [Fact]
    public async Task Post_SameFilesSentAgainAndAgain_DoNotFillTheFormUp()
    {
        var browser = portal.Host.Browser();
        var sent = (await portal.OpenAsync(browser, "todo")).WithFile("fotos", "una.png").WithFile("fotos", "dos.png").WithFile("fotos", "tres.png");
        for (var time = 0; time < 6; time++)
        {
            // Gone back each time: the page of before knows nothing of the files it brought.
            var page = await sent.RefusedAsync(browser);
            Assert.Equal(3, page.QuerySelectorAll(".file-kept").Length);
            portal.Clock.Advance(TimeSpan.FromMinutes(2));
        }
    }
}
