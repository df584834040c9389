using SelfService.Core.Persistence;
using SelfService.Core.Requests;
using SelfService.Core.Tests.Tickets;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Requests;

/// <summary>Five requests of one person an hour, whichever node they reach.</summary>
public sealed class ContactLimitTests : TicketTest
{
    [Fact]
    public async Task The_sixth_within_an_hour_waits_until_the_first_is_an_hour_old()
    {
        await OpenAsync(5, Request());

        Assert.Equal(TimeSpan.FromMinutes(56), await WaitAsync(Request()));
        Clock.Now = Clock.Now.AddMinutes(56).AddSeconds(1);
        Assert.Null(await WaitAsync(Request()));
    }

    [Fact]
    public async Task Four_do_not_wait()
    {
        await OpenAsync(4, Request());

        Assert.Null(await WaitAsync(Request()));
    }

    [Fact]
    public async Task A_telephone_counts_as_an_address_does_and_other_people_do_not()
    {
        await OpenAsync(5, Request(phone: "+525512345678"));

        Assert.NotNull(await WaitAsync(Request(email: null, phone: "+525512345678")));
        Assert.NotNull(await WaitAsync(Request(email: "otra@ensayo.example", phone: "+525512345678")));
        Assert.Null(await WaitAsync(Request(email: "otra@ensayo.example", phone: "+525587654321")));
    }

    [Fact]
    public async Task A_form_that_was_accepted_may_be_sent_again()
    {
        var accepted = Request();
        await OpenAsync(4, Request());
        await OpenAsync(accepted);

        Assert.Null(await WaitAsync(accepted));
        Assert.NotNull(await WaitAsync(Request()));
    }

    [Fact]
    public async Task Strangers_cannot_use_up_what_an_account_may_send()
    {
        var personId = await PersonAsync("ana@ensayo.example");
        await OpenAsync(5, Request());

        Assert.Null(await WaitAsync(Request() with { PersonId = personId }));
        await OpenAsync(5, Request() with { PersonId = personId });
        Assert.NotNull(await WaitAsync(Request() with { PersonId = personId }));
    }

    // One a minute.
    private async Task OpenAsync(int count, TicketRequest request)
    {
        for (var number = 0; number < count; number++)
        {
            Clock.Now = Clock.Now.AddMinutes(number == 0 ? 0 : 1);
            await OpenAsync(request with { SubmissionKey = Guid.NewGuid() });
        }
    }

    private Task<TimeSpan?> WaitAsync(TicketRequest request) =>
        InAsync((PortalDbContext db) => ContactLimit.WaitAsync(db, request.SubmissionKey, request.Contact, request.PersonId, Clock.Now, NoCancel));
}
