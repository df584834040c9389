using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Shortcuts;
using SelfService.Core.Tests.KnowledgeBase;
using SelfService.Search;

namespace SelfService.Core.Tests.Shortcuts;

public sealed class ShortcutIndexTests : KnowledgeBaseTest
{
    private readonly ShortcutIndex shortcuts = new(
        TestWords.Company(
            new CompanyAction("Hablar con una persona", "/contacto", "chat", ["asesor", "ayuda humana"]),
            new CompanyAction("Llamar por teléfono", "/contacto", "phone", ["número"]),
            new CompanyAction("Hacer un pedido", "/contacto?para=pedir", "cart", ["pedir", "comprar"]),
            new CompanyAction("Iniciar sesión", "/cuenta/entrar", "user", ["mi cuenta"], GuestsOnly: true)),
        SearchLanguage.Parse(null, "celular, móvil"));

    [Theory]
    [InlineData("hab", "Hablar con una persona")]
    [InlineData("ASES", "Hablar con una persona")]
    [InlineData("hablar con una pers", "Hablar con una persona")]
    [InlineData("telefono", "Llamar por teléfono")]
    [InlineData("telefno", "Llamar por teléfono")]
    [InlineData("compr", "Hacer un pedido")]
    [InlineData("conprar", "Hacer un pedido")]
    [InlineData("sesion", "Iniciar sesión")]
    public void An_action_is_found_by_what_people_type_for_it(string typed, string expected) => Assert.Equal([expected], Titles(typed));

    [Theory]
    [InlineData("ha")]
    [InlineData("una")]
    [InlineData("por")]
    public void Letters_and_words_that_say_little_bring_nothing(string typed) => Assert.DoesNotContain("Hacer un pedido", Titles(typed));

    [Fact]
    public void Two_actions_may_lead_to_one_page() =>
        Assert.Equal(["/contacto", "/contacto"], shortcuts.Suggest("hab", Audience.Public, 4).Concat(shortcuts.Suggest("llam", Audience.Public, 4)).Select(s => s.Url));

    [Fact]
    public void What_is_only_for_guests_is_not_offered_to_who_has_signed_in()
    {
        Assert.Equal(["Iniciar sesión"], Titles("mi cuenta"));
        Assert.Empty(Titles("mi cuenta", Audience.Customers));
    }

    [Fact]
    public async Task Topics_are_found_by_title_address_and_description_by_who_may_see_an_article_of_theirs()
    {
        Topic("equipos-de-red", "Módems", "Luces y contraseñas del aparato");
        Topic("moviles", "Celulares", "Planes");
        Topic("interno", "Turnos del personal", "Guardias");
        Topic("vacio", "Celulares usados", "Nada todavía");
        Write("equipos-de-red/a.md", "texto").Write("articles/moviles/b.md", "---\ntitle: B\naudience: customers\n---\ntexto");
        Write("interno/c.md", "texto", "audience: staff").Write("articles/vacio/d.md", "---\ntitle: D\nstatus: draft\n---\ntexto");
        await FollowAsync();

        Assert.Equal(["Módems"], Titles("modem"));
        Assert.Equal(["Módems"], Titles("equip"));
        Assert.Equal(["Módems"], Titles("luces"));
        Assert.Equal("/temas/equipos-de-red", shortcuts.Suggest("modem", Audience.Public, 4).Single().Url);
        Assert.Empty(Titles("celul"));
        Assert.Equal(["Celulares"], Titles("celul", Audience.Customers));
        Assert.Equal(["Celulares"], Titles("móvil", Audience.Customers));
        Assert.Empty(Titles("turnos", Audience.Customers));
        Assert.Equal(["Turnos del personal"], Titles("turnos", Audience.Staff));
    }

    [Fact]
    public async Task A_topic_without_published_articles_is_gone_at_once()
    {
        Topic("red", "Módems", "");
        Write("red/a.md", "texto");
        await FollowAsync();
        Assert.Equal(["Módems"], Titles("modem"));

        Write("red/a.md", "texto", "status: archived");
        await FollowAsync();
        Assert.Empty(Titles("modem"));
    }

    [Fact]
    public async Task Only_what_a_question_names_stands_above_its_results()
    {
        Topic("pagos", "Pagos y facturas", "Meses sin intereses");
        Write("pagos/a.md", "texto");
        await FollowAsync();

        Assert.Equal(["Pagos y facturas"], Named("factura"));
        Assert.Equal(["Pagos y facturas"], Named("los pagos"));
        Assert.Empty(Named("intereses"));
        Assert.Empty(Named("fac"));
        Assert.Equal(["Hablar con una persona"], Named("quiero hablar con un asesor"));
        Assert.Empty(Named("hablar de la factura del asesor"));
        Assert.Empty(Named(""));
    }

    private string[] Titles(string typed, Audience audience = Audience.Public) => [.. shortcuts.Suggest(typed, audience, 4).Select(s => s.Title)];

    private string[] Named(string query) => [.. shortcuts.Named(query, Audience.Public, 2).Select(s => s.Title)];

    private void Topic(string slug, string title, string description) =>
        Folder.Write($"articles/{slug}/{ArticleLoader.CategoryFileName}", $"title: {title}\ndescription: {description}\n");

    private async Task FollowAsync()
    {
        await ImportAsync();
        await InAsync(async db =>
        {
            await shortcuts.FollowAsync(db, NoCancel);
            return 0;
        });
    }
}
