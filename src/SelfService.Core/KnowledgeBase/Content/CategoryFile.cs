using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace SelfService.Core.KnowledgeBase.Content;

/// <summary>What <c>_category.yaml</c> says about a topic.</summary>
public sealed class CategoryFile
{
    public string? Title { get; set; }

    public string? Description { get; set; }

    public string? Icon { get; set; }

    public int Position { get; set; } = int.MaxValue;

    /// <summary>Reads the file.</summary>
    /// <exception cref="ContentException">It cannot be read.</exception>
    public static CategoryFile Read(ReadOnlySpan<byte> bytes) => TypedYaml.Read<CategoryFile>(bytes);
}

/// <summary>YAML bound to a class, after the cheap check that keeps hostile input from the recursive deserializer.</summary>
public static class TypedYaml
{
    private static readonly IDeserializer Deserializer = new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .IgnoreUnmatchedProperties()
        .Build();

    /// <summary>Reads a file of at most <see cref="TextFile.MaxBytes"/>.</summary>
    /// <exception cref="ContentException">It cannot be read.</exception>
    public static T Read<T>(ReadOnlySpan<byte> bytes)
        where T : new()
    {
        var text = TextFile.Decode(bytes).Text;
        YamlEntries.Check(text);
        try
        {
            return Deserializer.Deserialize<T>(text) ?? new T();
        }
        catch (YamlException exception)
        {
            throw new ContentException(ContentProblem.Error(
                ProblemKind.InvalidFrontMatter, (int)exception.Start.Line, exception.InnerException?.Message ?? exception.Message));
        }
    }
}
