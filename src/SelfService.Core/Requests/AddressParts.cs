namespace SelfService.Core.Requests;

/// <summary>One line of a postal address.</summary>
/// <param name="Name">Behind the name of the field and a dot, the name of its control.</param>
/// <param name="MaxLength">In characters.</param>
/// <param name="IsNeeded">Without it nobody finds the place.</param>
public sealed record AddressPart(string Name, int MaxLength, bool IsNeeded = false);

/// <summary>A postal address as Latin America writes it.</summary>
public static class AddressParts
{
    /// <summary>In the order they are asked.</summary>
    public static readonly IReadOnlyList<AddressPart> All =
    [
        new("street", 120, IsNeeded: true), new("number", 40, IsNeeded: true), new("neighbourhood", 80), new("postcode", 12),
        new("city", 80, IsNeeded: true), new("state", 80, IsNeeded: true), new(Country, 60),
    ];

    /// <summary>The part that is filled in beforehand, and so says nothing by itself.</summary>
    public const string Country = "country";

    /// <summary>The address on one line.</summary>
    /// <param name="part">Text of a part, empty when it was left out.</param>
    public static string Join(Func<string, string> part) => string.Join(", ", new[]
    {
        $"{part("street")} {part("number")}", part("neighbourhood"), $"{part("postcode")} {part("city")}", part("state"), part(Country),
    }.Select(line => line.Trim()).Where(line => line.Length > 0));
}
