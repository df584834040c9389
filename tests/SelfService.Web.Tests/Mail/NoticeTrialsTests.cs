using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SelfService.Core.Deflection;
using SelfService.Core.Journeys;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Tests;

namespace SelfService.Web.Tests.Mail;

/// <summary>A notice that a share of the customers does without.</summary>
public sealed class NoticeTrialsTests : IAsyncLifetime
{
    private static readonly LocalDate Today = SystemClock.Instance.GetCurrentInstant().InUtc().Date;
    private static readonly Experiment Confirmed = new("sin-confirmado", ExperimentKind.Notice, "order-confirmed", 0.5, Today.PlusDays(-3), Today.PlusDays(3), 100);

    private readonly TestFolder content = new();
    private PortalHost host = null!;

    public async Task InitializeAsync()
    {
        OrderPortal.Fill(content, TestOrders.Rules);
        host = await PortalHost.StartAsync(content.Root, services: services => services.AddSingleton(new Experiments([Confirmed], 0)));
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        content.Dispose();
    }

    [Fact]
    public async Task Moved_OfAnExperiment_IsSentToOneSideOnlyAndWhatSheNeedsToBoth()
    {
        var sides = new Dictionary<bool, (string Address, Order Order)>();
        while (sides.Count < 2)
        {
            var address = TestOrders.NewEmail();
            var order = await host.PlaceAsync(email: address);
            sides.TryAdd(Confirmed.IsHeld(await CustomerOfAsync(order)), (address, order));
        }

        foreach (var (isHeld, (address, order)) in sides)
        {
            sides[isHeld] = (address, await host.WalkAsync(order, OrderStatus.Confirmed));
        }

        Assert.Equal(2, (await host.Mailbox.AllAsync(sides[false].Address)).Count);
        Assert.Single(await host.Mailbox.AllAsync(sides[true].Address));
        await host.WalkAsync(sides[true].Order, OrderStatus.Shipped);
        Assert.Contains(await host.Mailbox.AllAsync(sides[true].Address), mail => mail.Text.Contains("Enviamos", StringComparison.Ordinal));

        await host.Services.GetRequiredService<StepLog>().FlushAsync(CancellationToken.None);
        var (held, shown) = (await CustomerOfAsync(sides[true].Order), await CustomerOfAsync(sides[false].Order));
        var exposures = await InAsync(db => db.VisitSteps.AsNoTracking().Where(s => s.Experiment == Confirmed.Key).ToListAsync());
        Assert.Contains(exposures, s => s.VisitorId == held && s.Kind == VisitStepKind.Withheld);
        Assert.Contains(exposures, s => s.VisitorId == shown && s.Kind == VisitStepKind.Offered);
        Assert.True(await InAsync(db => db.VisitorLinks.AnyAsync(l => l.VisitorId == held && l.CustomerId == held)));
    }

    private Task<Guid> CustomerOfAsync(Order order) => InAsync(db => db.Tickets.Where(t => t.Id == order.TicketId).Select(t => t.CustomerId).SingleAsync());

    private async Task<T> InAsync<T>(Func<PortalDbContext, Task<T>> ask)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<PortalDbContext>());
    }
}
