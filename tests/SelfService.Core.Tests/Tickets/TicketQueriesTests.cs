using Microsoft.EntityFrameworkCore;
using SelfService.Core.People;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Tickets;

public sealed class TicketQueriesTests : TicketTest
{
    private static readonly TicketViewer Agent = new(Guid.NewGuid(), IsDesk: true, []);

    [Fact]
    public async Task What_is_late_comes_first_then_what_is_due_then_what_ended_last()
    {
        var me = await PersonAsync("mateo@ensayo.example");
        await OpenAsync("tarde", Due(5));
        await OpenAsync("vencido", Due(-1));
        await OpenAsync("pronto", Due(1));
        await OpenAsync("resuelto antes", t => t.Solve(Actor.Staff(me), Desk.ReopenWindow, Clock.Now.AddDays(-2)));
        await OpenAsync("resuelto ahora", t => t.Solve(Actor.Staff(me), Desk.ReopenWindow, Clock.Now));

        foreach (var text in new[] { "", "enciende" })
        {
            Assert.Equal(["vencido", "pronto", "tarde", "resuelto ahora", "resuelto antes"], Subjects(await ListAsync(TicketFilter.All, text)));
            Assert.Equal(["vencido", "pronto", "tarde"], Subjects(await ListAsync(TicketFilter.Open, text)));
            Assert.Equal(["resuelto ahora", "resuelto antes"], Subjects(await ListAsync(TicketFilter.Ended, text)));
        }
    }

    [Fact]
    public async Task Each_filter_shows_what_it_says_and_its_count_agrees()
    {
        var (me, other) = (await PersonAsync("mateo@ensayo.example"), await PersonAsync("rosa@ensayo.example"));
        await OpenAsync("mío", t => t.Assign(me, "Mateo", Actor.Staff(me), Clock.Now));
        await OpenAsync("ajeno", t => t.Assign(other, "Rosa", Actor.Staff(me), Clock.Now));
        await OpenAsync("vencido", Due(-1));
        await OpenAsync("en espera", t => t.Promise(new Commitment(NextStep.CustomerAnswer, "", Clock.Now.AddDays(3)), Actor.Staff(me), Clock.Now));
        await OpenAsync("cerrado mío", t =>
        {
            t.Assign(me, "Mateo", Actor.Staff(me), Clock.Now);
            t.Close(Actor.Customer(null), Desk.ReopenWindow, Clock.Now);
        });

        var expected = new Dictionary<TicketFilter, string[]>
        {
            [TicketFilter.Open] = ["ajeno", "en espera", "mío", "vencido"],
            [TicketFilter.Mine] = ["mío"],
            [TicketFilter.Unowned] = ["en espera", "vencido"],
            [TicketFilter.Overdue] = ["vencido"],
            [TicketFilter.Waiting] = ["en espera"],
            [TicketFilter.Ended] = ["cerrado mío"],
            [TicketFilter.All] = ["ajeno", "cerrado mío", "en espera", "mío", "vencido"],
        };
        // Looked for and not looked for, which are two ways to the same list.
        foreach (var text in new[] { "", "enciende" })
        {
            foreach (var (filter, subjects) in expected)
            {
                var list = await ListAsync(filter, text, me: me);
                Assert.Equal(subjects, list.Rows.Select(r => r.Subject).Order(StringComparer.Ordinal));
                Assert.All(expected, e => Assert.Equal(e.Value.Length, list.Counts.Of(e.Key)));
            }
        }
    }

    [Fact]
    public async Task Pages_follow_each_other_from_what_is_open_into_what_has_ended()
    {
        for (var n = 0; n < 5; n++)
        {
            await OpenAsync($"abierto {n}", Due(n + 1));
            await OpenAsync($"resuelto {n}", t => t.Solve(Actor.System, Desk.ReopenWindow, Clock.Now.AddDays(-n)));
        }

        string[] expected = [.. Enumerable.Range(0, 5).Select(n => $"abierto {n}"), .. Enumerable.Range(0, 5).Select(n => $"resuelto {n}")];
        foreach (var text in new[] { "", "enciende" })
        {
            var pages = new List<string>();
            for (var page = 1; page <= 4; page++)
            {
                var list = await ListAsync(TicketFilter.All, text, page: page, size: 3);
                Assert.Equal((page, 4), (list.Page, list.PageCount));
                pages.AddRange(Subjects(list));
            }

            Assert.Equal(expected, pages);
            Assert.Equal(4, (await ListAsync(TicketFilter.All, text, page: 99, size: 3)).Page);
        }
    }

    [Theory]
    [InlineData("María Ñandú", true)]
    [InlineData("maria ñandu", true)]
    [InlineData("MARIA", true)]
    [InlineData("nandu", false)]
    [InlineData("maria@ensayo.example", true)]
    [InlineData("ensayo lavadora", true)]
    [InlineData("lavadora refrigerador", false)]
    [InlineData("BR123", true)]
    [InlineData("no enciende", true)]
    [InlineData("55 1234 5678", true)]
    [InlineData("+52 55 1234 5678", true)]
    [InlineData("1234-5678", true)]
    [InlineData("044 55 1234 5678", true)]
    [InlineData("55 1234 5679", false)]
    [InlineData("%", false)]
    [InlineData("_", false)]
    [InlineData("mar%a", false)]
    [InlineData("mar_a", false)]
    [InlineData("\\", false)]
    [InlineData("' OR 1=1 --", false)]
    [InlineData("   ", true)]
    public async Task Typed_words_find_by_contact_subject_answers_and_message(string typed, bool finds)
    {
        await OpenAsync(Request(email: "maria@ensayo.example") with { Contact = new Contact("María Ñandú", "maria@ensayo.example", "+525512345678", "+525512345678") });

        var phone = PhoneNumber.Parse(typed, "MX")?.E164;
        Assert.Equal(finds, (await ListAsync(TicketFilter.All, typed, phone)).Rows.Count > 0);
    }

    [Fact]
    public async Task A_number_is_found_however_it_is_written_and_notes_are_not_searched()
    {
        var opened = await OpenAsync(Request());
        await OpenAsync(Request(email: "otra@ensayo.example"));
        await ChangeAsync(opened.Id, t => t.Note(new Message { TicketId = t.Id, IsNote = true, Body = "chicozapote", WrittenAt = Clock.Now, SubmissionKey = Guid.NewGuid() }, Actor.System, Clock.Now));

        foreach (var typed in new[] { opened.Number, opened.Number.ToLowerInvariant(), opened.Number.Replace("-", "", StringComparison.Ordinal), opened.Number[2..] })
        {
            Assert.Equal(opened.Number, Assert.Single((await ListAsync(TicketFilter.All, typed)).Rows).Number);
        }

        Assert.Empty((await ListAsync(TicketFilter.All, "chicozapote")).Rows);
    }

    [Fact]
    public async Task Who_asked_to_be_forgotten_is_not_found_by_name()
    {
        var opened = await OpenAsync(Request());
        Assert.Single((await ListAsync(TicketFilter.All, "ana@ensayo.example")).Rows);

        await ChangeAsync(opened.Id, t => t.Anonymize(Clock.Now));

        Assert.Empty((await ListAsync(TicketFilter.All, "ana@ensayo.example")).Rows);
    }

    [Fact]
    public async Task A_customer_sees_none_of_others_whatever_she_searches()
    {
        var opened = await OpenAsync(Request());
        var stranger = new TicketViewer(await PersonAsync("otra@ensayo.example"), IsDesk: false, []);

        Assert.Null(await InAsync(db => db.TicketDetailAsync(stranger, opened.Number, Clock.Now, NoCancel)));
        Assert.NotNull(await InAsync(db => db.TicketDetailAsync(Agent, opened.Number, Clock.Now, NoCancel)));
        Assert.Empty((await InAsync(db => db.ListAsync(db.Tickets.VisibleTo(stranger), new TicketListRequest(TicketFilter.All, null, Clock.Now, 1, 50) { Text = opened.Number }, NoCancel))).Rows);
    }

    [Fact]
    public async Task A_ticket_is_shown_with_the_others_of_its_customer_and_those_of_its_telephone()
    {
        var first = await OpenAsync(Request(phone: "+525511112222") with { Subject = "uno" });
        await OpenAsync(Request(phone: "+525533334444") with { Subject = "dos" });
        await OpenAsync(Request(email: "vecina@ensayo.example", phone: "+525511112222") with { Subject = "de la vecina" });
        await OpenAsync(Request(email: "nadie@ensayo.example") with { Subject = "sin teléfono" });

        var detail = await InAsync(db => db.TicketDetailAsync(Agent, first.Number, Clock.Now, NoCancel));

        Assert.Equal("dos", Assert.Single(detail!.Others).Subject);
        Assert.Equal("de la vecina", Assert.Single(detail.SamePhone).Subject);
    }

    private Action<Ticket> Due(int days) => t =>
    {
        var (now, at) = (Clock.Now.AddDays(-90), Clock.Now.AddDays(days));
        t.Promise(new Commitment(NextStep.Promise, "algo", at), Actor.System, now);
    };

    private async Task OpenAsync(string subject, Action<Ticket> change)
    {
        var opened = await OpenAsync(Request(email: $"{Guid.NewGuid():N}@ensayo.example") with { Subject = subject });
        await ChangeAsync(opened.Id, change);
    }

    private static IEnumerable<string> Subjects(TicketList list) => list.Rows.Select(r => r.Subject);

    private Task<TicketList> ListAsync(TicketFilter filter, string text = "", string? phone = null, Guid? me = null, int page = 1, int size = 50) =>
        InAsync(db => db.ListAsync(db.Tickets.VisibleTo(Agent), new TicketListRequest(filter, me, Clock.Now, page, size) { Text = text, Phone = phone }, NoCancel));
}
