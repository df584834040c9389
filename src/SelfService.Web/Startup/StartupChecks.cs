using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using NodaTime;
using SelfService.Core.Persistence;

namespace SelfService.Web.Startup;

/// <summary>What must be true of the machine before a customer is served.</summary>
public static class StartupChecks
{
    /// <summary>Reasons not to start; empty when there are none.</summary>
    public static IReadOnlyList<string> Failures()
    {
        var failures = new List<string>();
        if ("n\u0303".Normalize(NormalizationForm.FormC) != "ñ")
        {
            failures.Add("Unicode normalisation does not work (InvariantGlobalization, or ICU is missing): Spanish text would be damaged. Install libicu.");
        }

        foreach (var name in new[] { "es", "es-MX", "es-AR", "es-ES", "en" })
        {
            if (!CanUse(name))
            {
                failures.Add($"The culture '{name}' is not available. Install libicu.");
            }
        }

        if (new DateTime(2026, 3, 14).ToString("MMMM", CultureInfo.GetCultureInfo("es-MX")) != "marzo")
        {
            failures.Add("The culture 'es-MX' has no Spanish month names. Install libicu.");
        }

        foreach (var zone in new[] { "America/Mexico_City", "America/Bogota", "America/Asuncion" })
        {
            if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            {
                failures.Add($"The time zone '{zone}' is not available. Install tzdata.");
            }
        }

        return failures;
    }

    /// <summary>Words for an exception that an operator can mend; null for a defect of ours.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        DatabaseInUseException => exception.Message,
        OptionsValidationException => exception.Message,
        UnauthorizedAccessException => exception.Message,
        System.Data.Common.DbException => $"The database cannot be used: {exception.Message}",
        IOException => exception.Message,
        _ => null,
    };

    private static bool CanUse(string culture)
    {
        try
        {
            return CultureInfo.GetCultureInfo(culture, predefinedOnly: true).Name == culture;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}
