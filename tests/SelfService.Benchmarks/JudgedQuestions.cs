using System.Text.Json;
using SelfService.Search;

namespace SelfService.Benchmarks;

/// <summary>One question and the documents that answer it.</summary>
internal sealed record JudgedQuestion(string Id, string Query, HashSet<string> Relevant, string? Split);

/// <summary>Reads documents and questions in JSON lines.</summary>
internal static class JudgedQuestions
{
    /// <exception cref="InvalidDataException">A line is not what it should be; the message names file and line.</exception>
    public static List<SearchDocument> ReadDocuments(string file) => Read(file, row =>
    {
        string id = Text(row, "id");
        return new SearchDocument
        {
            Id = id,
            Title = Text(row, "title"),
            Sections = MarkdownSections.Split(Text(row, "text")),
            Url = "/articulos/" + id,
        };
    });

    /// <exception cref="InvalidDataException">A line is not what it should be; the message names file and line.</exception>
    public static List<JudgedQuestion> ReadQuestions(string file, string? split) => Read(file, row => new JudgedQuestion(
            Text(row, "id"),
            Text(row, "query"),
            [.. row.GetProperty("relevant").EnumerateArray().Select(id => id.GetString()!)],
            row.TryGetProperty("split", out JsonElement value) ? value.GetString() : null))
        .FindAll(question => split is null || question.Split == split);

    private static string Text(JsonElement row, string name) =>
        row.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");

    private static List<T> Read<T>(string file, Func<JsonElement, T> read)
    {
        var rows = new List<T>();
        int number = 0;
        foreach (string line in File.ReadLines(file))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                using JsonDocument json = JsonDocument.Parse(line);
                rows.Add(read(json.RootElement));
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new InvalidDataException($"{file}:{number}: {e.Message}", e);
            }
        }

        return rows;
    }
}
