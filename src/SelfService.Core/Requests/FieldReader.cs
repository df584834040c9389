using System.Globalization;
using NodaTime;
using NodaTime.Text;
using SelfService.Core.Company;
using SelfService.Core.People;
using SelfService.Core.Requests.Identifiers;
using SelfService.Core.Tickets;

namespace SelfService.Core.Requests;

/// <summary>What one field says.</summary>
/// <param name="Values">Values of chosen options, for conditions and routing.</param>
/// <param name="Display">As a person reads it; empty when nothing was answered.</param>
internal sealed record FieldReading(IReadOnlyList<string> Values, string Display, string? Code = null, bool Warning = false)
{
    public static readonly FieldReading Nothing = new([], "");

    public IReadOnlyList<AnswerError> Errors { get; init; } = [];
}

/// <summary>Reads single fields. Whatever was typed passes <see cref="PlainText"/> before anything is done with it.</summary>
internal sealed class FieldReader(CompanyProfile company, AnswerWords words, LocalDate today)
{
    private readonly CompanyFigures figures = new(company);
    private readonly CultureInfo culture = CultureInfo.GetCultureInfo(company.Locale);

    public FieldReading Read(FormField field, TypedValues typed, IReadOnlyList<string> files)
    {
        var reading = field.Type switch
        {
            FieldType.Choice or FieldType.Choices => Chosen(field, typed.All(field.Name)),
            FieldType.Consent => Consent(field, typed),
            FieldType.Address => Address(field, typed),
            FieldType.File => Files(field, files),
            FieldType.LongText => Written(field, PlainText.Body(typed.One(field.Name))),
            _ => Written(field, PlainText.Line(typed.One(field.Name))),
        };
        var isMissing = field.IsRequired && reading is { Display: "", Errors: [] };
        return isMissing ? reading with { Errors = [new AnswerError(field.Name, MissingOf(field.Type))] } : reading;
    }

    private static AnswerProblem MissingOf(FieldType type) => type switch
    {
        FieldType.Choice or FieldType.Choices => AnswerProblem.NotChosen,
        FieldType.Consent => AnswerProblem.NotAccepted,
        FieldType.File => AnswerProblem.FileMissing,
        _ => AnswerProblem.Missing,
    };

    private FieldReading Written(FormField field, string text)
    {
        if (text.Length == 0)
        {
            return FieldReading.Nothing;
        }

        if (text.Length > field.TypedMaxLength)
        {
            return Wrong(field, AnswerProblem.TooLong, figures.Show(field.TypedMaxLength));
        }

        return field.Type switch
        {
            FieldType.Date => DateOf(field, text),
            FieldType.Number => NumberOf(field, text),
            FieldType.Money => MoneyOf(field, text),
            FieldType.Phone => PhoneNumber.Parse(text, company.Country) is { } phone
                ? new FieldReading([], phone.Extension is null ? phone.Display(company.Country) : $"{phone.Display(company.Country)} ext. {phone.Extension}", phone.E164)
                : Wrong(field, AnswerProblem.Phone),
            FieldType.Email => EmailAddress.Parse(text) is { } email ? new FieldReading([], email) : Wrong(field, AnswerProblem.Email),
            FieldType.Identifier => Identifier.Read(text, field.Identifiers) is var read
                ? new FieldReading([], read.Value, Warning: read.Verdict != IdentifierVerdict.Valid)
                : FieldReading.Nothing,
            _ => new FieldReading([], text),
        };
    }

    private FieldReading DateOf(FormField field, string text)
    {
        if (TypedDate.Read(text) is not { } date)
        {
            return Wrong(field, AnswerProblem.Date, TypedDate.Write(today));
        }

        var days = Period.DaysBetween(today, date);
        return days < field.Min ? Wrong(field, AnswerProblem.DateTooEarly, TypedDate.Write(today.PlusDays((int)field.Min)))
            : days > field.Max ? Wrong(field, AnswerProblem.DateTooLate, TypedDate.Write(today.PlusDays((int)field.Max)))
            : new FieldReading([], date.ToString("D", culture), LocalDatePattern.Iso.Format(date));
    }

    private FieldReading NumberOf(FormField field, string text)
    {
        if (figures.Number(text) is not { } number)
        {
            return Wrong(field, AnswerProblem.Number, figures.Show(1234.5m));
        }

        return number < field.Min ? Wrong(field, AnswerProblem.TooSmall, figures.Show(field.Min.Value))
            : number > field.Max ? Wrong(field, AnswerProblem.TooLarge, figures.Show(field.Max.Value))
            : new FieldReading([], figures.Show(number), number.ToString("0.######", CultureInfo.InvariantCulture));
    }

    private FieldReading MoneyOf(FormField field, string text)
    {
        if (figures.MinorUnits(text) is not { } amount)
        {
            return Wrong(field, AnswerProblem.Money, figures.ShowMoney(figures.Minor(1234.5m)));
        }

        var (least, most) = (figures.Minor(field.Min ?? 0), field.Max is { } max ? figures.Minor(max) : long.MaxValue);
        return amount < least ? Wrong(field, AnswerProblem.TooSmall, figures.ShowMoney(least))
            : amount > most ? Wrong(field, AnswerProblem.TooLarge, figures.ShowMoney(most))
            : new FieldReading([], figures.ShowMoney(amount), figures.Code(amount));
    }

    private static FieldReading Chosen(FormField field, IReadOnlyList<string> values)
    {
        var given = values.Where(value => value.Length > 0).ToHashSet();
        var chosen = field.Options.Where(o => given.Contains(o.Value)).ToList();
        if (chosen.Count < given.Count || (field.Type == FieldType.Choice && chosen.Count > 1))
        {
            return Wrong(field, AnswerProblem.UnknownOption);
        }

        var keys = chosen.Select(o => o.Value).ToList();
        return new FieldReading(keys, string.Join("; ", chosen.Select(o => o.Label)), chosen.Count == 0 ? null : string.Join(',', keys));
    }

    private FieldReading Consent(FormField field, TypedValues typed) =>
        typed.Has(field.Name, FieldCondition.Accepted) ? new FieldReading([FieldCondition.Accepted], words.Accepted, FieldCondition.Accepted) : FieldReading.Nothing;

    private FieldReading Address(FormField field, TypedValues typed)
    {
        var asked = AddressParts.Of(company.Country);
        var parts = asked.ToDictionary(part => part.Name, part => PlainText.Line(typed.One($"{field.Name}.{part.Name}")));
        var isEmpty = parts.All(part => part.Key == AddressParts.Country || part.Value.Length == 0);
        var errors = new List<AnswerError>();
        var isAbroad = parts[AddressParts.Country] is { Length: > 0 } country && FoldedText.Of(country) != FoldedText.Of(new RegionInfo(company.Country).NativeName);
        foreach (var part in asked)
        {
            var control = $"{field.Name}.{part.Name}";
            if (parts[part.Name].Length > part.MaxLength)
            {
                errors.Add(new AnswerError(control, AnswerProblem.TooLong, figures.Show(part.MaxLength)));
            }
            else if (field.IsRequired && part.IsNeeded && parts[part.Name].Length == 0)
            {
                errors.Add(new AnswerError(control, AnswerProblem.Missing));
            }
            else if (!isAbroad && parts[part.Name].Length > 0 && part.Shape?.IsMatch(parts[part.Name].Replace(" ", "", StringComparison.Ordinal)) == false)
            {
                // Another country has codes of its own.
                errors.Add(new AnswerError(control, AnswerProblem.Postcode));
            }
        }

        return isEmpty && errors.Count == 0 ? FieldReading.Nothing : new FieldReading([], AddressParts.Join(name => parts[name])) { Errors = errors };
    }

    private static FieldReading Files(FormField field, IReadOnlyList<string> names) => names.Count > field.MaxFiles
        ? Wrong(field, AnswerProblem.TooManyFiles, field.MaxFiles.ToString(CultureInfo.InvariantCulture))
        : new FieldReading([], string.Join("; ", names));

    private static FieldReading Wrong(FormField field, AnswerProblem problem, string argument = "") =>
        FieldReading.Nothing with { Errors = [new AnswerError(field.Name, problem, argument)] };
}
