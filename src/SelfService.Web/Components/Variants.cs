using System.Globalization;

namespace SelfService.Web.Components;

/// <summary>What a variant of an article is called.</summary>
public static class Variants
{
    /// <summary>Language, and country where it is for one: "English", "español, Colombia".</summary>
    /// <param name="country">ISO 3166 code; empty for all.</param>
    public static string Name(string language, string country) =>
        CultureInfo.GetCultureInfo(language).NativeName + (country.Length > 0 ? ", " + Country.Name(country) : "");
}
