using System.Globalization;
using SelfService.Core.Deflection;

namespace SelfService.Web.Pages.Reports;

/// <summary>Figures as a report shows them: never without how sure they are.</summary>
public static class ReportFigures
{
    /// <summary>Fewer of anything than these give no share: it would say nothing.</summary>
    public const int Least = 30;

    /// <summary>A share with its interval in percent; empty where too little was counted.</summary>
    public static (string Value, string Interval) Percent(Share share)
    {
        if (share.Of < Least)
        {
            return ("", "");
        }

        var bounds = share.Interval();
        return (Written(share.Value), $"{Written(bounds.Low)} – {Written(bounds.High)}");
    }

    /// <summary>A share in percent, without an interval: of what was all counted. A dash where there is none.</summary>
    public static string Plain(Share share) => double.IsNaN(share.Value) ? "—" : Written(share.Value);

    /// <summary>Percentage points with their sign.</summary>
    public static string Points(double value) => (100 * value).ToString("+0.0;−0.0;0.0", CultureInfo.CurrentCulture);

    private static string Written(double part) => part.ToString("P1", CultureInfo.CurrentCulture);
}
