using SelfService.Core.Requests;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Requests;

/// <summary>Where a filled form goes, what it is called, and hostile text.</summary>
public sealed class AnswerRoutingTests : FormTest
{
    private const string Fields = """
          - name: tema
            type: choice
            label: Tema
            options:
              - { value: internet, label: Internet, queue: redes }
              - { value: queja, label: Queja, priority: high, sla: urgente }
              - { value: idea, label: Idea, priority: low }
              - { value: otro, label: Otro }
          - name: marcas
            type: choices
            label: Marcas
            options:
              - { value: grave, label: Grave, priority: urgent, sla: estandar }
              - { value: casa, label: Casa, queue: ayuda }
              - { value: nada, label: Nada }
        """;

    private static readonly RequestForm Routed = WithFields(Fields, "queue: ayuda");

    [Theory]
    [InlineData("otro", "nada", "ayuda", TicketPriority.Normal, "estandar")]
    [InlineData("internet", "nada", "redes", TicketPriority.Normal, "urgente")]
    [InlineData("internet", "casa", "ayuda", TicketPriority.Normal, "estandar")]
    [InlineData("queja", "nada", "ayuda", TicketPriority.High, "urgente")]
    [InlineData("queja", "grave", "ayuda", TicketPriority.Urgent, "estandar")]
    [InlineData("idea", "nada", "ayuda", TicketPriority.Low, "estandar")]
    [InlineData("idea", "grave", "ayuda", TicketPriority.Urgent, "estandar")]
    public void The_last_answer_that_names_a_queue_or_a_policy_wins_and_so_does_the_highest_priority(
        string theme, string mark, string queue, TicketPriority priority, string sla)
    {
        var answers = Answer(Routed, ("tema", theme), ("marcas", mark));

        Assert.Equal((queue, priority, sla), (answers.Queue, answers.Priority, answers.Sla));
    }

    [Fact]
    public void What_is_sent_besides_answers_routes_nothing()
    {
        var answers = Answer(Routed, ("tema", "otro"), ("Queue", "redes"), ("priority", "urgent"), ("sla", "urgente"), ("marcas.queue", "redes"));

        Assert.Equal(("ayuda", TicketPriority.Normal, "estandar"), (answers.Queue, answers.Priority, answers.Sla));
        Assert.Equal(["tema"], answers.Answers.Select(a => a.Name));
    }

    [Theory]
    [InlineData("Internet: {falla} · {zona}", "Lenta", "Centro", "Internet: Lenta · Centro")]
    [InlineData("Internet: {falla} · {zona}", "Lenta", "", "Internet: Lenta")]
    [InlineData("Internet: {falla} · {zona}", "", "Centro", "Internet · Centro")]
    [InlineData("Internet: {falla} · {zona}", "", "", "Internet")]
    [InlineData("{falla} ({zona})", "Lenta", "", "Lenta")]
    [InlineData("{falla}", "", "", "Ensayo")]
    [InlineData("{falla}", "{zona}", "Centro", "{zona}")]
    public void The_subject_is_made_from_answers(string template, string fault, string zone, string subject) =>
        Assert.Equal(subject, Answer(WithFields("  - { name: falla, type: text, label: F }\n  - { name: zona, type: text, label: Z }", $"subject: '{template}'"), ("falla", fault), ("zona", zone)).Subject);

    [Fact]
    public void Without_a_template_the_field_asunto_is_the_subject_and_mensaje_the_message()
    {
        var answers = Answer(
            WithFields("  - { name: asunto, type: text, label: Asunto }\n  - { name: mensaje, type: long_text, label: Mensaje }\n  - { name: mas, type: text, label: Más }"),
            ("asunto", "No prende"), ("mensaje", "Uno\r\n\r\ndos"), ("mas", "Algo"));

        Assert.Equal(("No prende", "Uno\n\ndos"), (answers.Subject, answers.Message));
        Assert.Equal(["Más"], answers.Answers.Select(a => a.Label));
    }

    [Fact]
    public void A_long_subject_is_cut_and_never_inside_a_character()
    {
        var form = WithFields("  - { name: a, type: text, label: A, max_length: 10000 }", "subject: '{a}'");

        Assert.Equal(200, Answer(form, ("a", new string('x', 500))).Subject.Length);
        Assert.False(char.IsHighSurrogate(Answer(form, ("a", new string('x', 198) + string.Concat(Enumerable.Repeat("😀", 50)))).Subject[^2]));
    }

    [Theory]
    [InlineData("Jose\u0301 Nun\u0303ez", "José Nuñez")]
    [InlineData("uno\u0000dos", "unodos")]
    [InlineData("uno\u200Bdos\u202Etres\uFEFF", "unodostres")]
    [InlineData("\uFFFEuno\uFFFF", "uno")]
    [InlineData("👩\u200D🔧 lista 😀", "👩\u200D🔧 lista 😀")]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    [InlineData("  dos \t palabras \r\n aquí ", "dos palabras aquí")]
    [InlineData("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0")]
    public void Text_passes_the_door_clean_and_is_never_markup(string typed, string kept) =>
        Assert.Equal(kept, Shown(Answer(WithFields("  - { name: a, type: text, label: A }"), ("a", typed))));

    [Theory]
    [InlineData("text", 200, "200")]
    [InlineData("long_text", 5000, "5,000")]
    public void Text_longer_than_its_field_is_refused_and_of_its_length_is_not(string type, int length, string limit)
    {
        var form = WithFields($"  - {{ name: a, type: {type}, label: A }}");

        Assert.Empty(Answer(form, ("a", new string('ñ', length))).Errors);
        Assert.Equal(new AnswerError("a", AnswerProblem.TooLong, limit), Assert.Single(Answer(form, ("a", new string('ñ', length + 1))).Errors));
        Assert.Equal(AnswerProblem.TooLong, Problem(Answer(form, ("a", new string('ñ', 10_000)))));
    }

    [Theory]
    [InlineData("date")]
    [InlineData("number")]
    [InlineData("money")]
    [InlineData("phone")]
    [InlineData("email")]
    public void Ten_thousand_characters_are_no_date_and_no_number(string type) =>
        Assert.Equal(AnswerProblem.TooLong, Problem(Answer(WithFields($"  - {{ name: a, type: {type}, label: A }}"), ("a", new string('9', 10_000)))));
}
