using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Browser.Tests;

/// <summary>Files of a form: dropped, listed, taken out, sent with their progress.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class FileTests(Chromium chromium)
{
    private const string Form = "/solicitudes/otra-solicitud";

    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static ILocator Files(Visitor visitor) => visitor.Page.Locator(".file-list > li");

    private static ILocator Send(Visitor visitor) => visitor.Page.Locator("#solicitud .form-end > button");

    private static FilePayload Photo(string name, int size = 0) => new() { Name = name, MimeType = "image/png", Buffer = [.. Png, .. new byte[size]] };

    private static async Task FillAsync(Visitor visitor, string mark)
    {
        await visitor.OpenAsync(Form);
        await visitor.Page.FillAsync("#campo-asunto", mark);
        await visitor.Page.FillAsync("#campo-mensaje", "Va una foto.");
        await visitor.Page.FillAsync("#campo-contact-name", "Ana López");
        await visitor.Page.FillAsync("#campo-contact-email", $"{Guid.NewGuid():N}@ejemplo.example");
        // A form that is sent within two seconds was not filled in by a person.
        await visitor.Page.WaitForTimeoutAsync(2_200);
    }

    private static Task DropAsync(Visitor visitor, params string[] names) => visitor.Page.Locator(".file").EvaluateAsync(
        """
        (box, names) => {
          const files = new DataTransfer();
          names.forEach((name) => files.items.add(new File(["%PDF-1.7 " + name], name, { type: "application/pdf" })));
          box.dispatchEvent(new DragEvent("dragover", { bubbles: true, cancelable: true, dataTransfer: files }));
          box.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: files }));
        }
        """,
        names);

    private async Task<List<Ticket>> CasesAsync(string mark)
    {
        await using var scope = chromium.Portal.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Tickets.AsNoTracking().Where(t => t.Subject == mark).ToListAsync();
    }

    private async Task<List<string>> NamesAsync(string mark)
    {
        await using var scope = chromium.Portal.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        return await db.Messages.Where(m => db.Tickets.Any(t => t.Id == m.TicketId && t.Subject == mark))
            .SelectMany(m => db.Attachments.Where(a => a.MessageId == m.Id)).Select(a => a.Name).Order().ToListAsync();
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task Files_dropped_and_chosen_are_listed_taken_out_and_sent(int width)
    {
        var mark = "Archivos " + Guid.NewGuid();
        await using var visitor = await chromium.VisitAsync(new Screen(width, 900));
        await FillAsync(visitor, mark);

        await DropAsync(visitor, "uno.pdf", "dos.pdf");
        await visitor.Page.Locator("#campo-archivos").SetInputFilesAsync(Photo("tres.png"));
        await DropAsync(visitor, "virus.exe");

        await Assertions.Expect(Files(visitor)).ToHaveCountAsync(3);
        await Assertions.Expect(visitor.Page.Locator(".file-problem")).ToContainTextAsync("virus.exe");
        foreach (var dark in new[] { true, false })
        {
            await visitor.DarkAsync(dark);
            Assert.Empty(await visitor.AxeAsync());
            await visitor.PictureAsync("request-files");
        }

        await Files(visitor).Filter(new LocatorFilterOptions { HasText = "dos.pdf" }).GetByRole(AriaRole.Button).PressAsync("Enter");
        await Assertions.Expect(Files(visitor)).ToHaveCountAsync(2);
        await Assertions.Expect(visitor.Page.Locator(".file-list button:focus")).ToHaveCountAsync(1);
        await Send(visitor).ClickAsync();

        await visitor.Page.WaitForURLAsync("**/solicitudes/recibida/**");
        Assert.Single(await CasesAsync(mark));
        Assert.Equal(["tres.png", "uno.pdf"], await NamesAsync(mark));
        // One step back is the form, not the form being sent again.
        await visitor.Page.GoBackAsync();
        await Assertions.Expect(visitor.Page.Locator("#campo-asunto")).ToBeVisibleAsync();
        Assert.Single(await CasesAsync(mark));
    }

    [Fact]
    public async Task More_files_than_fit_and_files_too_large_are_said_before_sending()
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.OpenAsync(Form);

        await visitor.Page.Locator("#campo-archivos").EvaluateAsync(
            """
            (input) => {
              const files = new DataTransfer();
              files.items.add(new File([new Uint8Array(11 * 1024 * 1024)], "enorme.png"));
              input.files = files.files;
              input.dispatchEvent(new Event("change", { bubbles: true }));
            }
            """);
        await Assertions.Expect(visitor.Page.Locator(".file-problem")).ToContainTextAsync("«enorme.png» pesa más de 10 MB");
        await DropAsync(visitor, "1.pdf", "2.pdf", "3.pdf", "4.pdf", "5.pdf", "6.pdf");

        await Assertions.Expect(Files(visitor)).ToHaveCountAsync(5);
        await Assertions.Expect(visitor.Page.Locator(".file-problem")).ToContainTextAsync("Caben 5 archivos. «6.pdf» no entró");
    }

    [Fact]
    public async Task A_slow_line_shows_progress_and_cancelling_keeps_everything()
    {
        var mark = "Lento " + Guid.NewGuid();
        await using var visitor = await chromium.VisitAsync();
        await FillAsync(visitor, mark);
        await visitor.Page.Locator("#campo-archivos").SetInputFilesAsync(Photo("foto.png", 3_000_000));
        var wire = await visitor.Page.Context.NewCDPSessionAsync(visitor.Page);
        await wire.SendAsync("Network.enable");
        await wire.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object> { ["offline"] = false, ["latency"] = 20, ["downloadThroughput"] = 1_000_000, ["uploadThroughput"] = 200_000 });

        await Send(visitor).ClickAsync();
        var bar = visitor.Page.Locator("[data-upload-bar]");
        await Assertions.Expect(bar.Locator("progress")).ToBeVisibleAsync();
        await Assertions.Expect(bar.Locator("[data-upload-line]")).ToContainTextAsync("Enviando");
        await visitor.PictureAsync("request-uploading");
        await bar.GetByRole(AriaRole.Button).ClickAsync();

        await Assertions.Expect(bar.Locator("[data-upload-line]")).ToContainTextAsync("Se canceló el envío");
        await Assertions.Expect(visitor.Page.Locator("#campo-asunto")).ToHaveValueAsync(mark);
        await Assertions.Expect(Files(visitor)).ToHaveCountAsync(1);
        await wire.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object> { ["offline"] = false, ["latency"] = 0, ["downloadThroughput"] = -1, ["uploadThroughput"] = -1 });
        await Send(visitor).ClickAsync();

        await visitor.Page.WaitForURLAsync("**/solicitudes/recibida/**");
        Assert.Single(await CasesAsync(mark));
        Assert.Equal(["foto.png"], await NamesAsync(mark));
    }

    [Fact]
    public async Task A_broken_line_says_so_and_keeps_everything()
    {
        var mark = "Corte " + Guid.NewGuid();
        await using var visitor = await chromium.VisitAsync();
        await FillAsync(visitor, mark);
        await DropAsync(visitor, "uno.pdf");
        await visitor.Page.RouteAsync("**" + Form, route => route.AbortAsync("connectionreset"));

        await Send(visitor).ClickAsync();

        await Assertions.Expect(visitor.Page.Locator("[data-upload-line]")).ToContainTextAsync("Se interrumpió la conexión");
        await visitor.Page.UnrouteAllAsync();
        await Send(visitor).ClickAsync();
        await visitor.Page.WaitForURLAsync("**/solicitudes/recibida/**");
        Assert.Single(await CasesAsync(mark));
        Assert.Equal(["uno.pdf"], await NamesAsync(mark));
    }

    [Fact]
    public async Task An_error_brings_the_page_with_its_summary_and_it_works_as_before()
    {
        var mark = "Error " + Guid.NewGuid();
        await using var visitor = await chromium.VisitAsync(Screen.Phone);
        await FillAsync(visitor, mark);
        await visitor.Page.FillAsync("#campo-mensaje", "");
        await DropAsync(visitor, "uno.pdf");

        for (var time = 0; time < 2; time++)
        {
            await Send(visitor).ClickAsync();
            await Assertions.Expect(visitor.Page.Locator("[data-error-summary]")).ToBeFocusedAsync();
            await Assertions.Expect(visitor.Page.Locator("#campo-asunto")).ToHaveValueAsync(mark);
            await Assertions.Expect(visitor.Page.Locator(".file-kept").First).ToContainTextAsync("uno.pdf");
            await DropAsync(visitor, "otro.pdf");
            await Assertions.Expect(visitor.Page.Locator(".file-list > li:not(.file-kept)")).ToHaveCountAsync(1);
            await visitor.Page.Locator(".file-list > li:not(.file-kept) button").ClickAsync();
            await DropAsync(visitor, $"mas-{time}.pdf");
        }

        await visitor.Page.FillAsync("#campo-mensaje", "Ahora sí.");
        await Send(visitor).ClickAsync();

        await visitor.Page.WaitForURLAsync("**/solicitudes/recibida/**");
        Assert.Single(await CasesAsync(mark));
        Assert.Equal(["mas-0.pdf", "mas-1.pdf", "uno.pdf"], await NamesAsync(mark));
    }

    [Fact]
    public async Task Sent_twice_by_an_impatient_finger_it_is_one_case()
    {
        var mark = "Doble " + Guid.NewGuid();
        await using var visitor = await chromium.VisitAsync();
        await FillAsync(visitor, mark);
        await DropAsync(visitor, "uno.pdf");

        await Send(visitor).DblClickAsync();

        await visitor.Page.WaitForURLAsync("**/solicitudes/recibida/**");
        Assert.Single(await CasesAsync(mark));
        Assert.Equal(["uno.pdf"], await NamesAsync(mark));
    }

    [Fact]
    public async Task Without_JavaScript_the_plain_field_sends_its_files()
    {
        var mark = "Sin guion " + Guid.NewGuid();
        await using var visitor = await chromium.VisitAsync(Screen.Phone with { Script = false });
        await FillAsync(visitor, mark);
        await visitor.Page.Locator("#campo-archivos").SetInputFilesAsync([Photo("uno.png"), Photo("dos.png")]);

        await Send(visitor).ClickAsync();

        await visitor.Page.WaitForURLAsync("**/solicitudes/recibida/**");
        Assert.Equal(["dos.png", "uno.png"], await NamesAsync(mark));
    }
}
