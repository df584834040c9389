using SelfService.Core.Mail;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Tickets;

public sealed class CloseReopenRateTests : CaseTest
{
    private Task<bool> CloseAsync() => InAsync<CloseTicket, bool>(close => close.RunAsync(Id, Ana, NoCancel));

    private Task<bool> ReopenAsync() => InAsync<ReopenTicket, bool>(reopen => reopen.RunAsync(Id, Ana, NoCancel));

    private Task<RatingOutcome> RateAsync(int rating, string comment = "") => InAsync<RateTicket, RatingOutcome>(rate => rate.RunAsync(Id, rating, comment, Ana, NoCancel));

    [Fact]
    public async Task Closing_ends_the_case_once_however_often_it_is_asked()
    {
        var closed = await AtOnceAsync(10, _ => CloseAsync());

        var ticket = await CaseAsync();
        Assert.Single(closed, c => c);
        Assert.Equal(TicketStatus.Closed, ticket.Status);
        Assert.Null(ticket.Commitment);
        Assert.Equal(ActorKind.Customer, Assert.Single(ticket.Events, e => e.Kind == TicketEventKind.Closed).Actor);
        Assert.Single(await MailsAsync(), MailKind.CaseClosed);
    }

    [Fact]
    public async Task Reopening_gives_a_new_date_once()
    {
        await CloseAsync();
        Clock.Now += TimeSpan.FromDays(2);

        var reopened = await AtOnceAsync(10, _ => ReopenAsync());

        var ticket = await CaseAsync();
        Assert.All(reopened, Assert.True);
        Assert.Equal((TicketStatus.Open, NextStep.Response, Clock.Now.AddHours(8)), (ticket.Status, ticket.NextStep, ticket.DueAt));
        Assert.Single(ticket.Events, e => e.Kind == TicketEventKind.Reopened);
        Assert.Single(await MailsAsync(), MailKind.CaseReopened);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task Reopening_is_possible_until_the_last_second_of_the_window(int seconds, bool possible)
    {
        await SolveAsync();
        Clock.Now += Window + TimeSpan.FromSeconds(seconds);

        Assert.Equal(possible, await ReopenAsync());
        Assert.Equal(possible, (await CaseAsync()).IsUnresolved);
    }

    [Fact]
    public async Task Closing_what_was_solved_does_not_lengthen_the_window()
    {
        await SolveAsync();
        var until = (await CaseAsync()).ReopenUntil;
        Clock.Now += TimeSpan.FromDays(1);

        await CloseAsync();

        Assert.Equal(until, (await CaseAsync()).ReopenUntil);
    }

    [Fact]
    public async Task Close_and_reply_at_once_leave_the_message_and_a_state_with_a_follow_up()
    {
        await AtOnceAsync(8, async i => i % 2 == 0 ? await CloseAsync() : await ReplyAsync($"Espere {i}") == ReplyOutcome.Stored);

        var ticket = await CaseAsync();
        Assert.Equal(5, ticket.Messages.Count);
        Assert.True(ticket.Status == TicketStatus.Closed || ticket.Commitment is not null);
    }

    [Fact]
    public async Task Twenty_votes_at_once_are_one_and_the_first_stays()
    {
        await SolveAsync();

        var outcomes = await AtOnceAsync(20, i => RateAsync((i % 5) + 1, $"voto {i}"));
        var first = await CaseAsync();
        var again = await RateAsync(1, "otro");

        var ticket = await CaseAsync();
        Assert.Single(outcomes, RatingOutcome.Stored);
        Assert.Equal(RatingOutcome.RatedBefore, again);
        Assert.Single(ticket.Events, e => e.Kind == TicketEventKind.Rated);
        Assert.Equal((first.Rating, first.RatingComment), (ticket.Rating, ticket.RatingComment));
        Assert.StartsWith("voto", ticket.RatingComment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_not_ended_cannot_be_rated()
    {
        Assert.Equal(RatingOutcome.NotEnded, await RateAsync(5));
        Assert.Null((await CaseAsync()).Rating);
    }
}
