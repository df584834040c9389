using System.Text;
using System.Text.RegularExpressions;

namespace SelfService.Core.People;

/// <summary>A phone number as customers in Latin America type it, known by one spelling.</summary>
public sealed partial record PhoneNumber
{
    /// <summary>Longest text that is read, in characters.</summary>
    public const int TypedMaxLength = 64;

    /// <summary>Longest <see cref="E164"/>, in characters.</summary>
    public const int E164MaxLength = 16;

    /// <summary>Longest <see cref="PersonKey"/>, in characters.</summary>
    public const int PersonKeyMaxLength = 23;

    private readonly NumberingPlan plan;
    private readonly string national;

    private PhoneNumber(NumberingPlan plan, string national, string? extension)
    {
        this.plan = plan;
        this.national = national;
        Extension = extension;
    }

    /// <summary>What is dialled today and stored, such as <c>+525512345678</c>. Nothing of an extension.</summary>
    public string E164 => $"+{plan.Code}{national}";

    /// <summary>
    /// The same for every spelling of one person's number. Argentina's 9 is left out, because her mobile is the same with
    /// it, with 15 and with neither; an extension is kept, because behind a switchboard it is what tells people apart.
    /// </summary>
    public string PersonKey => $"+{plan.Code}{plan.ShapeOf(national)?.Telling(national) ?? national}{(Extension is null ? "" : $"x{Extension}")}";

    /// <summary>Digits to dial after the call is answered, or null.</summary>
    public string? Extension { get; }

    /// <summary>The last two digits, for who must recognise the number and not learn it.</summary>
    public string Masked => $"•••• ••{national[^2..]}";

    /// <summary>Reads what was typed; null when it cannot be a phone number.</summary>
    /// <param name="typed">With any spaces, punctuation and prefixes.</param>
    /// <param name="defaultCountry">
    /// ISO 3166 code of the country whose numbers are typed without international code. In a country that is not in
    /// <see cref="NumberingPlans"/> only numbers with <c>+</c>, <c>00</c> or <c>011</c> are read.
    /// </param>
    public static PhoneNumber? Parse(string? typed, string defaultCountry)
    {
        if (typed is null || typed.Length > TypedMaxLength)
        {
            return null;
        }

        var text = TypedText.Clean(typed).ToLowerInvariant();
        var extension = ExtensionAtEnd().Match(text);
        text = extension.Success ? text[..extension.Index] : text;
        return Digits(Ornament().Replace(text, "")) switch
        {
            null => null,
            ['+', .. var digits] => International(digits),
            ['0', '0', .. var digits] => International(digits),
            var digits => AtHome(digits, NumberingPlans.Of(defaultCountry)) ?? FromNorthAmerica(digits),
        } is var (plan, national)
            ? new PhoneNumber(plan, national, extension.Success ? extension.Groups[1].Value : null)
            : null;
    }

    /// <summary>Grouped as people write it in a country: its own numbers without international code, others with it.</summary>
    /// <param name="country">ISO 3166 code of the country of who reads it.</param>
    public string Display(string country)
    {
        var shape = plan.ShapeOf(national);
        return NumberingPlans.Of(country) == plan && shape is not null
            ? shape.AtHome(national)
            : $"+{plan.Code} {shape?.FromAbroad(national) ?? InThrees().Replace(national, "$& ")}";
    }

    /// <summary><see cref="Masked"/>, so that no log or message holds a number by accident.</summary>
    public override string ToString() => Masked;

    /// <summary>Digits in ASCII, with <c>+</c> in front if it was typed; null when anything else is there.</summary>
    private static string? Digits(string text)
    {
        var digits = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c) || (c == '+' && digits.Length == 0))
            {
                digits.Append(c);
            }
            else if (!" .-/()[]·".Contains(c))
            {
                return null;
            }
        }

        return digits.ToString();
    }

    private static (NumberingPlan, string)? AtHome(string digits, NumberingPlan? plan)
    {
        if (plan?.National(digits, afterCode: false) is { } national)
        {
            return (plan, national);
        }

        // Messengers leave out the +.
        return plan is not null && digits.StartsWith(plan.Code, StringComparison.Ordinal) ? International(digits) : null;
    }

    // 011 leads out of North America, but in the south it is a trunk 0 and Buenos Aires or São Paulo: last of all.
    private static (NumberingPlan, string)? FromNorthAmerica(string digits) => digits is ['0', '1', '1', .. var rest] ? International(rest) : null;

    private static (NumberingPlan, string)? International(string digits) =>
        NumberingPlans.Behind(digits) is { } plan && plan.National(digits[plan.Code.Length..], afterCode: true) is { } national ? (plan, national) : null;

    // "tel:" in front, the (0) that is dialled at home only, and the 0XX of Brazil, where XX is any carrier.
    [GeneratedRegex(@"^tel:|\(0\)|0xx")]
    private static partial Regex Ornament();

    [GeneratedRegex("[ ,;]*(?:ext(?:ensi[oó]n|)|x|int(?:erno|)|anexo|ramal|#)[ .:=#]*([0-9]{1,6})$")]
    private static partial Regex ExtensionAtEnd();

    [GeneratedRegex("[0-9]{3}(?=[0-9]{2})")]
    private static partial Regex InThrees();
}
