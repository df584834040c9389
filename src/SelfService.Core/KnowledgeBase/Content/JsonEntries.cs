using System.Text.Json;

namespace SelfService.Core.KnowledgeBase.Content;

/// <summary>Hugo's JSON front matter: one object, read token by token.</summary>
internal static class JsonEntries
{
    public static IReadOnlyList<FrontMatterEntry> Read(ref Utf8JsonReader reader)
    {
        var entries = new List<FrontMatterEntry>();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                reader.Skip();
                entries.Add(new FrontMatterEntry(key, [], 1));
                continue;
            }

            var values = new List<string>();
            var isList = reader.TokenType == JsonTokenType.StartArray;
            if (!isList)
            {
                values.Add(Text(ref reader));
            }
            else
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                    {
                        reader.Skip();
                        continue;
                    }

                    values.Add(Text(ref reader));
                }
            }

            entries.Add(new FrontMatterEntry(key, values, 1, isList));
        }

        return entries;
    }

    private static string Text(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => "",
        _ => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
    };
}
