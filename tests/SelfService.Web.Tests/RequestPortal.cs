using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;
using SelfService.Core.Tests;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests;

/// <summary>A portal with forms made for tests and a clock that can be put forward.</summary>
public sealed class RequestPortal : IAsyncLifetime
{
    private readonly TestFolder content = new();

    public PortalHost Host { get; private set; } = null!;

    public AdvancingClock Clock { get; } = new();

    public async Task InitializeAsync()
    {
        Fill(content);
        Host = await StartAsync(content, Clock);
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        content.Dispose();
    }

    /// <summary>Starts a portal with these forms and its own settings.</summary>
    public static Task<PortalHost> StartAsync(TestFolder content, AdvancingClock clock, Dictionary<string, string?>? settings = null) =>
        PortalHost.StartAsync(content.Root, settings, services => services.AddSingleton<TimeProvider>(clock));

    /// <summary>Writes the forms.</summary>
    public static void Fill(TestFolder folder)
    {
        folder.Write("site.yaml", Site).Write("queues.yaml", Queues);
        folder.Write("articles/uno/no-tengo-internet.md", "---\ntitle: No tengo internet\n---\nReinicie.\n");
        folder.Write("articles/uno/solo-equipo.md", "---\ntitle: Manual interno\naudience: staff\n---\nInterno.\n");
        folder.Write("forms/simple.yaml", "title: Preguntar otra cosa\nposition: 3\ncontact: [email]\nnext: Una persona lo lee.\nfields:\n  - { name: mensaje, type: long_text, label: ¿Qué necesita?, required: true, max_length: 1000 }\n");
        folder.Write("forms/llamada.yaml", "title: Pedir que me llamen\nposition: 2\ncontact: [phone]\nfields:\n  - { name: asunto, type: text, label: ¿Sobre qué?, required: true }\n");
        folder.Write("forms/rota.yaml", "title: Rota\nfields:\n  - { name: a, type: nada, label: A }\n");
        folder.Write("forms/todo.yaml", Everything);
    }

    /// <summary>Asks the database.</summary>
    public async Task<T> InAsync<T>(Func<PortalDbContext, Task<T>> ask)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<PortalDbContext>());
    }

    /// <summary>The ticket of an address, or of its number.</summary>
    public Task<Ticket> TicketAsync(string number) => InAsync(db => db.Tickets.AsNoTracking().Include(t => t.Customer).Include(t => t.Messages).ThenInclude(m => m.Attachments).SingleAsync(t => t.Number == number));

    public Task<int> TicketsAsync(string email) => InAsync(db => db.Tickets.CountAsync(t => t.ContactEmail == email));

    /// <summary>Mails asked for so far.</summary>
    public Task<int> MailsAsync() => InAsync(db => db.Jobs.CountAsync(j => j.Kind == MailRequest.JobKind));

    /// <summary>Opens a form and lets a person's time pass.</summary>
    public async Task<SentForm> OpenAsync(HttpClient browser, string form = "simple")
    {
        var page = await browser.PageAsync($"/solicitudes/{form}");
        Clock.Advance(TimeSpan.FromSeconds(30));
        return SentForm.Of(page);
    }

    /// <summary>An address nobody else in the tests has.</summary>
    public static string NewEmail() => $"ana-{Guid.NewGuid():N}@ensayo.example";

    private const string Site = """
        name: Ensayo
        locale: es-MX
        languages: [es, en]
        time_zone: America/Mexico_City
        currency: MXN
        country: MX
        contact: { phone: "800 555 0100", phone_link: "+528005550100" }
        opening_hours: { monday: 09:00-18:00, tuesday: 09:00-18:00, wednesday: 09:00-18:00, thursday: 09:00-18:00, friday: 09:00-18:00 }
        """;

    private const string Queues = """
        queues:
          ayuda: { name: Ayuda, sla: estandar }
          redes: { name: Redes, sla: urgente }
        policies:
          estandar: { first_response: 8h, hours: opening }
          urgente: { first_response: 1h, hours: always }
        """;

    private const string Everything = """
        title: Reportar una falla
        summary: Con todo lo que cabe.
        icon: wifi
        position: 1
        queue: ayuda
        subject: "Falla: {falla}"
        articles: [no-tengo-internet, solo-equipo, no-existe]
        next: Revisamos su línea & le escribimos.
        fields:
          - name: falla
            type: choice
            label: ¿Qué pasa?
            hint: Elija una.
            required: true
            options:
              - { value: sin_servicio, label: No tengo internet, priority: high, queue: redes }
              - { value: lento, label: Está <lento> }
          - name: luces
            type: choices
            label: ¿Qué luces ve?
            show_when: { field: falla, is: [sin_servicio] }
            options: [{ value: roja, label: Roja }, { value: verde, label: Verde }]
          - name: velocidad
            type: number
            label: Velocidad
            required: true
            min: 0
            max: 1000
            show_when: { field: falla, is: [lento] }
          - { name: modelo, type: choice, label: Modelo, options: [{ value: a1, label: A1 }, { value: a2, label: A2 }, { value: a3, label: A3 }, { value: a4, label: A4 }, { value: a5, label: A5 }, { value: a6, label: A6 }, { value: a7, label: A7 }, { value: a8, label: A8 }] }
          - { name: desde, type: date, label: Desde, min: -90, max: 0 }
          - { name: importe, type: money, label: Importe }
          - { name: otro_telefono, type: phone, label: Otro teléfono }
          - { name: otro_correo, type: email, label: Otro correo }
          - { name: rfc, type: identifier, label: RFC, identifiers: [rfc] }
          - { name: domicilio, type: address, label: Domicilio }
          - { name: mensaje, type: long_text, label: Cuéntenos, required: true }
          - { name: fotos, type: file, label: Fotos, max_files: 3 }
          - { name: acepto, type: consent, label: "Acepto el [aviso](/articulos/no-tengo-internet).", required: true }
        """;
}

/// <summary>A clock that starts on a Wednesday morning, runs, and is put forward by tests.</summary>
public sealed class AdvancingClock : TimeProvider
{
    private TimeSpan offset;

    public AdvancingClock() => offset = new DateTimeOffset(2026, 11, 25, 15, 0, 0, TimeSpan.Zero) - base.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;

    public void Advance(TimeSpan time) => offset += time;
}

/// <summary>A form as a browser sends it: everything hidden in the page, what a person adds, and files.</summary>
public sealed record SentForm(string Address, IReadOnlyList<(string Name, string Value)> Fields, IReadOnlyList<(string Name, string File, byte[] Bytes)> Files)
{
    public static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. new byte[400]];

    /// <summary>The form of a page, with what is checked, chosen and written in it.</summary>
    public static SentForm Of(IHtmlDocument page)
    {
        var form = page.QuerySelector<IHtmlFormElement>("form#solicitud")!;
        var fields = new List<(string, string)>();
        foreach (var control in form.Elements)
        {
            switch (control)
            {
                case IHtmlInputElement { Type: "file" } or IHtmlInputElement { Name: null or "" }:
                    break;
                case IHtmlInputElement { Type: "radio" or "checkbox" } choice:
                    fields.AddRange(choice.IsChecked ? [(choice.Name!, choice.Value)] : []);
                    break;
                case IHtmlInputElement input:
                    fields.Add((input.Name!, input.Value));
                    break;
                case IHtmlTextAreaElement text:
                    fields.Add((text.Name!, text.Value));
                    break;
                case IHtmlSelectElement select:
                    fields.Add((select.Name!, select.Value ?? ""));
                    break;
            }
        }

        return new SentForm(form.GetAttribute("action")!, fields, []);
    }

    public string Value(string name) => Fields.First(f => f.Name == name).Value;

    /// <summary>With these values in the place of whatever the control had.</summary>
    public SentForm With(params (string Name, string Value)[] values) =>
        this with { Fields = [.. Fields.Where(f => values.All(v => v.Name != f.Name)), .. values] };

    public SentForm WithFile(string name, string file, byte[]? bytes = null) => this with { Files = [.. Files, (name, file, bytes ?? Png)] };

    public SentForm Without(string name) => this with { Fields = [.. Fields.Where(f => f.Name != name)] };

    public MultipartFormDataContent Content()
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in Fields)
        {
            content.Add(new StringContent(value, Encoding.UTF8, (MediaTypeHeaderValue?)null!), $"\"{name}\"");
        }

        foreach (var (name, file, bytes) in Files)
        {
            content.Add(new ByteArrayContent(bytes), $"\"{name}\"", $"\"{file}\"");
        }

        return content;
    }

    public Task<HttpResponseMessage> SendAsync(HttpClient browser) => browser.PostAsync(Address, Content());

    /// <summary>Sends it and reads the number of the case from the confirmation.</summary>
    public async Task<string> AcceptedAsync(HttpClient browser)
    {
        using var answer = await SendAsync(browser);
        Assert.Equal(200, (int)answer.StatusCode);
        var match = Regex.Match(answer.RequestMessage!.RequestUri!.AbsolutePath, "^/solicitudes/recibida/(C-.{9})$");
        Assert.True(match.Success, (await answer.PageAsync()).QuerySelector(".error-summary, .request-notice").Words());
        return match.Groups[1].Value;
    }

    /// <summary>Sends it and reads the page that comes back with this status.</summary>
    public async Task<IHtmlDocument> RefusedAsync(HttpClient browser, int status = 400)
    {
        using var answer = await SendAsync(browser);
        Assert.Equal(status, (int)answer.StatusCode);
        return await answer.PageAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class RequestPortalCollection : ICollectionFixture<RequestPortal>
{
    public const string Name = "request portal";
}
