using System.Globalization;

namespace SelfService.Web.Components;

/// <summary>The number of a page as an address gives it.</summary>
public static class PageNumber
{
    private const int Highest = 10_000;

    /// <summary>The number, from 1; anything else is the first page.</summary>
    public static int Parse(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, Highest) : 1;
}
