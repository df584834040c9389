using System.Text;
using SelfService.Search;

namespace SelfService.Benchmarks;

/// <summary>Cuts a text at its Markdown headings (<c># …</c>), if there are any. List lines stay body text.</summary>
internal static class MarkdownSections
{
    public static IReadOnlyList<SearchSection> Split(string text)
    {
        var sections = new List<SearchSection>();
        var body = new StringBuilder();
        string heading = "";
        foreach (string line in text.Split('\n'))
        {
            int level = 0;
            while (level < line.Length && line[level] == '#')
                level++;
            if (level is < 1 or > 6 || level == line.Length || line[level] != ' ')
            {
                body.Append(line).Append('\n');
                continue;
            }

            Close();
            heading = line[level..].Trim().TrimEnd('#').TrimEnd();
        }

        Close();
        return sections;

        void Close()
        {
            if (body.Length > 0 || heading.Length > 0)
                sections.Add(new SearchSection(heading.Length > 0 ? $"s{sections.Count}" : "", heading, body.ToString().Trim()));
            body.Clear();
        }
    }
}
