using SelfService.Core.Requests;

namespace SelfService.Core.Tests.Requests;

/// <summary>What is typed into forms and what becomes of it. Today is 20 November 2026.</summary>
public sealed class AnswerFormTests : FormTest
{
    private static readonly RequestForm Chain = WithFields("""
          - name: falla
            type: choice
            label: Falla
            options: [{ value: internet, label: Internet }, { value: otra, label: Otra }]
          - name: luces
            type: choices
            label: Luces
            show_when: { field: falla, is: [internet] }
            options: [{ value: roja, label: Roja }, { value: verde, label: Verde }]
          - name: foto
            type: text
            label: Describa la luz
            required: true
            show_when: { field: luces, is: [roja] }
          - name: acepto
            type: consent
            label: Acepto
          - name: firma
            type: text
            label: Firma
            required: true
            show_when: { field: acepto, is: ["true"] }
        """);

    [Fact]
    public void A_field_is_asked_when_the_chain_above_it_says_so()
    {
        Assert.Equal(["falla", "acepto"], Answer(Chain).Asked.Order().Reverse());
        Assert.Equal(["falla", "luces", "foto", "acepto", "firma"], Chain.Fields.Select(f => f.Name).Where(
            Answer(Chain, ("falla", "internet"), ("luces", "verde"), ("luces", "roja"), ("acepto", "true")).Asked.Contains));
    }

    [Fact]
    public void What_is_not_asked_is_neither_required_nor_kept_nor_a_reason_to_ask()
    {
        var answers = Answer(Chain, ("falla", "otra"), ("luces", "roja"), ("foto", "Escondida"), ("firma", "Escondida"));

        Assert.Empty(answers.Errors);
        Assert.Equal(["Otra"], answers.Answers.Select(a => a.Value));
    }

    [Fact]
    public void What_is_asked_is_required()
    {
        var answers = Answer(Chain, ("falla", "internet"), ("luces", "roja"), ("acepto", "true"));

        Assert.Equal([new AnswerError("foto", AnswerProblem.Missing), new AnswerError("firma", AnswerProblem.Missing)], answers.Errors);
    }

    [Fact]
    public void Answers_are_kept_with_their_questions_and_the_labels_of_what_was_chosen()
    {
        var answers = Answer(Chain, ("falla", "internet"), ("luces", "verde"), ("luces", "roja"), ("foto", "Fija"), ("acepto", "true"), ("firma", "Ana"));

        Assert.Equal(["Falla: Internet", "Luces: Roja; Verde", "Describa la luz: Fija", "Acepto: Sí", "Firma: Ana"], answers.Answers.Select(a => $"{a.Label}: {a.Value}"));
        Assert.Equal(["internet", "roja,verde", null, "true", null], answers.Answers.Select(a => a.Code));
    }

    [Theory]
    [InlineData("nada")]
    [InlineData("INTERNET")]
    [InlineData("internet'--")]
    public void A_value_that_is_not_offered_is_refused(string value) =>
        Assert.Equal(AnswerProblem.UnknownOption, Problem(Answer(Chain, ("falla", value))));

    [Fact]
    public void One_choice_is_one() => Assert.Equal(AnswerProblem.UnknownOption, Problem(Answer(Chain, ("falla", "internet"), ("falla", "otra"))));

    [Theory]
    [InlineData("text", AnswerProblem.Missing)]
    [InlineData("long_text", AnswerProblem.Missing)]
    [InlineData("date", AnswerProblem.Missing)]
    [InlineData("number", AnswerProblem.Missing)]
    [InlineData("money", AnswerProblem.Missing)]
    [InlineData("phone", AnswerProblem.Missing)]
    [InlineData("email", AnswerProblem.Missing)]
    [InlineData("file", AnswerProblem.FileMissing)]
    [InlineData("consent", AnswerProblem.NotAccepted)]
    [InlineData("choice", AnswerProblem.NotChosen)]
    [InlineData("choices", AnswerProblem.NotChosen)]
    [InlineData("identifier", AnswerProblem.Missing)]
    public void Every_required_field_left_out_is_missed_and_every_optional_one_is_not(string type, AnswerProblem problem)
    {
        var more = type switch { "choice" or "choices" => "options: [{ value: a, label: A }]", "identifier" => "identifiers: [rfc]", _ => "hint: Nada" };

        // Only what nobody sees is nothing too.
        Assert.Equal(problem, Problem(Answer(WithFields($"  - {{ name: campo, type: {type}, label: Campo, required: true, {more} }}"))));
        Assert.Equal(problem, Problem(Answer(WithFields($"  - {{ name: campo, type: {type}, label: Campo, required: true, {more} }}"), ("campo", ""))));
        var optional = Answer(WithFields($"  - {{ name: campo, type: {type}, label: Campo, {more} }}"));
        Assert.Empty(optional.Errors);
        Assert.Empty(optional.Answers);
    }

    [Theory]
    [InlineData("2026-11-19", "jueves, 19 de noviembre de 2026")]
    [InlineData("19/11/2026", "jueves, 19 de noviembre de 2026")]
    [InlineData(" 9-11-2026 ", "lunes, 9 de noviembre de 2026")]
    [InlineData("09.11.2026", "lunes, 9 de noviembre de 2026")]
    [InlineData("１９/１１/２０２６", "jueves, 19 de noviembre de 2026")]
    [InlineData("29/02/2024", "jueves, 29 de febrero de 2024")]
    public void A_date_is_read_from_a_calendar_or_with_the_day_first(string typed, string shown)
    {
        var answers = Answer(WithFields("  - { name: dia, type: date, label: Día }"), ("dia", typed));

        Assert.Equal(shown, Shown(answers));
        Assert.Matches("^202[46]-[0-9]{2}-[0-9]{2}$", answers.Answers[0].Code);
    }

    [Theory]
    [InlineData("31/02/2026")]
    [InlineData("29/02/2026")]
    [InlineData("2026-13-01")]
    [InlineData("11/30/2026")]
    [InlineData("ayer")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("2026-11-19T10:00")]
    public void A_day_that_does_not_exist_is_no_date(string typed) =>
        Assert.Equal(AnswerProblem.Date, Problem(Answer(WithFields("  - { name: dia, type: date, label: Día }"), ("dia", typed))));

    [Theory]
    [InlineData("2026-11-10", null)]
    [InlineData("2026-11-20", null)]
    [InlineData("2026-11-09", AnswerProblem.DateTooEarly)]
    [InlineData("2026-11-21", AnswerProblem.DateTooLate)]
    public void Days_are_counted_from_today(string typed, AnswerProblem? problem) =>
        Assert.Equal(problem, Answer(WithFields("  - { name: dia, type: date, label: Día, min: -10, max: 0 }"), ("dia", typed)).Errors.SingleOrDefault()?.Problem);

    [Theory]
    [InlineData("es-MX", "1,234.50", "$1,234.50", "123450 MXN")]
    [InlineData("es-MX", "$ 1,234.5", "$1,234.50", "123450 MXN")]
    [InlineData("es-MX", "1234", "$1,234.00", "123400 MXN")]
    [InlineData("es-MX", "1 234.50 MXN", "$1,234.50", "123450 MXN")]
    [InlineData("es-MX", "1.234,50", "$1,234.50", "123450 MXN")]
    [InlineData("es-MX", "0", "$0.00", "0 MXN")]
    [InlineData("es-AR", "1.234,50", "$ 1.234,50", "123450 ARS")]
    [InlineData("es-AR", "1,234.50", "$ 1.234,50", "123450 ARS")]
    [InlineData("es-AR", "ARS 1.234", "$ 1.234,00", "123400 ARS")]
    [InlineData("es-CL", "$1.234.567", "$1.234.567", "1234567 CLP")]
    public void Money_is_read_and_shown_as_the_country_writes_it(string locale, string typed, string shown, string code)
    {
        var answers = Answer(WithFields("  - { name: importe, type: money, label: Importe }"), locale, [], ("importe", typed));

        Assert.Equal(shown, Shown(answers).Replace('\u00A0', ' '));
        Assert.Equal(code, answers.Answers[0].Code);
    }

    [Theory]
    [InlineData("es-MX", "1.234")]
    [InlineData("es-MX", "1,23,4")]
    [InlineData("es-MX", "12.345.6")]
    [InlineData("es-MX", "1,2345.00")]
    [InlineData("es-MX", "10.999")]
    [InlineData("es-MX", "mil pesos")]
    [InlineData("es-MX", ".")]
    [InlineData("es-MX", "1e9")]
    [InlineData("es-MX", "9999999999999999999999")]
    [InlineData("es-AR", "1,234")]
    [InlineData("es-CL", "10,50")]
    public void An_amount_that_could_be_two_is_asked_again(string locale, string typed) =>
        Assert.Equal(AnswerProblem.Money, Problem(Answer(WithFields("  - { name: importe, type: money, label: Importe }"), locale, [], ("importe", typed))));

    [Theory]
    [InlineData("-1", AnswerProblem.TooSmall, "$0.00")]
    [InlineData("10,000.01", AnswerProblem.TooLarge, "$10,000.00")]
    public void An_amount_has_its_limits(string typed, AnswerProblem problem, string limit) =>
        Assert.Equal(new AnswerError("importe", problem, limit), Assert.Single(Answer(WithFields("  - { name: importe, type: money, label: Importe, max: 10000 }"), ("importe", typed)).Errors));

    [Theory]
    [InlineData("12", "12")]
    [InlineData("-3.5", "-3.5")]
    [InlineData("1,500.25", "1,500.25")]
    [InlineData("１２", "12")]
    public void Numbers_are_read(string typed, string shown) => Assert.Equal(shown, Shown(Answer(WithFields("  - { name: n, type: number, label: N }"), ("n", typed))));

    [Theory]
    [InlineData("doce", AnswerProblem.Number)]
    [InlineData("NaN", AnswerProblem.Number)]
    [InlineData("0x10", AnswerProblem.Number)]
    [InlineData("-1", AnswerProblem.TooSmall)]
    [InlineData("1001", AnswerProblem.TooLarge)]
    public void Numbers_have_limits(string typed, AnswerProblem problem) =>
        Assert.Equal(problem, Problem(Answer(WithFields("  - { name: n, type: number, label: N, min: 0, max: 1000 }"), ("n", typed))));

    [Fact]
    public void Telephones_and_addresses_of_mail_take_their_one_form()
    {
        Assert.Equal("55 1234 5678", Shown(Answer(WithFields("  - { name: t, type: phone, label: T }"), ("t", "+52 1 55 1234-5678"))));
        Assert.Equal("ana@ensayo.example", Shown(Answer(WithFields("  - { name: c, type: email, label: C }"), ("c", " Ana@Ensayo.example "))));
        Assert.Equal(AnswerProblem.Phone, Problem(Answer(WithFields("  - { name: t, type: phone, label: T }"), ("t", "12345"))));
        Assert.Equal(AnswerProblem.Email, Problem(Answer(WithFields("  - { name: c, type: email, label: C }"), ("c", "ana@"))));
    }

    [Theory]
    [InlineData("GODE561231GR8", false)]
    [InlineData("gode 561231 gr8", false)]
    [InlineData("GODE561231GR9", true)]
    [InlineData("no lo sé", true)]
    public void A_wrong_check_digit_warns_and_never_blocks(string typed, bool warns)
    {
        var answers = Answer(WithFields("  - { name: rfc, type: identifier, label: RFC, required: true, identifiers: [rfc] }"), ("rfc", typed));

        Assert.Empty(answers.Errors);
        Assert.Equal(warns, Assert.Single(answers.Answers).Warning);
    }

    [Fact]
    public void An_address_is_one_line_and_misses_only_what_nobody_finds_the_place_without()
    {
        var form = WithFields("  - { name: casa, type: address, label: Casa, required: true }");

        Assert.Equal("Av. Juárez 12 int. 3, Centro, 06000 Ciudad de México, CDMX, México", Shown(Answer(form, ("casa.street", "Av. Juárez"), ("casa.number", "12  int. 3"),
            ("casa.neighbourhood", "Centro"), ("casa.postcode", "06000"), ("casa.city", "Ciudad de México"), ("casa.state", "CDMX"), ("casa.country", "México"))));
        Assert.Equal(["casa.number", "casa.neighbourhood", "casa.postcode", "casa.city", "casa.state"], Answer(form, ("casa.street", "Av. Juárez")).Errors.Select(e => e.Control));
        Assert.Equal(("casa.postcode", AnswerProblem.TooLong), Answer(form, ("casa.street", "a"), ("casa.number", "1"), ("casa.neighbourhood", "n"), ("casa.city", "c"), ("casa.state", "s"), ("casa.postcode", new string('1', 13)))
            .Errors.Select(e => (e.Control, e.Problem)).Single());
    }

    [Theory]
    [InlineData("MX", "06700", "", true)]
    [InlineData("MX", "0670", "", false)]
    [InlineData("MX", "C1636", "", false)]
    [InlineData("MX", "SW1A 1AA", "Reino Unido", true)]
    [InlineData("MX", "0670", "mexico", false)]
    [InlineData("AR", "B1636FDA", "", true)]
    [InlineData("AR", "1636", "", true)]
    [InlineData("BR", "01310-100", "", true)]
    [InlineData("CO", "", "", true)]
    [InlineData("CO", "11001", "", false)]
    [InlineData("ES", "cualquiera", "", true)]
    public void A_postal_code_is_one_of_its_country(string company, string code, string country, bool fits)
    {
        var form = WithFields("  - { name: casa, type: address, label: Casa, required: true }");
        var typed = new TypedValues(new Dictionary<string, IReadOnlyList<string>>
        {
            ["casa.street"] = ["a"],
            ["casa.number"] = ["1"],
            ["casa.neighbourhood"] = ["n"],
            ["casa.city"] = ["c"],
            ["casa.state"] = ["s"],
            ["casa.postcode"] = [code],
            ["casa.country"] = [country],
        });

        var answers = new AnswerForm(Company() with { Country = company }, Desk, new AnswerWords("Sí"), Clock).Read(form, typed, Array.Empty<string>().ToLookup(f => f));

        Assert.Equal(fits ? [] : ["casa.postcode Postcode"], answers.Errors.Select(e => $"{e.Control} {e.Problem}"));
    }

    [Fact]
    public void An_address_with_nothing_but_the_country_that_stood_there_is_none()
    {
        var answers = Answer(WithFields("  - { name: casa, type: address, label: Casa }"), ("casa.country", "México"), ("casa.street", "\u200B "));

        Assert.Empty(answers.Errors);
        Assert.Empty(answers.Answers);
    }

    [Fact]
    public void Files_are_counted_and_named()
    {
        var form = WithFields("  - { name: fotos, type: file, label: Fotos, required: true, max_files: 2 }");

        Assert.Equal("a.png; b.pdf", Shown(Answer(form, "es-MX", ["a.png", "b.pdf"])));
        Assert.Equal(AnswerProblem.TooManyFiles, Problem(Answer(form, "es-MX", ["a.png", "b.pdf", "c.pdf"])));
    }
}
