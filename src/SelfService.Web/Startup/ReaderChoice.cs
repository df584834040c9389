using System.Globalization;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Variants;

namespace SelfService.Web.Startup;

/// <summary>Who reads: the language of the page and the country that was chosen.</summary>
public static class ReaderChoice
{
    /// <summary>The reader of a page.</summary>
    public static Reader Reader(this HttpContext context) => new(
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
        CountryChoice.Of(context.Request, context.RequestServices.GetRequiredService<CompanyProfile>(), context.RequestServices.GetRequiredService<SelfServiceOptions>()));
}
