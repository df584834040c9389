using System.Globalization;
using System.Text.RegularExpressions;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Requests.Identifiers;
using SelfService.Core.Tickets;

namespace SelfService.Core.Requests;

/// <summary>Checks the fields of a form's file. Every problem names the field, with its line.</summary>
internal sealed partial class FormFieldsReader(FormRouting routing, ICollection<ContentProblem> problems)
{
    private static readonly Dictionary<string, FieldType> Types = new()
    {
        ["text"] = FieldType.Text,
        ["long_text"] = FieldType.LongText,
        ["choice"] = FieldType.Choice,
        ["choices"] = FieldType.Choices,
        ["date"] = FieldType.Date,
        ["number"] = FieldType.Number,
        ["money"] = FieldType.Money,
        ["phone"] = FieldType.Phone,
        ["email"] = FieldType.Email,
        ["address"] = FieldType.Address,
        ["file"] = FieldType.File,
        ["identifier"] = FieldType.Identifier,
        ["consent"] = FieldType.Consent,
    };

    private static readonly Dictionary<string, IdentifierKind> Kinds = new()
    {
        ["rfc"] = IdentifierKind.Rfc,
        ["curp"] = IdentifierKind.Curp,
        ["cuit"] = IdentifierKind.Cuit,
        ["rut"] = IdentifierKind.Rut,
        ["nit"] = IdentifierKind.Nit,
        ["ruc"] = IdentifierKind.Ruc,
        ["cpf"] = IdentifierKind.Cpf,
        ["cnpj"] = IdentifierKind.Cnpj,
        ["rut_uy"] = IdentifierKind.UruguayRut,
        ["cedula"] = IdentifierKind.Cedula,
    };

    private readonly List<FormField> read = [];
    private int line;

    /// <summary>The fields that could be read; an error among the problems says that the form cannot be used.</summary>
    /// <param name="lines">Line of each field's name, in their order.</param>
    public IReadOnlyList<FormField> Read(IReadOnlyList<RequestFormFile.FieldPart?> parts, IReadOnlyList<int> lines)
    {
        // Without a name in every field the lines would be those of others.
        var hasLines = lines.Count == parts.Count;
        for (var place = 0; place < Math.Min(parts.Count, RequestForm.MaxFields); place++)
        {
            line = hasLines ? lines[place] : 0;
            var part = parts[place];
            if (part?.Name is not { } name || !Name().IsMatch(name) || name.Length > FormField.NameMaxLength
                || RequestForm.ReservedNames.Contains(name) || read.Any(f => f.Name == name))
            {
                Refuse(ProblemKind.FormFieldName, $"fields {place + 1}: {part?.Name ?? "—"}");
            }
            else if (part.Type is null || !Types.TryGetValue(part.Type, out var type))
            {
                Refuse(ProblemKind.FormFieldType, $"{name}: {part.Type ?? "—"}");
            }
            else
            {
                read.Add(Field(name, type, part));
            }
        }

        return read;
    }

    private FormField Field(string name, FieldType type, RequestFormFile.FieldPart part)
    {
        var label = PlainText.Line(part.Label);
        if (label.Length is 0 or > FormField.LabelMaxLength)
        {
            Refuse(ProblemKind.FormFieldLabel, name);
        }

        var hint = PlainText.Line(part.Hint);
        if (hint.Length > FormField.HintMaxLength)
        {
            problems.Add(ContentProblem.Warning(ProblemKind.TooLong, line, $"{name}.hint > {FormField.HintMaxLength}"));
            hint = hint[..FormField.HintMaxLength];
        }

        CheckLimits(name, type, part);
        return new FormField
        {
            Name = name,
            Type = type,
            Label = new FieldLabel(label),
            Hint = hint,
            IsRequired = part.Required,
            Options = type is FieldType.Choice or FieldType.Choices ? Options(name, part.Options ?? []) : [],
            Condition = part.ShowWhen is { } condition ? Condition(name, condition) : null,
            Min = part.Min,
            Max = part.Max,
            MaxLength = part.MaxLength ?? (type == FieldType.LongText ? FormField.LongTextLength : FormField.TextLength),
            MaxFiles = part.MaxFiles ?? Attachment.MaxCount,
            Identifiers = type == FieldType.Identifier ? Identifiers(name, part.Identifiers ?? []) : [],
        };
    }

    private void CheckLimits(string name, FieldType type, RequestFormFile.FieldPart part)
    {
        if (part.MaxLength is < 1 or > FormField.MostLength)
        {
            Refuse(ProblemKind.FormLimits, $"{name}.max_length: {part.MaxLength}");
        }

        if (part.MaxFiles is < 1 or > Attachment.MaxCount)
        {
            Refuse(ProblemKind.FormLimits, $"{name}.max_files: {part.MaxFiles}");
        }

        // A hundred years of days; sums that no account has.
        var most = type == FieldType.Date ? 36_525 : 1_000_000_000_000m;
        if (part.Min > part.Max || Math.Abs(part.Min ?? 0) > most || Math.Abs(part.Max ?? 0) > most)
        {
            Refuse(ProblemKind.FormLimits, string.Create(CultureInfo.InvariantCulture, $"{name}.min: {part.Min}, {name}.max: {part.Max}"));
        }
    }

    private List<FieldOption> Options(string name, List<RequestFormFile.OptionPart?> parts)
    {
        var options = new List<FieldOption>();
        foreach (var part in parts.Take(FormField.MaxOptions))
        {
            var label = PlainText.Line(part?.Label);
            if (part?.Value is not { } value || !OptionValue().IsMatch(value) || value.Length > FieldOption.ValueMaxLength
                || label.Length is 0 or > FieldOption.LabelMaxLength || options.Any(o => o.Value == value))
            {
                Refuse(ProblemKind.FormOptions, $"{name}: {part?.Value ?? "—"}");
                continue;
            }

            var where = $"{name}.{value}";
            options.Add(new FieldOption(value, label, routing.Queue(part.Queue, where, line), routing.Priority(part.Priority, where, line), routing.Sla(part.Sla, where, line)));
        }

        if (parts.Count is 0 or > FormField.MaxOptions)
        {
            Refuse(ProblemKind.FormOptions, $"{name}: {parts.Count}");
        }

        return options;
    }

    // Only fields above can be meant, so that no circle of conditions is possible.
    private FieldCondition? Condition(string name, RequestFormFile.ConditionPart part)
    {
        var values = (part.Is ?? []).Select(value => value?.Trim() ?? "").Distinct().ToList();
        var above = read.FirstOrDefault(f => f.Name == part.Field);
        IReadOnlyList<string> known = above?.Type switch
        {
            FieldType.Choice or FieldType.Choices => [.. above.Options.Select(o => o.Value)],
            FieldType.Consent => [FieldCondition.Accepted],
            _ => [],
        };
        if (above is null || values.Count == 0 || values.Except(known).Any())
        {
            Refuse(ProblemKind.FormCondition, $"{name}: {part.Field ?? "—"} = {string.Join(", ", values.Except(known))}");
            return null;
        }

        return new FieldCondition(above.Name, values);
    }

    private List<IdentifierKind> Identifiers(string name, List<string?> written)
    {
        var unknown = written.Where(kind => kind is null || !Kinds.ContainsKey(kind)).ToList();
        if (written.Count == 0 || unknown.Count > 0)
        {
            Refuse(ProblemKind.FormIdentifiers, $"{name}: {string.Join(", ", unknown)}");
        }

        return [.. written.Except(unknown).Select(kind => Kinds[kind!]).Distinct()];
    }

    private void Refuse(ProblemKind kind, string detail) => problems.Add(ContentProblem.Error(kind, line, detail));

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex Name();

    [GeneratedRegex("^[a-z0-9_]+$")]
    private static partial Regex OptionValue();
}
