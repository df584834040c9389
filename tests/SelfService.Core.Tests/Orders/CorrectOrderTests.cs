using SelfService.Core.Catalog;
using SelfService.Core.Orders;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Orders;

public sealed class CorrectOrderTests : OrderDeskTest
{
    private static readonly IReadOnlyList<AddressLine> Elsewhere = [new("street", "Calle Dos"), new("city", "Puebla")];

    [Fact]
    public async Task An_address_is_corrected_until_it_has_left_and_the_history_does_not_repeat_it()
    {
        var id = await PlaceAsync([(await ProductAsync(), 1)]);

        Assert.Equal(StepResult.Done, (await AddressAsync(id)).Result);
        Assert.Equal(StepResult.DoneBefore, (await AddressAsync(id)).Result);
        Assert.Equal(Elsewhere, (await OrderAsync(id)).Address);
        Assert.Equal((TicketEventKind.OrderAddressCorrected, ""), (await StepsAsync(id)).Single());

        var step = new StaffStep(id, Agent, Seen: null);
        await MoveAsync(m => m.ConfirmAsync(step, true, NoCancel));
        await MoveAsync(m => m.PrepareAsync(step, NoCancel));
        await MoveAsync(m => m.DispatchAsync(step, new Shipment(Guid.NewGuid(), null), NoCancel));
        Assert.Equal(StepResult.NotPossible, (await CorrectAsync(c => c.AddressAsync(step, [new("street", "Tarde")], NoCancel))).Result);
    }

    [Fact]
    public async Task What_is_fetched_has_no_address_to_correct()
    {
        var id = await PlaceAsync([(await ProductAsync(), 1)], receiving: Receiving.Collection);

        Assert.Equal(StepResult.NotPossible, (await AddressAsync(id)).Result);
    }

    [Fact]
    public async Task A_line_is_added_once_at_todays_price_and_takes_its_pieces()
    {
        var (filter, hose) = (await ProductAsync(), await ProductAsync("manguera", price: 5_000, stock: 3));
        var id = await PlaceAsync([(filter, 1)]);
        var key = Guid.NewGuid();

        Assert.Equal(StepResult.Done, (await AddAsync(id, hose, 2, key)).Result);
        Assert.Equal(StepResult.DoneBefore, (await AddAsync(id, hose, 2, key)).Result);

        var order = await OrderAsync(id);
        Assert.Equal((2, 10_000 + 10_000 + 9_900), (order.Lines.Count, order.Total));
        Assert.Equal(1, await StockAsync(hose));
        Assert.Equal((TicketEventKind.OrderLineAdded, "2 × Manguera"), (await StepsAsync(id)).Single());
    }

    [Fact]
    public async Task More_than_there_is_adds_nothing_at_all()
    {
        var (filter, hose) = (await ProductAsync(), await ProductAsync("manguera", stock: 1));
        var id = await PlaceAsync([(filter, 1)]);

        var refused = await Assert.ThrowsAsync<OutOfStockException>(() => AddAsync(id, hose, 2));

        Assert.Equal(hose.Id, refused.VariantId);
        Assert.Single((await OrderAsync(id)).Lines);
        Assert.Equal(1, await StockAsync(hose));
        Assert.Empty(await StepsAsync(id));
    }

    [Fact]
    public async Task Of_the_last_piece_one_of_eight_agents_gets_it()
    {
        var (filter, hose) = (await ProductAsync(stock: 20), await ProductAsync("manguera", stock: 1));
        var ids = new List<Guid>();
        for (var i = 0; i < 8; i++)
        {
            ids.Add(await PlaceAsync([(filter, 1)]));
        }

        var done = await Task.WhenAll(ids.Select(id => Task.Run(async () =>
        {
            try
            {
                return (await AddAsync(id, hose, 1)).Result == StepResult.Done;
            }
            catch (OutOfStockException)
            {
                return false;
            }
        })));

        Assert.Equal(1, done.Count(d => d));
        Assert.Equal(0, await StockAsync(hose));
    }

    [Fact]
    public async Task Nothing_is_carried_to_where_somebody_only_comes_to_work()
    {
        var (work, more, filter) = (await ProductAsync("instalacion", stock: null, kind: ProductKind.Service), await ProductAsync("revision", stock: null, kind: ProductKind.Service), await ProductAsync());
        var id = await PlaceAsync([(work, 1)], receiving: Receiving.AtHome);

        Assert.Equal(StepResult.NotPossible, (await AddAsync(id, filter, 1)).Result);
        Assert.Equal(StepResult.Done, (await AddAsync(id, more, 1)).Result);
    }

    [Fact]
    public async Task What_goes_with_it_is_offered_first_and_what_is_sold_out_or_ordered_already_not_at_all()
    {
        var (filter, hose, alike) = (await ProductAsync(), await ProductAsync("manguera"), await ProductAsync("cartucho"));
        await ProductAsync("agotado", stock: 0);
        await InAsync(async db =>
        {
            var product = db.Products.Single(p => p.Slug == "filtro");
            (product.GoesWith, product.Related) = (["agotado", "manguera", "filtro"], ["cartucho"]);
            return await db.SaveChangesAsync(NoCancel);
        });
        var order = await OrderAsync(await PlaceAsync([(filter, 1)]));

        var offered = await InAsync(db => db.RelatedAsync(order, 5, NoCancel));

        Assert.Equal([(hose.Sku, true), (alike.Sku, false)], offered.Select(o => (o.Variant.Sku, o.GoesWith)));
    }

    private Task<StepOutcome> AddressAsync(Guid id) => CorrectAsync(async c => await c.AddressAsync(await StepAsync(id), Elsewhere, NoCancel));

    private Task<StepOutcome> AddAsync(Guid id, Variant variant, int quantity, Guid? key = null) =>
        CorrectAsync(async c => await c.AddLineAsync(await StepAsync(id), key ?? Guid.NewGuid(), variant.Id, quantity, NoCancel));
}
