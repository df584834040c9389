using System.Globalization;
using SelfService.Core.Company;

namespace SelfService.Web.Components;

/// <summary>The language articles are written in, which may not be the one the interface speaks.</summary>
public static class ContentLanguage
{
    /// <summary>Value of <c>lang</c> where articles' own words stand.</summary>
    public static string ContentLang(this CompanyProfile company) =>
        CultureInfo.GetCultureInfo(company.Locale).TwoLetterISOLanguageName;
}
