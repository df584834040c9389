using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Catalog;
using SelfService.Core.Company;
using SelfService.Core.Orders;
using SelfService.Core.Requests.Identifiers;
using SelfService.Core.Sla;
using SelfService.Core.Tests.Tickets;

namespace SelfService.Core.Tests.Orders;

public sealed class CartsTests : TicketTest
{
    private static readonly CartHolder Nobody = new(null, null);

    [Fact]
    public async Task A_first_piece_makes_a_cart_and_more_of_the_same_add_up()
    {
        var variant = await SellAsync("a", 10_000);

        var first = await AddAsync(Nobody, "A", 2);
        Clock.Now += TimeSpan.FromMinutes(1);
        var second = await AddAsync(Of(first), "A", 3);

        Assert.Equal((CartAdded.Added, CartAdded.Added, first.CartId), (first.Outcome, second.Outcome, second.CartId));
        var line = Assert.Single((await FindAsync(Of(first)))!.Lines);
        Assert.Equal((variant.Id, 5, 10_000), (line.VariantId, line.Quantity, line.SeenPrice));
    }

    [Fact]
    public async Task A_second_press_of_the_same_button_counts_once()
    {
        await SellAsync("a");
        var cart = Of(await AddAsync(Nobody, "A", 1));

        Clock.Now += TimeSpan.FromSeconds(1);
        await AddAsync(cart, "A", 1);
        Clock.Now += TimeSpan.FromSeconds(3);
        await AddAsync(cart, "A", 1);

        Assert.Equal(2, await InAsync(db => new Carts(db, Clock).CountAsync(cart, NoCancel)));
    }

    [Theory]
    [InlineData("", CartAdded.Unknown)]
    [InlineData("B", CartAdded.Unknown)]
    [InlineData(null, CartAdded.Unknown)]
    [InlineData("A", CartAdded.Added)]
    public async Task Only_what_is_on_sale_is_put_in(string? sku, CartAdded outcome)
    {
        await SellAsync("a");

        Assert.Equal(outcome, (await AddAsync(Nobody, sku, 1)).Outcome);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-7, 1)]
    [InlineData(99, 99)]
    [InlineData(int.MaxValue, 99)]
    public async Task Pieces_stay_between_one_and_the_most_of_a_line(int asked, int kept)
    {
        await SellAsync("a", stock: null);

        Assert.Equal(kept, Assert.Single((await FindAsync(Of(await AddAsync(Nobody, "A", asked))))!.Lines).Quantity);
    }

    [Fact]
    public async Task A_cart_takes_as_many_lines_as_an_order()
    {
        for (var number = 0; number <= Order.MaxLines; number++)
        {
            await SellAsync($"a{number}");
        }

        var cart = Of(await AddAsync(Nobody, "A0", 1));
        for (var number = 1; number < Order.MaxLines; number++)
        {
            await AddAsync(cart, $"A{number}", 1);
        }

        Assert.Equal(CartAdded.Full, (await AddAsync(cart, $"A{Order.MaxLines}", 1)).Outcome);
        Assert.Equal(Order.MaxLines, (await FindAsync(cart))!.Lines.Count);
        Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(CartAdded.Added, (await AddAsync(cart, "A0", 1)).Outcome);
    }

    [Fact]
    public async Task A_cart_that_is_made_up_opens_nothing_and_makes_a_new_one()
    {
        await SellAsync("a");
        var madeUp = Guid.NewGuid();

        var added = await AddAsync(new CartHolder(null, madeUp), "A", 1);

        Assert.NotEqual(madeUp, added.CartId);
        Assert.Null(await FindAsync(new CartHolder(null, madeUp)));
    }

    [Fact]
    public async Task Two_at_once_lose_nothing()
    {
        await SellAsync("a");
        await SellAsync("b");
        await SellAsync("c");
        var person = await PersonAsync("ana@ensayo.example");

        // The first cart of an account, made by all of them at once.
        await Task.WhenAll(new[] { "A", "B", "C" }.Select(sku => AddAsync(new CartHolder(person, null), sku, 1)));

        Assert.Equal(3, (await FindAsync(new CartHolder(person, null)))!.Lines.Count);
    }

    [Fact]
    public async Task What_changed_is_told_once_and_seen_from_then_on()
    {
        var (dearer, fewer) = (await SellAsync("a", 10_000), await SellAsync("b", stock: 9));
        var cart = Of(await AddAsync(Nobody, "A", 1));
        await AddAsync(cart, "B", 9);
        await InAsync(db => db.Variants.Where(v => v.Id == dearer.Id).ExecuteUpdateAsync(set => set.SetProperty(v => v.Price, 12_000)));
        await InAsync(db => db.Variants.Where(v => v.Id == fewer.Id).ExecuteUpdateAsync(set => set.SetProperty(v => v.InStock, 2)));

        var first = (await LookAsync(cart))!;
        var second = (await LookAsync(cart))!;

        Assert.Equal((true, false, 10_000, 12_000), (first.Lines[0].IsPriceChanged, first.Lines[0].IsShort, first.Lines[0].SeenPrice, first.Lines[0].UnitPrice));
        Assert.Equal((true, 9, 2), (first.Lines[1].IsShort, first.Lines[1].Before, first.Lines[1].Quantity));
        Assert.DoesNotContain(second.Lines, l => l.IsNews);
        Assert.Equal(2, second.Lines[1].Before);
    }

    [Fact]
    public async Task What_is_sold_out_keeps_its_pieces_until_there_are_some_again()
    {
        var variant = await SellAsync("a", stock: 5);
        var cart = Of(await AddAsync(Nobody, "A", 4));
        await InAsync(db => db.Variants.Where(v => v.Id == variant.Id).ExecuteUpdateAsync(set => set.SetProperty(v => v.InStock, 0)));
        Assert.Empty((await LookAsync(cart))!.Buyable);

        await InAsync(db => db.Variants.Where(v => v.Id == variant.Id).ExecuteUpdateAsync(set => set.SetProperty(v => v.InStock, 5)));

        Assert.Equal(4, Assert.Single((await LookAsync(cart))!.Buyable).Quantity);
    }

    [Fact]
    public async Task Signing_in_keeps_the_larger_number_of_pieces_and_every_line()
    {
        foreach (var slug in new[] { "a", "b", "c" })
        {
            await SellAsync(slug, stock: null);
        }

        var person = new CartHolder(await PersonAsync("ana@ensayo.example"), null);
        await AddAsync(person, "A", 5);
        await AddAsync(person, "B", 1);
        var guest = Of(await AddAsync(Nobody, "A", 2));
        await AddAsync(guest, "C", 7);

        await InAsync(async db => { await new Carts(db, Clock).MergeAsync(guest.CartId!.Value, person.PersonId!.Value, NoCancel); return true; });
        await InAsync(async db => { await new Carts(db, Clock).MergeAsync(guest.CartId!.Value, person.PersonId!.Value, NoCancel); return true; });

        Assert.Equal(["A 5", "B 1", "C 7"], (await FindAsync(person))!.Lines.Select(l => $"{l.Variant.Sku} {l.Quantity}").Order());
        Assert.Null(await FindAsync(guest));
    }

    [Fact]
    public async Task A_browser_that_knows_the_cart_of_an_account_does_not_open_it()
    {
        await SellAsync("a");
        var added = await AddAsync(new CartHolder(await PersonAsync("ana@ensayo.example"), null), "A", 1);

        Assert.Null(await FindAsync(new CartHolder(null, added.CartId)));
    }

    [Fact]
    public async Task Carts_nobody_has_touched_for_thirty_days_and_empty_ones_are_forgotten()
    {
        var variant = await SellAsync("a");
        var (old, young, empty) = (Of(await AddAsync(Nobody, "A", 1)), Of(await AddAsync(Nobody, "A", 1)), Of(await AddAsync(Nobody, "A", 1)));
        Clock.Now += TimeSpan.FromDays(29);
        await LookAsync(young);
        await InAsync(async db => { await new Carts(db, Clock).ChangeAsync(empty, new Dictionary<Guid, int> { [variant.Id] = 0 }, null, NoCancel); return true; });
        Clock.Now += TimeSpan.FromDays(2);

        Assert.Equal(2, await InAsync(db => new ForgetCarts(db, Clock).RunAsync(NoCancel)));

        Assert.Equal([young.CartId!.Value], await InAsync(db => db.Carts.Select(c => c.Id).ToListAsync()));
        Assert.NotEqual(old.CartId, young.CartId);
    }

    [Fact]
    public async Task An_account_that_is_deleted_takes_its_cart_along()
    {
        await SellAsync("a");
        var person = await PersonAsync("ana@ensayo.example");
        await AddAsync(new CartHolder(person, null), "A", 1);

        await InAsync(db => db.Users.Where(u => u.Id == person).ExecuteDeleteAsync());

        Assert.Equal((0, 0), (await InAsync(db => db.Carts.CountAsync()), await InAsync(db => db.CartLines.CountAsync())));
    }

    [Theory]
    [InlineData("MX", "rfc", IdentifierKind.Rfc)]
    [InlineData("AR", "cuit", IdentifierKind.Cuit)]
    [InlineData("CO", "nit", IdentifierKind.Nit)]
    [InlineData("CL", "rut", IdentifierKind.Rut)]
    [InlineData("PE", "ruc", IdentifierKind.Ruc)]
    [InlineData("DE", "tax_id", null)]
    public void Every_country_asks_for_its_own_number(string country, string name, IdentifierKind? kind)
    {
        var first = InvoiceFields.Of(country)[0];

        Assert.Equal((name, kind), (first.Name, first.Kinds.Count > 0 ? first.Kinds[0] : null));
    }

    [Fact]
    public void Days_to_fetch_it_begin_when_it_is_ready_and_leave_out_those_on_which_nobody_is_there()
    {
        var hours = new DayHours(new LocalTime(9, 0), new LocalTime(18, 0));
        var company = Company(Enumerable.Range(1, 5).ToDictionary(day => (IsoDayOfWeek)day, _ => hours), new LocalDate(2026, 12, 1));
        var rules = OrderRules.Plain(company) with { Collection = new CollectionRule("Recoger", TimeSpan.FromHours(9), 7, [new Branch("a", "A", "Calle 1", "")]) };
        var days = new CollectionDays(rules, new SlaClock(company), company);

        // Thursday at 12:00 in Mexico City: ready on Friday at 12:00.
        var offered = days.Of(0, new DateTime(2026, 11, 26, 18, 0, 0, DateTimeKind.Utc));
        var made = days.Of(2, new DateTime(2026, 11, 26, 18, 0, 0, DateTimeKind.Utc));

        Assert.Equal([new DateOnly(2026, 11, 27), new DateOnly(2026, 11, 30), new DateOnly(2026, 12, 2)], offered.Take(3));
        Assert.Equal(new DateOnly(2026, 12, 11), offered[^1]);
        Assert.Equal(new DateOnly(2026, 12, 2), made[0]);
        Assert.Empty(new CollectionDays(OrderRules.Plain(company), new SlaClock(company), company).Of(0, DateTime.UtcNow));
    }

    private static CartHolder Of(CartAddition added) => new(null, added.CartId);

    private Task<Variant> SellAsync(string slug, long price = 10_000, int? stock = 100) => InAsync(db => db.AddProductAsync(slug, price, stock));

    private Task<CartAddition> AddAsync(CartHolder holder, string? sku, int quantity) => InAsync(db => new Carts(db, Clock).AddAsync(holder, sku, quantity, NoCancel));

    private Task<Cart?> FindAsync(CartHolder holder) => InAsync(db => new Carts(db, Clock).FindAsync(holder, NoCancel));

    private Task<CartLook?> LookAsync(CartHolder holder) => InAsync(db => new Carts(db, Clock).LookAsync(holder, NoCancel));
}
