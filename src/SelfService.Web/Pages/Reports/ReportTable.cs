using System.Globalization;
using SelfService.Core.Deflection;

namespace SelfService.Web.Pages.Reports;

/// <summary>A table of a report, on the page and as a file: one definition for both.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="First">Heading of the first column, which names each row.</param>
/// <param name="Columns">Headings of the others.</param>
public sealed record ReportTable(string Caption, ReportColumn First, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<ReportRow> Rows);

/// <summary>A column.</summary>
/// <param name="Label">Heading on the page.</param>
/// <param name="Names">Headings in the file; a share has three.</param>
public sealed record ReportColumn(string Label, params string[] Names)
{
    /// <summary>A share with both ends of its interval.</summary>
    public static ReportColumn OfShare(string label, string name) => new(label, name, name + "_low", name + "_high");
}

/// <summary>A row.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Url">Where that is; null for nothing.</param>
/// <param name="Note">A second line below it; empty for none.</param>
public sealed record ReportRow(string Name, string? Url, IReadOnlyList<ReportCell> Cells, string Note = "");

/// <summary>A cell.</summary>
/// <param name="Shown">On the page.</param>
/// <param name="Note">Smaller beside it: the interval, or the figure before.</param>
/// <param name="Written">In the file.</param>
public sealed record ReportCell(string Shown, string Note, params string[] Written)
{
    /// <summary>A count, with what it was before where that is given.</summary>
    public static ReportCell Of(int count) => new(count.ToString("N0", CultureInfo.CurrentCulture), "", count.ToString(CultureInfo.InvariantCulture));

    /// <summary>A share; a dash on the page where too little was counted.</summary>
    public static ReportCell Of(Share share)
    {
        var (value, interval) = ReportFigures.Percent(share);
        var bounds = share.Interval();
        return new ReportCell(value.Length > 0 ? value : "—", interval, Part(share.Value), Part(bounds.Low), Part(bounds.High));
    }

    /// <summary>A difference of shares, in percentage points.</summary>
    public static ReportCell Of(Difference difference)
    {
        var bounds = difference.Interval();
        return new ReportCell(
            ReportFigures.Points(difference.Value), $"{ReportFigures.Points(bounds.Low)} – {ReportFigures.Points(bounds.High)}",
            Part(difference.Value), Part(bounds.Low), Part(bounds.High));
    }

    /// <summary>A share or difference of which nothing is known.</summary>
    public static readonly ReportCell Unknown = new("—", "", "", "", "");

    /// <summary>Text.</summary>
    public static ReportCell Of(string text) => new(text, "", text);

    private static string Part(double part) => double.IsNaN(part) ? "" : part.ToString("0.####", CultureInfo.InvariantCulture);
}
