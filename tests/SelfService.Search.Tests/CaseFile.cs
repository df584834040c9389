namespace SelfService.Search.Tests;

/// <summary>Expected behaviour kept as text: one case a line, <c>#</c> starts a comment.</summary>
internal static class CaseFile
{
    public static IEnumerable<string> Lines(string name) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Cases", name))
            .Where(line => line.Length > 0 && !line.StartsWith('#'));

    /// <summary>Lines of words separated by spaces; a word ending in <c>_</c> is left out, with the reason in the file.</summary>
    public static IEnumerable<string[]> Words(string name) =>
        Lines(name).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
