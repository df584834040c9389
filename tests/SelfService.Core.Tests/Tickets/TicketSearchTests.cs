using System.Text;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Tickets;

public sealed class TicketSearchTests : CaseTest
{
    private Task<List<string>> FindAsync(string typed) => AskAsync(db => db.Tickets.WithWords(typed).OrderBy(t => t.Id).Select(t => t.Subject).ToListAsync());

    [Theory]
    [InlineData("devolución")]
    [InlineData("DEVOLUCION")]
    [InlineData("  pequeña   devol ")]
    [InlineData("rota")]
    public async Task Accents_and_case_do_not_matter_and_every_word_must_be_there(string typed)
    {
        await OpenAsync(subject: "Devolución pequeña", message: "Llegó rota");

        Assert.Equal(["Devolución pequeña"], await FindAsync(typed));
    }

    [Theory]
    [InlineData("devoluciones")]
    [InlineData("devolver pedidos")]
    [InlineData("rotas")]
    [InlineData("llegaron rotos")]
    public async Task Other_forms_of_the_words_find_it_too(string typed)
    {
        await OpenAsync(subject: "Devolución del pedido", message: "Llegó rota");

        Assert.Equal(["Devolución del pedido"], await FindAsync(typed));
        Assert.Empty(await FindAsync("devoto"));
    }

    [Fact]
    public async Task Tickets_from_before_are_given_their_stems_once()
    {
        await OpenAsync(subject: "Devolución del pedido");
        await AskAsync(db => db.Tickets.ExecuteUpdateAsync(set => set.SetProperty(t => t.SearchStems, "")));
        Assert.Empty(await FindAsync("devolver"));

        var (first, second) = (await AskAsync(db => new StemOldTickets(db).RunAsync(NoCancel)), await AskAsync(db => new StemOldTickets(db).RunAsync(NoCancel)));

        Assert.True(first > 0 && second == 0);
        Assert.Equal(["Devolución del pedido"], await FindAsync("devolver"));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData(@"\")]
    [InlineData("%%%")]
    [InlineData("50_")]
    [InlineData(@"\%")]
    public async Task Signs_of_the_database_are_letters_like_any_other(string typed)
    {
        await OpenAsync(subject: "Otra cosa", message: "50 por ciento");

        Assert.Empty(await FindAsync(typed));
    }

    [Theory]
    [InlineData("50%")]
    [InlineData("%")]
    [InlineData("serie_9")]
    [InlineData(@"c:\tmp")]
    public async Task Signs_of_the_database_are_found_where_they_were_written(string typed)
    {
        await OpenAsync(subject: "Con signos", message: @"Descuento de 50% en la serie_9, archivo C:\tmp\x");

        Assert.Equal(["Con signos"], await FindAsync(typed));
    }

    [Fact]
    public async Task Letters_written_in_two_parts_are_the_same_letters()
    {
        await OpenAsync(subject: "Señal débil", message: "en el jardín");

        Assert.Equal(["Señal débil"], await FindAsync("señal débil jardín".Normalize(NormalizationForm.FormD)));
        Assert.Empty(await FindAsync("senal"));
    }

    [Fact]
    public async Task The_number_is_found_in_parts()
    {
        var number = (await CaseAsync()).Number;

        Assert.Equal(["Lavadora"], await FindAsync(number[2..6]));
        Assert.Equal(["Lavadora"], await FindAsync(number.ToLowerInvariant()));
    }
}
