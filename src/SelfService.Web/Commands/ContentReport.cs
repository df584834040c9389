using System.Globalization;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Web.Components;

namespace SelfService.Web.Commands;

/// <summary>How commands show problems and progress: in English where the terminal's language is English, else in Spanish.</summary>
public static class ContentReport
{
    /// <summary>Language of the terminal.</summary>
    public static CultureInfo Language { get; } = CultureInfo.GetCultureInfo(
        (Environment.GetEnvironmentVariable("LC_ALL") ?? Environment.GetEnvironmentVariable("LANG") ?? "es").StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "es");

    /// <summary>Shows how far a run has come, on one line that is written over.</summary>
    public static IProgress<ContentProgress> Progress { get; } = new ConsoleProgress();

    /// <summary>Prints errors and warnings one by one, and the keys nobody uses as one line.</summary>
    public static void Print(IReadOnlyList<ContentProblem> problems)
    {
        foreach (var problem in problems.Where(p => p.Kind != ProblemKind.UnknownKeys).OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line))
        {
            var severity = ContentWordsReader.Get("Severity." + problem.Severity, Language);
            Console.WriteLine($"{problem.File}:{problem.Line}: {severity}: {ContentWordsReader.Describe(problem, Language)}");
        }

        var keys = problems.Where(p => p.Kind == ProblemKind.UnknownKeys).SelectMany(p => p.Detail.Split(", "))
            .GroupBy(key => key).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} ({g.Count()})").ToList();
        if (keys.Count > 0)
        {
            Console.WriteLine(string.Format(Language, ContentWordsReader.Get("Report.UnusedKeys", Language), string.Join(", ", keys)));
        }
    }

    // Progress<T> reports on other threads and out of order; a terminal wants neither.
    private sealed class ConsoleProgress : IProgress<ContentProgress>
    {
        private long lastShown;

        public void Report(ContentProgress value)
        {
            if (value.Done < value.Total && Environment.TickCount64 - lastShown < 500)
            {
                return;
            }

            lastShown = Environment.TickCount64;
            var text = string.Format(Language, ContentWordsReader.Get("Report.Progress", Language), value.Done, value.Total);
            Console.Error.Write(Console.IsErrorRedirected ? text + Environment.NewLine : "\r" + text + (value.Done < value.Total ? "" : Environment.NewLine));
        }
    }
}
