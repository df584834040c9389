using System.Text;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Requests;
using SelfService.Core.Requests.Identifiers;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Requests;

/// <summary>Forms as companies write them, rightly and not.</summary>
public sealed class RequestFormFileTests : FormTest
{
    private const string Good = """
        title: Reportar una falla
        summary: Sin servicio o con cortes.
        icon: wifi
        position: 10
        queue: redes
        priority: low
        sla: urgente
        subject: "Internet: {falla}"
        articles: [no-tengo-internet, luces]
        contact: [phone]
        next: Revisamos su línea.
        fields:
          - name: falla
            type: choice
            label: ¿Qué pasa?
            hint: Elija una.
            required: true
            options:
              - { value: sin_servicio, label: No tengo internet, priority: high, queue: ayuda, sla: estandar }
              - { value: lento, label: Está lento }
          - name: rfc
            type: identifier
            label: RFC
            identifiers: [rfc, curp]
            show_when: { field: falla, is: [lento] }
          - { name: desde, type: date, label: ¿Desde cuándo?, min: -90, max: 0 }
          - { name: mensaje, type: long_text, label: Cuéntenos, max_length: 4000 }
          - { name: fotos, type: file, label: Fotos, max_files: 2 }
        """;

    [Fact]
    public void A_form_is_read_whole()
    {
        var form = Form(Good);

        Assert.Equal(("ensayo", "Reportar una falla", "Sin servicio o con cortes.", "wifi", 10, "redes", TicketPriority.Low, "urgente", ContactNeed.Phone, "/solicitudes/ensayo"),
            (form.Slug, form.Title, form.Summary, form.Icon, form.Position, form.Queue, form.Priority, form.Sla, form.Contact, form.Url));
        Assert.Equal(["no-tengo-internet", "luces"], form.Articles);
        Assert.Equal(["falla", "rfc", "desde", "mensaje", "fotos"], form.Fields.Select(f => f.Name));
        Assert.Equal([FieldType.Choice, FieldType.Identifier, FieldType.Date, FieldType.LongText, FieldType.File], form.Fields.Select(f => f.Type));
        Assert.True(form.Fields[0].IsRequired);
        Assert.Equal(new FieldOption("sin_servicio", "No tengo internet", "ayuda", TicketPriority.High, "estandar"), form.Fields[0].Options[0]);
        Assert.Equal([IdentifierKind.Rfc, IdentifierKind.Curp], form.Fields[1].Identifiers);
        Assert.Equal(("falla", "lento"), (form.Fields[1].Condition!.Field, form.Fields[1].Condition!.Values.Single()));
        Assert.Equal((-90m, 0m), (form.Fields[2].Min, form.Fields[2].Max));
        Assert.Equal((4000, 2), (form.Fields[3].MaxLength, form.Fields[4].MaxFiles));
    }

    [Theory]
    [InlineData("title: Reportar una falla", "title: ''", ProblemKind.FormTitle, 1)]
    [InlineData("name: falla", "name: Falla", ProblemKind.FormFieldName, 13)]
    [InlineData("name: falla", "name: key", ProblemKind.FormFieldName, 13)]
    [InlineData("name: desde", "name: falla", ProblemKind.FormFieldName, 26)]
    [InlineData("type: choice", "type: chioce", ProblemKind.FormFieldType, 13)]
    [InlineData("label: ¿Qué pasa?", "label: ' '", ProblemKind.FormFieldLabel, 13)]
    [InlineData("value: lento", "value: Está lento", ProblemKind.FormOptions, 13)]
    [InlineData("value: lento", "value: sin_servicio", ProblemKind.FormOptions, 13)]
    [InlineData("is: [lento]", "is: [rapido]", ProblemKind.FormCondition, 21)]
    [InlineData("field: falla,", "field: desde,", ProblemKind.FormCondition, 21)]
    [InlineData("field: falla,", "field: rfc,", ProblemKind.FormCondition, 21)]
    [InlineData("min: -90, max: 0", "min: 1, max: 0", ProblemKind.FormLimits, 26)]
    [InlineData("max_length: 4000", "max_length: 10001", ProblemKind.FormLimits, 27)]
    [InlineData("max_files: 2", "max_files: 6", ProblemKind.FormLimits, 28)]
    [InlineData("[rfc, curp]", "[rfc, pasaporte]", ProblemKind.FormIdentifiers, 21)]
    [InlineData("[phone]", "[paloma]", ProblemKind.FormContact, 10)]
    public void A_mistake_keeps_the_form_out_and_is_named_with_its_line(string right, string wrong, ProblemKind kind, int line)
    {
        var problems = new List<ContentProblem>();

        var form = RequestFormFile.Read("ensayo", Encoding.UTF8.GetBytes(Good.Replace(right, wrong)), Desk, problems);

        Assert.Null(form);
        Assert.Contains(problems, p => p.Kind == kind && p.Line == line && p.Severity == ProblemSeverity.Error);
    }

    [Theory]
    [InlineData("queue: redes", "queue: ventas", ProblemKind.FormRouting, 5)]
    [InlineData("priority: low", "priority: muchísima", ProblemKind.FormRouting, 6)]
    [InlineData("queue: ayuda", "queue: ventas", ProblemKind.FormRouting, 13)]
    [InlineData("{falla}", "{fala}", ProblemKind.FormSubject, 8)]
    [InlineData("required: true", "requerido: true", ProblemKind.UnknownKeys, 17)]
    public void A_doubt_is_told_and_the_form_is_used(string right, string wrong, ProblemKind kind, int line)
    {
        var problems = new List<ContentProblem>();

        var form = RequestFormFile.Read("ensayo", Encoding.UTF8.GetBytes(Good.Replace(right, wrong)), Desk, problems);

        Assert.NotNull(form);
        Assert.Equal((kind, line, ProblemSeverity.Warning), (Assert.Single(problems).Kind, problems[0].Line, problems[0].Severity));
        Assert.Contains(form.Queue, new[] { "ayuda", "redes" });
    }

    [Fact]
    public void Every_limit_holds()
    {
        static string Fields(int count) => string.Concat(Enumerable.Range(1, count).Select(i => $"  - {{ name: campo{i}, type: text, label: Campo {i} }}\n"));
        static string Options(int count) => "  - name: uno\n    type: choice\n    label: Uno\n    options:\n" + string.Concat(Enumerable.Range(1, count).Select(i => $"      - {{ value: v{i}, label: Valor {i} }}\n"));

        Assert.Equal(60, WithFields(Fields(60)).Fields.Count);
        Assert.Contains(ProblemKind.FormFields, Problems("title: Ensayo\nfields:\n" + Fields(61)));
        Assert.Contains(ProblemKind.FormFields, Problems("title: Ensayo\n"));
        Assert.Equal(60, WithFields(Options(60)).Fields[0].Options.Count);
        Assert.Contains(ProblemKind.FormOptions, Problems("title: Ensayo\nfields:\n" + Options(61)));
        Assert.Contains(ProblemKind.FormOptions, Problems("title: Ensayo\nfields:\n  - { name: uno, type: choice, label: Uno }\n"));
        Assert.Contains(ProblemKind.FileTooLarge, Problems("title: Ensayo\n#" + new string('x', RequestFormFile.MaxBytes)));
        Assert.Contains(ProblemKind.FormTitle, Problems($"title: {new string('x', 81)}\nfields:\n" + Fields(1)));
    }

    [Theory]
    [InlineData("fields: &a [*a]", ProblemKind.FrontMatterAlias)]
    [InlineData("a: &a [x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nfields: *c", ProblemKind.FrontMatterAlias)]
    [InlineData("fields: {\"a\": ", ProblemKind.InvalidFrontMatter)]
    [InlineData("fields: uno", ProblemKind.InvalidFrontMatter)]
    [InlineData("fields:\n  - name: [a, b]", ProblemKind.InvalidFrontMatter)]
    [InlineData("fields:\n  - { name: a, type: number, label: A, min: mucho }", ProblemKind.InvalidFrontMatter)]
    public void What_is_no_form_is_refused(string yaml, ProblemKind kind) => Assert.Contains(kind, Problems("title: Ensayo\n" + yaml));

    [Fact]
    public void Twenty_thousand_brackets_and_endless_keys_cost_nothing()
    {
        Assert.Contains(ProblemKind.FrontMatterTooDeep, Problems("fields: " + new string('[', 20_000)));
        Assert.Contains(ProblemKind.FrontMatterTooDeep, Problems("fields: " + string.Concat(Enumerable.Repeat("{a: ", 20_000))));
        Assert.Contains(ProblemKind.FormFields, Problems("title: Ensayo\n" + new string('k', 1_000) + ": {" + string.Join(", ", Enumerable.Range(0, 5_000).Select(i => $"k{i}: v")) + "}"));
    }

    [Fact]
    public void Nulls_in_every_place_are_mistakes_and_no_crash()
    {
        Assert.Contains(ProblemKind.FormFieldName, Problems("title: Ensayo\nfields: [~]"));
        Assert.Contains(ProblemKind.FormOptions, Problems("title: Ensayo\nfields:\n  - { name: a, type: choice, label: A, options: [~] }"));
        Assert.Contains(ProblemKind.FormCondition, Problems("title: Ensayo\nfields:\n  - { name: a, type: text, label: A, show_when: {} }"));
        Assert.Contains(ProblemKind.FormIdentifiers, Problems("title: Ensayo\nfields:\n  - { name: a, type: identifier, label: A, identifiers: [~] }"));
        Assert.Contains(ProblemKind.FormTitle, Problems("fields:\n  - { name: a, type: text, label: A }"));
        Assert.Contains(ProblemKind.FormContact, Problems("title: Ensayo\ncontact: [~]\nfields:\n  - { name: a, type: text, label: A }"));
    }

    [Theory]
    [InlineData("Acepto el [aviso de privacidad](/articulos/aviso) de hoy", "Acepto el aviso de privacidad de hoy", "/articulos/aviso")]
    [InlineData("Vea [esto](https://malo.example/)", "Vea [esto](https://malo.example/)", null)]
    [InlineData("Vea [esto](//malo.example/)", "Vea [esto](//malo.example/)", null)]
    [InlineData("Vea [esto](/\\malo.example)", "Vea [esto](/\\malo.example)", null)]
    [InlineData("Vea [esto](javascript:alert(1))", "Vea [esto](javascript:alert(1))", null)]
    [InlineData("<b>Vea</b> [x](/a\"onclick=b)", "<b>Vea</b> [x](/a\"onclick=b)", null)]
    public void Only_links_into_the_portal_are_links(string written, string text, string? address)
    {
        var label = new FieldLabel(written);

        Assert.Equal(text, label.Text);
        Assert.Equal(address, label.Parts.SingleOrDefault(p => p.Address is not null)?.Address);
    }

    private static List<ProblemKind> Problems(string yaml)
    {
        var problems = new List<ContentProblem>();
        try
        {
            RequestFormFile.Read("ensayo", Encoding.UTF8.GetBytes(yaml), Desk, problems);
        }
        catch (ContentException exception)
        {
            problems.Add(exception.Problem);
        }

        return [.. problems.Select(p => p.Kind)];
    }
}
