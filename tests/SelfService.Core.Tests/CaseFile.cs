using System.Globalization;
using System.Text.RegularExpressions;

namespace SelfService.Core.Tests;

/// <summary>Expected behaviour kept as text: one case a line, columns between bars, <c>#</c> starts a comment.</summary>
internal static partial class CaseFile
{
    /// <summary>The columns of every case; <c>\uXXXX</c> stands for what cannot be seen.</summary>
    /// <param name="path">From the folder of the tests.</param>
    /// <param name="columns">A line with fewer gets empty ones.</param>
    public static IEnumerable<string[]> Rows(string path, int columns) =>
        from line in File.ReadLines(Path.Combine(Repository.Root, "tests/SelfService.Core.Tests", path))
        where line.Length > 0 && !line.StartsWith('#')
        let cells = line.Split('|').Select(cell => Unescape(cell.Trim())).ToList()
        select (string[])[.. cells, .. Enumerable.Repeat("", columns - cells.Count)];

    private static string Unescape(string text) =>
        Escape().Replace(text, match => ((char)int.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    [GeneratedRegex(@"\\u([0-9A-F]{4})")]
    private static partial Regex Escape();
}
