using System.Globalization;

namespace SelfService.Web.Components;

/// <summary>Names of countries in the language of the page.</summary>
public static class Country
{
    /// <param name="code">ISO 3166.</param>
    public static string Name(string code)
    {
        try
        {
            return new RegionInfo(code).DisplayName is { Length: > 0 } name ? name : code;
        }
        catch (ArgumentException)
        {
            // Two letters that are no country: shown as the company wrote them.
            return code;
        }
    }
}
