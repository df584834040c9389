using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Persistence;
using SelfService.Core.Tests;
using SelfService.Core.Tickets;
using SelfService.Web.Tests.Pages.Cases;
using SelfService.Web.Tests.Pages.Orders;

namespace SelfService.Web.Tests.Filters;

/// <summary>A disk that is full: no form says that it was taken, each comes back with what was typed, and is taken when there is room.</summary>
public sealed class KeptInputTests : IAsyncLifetime
{
    private const string Typed = "Se corta cada tarde & vuelve sola.";

    private readonly TestFolder content = new();
    private readonly AdvancingClock clock = new();
    private readonly FullDisk disk = new();
    private PortalHost host = null!;

    public async Task InitializeAsync()
    {
        BookingPortal.Fill(content);
        OrderPortal.Fill(content);
        host = await PortalHost.StartAsync(content.Root, services: services =>
        {
            services.AddSingleton<TimeProvider>(clock);
            services.ConfigureDbContext<SqlitePortalDbContext>(options => options.AddInterceptors(disk));
            services.ConfigureDbContext<PostgresPortalDbContext>(options => options.AddInterceptors(disk));
        });
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        content.Dispose();
    }

    [Fact]
    public async Task Post_Request_ComesBackAndIsTakenOnceAfterwards()
    {
        using var browser = host.Browser();
        var page = await browser.PageAsync("/solicitudes/simple");
        clock.Advance(TimeSpan.FromSeconds(30));

        await ComesBackAsync(browser, SentForm.Of(page).With(("contact-name", "Ana Pérez"), ("contact-email", RequestPortal.NewEmail()), ("mensaje", Typed)), "No pudimos guardar su solicitud", Typed);
    }

    [Fact]
    public async Task Post_Order_ComesBackAndIsPlacedOnceAfterwards()
    {
        using var browser = host.Browser();
        var sent = OrderPortal.Filled(await Portals.OpenAsync(host, clock, browser, await Portals.SellAsync(host)), RequestPortal.NewEmail());

        await ComesBackAsync(browser, sent, "No pudimos guardar su pedido", "Juárez");
    }

    [Fact]
    public async Task Post_Booking_ComesBackAndIsBookedOnceAfterwards()
    {
        using var browser = host.Browser();
        var hour = (await BookingPortal.HoursAsync(browser, "/citas/visita?lugar=centro"))[0];
        var page = await browser.PageAsync(hour);
        clock.Advance(TimeSpan.FromSeconds(30));

        await ComesBackAsync(browser, BookingPortal.Filled(SentForm.Of(page), RequestPortal.NewEmail()), "No pudimos guardar su solicitud", "Juárez");
    }

    [Fact]
    public async Task Post_Reply_ComesBackAndIsInTheThreadOnceAfterwards()
    {
        var ticket = await host.OpenCaseAsync();
        using var browser = await host.GuestOfAsync(ticket);
        var address = "/casos/" + ticket.Number;
        var form = await browser.ReplyFormAsync(address);

        disk.IsFull = true;
        using var refused = await browser.SendReplyAsync(address, [.. form, ("Body", Typed)]);
        var page = await refused.PageAsync();
        disk.IsFull = false;
        using var taken = await browser.SendReplyAsync(address, [.. form, ("Body", Typed)]);

        Assert.Equal((503, 200), ((int)refused.StatusCode, (int)taken.StatusCode));
        Assert.Equal(Typed, page.QuerySelector("textarea[name=Body]")!.TextContent);
        Assert.Contains("No pudimos guardarlo", page.QuerySelector(".error-summary").Words(), StringComparison.Ordinal);
        Assert.Single((await host.CaseAsync(ticket.Id)).Messages, m => m.Body == Typed);
    }

    private async Task ComesBackAsync(HttpClient browser, SentForm sent, string title, string typed)
    {
        var before = await host.AskAsync(db => db.Tickets.CountAsync());
        disk.IsFull = true;
        using var refused = await sent.SendAsync(browser);
        var page = await refused.PageAsync();
        disk.IsFull = false;
        var none = await host.AskAsync(db => db.Tickets.CountAsync());
        // The form that came back, as it is.
        using var taken = await SentForm.Of(page).SendAsync(browser);

        Assert.Equal(503, (int)refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains(title, page.QuerySelector(".request-notice").Words(), StringComparison.Ordinal);
        Assert.Contains(SentForm.Of(page).Fields, f => f.Value == typed);
        Assert.Equal(200, (int)taken.StatusCode);
        Assert.Equal((before, before + 1), (none, await host.AskAsync(db => db.Tickets.CountAsync())));
    }

    private sealed class FullDisk : SaveChangesInterceptor
    {
        private const int Full = 13;

        public volatile bool IsFull;

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            IsFull && eventData.Context!.ChangeTracker.Entries().Any(e => e.Entity is Ticket or Message && e.State == EntityState.Added)
                ? throw new DbUpdateException("not saved", new SqliteException("database or disk is full", Full))
                : ValueTask.FromResult(result);
    }
}
