using System.Text;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.People;
using SelfService.Core.Sla;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Tickets;

/// <summary>Numbers, addresses and texts as people type them.</summary>
public sealed class TicketTextTests
{
    [Fact]
    public void Numbers_are_of_one_shape_and_say_nothing_of_their_order()
    {
        var numbers = Enumerable.Range(0, 2000).Select(_ => TicketNumber.Create()).ToList();

        Assert.All(numbers, n => Assert.Matches("^C-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$", n));
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.NotEqual(numbers.Order(StringComparer.Ordinal), numbers);
    }

    [Theory]
    [InlineData("C-7F3K-2Q9X", "C-7F3K-2Q9X")]
    [InlineData(" c7f3k2q9x ", "C-7F3K-2Q9X")]
    [InlineData("7f3k 2q9x", "C-7F3K-2Q9X")]
    [InlineData("C-7F3K-ZQ9L", "C-7F3K-ZQ91")]
    [InlineData("c-oooo-iiii", "C-0000-1111")]
    [InlineData("C-7F3K-2Q9U", null)]
    [InlineData("C-7F3K-2Q9XX", null)]
    [InlineData("7F3K-2Q9", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("'; DROP TABLE", null)]
    public void A_number_is_read_however_it_was_copied(string? typed, string? number) => Assert.Equal(number, TicketNumber.Parse(typed));

    [Theory]
    [InlineData(" Ana.Lopez@Ejemplo.COM ", "ana.lopez@ejemplo.com")]
    [InlineData("ana\u200B@ejemplo.com", "ana@ejemplo.com")]
    [InlineData("ana+casa@mail.ejemplo.com.mx", "ana+casa@mail.ejemplo.com.mx")]
    [InlineData("nin\u0303o@espan\u0303a.example", "niño@españa.example")]
    [InlineData("ana@ejemplo", null)]
    [InlineData("ana", null)]
    [InlineData("@ejemplo.com", null)]
    [InlineData("ana@@ejemplo.com", null)]
    [InlineData("ana@ejemplo.com, bruno@ejemplo.com", null)]
    [InlineData("Ana <ana@ejemplo.com>", null)]
    [InlineData("\"a\r\nRCPT TO:<b@c.example>\"@ejemplo.com", null)]
    [InlineData("ana@ejemplo.com\r\nBcc: otra@ejemplo.com", null)]
    [InlineData("a..b@ejemplo.com", null)]
    [InlineData("ana@-ejemplo.com", null)]
    public void An_address_has_one_form_or_is_none(string typed, string? address) => Assert.Equal(address, EmailAddress.Parse(typed));

    [Fact]
    public void An_endless_address_is_none()
    {
        Assert.Null(EmailAddress.Parse(new string('a', 10_000) + "@ejemplo.com"));
        Assert.Null(EmailAddress.Parse("a@" + string.Join('.', Enumerable.Repeat("ejemplo", 40)) + ".com"));
    }

    [Fact]
    public void Text_keeps_its_lines_and_emoji_and_loses_what_nobody_sees()
    {
        Assert.Equal("Hola,\n\nno pren\u0301de 👩‍🔧 <b>".Normalize(NormalizationForm.FormC), PlainText.Body("\u200B Hola,\r\n\r\nno pren\u0301de\0 👩\u200D🔧 <b>\u202E \n"));
        Assert.Equal("Una sola línea", PlainText.Line("  Una\r\nsola\t li\u0301nea\u0007 "));
        Assert.Equal("", PlainText.Body(null));
        // Half of a pair, as a broken client sends it.
        Assert.Equal("a\uFFFDb", PlainText.Body("a\uD83Db"));
    }

    [Fact]
    public void Folded_text_forgets_accents_and_keeps_the_letter_eñe()
    {
        Assert.Equal("devolucion de ano y año", FoldedText.Of("  DEVOLUCIÓN\nde áno\u200B y An\u0303o "));
    }

    [Fact]
    public void A_key_is_found_by_its_secret_alone()
    {
        var (key, secret) = TicketKey.Issue(Guid.NewGuid(), DateTime.UtcNow);

        Assert.Equal(43, secret.Length);
        Assert.Equal(key.Hash, TicketKey.HashOf(secret));
        Assert.NotEqual(key.Hash, TicketKey.HashOf(TicketKey.Issue(Guid.NewGuid(), DateTime.UtcNow).Secret));
        Assert.All(["", " ", "x", secret[1..], secret + "A", Convert.ToHexString(key.Hash), new string('A', 10_000)], wrong => Assert.NotEqual(key.Hash, TicketKey.HashOf(wrong) ?? []));
    }

    [Fact]
    public void A_desk_is_read_with_its_queues_and_policies()
    {
        var desk = ServiceDeskFile.Read(Encoding.UTF8.GetBytes("""
            queues:
              redes: { name: Redes, sla: urgente }
              ayuda: { name: Ayuda }
            policies:
              estandar: { first_response: 8h, next_response: 90m }
              urgente: { first_response: 1h, hours: always }
            default_queue: ayuda
            reopen_days: 7
            """));

        Assert.Equal(("Ayuda", TimeSpan.FromDays(7)), (desk.DefaultQueue.Name, desk.ReopenWindow));
        Assert.Equal(SlaHours.Always, desk.Queue("redes").Sla.Hours);
        Assert.Equal(TimeSpan.FromMinutes(90), desk.Policy("estandar").Usual.NextResponse);
        Assert.Equal(TimeSpan.FromHours(1), desk.Policy("urgente").Usual.NextResponse);
        // What is no longer in the file must not make its tickets vanish.
        Assert.Equal(("ayuda", "estandar"), (desk.Queue("cerrada").Key, desk.Policy("cerrada").Key));
    }

    [Fact]
    public void A_policy_has_times_for_priorities_and_a_queue_policies_for_kinds_and_people_to_escalate_to()
    {
        var desk = ServiceDeskFile.Read(Encoding.UTF8.GetBytes("""
            queues:
              redes: { name: Redes, sla: estandar, sla_by_kind: { order: pedidos }, escalate_to: [Jefa@Ensayo.example], escalate_every: 3h }
            policies:
              estandar: { first_response: 8h, next_response: 9h, solution: 40h, warn: 50, by_priority: { urgent: { first_response: 1h }, high: } }
              pedidos: { first_response: 2h }
            """));
        var (queue, policy) = (desk.Queue("redes"), desk.Policy("estandar"));

        Assert.Equal(("pedidos", "estandar"), (queue.SlaOf(TicketKind.Order).Key, queue.SlaOf(TicketKind.Request).Key));
        Assert.Equal(["jefa@ensayo.example"], queue.EscalateTo);
        Assert.Equal(TimeSpan.FromHours(3), queue.EscalateEvery);
        Assert.Equal(new SlaTimes(TimeSpan.FromHours(1), TimeSpan.FromHours(9), TimeSpan.FromHours(40)), policy.Of(TicketPriority.Urgent));
        Assert.Equal((policy.Usual, policy.Usual, 0.5), (policy.Of(TicketPriority.High), policy.Of(TicketPriority.Low), policy.WarnShare));
    }

    [Theory]
    [InlineData("queues: {a: {name: A, sla_by_kind: {pedido: p}}}\npolicies: {p: {first_response: 8h}}", "queues.a.sla_by_kind")]
    [InlineData("queues: {a: {name: A, sla_by_kind: {order: q}}}\npolicies: {p: {first_response: 8h}}", "queues.a.sla_by_kind.order")]
    [InlineData("queues: {a: {name: A, escalate_to: [nadie]}}\npolicies: {p: {first_response: 8h}}", "queues.a.escalate_to")]
    [InlineData("queues: {a: {name: A, escalate_every: pronto}}\npolicies: {p: {first_response: 8h}}", "queues.a.escalate_every")]
    [InlineData("queues: {a: {name: A}}\npolicies: {p: {first_response: 8h, warn: 100}}", "policies.p")]
    [InlineData("queues: {a: {name: A}}\npolicies: {p: {first_response: 8h, solution: pronto}}", "policies.p")]
    [InlineData("queues: {a: {name: A}}\npolicies: {p: {first_response: 8h, by_priority: {muy: {first_response: 1h}}}}", "policies.p.by_priority")]
    [InlineData("queues: {a: {name: A}}", "policies")]
    [InlineData("policies: {p: {first_response: 8h}}", "default_queue")]
    [InlineData("queues: {a: {name: ''}}\npolicies: {p: {first_response: 8h}}", "queues.a")]
    [InlineData("queues: {a: {name: A, sla: no}}\npolicies: {p: {first_response: 8h}}", "queues.a.sla")]
    [InlineData("queues: {A-B: {name: A}}\npolicies: {p: {first_response: 8h}}", "queues.A-B")]
    [InlineData("queues: {a: {name: A}}\npolicies: {p: {first_response: ocho}}", "policies.p")]
    [InlineData("queues: {a: {name: A}}\npolicies: {p: {first_response: 0h}}", "policies.p")]
    [InlineData("queues: {a: {name: A}}\npolicies: {p: {first_response: 8h, hours: night}}", "policies.p")]
    [InlineData("queues: {a: {name: A}}\npolicies: {p: {first_response: 8h}}\nreopen_days: 5000", "reopen_days")]
    public void A_desk_that_cannot_be_used_says_which_value(string yaml, string key)
    {
        var problem = Assert.Throws<ContentException>(() => ServiceDeskFile.Read(Encoding.UTF8.GetBytes(yaml))).Problem;

        Assert.StartsWith(key, problem.Detail, StringComparison.Ordinal);
    }
}
