using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Orders;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages;

/// <summary>
/// Everybody walks as far as links lead. Then every private address and every form that somebody met is tried by those it is not
/// for: they get the 404 of a page that does not exist (or are asked to sign in), and nothing changes.
/// </summary>
public sealed partial class RoleCrawlTests : IAsyncLifetime
{
    private const string Other = "bruno@brisal.example";
    private const string Editor = "elena@brisal.example";
    private const string Admin = "julian@brisal.example";

    private readonly Dictionary<string, HttpClient> people = [];
    private readonly Dictionary<string, string[]> cases = [];
    private PortalHost host = null!;

    public async Task InitializeAsync()
    {
        host = await PortalHost.StartAsync();
        await AddPersonAsync(Other);
        people["anonymous"] = host.Browser(followRedirects: false);
        people["guest"] = host.Browser(followRedirects: false);
        foreach (var email in new[] { Steps.Customer, Other, Steps.Agent, Editor, Admin })
        {
            people[email] = await BrowserOfAsync(email);
        }

        cases[Steps.Customer] = [(await OpenAsync(Steps.Customer)).Number, (await OrderAsync(Steps.Customer)).Number, (await OrderAsync(Steps.Customer, OrderStatus.Delivered)).Number, (await BookAsync(Steps.Customer)).Number];
        cases[Other] = [(await OpenAsync(Other)).Number, (await OrderAsync(Other)).Number, (await BookAsync(Other)).Number];
        var (opened, ordered, delivered, booked) = (await OpenAsync(null), await OrderAsync(null), await OrderAsync(null, OrderStatus.Delivered), await BookAsync(null));
        await BlockAsync();
        cases["guest"] = [opened.Number, ordered.Number, delivered.Number, booked.Number];
        foreach (var (number, id) in new[] { (opened.Number, opened.Id), (ordered.Number, ordered.TicketId), (delivered.Number, delivered.TicketId), (booked.Number, booked.TicketId) })
        {
            (await people["guest"].GetAsync($"/casos/{number}?clave={await KeyAsync(id)}")).Dispose();
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var browser in people.Values)
        {
            browser.Dispose();
        }

        await host.DisposeAsync();
    }

    [Fact]
    public async Task Everybody_ReachesWhatIsTheirsAndNothingOfTheOthers()
    {
        var walks = new Dictionary<string, Walk>();
        foreach (var person in people.Keys)
        {
            walks[person] = await WalkAsync(person, "/editor", "/informes", "/informes/experimentos", "/informes/vacios", "/informes/equipo");
        }

        // What is not found on the way cannot be tried: make sure the walks went where they should.
        Assert.All(cases[Steps.Customer], number => Assert.Contains($"/casos/{number}", walks[Steps.Customer].Addresses));
        Assert.All(cases["guest"], number => Assert.Contains($"/casos/{number}", walks["guest"].Addresses));
        Assert.All(["/cancelar", "/devolver", "/comprobante", "/mover", "/cita/cancelar", "/cita.ics"], page => Assert.Contains(walks["guest"].Addresses, a => a.Contains(page, StringComparison.Ordinal)));
        Assert.Contains(walks[Steps.Agent].Addresses, a => a.Contains("/pedido/", StringComparison.Ordinal));
        Assert.Contains(walks[Steps.Agent].Addresses, a => a.Contains("/cita/mover", StringComparison.Ordinal));
        Assert.Contains(walks[Steps.Agent].Addresses, a => a.StartsWith("/agente/", StringComparison.Ordinal));
        Assert.All(["/agente/agenda", "/agente/agenda/bloquear", "/agente/agenda/calendarios", "/agente/agenda/capacidad"], page => Assert.Contains(page, walks[Steps.Agent].Addresses));
        Assert.Contains(walks[Steps.Agent].Addresses, a => a.StartsWith("/agente/agenda/bloqueos/", StringComparison.Ordinal) && a.EndsWith("/quitar", StringComparison.Ordinal));
        Assert.Contains(walks[Admin].Addresses, a => a.StartsWith("/admin/personas", StringComparison.Ordinal));
        Assert.Contains(walks[Editor].Addresses, a => a.StartsWith("/editor/", StringComparison.Ordinal));
        Assert.Contains("/informes/experimentos", walks[Steps.Agent].Addresses);
        Assert.True(walks.Values.Sum(w => w.Forms.Count) > 30, "few forms were met");

        var found = new List<string>();
        var before = await FingerprintAsync();
        foreach (var (owner, walk) in walks)
        {
            foreach (var (other, browser) in people.Where(p => p.Key != owner))
            {
                foreach (var address in walk.Addresses.Where(a => IsPrivate(a) && !MaySee(other, a)))
                {
                    using var answer = await browser.GetAsync(address);
                    Note(found, answer, $"{other} gets {address} of {owner}");
                }

                var token = await TokenAsync(browser);
                foreach (var form in walk.Forms.Where(f => IsPrivate(f.Address) && !MaySee(other, f.Address)))
                {
                    using var answer = await browser.SendFormAsync(form.Address, form.With(token));
                    Note(found, answer, $"{other} posts {form.Address} of {owner}");
                }
            }
        }

        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
        Assert.Equal(before, await FingerprintAsync());
    }

    [Fact]
    public async Task Everybody_WhoSendsAFormBrokenEmptyOrWithoutFields_IsTold()
    {
        var (found, sent) = (new List<string>(), 0);
        foreach (var person in people.Keys)
        {
            var walk = await WalkAsync(person, "/editor", "/informes", "/solicitudes/llamada", "/catalogo/ROU-N6", "/citas/videoasesoria", "/carrito", "/articulos/luces-del-nodo-6");
            foreach (var form in walk.Forms.Where(f => !EndsTheSession(f.Address)).DistinctBy(f => Identifier().Replace(f.Address, "*")))
            {
                foreach (var broken in new[] { form.Broken("x'<ñ\U0001F4A5\u200B"), form.Broken(""), form.Broken("99999999999999999999"), form with { Fields = [] } })
                {
                    var token = form.Fields.FirstOrDefault(f => f.Name == "__RequestVerificationToken").Value ?? "";
                    using var answer = await people[person].SendFormAsync(form.Address, broken.With(token));
                    sent++;
                    if ((int)answer.StatusCode >= 500)
                    {
                        found.Add($"{person} sends {form.Address}: {(int)answer.StatusCode}");
                    }
                }
            }
        }

        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found.Distinct()));
        Assert.True(sent > 600, $"only {sent} forms were sent");
        // Nobody was sent away meanwhile, or nothing would have been tried.
        Assert.Equal(HttpStatusCode.OK, (await people[Admin].GetAsync("/admin/trabajos")).StatusCode);
    }

    private static bool EndsTheSession(string address) => address.StartsWith("/cuenta/salir", StringComparison.Ordinal) || address.Contains("/sesiones", StringComparison.Ordinal) || address.Contains("/personas/", StringComparison.Ordinal);

    private static void Note(List<string> found, HttpResponseMessage answer, string what)
    {
        var toSignIn = answer.StatusCode == HttpStatusCode.Found && answer.Headers.Location!.ToString().Contains("/cuenta/entrar", StringComparison.Ordinal);
        if (answer.StatusCode != HttpStatusCode.NotFound && !toSignIn)
        {
            found.Add($"{what}: {(int)answer.StatusCode}");
        }
    }

    private static bool IsPrivate(string address) =>
        StaffAddress().IsMatch(address) || CaseNumber().IsMatch(address);

    private bool MaySee(string person, string address)
    {
        if (address.StartsWith("/admin/estilo", StringComparison.Ordinal) || address.StartsWith("/informes", StringComparison.Ordinal))
        {
            return person is Steps.Agent or Editor or Admin;
        }

        if (address.StartsWith("/editor", StringComparison.Ordinal))
        {
            return person is Editor or Admin;
        }

        if (address.StartsWith("/admin", StringComparison.Ordinal))
        {
            return person is Admin;
        }

        return person is Steps.Agent or Admin
            || (!address.StartsWith("/agente", StringComparison.Ordinal) && cases.TryGetValue(person, out var own) && own.Any(number => address.Contains(number, StringComparison.Ordinal)));
    }

    private async Task<Walk> WalkAsync(string person, params string[] besides)
    {
        var walk = new Walk([], []);
        var left = new Queue<string>(["/", "/casos", "/cuenta", "/agente", "/admin/personas", "/admin/trabajos", "/admin/registro", "/admin/estilo", .. besides]);
        var seen = left.ToHashSet();
        while (left.TryDequeue(out var address))
        {
            using var answer = await people[person].GetAsync(address);
            Assert.True((int)answer.StatusCode < 500, $"{person} gets {(int)answer.StatusCode} from {address}");
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                continue;
            }

            walk.Addresses.Add(address);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
            {
                continue;
            }

            var page = await answer.PageAsync();
            walk.Forms.AddRange(page.QuerySelectorAll("form[method=post]").OfType<IHtmlFormElement>().Select(f => Form.Of(f, address)));
            foreach (var link in page.QuerySelectorAll("a[href^='/']").Select(a => a.GetAttribute("href")!.Split('#')[0]).Where(l => !IsSameForAll(l)))
            {
                if (seen.Add(link))
                {
                    left.Enqueue(link);
                }
            }
        }

        return walk;
    }

    // Articles, goods and the thousand addresses of search and filters lead nowhere private.
    private static bool IsSameForAll(string link) => Regex.IsMatch(link, "^/(articulos|temas|buscar|catalogo|citas|media|cuenta/salir|feed|img|css)") || link.Count(c => c == '&') > 1;

    private static async Task<string> TokenAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync("/solicitudes/llamada");
        return (await answer.PageAsync()).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
    }

    private async Task<HttpClient> BrowserOfAsync(string email)
    {
        var browser = host.Browser(followRedirects: false);
        await browser.SignInAsync(email);
        return browser;
    }

    private async Task AddPersonAsync(string email)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        var person = new Person { Id = Guid.CreateVersion7(), UserName = email, Email = email, EmailConfirmed = true, Name = "Bruno Díaz", CreatedAt = DateTime.UtcNow };
        Assert.True((await users.CreateAsync(person, Steps.Password)).Succeeded);
        Assert.True((await users.AddToRoleAsync(person, Roles.Customer)).Succeeded);
    }

    private async Task<OpenedTicket> OpenAsync(string? email)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var personId = email is null ? (Guid?)null : await db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync();
        return await scope.ServiceProvider.GetRequiredService<OpenTicket>().RunAsync(
            new TicketRequest
            {
                SubmissionKey = Guid.NewGuid(),
                Queue = "atencion",
                Sla = "estandar",
                Subject = "Secreto de " + (email ?? "quien no tiene cuenta"),
                Message = "Texto reservado",
                Contact = new Core.People.Contact("Alguien", email ?? "sin-cuenta@ejemplo.example", null, null),
                PersonId = personId,
                Actor = Actor.Customer(personId),
            },
            CancellationToken.None);
    }

    private async Task<Order> OrderAsync(string? email, OrderStatus status = OrderStatus.Placed)
    {
        var personId = email is null ? (Guid?)null : await host.StoreAsync(db => db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync());
        return await host.WalkAsync(await host.PlaceAsync(email: email, personId: personId), status);
    }

    private async Task<Appointment> BookAsync(string? email)
    {
        var personId = email is null ? (Guid?)null : await host.StoreAsync(db => db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync());
        return await host.BookFirstAsync("videoasesoria", email, personId);
    }

    private async Task BlockAsync()
    {
        await using var scope = host.Services.CreateAsyncScope();
        var person = scope.ServiceProvider.GetRequiredService<Agenda>().Resources[0];
        var day = LocalDate.FromDateTime(DateTime.UtcNow).PlusDays(7);
        var request = new BlockRequest(Guid.NewGuid(), BlockKind.Absence, person.Key, DateTimeZone.Utc, day.AtMidnight(), day.PlusDays(1).AtMidnight(), "Reservado", Guid.NewGuid());
        Assert.Null((await scope.ServiceProvider.GetRequiredService<BlockTime>().RunAsync(request, CancellationToken.None)).Obstacle);
    }

    private async Task<string> KeyAsync(Guid ticketId)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var (key, secret) = TicketKey.Issue(ticketId, DateTime.UtcNow);
        db.TicketKeys.Add(key);
        await db.SaveChangesAsync();
        return secret;
    }

    // Everything that a form could have changed.
    private async Task<string> FingerprintAsync()
    {
        // A mail that is still to leave issues the key of its link.
        await host.Mailbox.AllAsync("nadie@ejemplo.example");
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var tickets = await db.Tickets.OrderBy(t => t.Number).Select(t => $"{t.Number} {t.Version} {t.Status} {t.Queue} {t.OwnerId}").ToListAsync();
        var persons = await db.Users.OrderBy(u => u.Email).Select(u => $"{u.Email} {u.SecurityStamp} {u.Name} {u.PasswordHash}").ToListAsync();
        var roles = await db.UserRoles.OrderBy(r => r.UserId).ThenBy(r => r.RoleId).Select(r => $"{r.UserId} {r.RoleId}").ToListAsync();
        var keys = await db.TicketKeys.OrderBy(k => k.Id).Select(k => $"{k.Id} {k.RevokedAt}").ToListAsync();
        var orders = await db.Orders.OrderBy(o => o.Number).Select(o => $"{o.Number} {o.Version} {o.Status} {o.Total}").ToListAsync();
        var appointments = await db.Appointments.OrderBy(a => a.Number).Select(a => $"{a.Number} {a.Version} {a.Status} {a.StartsAt}").ToListAsync();
        var stock = await db.Variants.OrderBy(v => v.Sku).Select(v => $"{v.Sku} {v.InStock}").ToListAsync();
        var blocks = await db.Blocks.OrderBy(b => b.Id).Select(b => $"{b.Id} {b.RemovedAt}").ToListAsync();
        var calendars = await db.CalendarKeys.OrderBy(k => k.Id).Select(k => $"{k.Id} {k.RevokedAt}").ToListAsync();
        return string.Join('\n', [.. tickets, .. orders, .. appointments, .. stock, .. blocks, .. calendars, .. persons, .. roles, .. keys, $"{await db.Messages.CountAsync()} messages, {await db.TicketEvents.CountAsync()} events, {await db.Attachments.CountAsync()} files, {await db.Customers.CountAsync()} customers"]);
    }

    private sealed record Walk(List<string> Addresses, List<Form> Forms);

    /// <summary>A form as it stood on a page of somebody.</summary>
    private sealed record Form(string Address, IReadOnlyList<(string Name, string Value)> Fields)
    {
        public static Form Of(IHtmlFormElement form, string page)
        {
            var action = form.GetAttribute("action") is { Length: > 0 } given ? given : page;
            var fields = form.QuerySelectorAll("[name]").Select(e => (e.GetAttribute("name")!, e switch
            {
                IHtmlSelectElement select => select.Value ?? "",
                IHtmlTextAreaElement => "Escrito por otra persona",
                _ => e.GetAttribute("value") is { Length: > 0 } value ? value : "1",
            }));
            return new Form(action.Split('#')[0], [.. fields]);
        }

        public Form Broken(string value) => this with { Fields = [.. Fields.Select(f => (f.Name, f.Name == "__RequestVerificationToken" ? f.Value : value))] };

        public IEnumerable<(string Name, string Value)> With(string token) =>
            [.. Fields.Where(f => f.Name != "__RequestVerificationToken"), ("__RequestVerificationToken", token)];
    }

    [GeneratedRegex("^/(agente|admin|editor|informes)(/|$|\\?)")]
    private static partial Regex StaffAddress();

    [GeneratedRegex("^/(casos|solicitudes/recibida|pedido/recibido)/C-")]
    private static partial Regex CaseNumber();

    [GeneratedRegex("(?<=/)[^/?]*[0-9][^/?]*|(?<==)[0-9a-f-]{8,}")]
    private static partial Regex Identifier();
}
