using System.Text.RegularExpressions;

namespace SelfService.Core.Requests;

/// <summary>One line of a postal address.</summary>
/// <param name="Name">Behind the name of the field and a dot, the name of its control.</param>
/// <param name="MaxLength">In characters.</param>
/// <param name="IsNeeded">Without it nobody finds the place.</param>
public sealed record AddressPart(string Name, int MaxLength, bool IsNeeded = false)
{
    /// <summary>What the country calls it: a key of the texts of the pages.</summary>
    public string Label { get; init; } = Name;

    /// <summary>How its postal codes look; null where anything will do.</summary>
    internal Regex? Shape { get; init; }

    /// <summary>Whether it is digits alone, for the keyboard of a phone.</summary>
    public bool IsNumber { get; init; }
}

/// <summary>A postal address as Latin America writes it.</summary>
public static partial class AddressParts
{
    /// <summary>The parts of an address anywhere, in the order they are asked.</summary>
    public static readonly IReadOnlyList<AddressPart> All =
    [
        new("street", 120, IsNeeded: true), new("number", 40, IsNeeded: true), new(Neighbourhood, 80), new(Postcode, 12),
        new("city", 80, IsNeeded: true), new("state", 80, IsNeeded: true), new(Country, 60),
    ];

    /// <summary>The part that is filled in beforehand, and so says nothing by itself.</summary>
    public const string Country = "country";

    private const string Neighbourhood = "neighbourhood";
    private const string Postcode = "postcode";

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<AddressPart>> ByCountry = new Dictionary<string, IReadOnlyList<AddressPart>>
    {
        ["MX"] = In(FiveDigits(), isNumber: true, neededCode: true, neededNeighbourhood: true, ("number", "number_inside"), (Neighbourhood, "colonia"), ("city", "municipio"), ("state", "estado")),
        ["CO"] = In(SixDigits(), isNumber: true, neededCode: false, neededNeighbourhood: false, ("street", "via"), ("number", "number_placa"), (Neighbourhood, "barrio"), ("city", "ciudad_municipio"), ("state", "departamento")),
        ["AR"] = In(ArgentineCode(), isNumber: false, neededCode: true, neededNeighbourhood: false, ("number", "number_altura"), (Neighbourhood, "barrio"), ("city", "localidad"), ("state", "provincia")),
        ["CL"] = In(SevenDigits(), isNumber: true, neededCode: false, neededNeighbourhood: false, (Neighbourhood, "poblacion"), ("city", "comuna"), ("state", "region")),
        ["PE"] = In(FiveDigits(), isNumber: true, neededCode: false, neededNeighbourhood: false, (Neighbourhood, "urbanizacion"), ("city", "distrito"), ("state", "departamento")),
        ["EC"] = In(SixDigits(), isNumber: true, neededCode: false, neededNeighbourhood: false, (Neighbourhood, "barrio"), ("city", "ciudad_canton"), ("state", "provincia")),
        ["UY"] = In(FiveDigits(), isNumber: true, neededCode: false, neededNeighbourhood: false, (Neighbourhood, "barrio"), ("city", "localidad"), ("state", "departamento")),
        ["BR"] = In(BrazilianCode(), isNumber: false, neededCode: true, neededNeighbourhood: false, (Neighbourhood, "barrio"), (Postcode, "cep"), ("city", "municipio_br"), ("state", "estado")),
    };

    /// <summary>The parts as a country names, needs and writes them.</summary>
    /// <param name="country">ISO 3166 code; one we know nothing of has the parts of <see cref="All"/>.</param>
    public static IReadOnlyList<AddressPart> Of(string country) => ByCountry.GetValueOrDefault(country) ?? All;

    /// <summary>The address on one line.</summary>
    /// <param name="part">Text of a part, empty when it was left out.</param>
    public static string Join(Func<string, string> part) => string.Join(", ", new[]
    {
        $"{part("street")} {part("number")}", part(Neighbourhood), $"{part(Postcode)} {part("city")}", part("state"), part(Country),
    }.Select(line => line.Trim()).Where(line => line.Length > 0));

    private static IReadOnlyList<AddressPart> In(Regex code, bool isNumber, bool neededCode, bool neededNeighbourhood, params (string Name, string Label)[] labels)
    {
        var byName = labels.ToDictionary(l => l.Name, l => l.Label);
        return
        [
            .. All.Select(part => part with
            {
                Label = byName.GetValueOrDefault(part.Name) ?? part.Label,
                Shape = part.Name == Postcode ? code : null,
                IsNumber = part.Name == Postcode && isNumber,
                IsNeeded = part.IsNeeded || (part.Name == Postcode && neededCode) || (part.Name == Neighbourhood && neededNeighbourhood),
            }),
        ];
    }

    [GeneratedRegex("^[0-9]{5}$")]
    private static partial Regex FiveDigits();

    [GeneratedRegex("^[0-9]{6}$")]
    private static partial Regex SixDigits();

    [GeneratedRegex("^[0-9]{7}$")]
    private static partial Regex SevenDigits();

    // Four digits, or the longer code since 1998: B1636FDA.
    [GeneratedRegex("^([0-9]{4}|[A-Za-z][0-9]{4}[A-Za-z]{3})$")]
    private static partial Regex ArgentineCode();

    [GeneratedRegex("^[0-9]{5}-?[0-9]{3}$")]
    private static partial Regex BrazilianCode();
}
