using System.Text;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Orders;
using SelfService.Core.People;

namespace SelfService.Core.Tests.Orders;

public sealed class OrderRulesFileTests : OrderTest
{
    private const string Whole = """
        tax: { name: IVA, rate: 16 }
        delivery: { name: Entrega a domicilio, price: 199.00, free_from: 5000.00, line: De 2 a 4 días }
        collection:
          name: Recoger en sucursal
          ready_in: 24h
          keep_days: 5
          places:
            - { key: roma, name: Sucursal Roma, address: "Calle 1, Roma", hours: "Lunes a sábado" }
        payment:
          - { key: transferencia, name: Transferencia, when: before, within: 36h, instructions: "Deposite {total} con {numero}." }
          - { key: entrega, name: Al recibir, when: on_delivery, max: 8000.00 }
        stages: { confirm: 4h, prepare: 30m, refund: 5d }
        limits:
          agent: { discount_percent: 10, credit: 500.00, extension_days: 15 }
        """;

    [Fact]
    public void Everything_that_is_written_is_read_in_minor_units_and_hundredths_of_a_percent()
    {
        var rules = Read(Whole);

        Assert.Equal((1600, "IVA"), (rules.TaxRate, rules.TaxName));
        Assert.Equal(new DeliveryRule("Entrega a domicilio", "De 2 a 4 días", 19_900, 500_000), rules.Delivery);
        Assert.Equal((TimeSpan.FromHours(24), 5), (rules.Collection!.ReadyIn, rules.Collection.KeepDays));
        Assert.Equal("Calle 1, Roma", rules.Branch("roma")!.Address);
        Assert.Equal((PaymentWhen.Before, TimeSpan.FromHours(36), "Deposite {total} con {numero}."), (rules.Payment[0].When, rules.Payment[0].Within, rules.Payment[0].Instructions));
        Assert.Equal(800_000, rules.Way("entrega")!.Most);
        Assert.Equal((TimeSpan.FromHours(4), TimeSpan.FromMinutes(30), TimeSpan.FromDays(5), new StageTimes().Ship), (rules.Stages.Confirm, rules.Stages.Prepare, rules.Stages.Refund, rules.Stages.Ship));
        Assert.Equal(new GrantLimit(10, 50_000, 15), rules.LimitOf([Roles.Agent, Roles.Editor]));
        Assert.Equal(GrantLimit.None, rules.LimitOf([Roles.Admin]));
    }

    [Theory]
    [InlineData("rate: 16", "rate: 101", "tax.rate")]
    [InlineData("rate: 16", "rate: 16.005", "tax.rate")]
    [InlineData("price: 199.00", "price: -1", "delivery.price")]
    [InlineData("price: 199.00", "price: 199.005", "delivery.price")]
    [InlineData("ready_in: 24h", "ready_in: pronto", "collection.ready_in")]
    [InlineData("ready_in: 24h", "ready_in: 9999999999h", "collection.ready_in")]
    [InlineData("keep_days: 5", "keep_days: 0", "collection")]
    [InlineData("when: before", "when: tarjeta", "payment[0].when")]
    [InlineData("key: transferencia", "key: Mi Banco", "payment[0].key")]
    [InlineData("key: transferencia", "key: entrega", "payment")]
    [InlineData("confirm: 4h", "confirmar: 4h", "stages.confirmar")]
    [InlineData("  agent:", "  editor:", "limits.editor")]
    [InlineData("discount_percent: 10", "discount_percent: 110", "limits.agent")]
    public void What_cannot_be_used_is_named(string good, string bad, string key)
    {
        var exception = Assert.Throws<ContentException>(() => Read(Whole.Replace(good, bad)));

        Assert.StartsWith(key + ":", exception.Problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_queue_that_the_desk_does_not_know_is_refused() =>
        Assert.Throws<ContentException>(() => Read("queue: luna\n" + Whole));

    [Fact]
    public void A_company_without_a_way_to_receive_or_to_pay_cannot_sell()
    {
        Assert.Throws<ContentException>(() => Read("payment: [ { key: a, name: A, when: before } ]"));
        Assert.Throws<ContentException>(() => Read("delivery: { name: Entrega }"));
    }

    [Fact]
    public void Bringing_it_is_free_from_the_price_that_was_written_and_only_ever_costs_when_it_is_brought()
    {
        var rules = Read(Whole);

        Assert.Equal([19_900L, 0L, 0L, 0L],
            [rules.DeliveryPrice(Receiving.Delivery, 499_999), rules.DeliveryPrice(Receiving.Delivery, 500_000), rules.DeliveryPrice(Receiving.Collection, 1), rules.DeliveryPrice(Receiving.AtHome, 1)]);
    }

    private static OrderRules Read(string yaml) => OrderRulesFile.Read(Encoding.UTF8.GetBytes(yaml), Shop, Desk);
}
