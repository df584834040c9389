using System.Globalization;
using SelfService.Core.Deflection;

namespace SelfService.Web.Pages.Reports;

/// <summary>Figures as a report shows them: never without how sure they are.</summary>
public static class ReportFigures
{
    /// <summary>Fewer views than these give no share: it would say nothing.</summary>
    public const int LeastViews = 30;

    /// <summary>A share with its interval in percent; empty where too little was counted.</summary>
    public static (string Value, string Interval) Percent(Share share)
    {
        if (share.Of < LeastViews)
        {
            return ("", "");
        }

        var bounds = share.Interval();
        return (Written(share.Value), $"{Written(bounds.Low)} – {Written(bounds.High)}");
    }

    /// <summary>Percentage points with their sign.</summary>
    public static string Points(double value) => (100 * value).ToString("+0.0;−0.0;0.0", CultureInfo.CurrentCulture);

    private static string Written(double part) => part.ToString("P1", CultureInfo.CurrentCulture);
}
