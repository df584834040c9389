using System.Globalization;
using System.Text.RegularExpressions;
using SelfService.Core.Company;
using SelfService.Core.People;

namespace SelfService.Core.Requests;

/// <summary>Numbers and money as the company's country writes them.</summary>
public sealed partial class CompanyFigures
{
    private const int MaxDigits = 15;
    private const int MaxDecimals = 6;

    private readonly CultureInfo culture;
    private readonly string currency;
    private readonly bool isNational;
    private readonly int minorDigits;

    public CompanyFigures(CompanyProfile company)
    {
        culture = CultureInfo.GetCultureInfo(company.Locale);
        currency = company.Currency;
        // A sign such as $ is read as the money of the country; any other is written with its code.
        isNational = !culture.IsNeutralCulture && new RegionInfo(culture.Name).ISOCurrencySymbol == currency;
        minorDigits = isNational ? culture.NumberFormat.CurrencyDecimalDigits : 2;
    }

    /// <summary>A number as it was typed, with the separators of the country or, where they can only mean one thing, of another.</summary>
    /// <returns>Null when it is no number, or could be two.</returns>
    public decimal? Number(string typed) => Read(typed, MaxDecimals);

    /// <summary>An amount as it was typed, in minor units; signs and codes of currencies around it are passed over.</summary>
    /// <returns>Null when it is no amount, or could be two.</returns>
    public long? MinorUnits(string typed) =>
        Read(CurrencyMark().Replace(TypedText.Clean(typed), ""), minorDigits) is { } amount ? Minor(amount) : null;

    /// <summary>An amount in minor units; what is smaller than one is cut off.</summary>
    public long Minor(decimal amount) => (long)(amount * Unit);

    /// <summary>An amount in minor units as a number.</summary>
    public decimal Major(long minorUnits) => minorUnits / Unit;

    /// <summary>The number with the country's separators.</summary>
    public string Show(decimal number) => number.ToString("#,0.######", culture);

    /// <summary>An amount with its currency.</summary>
    public string ShowMoney(long minorUnits)
    {
        var amount = minorUnits / Unit;
        return isNational ? amount.ToString("C", culture) : $"{amount.ToString("N" + minorDigits, culture)} {currency}";
    }

    /// <summary>An amount as files carry it, such as <c>1234.50</c>.</summary>
    public string Plain(long minorUnits) => Major(minorUnits).ToString("F" + minorDigits, CultureInfo.InvariantCulture);

    /// <summary>An amount as a program reads it, such as <c>123450 MXN</c>.</summary>
    public string Code(long minorUnits) => string.Create(CultureInfo.InvariantCulture, $"{minorUnits} {currency}");

    private decimal Unit => minorDigits switch { 0 => 1, 1 => 10, 2 => 100, _ => 1000 };

    private decimal? Read(string typed, int maxDecimals)
    {
        var text = Blank().Replace(TypedText.Clean(typed), "");
        var isNegative = text.StartsWith('-');
        text = text.TrimStart('-', '+');
        if (!Figures().IsMatch(text) || text.Count(char.IsAsciiDigit) > MaxDigits)
        {
            return null;
        }

        var point = DecimalPoint(text, maxDecimals);
        var whole = point < 0 ? text : text[..point];
        var decimals = point < 0 ? "" : text[(point + 1)..];
        // Blanks are gone: what is left between digits is one separator of thousands.
        if (decimals.Length > maxDecimals || (point >= 0 && decimals.Length == 0) || (whole.Any(c => !char.IsAsciiDigit(c)) && !Thousands().IsMatch(whole)))
        {
            return null;
        }

        var digits = string.Concat(whole.Where(char.IsAsciiDigit));
        var value = decimal.Parse($"0{digits}.{decimals}0", CultureInfo.InvariantCulture);
        return isNegative ? -value : value;
    }

    // Place of the separator before the decimals, or -1. The last of two kinds is it; a single one is what the country says,
    // or the other when no thousands can stand behind it.
    private int DecimalPoint(string text, int maxDecimals)
    {
        var last = text.LastIndexOfAny(['.', ',']);
        if (last < 0)
        {
            return -1;
        }

        var mark = text[last];
        var other = mark == '.' ? ',' : '.';
        if (text.Count(c => c == mark) > 1)
        {
            return -1;
        }

        if (text.Contains(other))
        {
            return last;
        }

        var behind = text.Length - last - 1;
        var isNationalMark = culture.NumberFormat.NumberDecimalSeparator[0] == mark;
        return isNationalMark || behind != 3 ? last : -1;
    }

    [GeneratedRegex("^(?:[0-9.,]*[0-9])$")]
    private static partial Regex Figures();

    [GeneratedRegex(@"^[0-9]{1,3}(?:(?<mark>[.,])[0-9]{3})(?:\k<mark>[0-9]{3})*$")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"\s")]
    private static partial Regex Blank();

    [GeneratedRegex(@"^\s*(?:[A-Za-z]{0,3}\s*\p{Sc}|[A-Za-z]{3}\b)\s*|\s*(?:\p{Sc}|[A-Za-z]{3}|pesos)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex CurrencyMark();
}
