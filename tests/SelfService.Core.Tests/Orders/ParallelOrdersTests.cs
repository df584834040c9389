using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Catalog;
using SelfService.Core.Orders;
using SelfService.Core.People;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Orders;

/// <summary>
/// A shop in a hurry: many clients order, cancel, send back, count and grant at once. Afterwards stock, ledger and states are those
/// of a plain model that does what succeeded one after the other.
/// </summary>
public sealed class ParallelOrdersTests : OrderTest
{
    private static readonly GrantLimit Limit = new(10, 5_000, 15);

    [Theory]
    [InlineData(1, 250, 20_261)]
    [InlineData(16, 1_000, 20_262)]
    public async Task Whatever_happens_at_once_ends_as_if_it_had_happened_in_a_row(int clients, int operations, int seed)
    {
        var variants = await InAsync(async db => new[]
        {
            await db.AddProductAsync("poco", 33_333, 3), await db.AddProductAsync("algo", 9_999, 40), await db.AddProductAsync("mucho", 1_001, 400), await db.AddProductAsync("sin-contar", 5_000, null),
        });
        var orders = new ConcurrentDictionary<Guid, ModelOrder>();
        var done = new ConcurrentBag<(Guid Order, int Turn, Action<ModelOrder> Step)>();
        var counted = new ConcurrentBag<(Guid Variant, int Delta)>();
        var (refused, turns) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            var random = new Random(seed + client);
            for (var i = client; i < operations; i += clients)
            {
                await DoAsync(random);
            }
        })));

        Assert.True(orders.Count > 20);
        Assert.True(refused > 0, "Nothing was ever refused: the walk is too tame to prove anything.");
        foreach (var steps in done.GroupBy(d => d.Order))
        {
            // One after the other, as they had their turns; what succeeded must be allowed there too.
            foreach (var (_, _, step) in steps.OrderBy(s => s.Turn))
            {
                step(orders[steps.Key]);
            }
        }

        foreach (var (id, model) in orders)
        {
            var order = await OrderAsync(id);
            Adds(order);
            Assert.Equal(
                (model.Status, model.Total, model.Paid, model.Returned, model.Granted),
                (order.Status, order.Total, order.Paid, order.Lines.Sum(l => l.Returned), order.Granted));
        }

        foreach (var variant in variants)
        {
            var taken = orders.Values.Where(o => o.Variant == variant.Id).Sum(o => o.Quantity - o.Cancelled - o.Restocked);
            var expected = variant.InStock - taken + counted.Where(c => c.Variant == variant.Id).Sum(c => c.Delta);
            Assert.Equal(expected, await StockAsync(variant));
            Assert.True(variant.InStock is null || await InAsync(db => db.StockMovements.Where(m => m.VariantId == variant.Id).SumAsync(m => m.Delta)) == expected);
        }

        async Task DoAsync(Random random)
        {
            var variant = variants[random.Next(variants.Length)];
            var quantity = random.Next(1, 4);
            var kind = random.Next(12);
            if (kind < 4 || orders.IsEmpty)
            {
                var placed = await PlaceAsync(Wants((variant, quantity)) with { Contact = new Contact("Ana", $"ana{random.Next(5)}@ensayo.example", null, null) });
                if (placed.Ticket is { } ticket)
                {
                    Assert.True(orders.TryAdd(ticket.Id, new ModelOrder(variant.Id, variant.Price, quantity)));
                }
                else
                {
                    Interlocked.Increment(ref refused);
                }

                return;
            }

            if (kind == 4)
            {
                await CountAsync(variant, random.Next(-3, 4));
                return;
            }

            var id = orders.Keys.ElementAt(random.Next(orders.Count));
            var amount = random.Next(1, 900);
            var restock = random.Next(2) == 0;
            await ChangeAsync(id, kind switch
            {
                5 => (Guest, hand => hand.Order.Cancel("", hand.Actor, hand.Now), model => model.Cancel(model.Quantity - model.Cancelled)),
                6 => (Guest, hand => hand.Order.CancelLine(hand.Order.Lines[0].Id, 1, "", Rules, hand.Actor, hand.Now), model => model.Cancel(1)),
                7 => (Agent, hand => hand.Order.Grant(LedgerKind.Discount, amount, "Cortesía", Limit, Guid.NewGuid(), hand.Actor, hand.Now), model => model.Discount(amount)),
                8 or 9 => (Agent, Deliver, model => model.Deliver()),
                10 => (Guest, hand => hand.Order.RequestReturn(hand.Order.Lines[0].Id, 1, ReturnKind.Return, null, "", Guid.NewGuid(), hand.Now), model => model.Ask()),
                _ => (Agent, hand => hand.Order.ReceiveReturn(hand.Order.Returns.FirstOrDefault(r => r.Status == ReturnStatus.Requested)?.Id ?? Guid.Empty, restock, null, hand.Actor, hand.Now), model => model.TakeBack(restock)),
            });
        }

        async Task CountAsync(Variant variant, int delta)
        {
            await using var db = Database.Open();
            if (await new AdjustStock(db, Clock).RunAsync(Guid.NewGuid(), variant.Id, delta, "Conteo", Agent.PersonId!.Value, NoCancel))
            {
                counted.Add((variant.Id, delta));
            }
            else
            {
                Interlocked.Increment(ref refused);
            }
        }

        async Task ChangeAsync(Guid id, (Actor Actor, Action<OrderInHand> Change, Action<ModelOrder> Model) operation)
        {
            var turn = 0;
            try
            {
                await using var db = Database.Open();
                var outcome = await new ChangeOrder(db, Rules, Desk, Sla(), Shop, Clock).RunAsync(
                    id,
                    operation.Actor,
                    hand =>
                    {
                        // Under the lock of the order: what comes later there has the higher number.
                        turn = Interlocked.Increment(ref turns);
                        operation.Change(hand);
                        return Task.FromResult<IReadOnlyList<OrderStep>>([new OrderStep(TicketEventKind.OrderConfirmed)]);
                    },
                    NoCancel);
                if (outcome.Result == StepResult.Done)
                {
                    done.Add((id, turn, operation.Model));
                    return;
                }
            }
            catch (GrantLimitException)
            {
                // Somebody has granted the rest.
            }

            Interlocked.Increment(ref refused);
        }
    }

    private static void Deliver(OrderInHand hand)
    {
        hand.Order.Confirm(hand.Now);
        hand.Order.Prepare(hand.Now);
        hand.Order.HandOver(hand.Order.Dispatch(null, "", "", "", hand.Now).Id, hand.Now);
        hand.Order.Pay(hand.Order.Balance, "", Guid.NewGuid(), hand.Actor, hand.Now);
    }

    /// <summary>One line, kept with plain numbers and none of the order's code.</summary>
    private sealed class ModelOrder(Guid variant, long price, int quantity)
    {
        private int asked;
        private long discounts;

        public Guid Variant { get; } = variant;

        public int Quantity { get; } = quantity;

        public int Cancelled { get; private set; }

        public int Returned { get; private set; }

        public int Restocked { get; private set; }

        public long Granted { get; private set; }

        public long Paid { get; private set; }

        public OrderStatus Status { get; private set; }

        public long Total => Kept * price - Granted + (Cancelled == Quantity ? 0 : DeliveryPrice);

        private int Kept => Quantity - Cancelled - Returned;

        public void Cancel(int pieces)
        {
            Assert.True(Status == OrderStatus.Placed && pieces > 0 && pieces <= Quantity - Cancelled);
            Granted -= Granted * pieces / Kept;
            Cancelled += pieces;
            Status = Cancelled == Quantity ? OrderStatus.Cancelled : Status;
        }

        public void Discount(long amount)
        {
            discounts += amount;
            Assert.True(Status == OrderStatus.Placed && discounts <= (Quantity - Cancelled) * price / 10);
            Granted += amount;
        }

        public void Deliver()
        {
            Assert.Equal(OrderStatus.Placed, Status);
            Status = OrderStatus.Delivered;
            Paid = Total;
        }

        public void Ask()
        {
            Assert.True(Status == OrderStatus.Delivered && asked < Quantity - Cancelled - Returned);
            asked++;
        }

        public void TakeBack(bool restock)
        {
            Assert.True(asked > 0);
            asked--;
            Granted -= Granted / Kept;
            Returned++;
            Restocked += restock ? 1 : 0;
        }
    }
}
