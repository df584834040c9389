namespace SelfService.Core.Catalog.Csv;

/// <summary>
/// The apostrophe that keeps a spreadsheet from running a cell. What our files put before a cell is taken away again when they come
/// back, so that bringing a file that nobody touched changes nothing.
/// </summary>
public static class FormulaMark
{
    /// <summary>What spreadsheets take for the beginning of a formula, in the widths that keyboards of Asia write too.</summary>
    private const string Signs = "=+-@|%＝＋－＠";

    /// <summary>The cell as a spreadsheet shows and never runs it: formulas get an apostrophe before them, behind blanks too.</summary>
    public static string Add(string text) => IsNeeded(text) ? "'" + text : text;

    /// <summary>The cell as it was before <see cref="Add"/>.</summary>
    public static string Remove(string cell) => cell.StartsWith('\'') && IsNeeded(cell[1..]) ? cell[1..] : cell;

    // A text that begins with apostrophes itself gets one more, or coming back it would lose its own.
    private static bool IsNeeded(string text)
    {
        var bare = text.TrimStart('\'');
        var start = bare.TrimStart();
        return (start.Length > 0 && Signs.Contains(start[0])) || (bare.Length > 0 && bare[0] is '\t' or '\r' or '\n');
    }
}
