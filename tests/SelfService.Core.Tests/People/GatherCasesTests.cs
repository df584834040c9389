using Microsoft.EntityFrameworkCore;
using SelfService.Core.People;
using SelfService.Core.Tests.Tickets;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.People;

public sealed class GatherCasesTests : TicketTest
{
    private Task GatherAsync(Guid personId) => InAsync(async db =>
    {
        await db.InTransactionAsync(async () => await new GatherCases(db).RunAsync(await db.Users.SingleAsync(p => p.Id == personId), Clock.Now, NoCancel), NoCancel);
        return true;
    });

    private Task<List<string>> CasesAsync(Guid personId) =>
        InAsync(db => db.Tickets.VisibleTo(new TicketViewer(personId, false, [])).OrderBy(t => t.Id).Select(t => t.Number).ToListAsync());

    [Fact]
    public async Task Cases_of_a_confirmed_address_become_the_accounts()
    {
        var (first, second) = (await OpenAsync(Request()), await OpenAsync(Request()));
        var personId = await PersonAsync("ana@ensayo.example");
        Assert.Empty(await CasesAsync(personId));

        await GatherAsync(personId);

        Assert.Equal([first.Number, second.Number], await CasesAsync(personId));
    }

    [Fact]
    public async Task Cases_of_an_account_and_of_its_new_address_come_together_under_one_customer()
    {
        var personId = await PersonAsync("ana@ensayo.example");
        var own = await OpenAsync(Request() with { PersonId = personId });
        var guest = await OpenAsync(Request(email: "ana.nueva@ensayo.example"));
        await InAsync(async db =>
        {
            var person = await db.Users.SingleAsync(p => p.Id == personId);
            person.Email = "ana.nueva@ensayo.example";
            return await db.SaveChangesAsync();
        });

        await GatherAsync(personId);

        Assert.Equal([own.Number, guest.Number], await CasesAsync(personId));
        var customer = await InAsync(db => db.Customers.SingleAsync());
        Assert.Equal(("ana.nueva@ensayo.example", personId), (customer.Email, customer.PersonId));
    }

    [Fact]
    public async Task Done_twice_it_changes_nothing()
    {
        await OpenAsync(Request());
        var personId = await PersonAsync("ana@ensayo.example");

        await GatherAsync(personId);
        await GatherAsync(personId);

        Assert.Single(await CasesAsync(personId));
        Assert.Equal(1, await InAsync(db => db.Customers.CountAsync()));
    }

    [Fact]
    public async Task A_telephone_alone_gathers_nothing()
    {
        await OpenAsync(Request(email: null, phone: "+525512345678"));
        var personId = await PersonAsync("ana@ensayo.example");
        await InAsync(async db =>
        {
            (await db.Users.SingleAsync(p => p.Id == personId)).PhoneNumber = "+525512345678";
            return await db.SaveChangesAsync();
        });

        await GatherAsync(personId);

        Assert.Empty(await CasesAsync(personId));
        Assert.Equal(2, await InAsync(db => db.Customers.CountAsync()));
    }

    [Fact]
    public async Task An_unconfirmed_address_gathers_nothing()
    {
        await OpenAsync(Request());
        var personId = await PersonAsync("ana@ensayo.example");
        await InAsync(async db =>
        {
            (await db.Users.SingleAsync(p => p.Id == personId)).EmailConfirmed = false;
            return await db.SaveChangesAsync();
        });

        await Assert.ThrowsAsync<InvalidOperationException>(() => GatherAsync(personId));
        Assert.Empty(await CasesAsync(personId));
    }

    [Fact]
    public async Task Keys_of_gathered_cases_end_and_those_of_others_stay()
    {
        var (own, foreign) = (await OpenAsync(Request()), await OpenAsync(Request(email: "otra@ensayo.example")));
        var keys = await InAsync(async db =>
        {
            var issued = new[] { own, foreign }.Select(t => TicketKey.Issue(t.Id, Clock.Now).Key).ToList();
            db.TicketKeys.AddRange(issued);
            await db.SaveChangesAsync();
            return issued;
        });

        await GatherAsync(await PersonAsync("ana@ensayo.example"));

        Assert.Equal(Clock.Now, await InAsync(db => db.TicketKeys.Where(k => k.Id == keys[0].Id).Select(k => k.RevokedAt).SingleAsync()));
        Assert.Null(await InAsync(db => db.TicketKeys.Where(k => k.Id == keys[1].Id).Select(k => k.RevokedAt).SingleAsync()));
    }

    [Fact]
    public async Task An_address_given_up_by_one_account_is_its_next_owners()
    {
        var (before, after) = (await PersonAsync("ana@ensayo.example"), await PersonAsync("beto@ensayo.example"));
        await GatherAsync(before);
        await InAsync(async db =>
        {
            (await db.Users.SingleAsync(p => p.Id == before)).Email = "ana.nueva@ensayo.example";
            (await db.Users.SingleAsync(p => p.Id == after)).Email = "ana@ensayo.example";
            return await db.SaveChangesAsync();
        });

        await GatherAsync(after);

        Assert.Equal(after, await InAsync(db => db.Customers.Where(c => c.Email == "ana@ensayo.example").Select(c => c.PersonId).SingleAsync()));
    }

    [Fact]
    public async Task A_form_sent_by_an_account_with_anothers_address_stays_with_the_account()
    {
        // The address in a form is a claim; a guest's customer of that address is neither taken nor in the way.
        var guest = await OpenAsync(Request(email: "beto@ensayo.example"));
        var personId = await PersonAsync("ana@ensayo.example");

        var own = await OpenAsync(Request(email: "beto@ensayo.example") with { PersonId = personId });

        Assert.Equal([own.Number], await CasesAsync(personId));
        Assert.Null((await TicketAsync(guest.Id)).Customer.PersonId);
    }

    [Fact]
    public async Task A_form_of_an_account_deleted_meanwhile_is_a_guests()
    {
        var opened = await OpenAsync(Request() with { PersonId = Guid.NewGuid() });

        var ticket = await TicketAsync(opened.Id);
        Assert.Equal((null, "ana@ensayo.example"), (ticket.OpenedById, ticket.Customer.Email));
    }

    [Fact]
    public async Task Guests_who_write_while_their_cases_are_gathered_lose_nothing()
    {
        var email = "ana@ensayo.example";
        await OpenAsync(Request(email: email));
        var personId = await PersonAsync(email);

        await Task.WhenAll([GatherAsync(personId), .. Enumerable.Range(0, 12).Select(_ => OpenAsync(Request(email: email)))]);

        Assert.Equal(13, (await CasesAsync(personId)).Count);
    }
}
