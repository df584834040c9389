using Microsoft.EntityFrameworkCore;
using SelfService.Core.Mail;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Tickets;

public sealed class FindCaseTests : CaseTest
{
    private async Task FindAsync(string number, string reach) =>
        await InAsync<FindCase, bool>(async find =>
        {
            await find.RunAsync(new CaseSearch(number, reach).ToJob(Clock.Now), NoCancel);
            return true;
        });

    private Task<int> RequestsAsync(Guid? id = null) => AskAsync(db => db.TicketEvents.CountAsync(e => e.TicketId == (id ?? Id) && e.Kind == TicketEventKind.LinkRequested));

    [Theory]
    [InlineData("ana@ensayo.example")]
    [InlineData("  ANA@Ensayo.Example ")]
    public async Task Number_and_address_together_send_the_link_to_the_address_of_the_case(string typed)
    {
        await FindAsync((await CaseAsync()).Number, typed);

        Assert.Single(await MailsAsync(), MailKind.CaseLink);
        Assert.Equal(1, await RequestsAsync());
    }

    [Theory]
    [InlineData("luis@ensayo.example")]
    [InlineData("ana@ensayo.example.evil.example")]
    [InlineData("55 1234 5678")]
    [InlineData("%")]
    [InlineData("")]
    public async Task Another_address_sends_and_writes_nothing(string typed)
    {
        var before = await CaseAsync();

        await FindAsync(before.Number, typed);

        var after = await CaseAsync();
        Assert.DoesNotContain(MailKind.CaseLink, await MailsAsync());
        Assert.Equal((before.Version, before.Events.Count), (after.Version, after.Events.Count));
    }

    [Fact]
    public async Task A_number_that_is_nobodys_does_nothing()
    {
        await FindAsync("C-0000-0000", "ana@ensayo.example");

        Assert.Equal([MailKind.CaseOpened], await MailsAsync());
    }

    [Fact]
    public async Task The_address_of_another_case_does_not_open_this_one()
    {
        var other = await OpenAsync("luis@ensayo.example");

        await FindAsync((await CaseAsync(other)).Number, "ana@ensayo.example");

        Assert.DoesNotContain(MailKind.CaseLink, await MailsAsync(other));
    }

    [Theory]
    [InlineData("55 1234 5678")]
    [InlineData("+52 1 55 1234 5678")]
    public async Task The_telephone_of_a_case_without_address_is_told_to_staff_and_mailed_to_nobody(string typed)
    {
        var phoneOnly = await OpenAsync(email: null, phone: "+52 55 1234 5678");

        await FindAsync((await CaseAsync(phoneOnly)).Number, typed);

        Assert.Equal(1, await RequestsAsync(phoneOnly));
        Assert.Equal([MailKind.CaseOpened], await MailsAsync(phoneOnly));
    }

    [Fact]
    public async Task Another_telephone_tells_nobody()
    {
        var phoneOnly = await OpenAsync(email: null, phone: "+52 55 1234 5678");

        await FindAsync((await CaseAsync(phoneOnly)).Number, "55 1234 5679");

        Assert.Equal(0, await RequestsAsync(phoneOnly));
    }

    [Fact]
    public async Task The_telephone_of_a_case_with_an_address_gives_nothing()
    {
        var both = await OpenAsync("rosa@ensayo.example", "+52 55 1234 5678");

        await FindAsync((await CaseAsync(both)).Number, "55 1234 5678");

        Assert.Equal(0, await RequestsAsync(both));
    }

    [Fact]
    public async Task Three_links_an_hour_are_sent_and_no_more_however_many_ask_at_once()
    {
        var number = (await CaseAsync()).Number;

        await AtOnceAsync(10, async _ =>
        {
            await FindAsync(number, "ana@ensayo.example");
            return true;
        });
        var inOneHour = (await MailsAsync()).Count(m => m == MailKind.CaseLink);
        Clock.Now += TimeSpan.FromMinutes(61);
        await FindAsync(number, "ana@ensayo.example");

        Assert.Equal(3, inOneHour);
        Assert.Equal(4, (await MailsAsync()).Count(m => m == MailKind.CaseLink));
    }
}
