using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SelfService.Core.KnowledgeBase.Content;

/// <summary>
/// Reads YAML as a stream of events, so that depth is bounded before anything recurses: a deserializer that builds a
/// graph ends the process on 20 KB of opening brackets.
/// </summary>
public static class YamlEntries
{
    private const int KeyMaxLength = 60;

    /// <summary>Top-level keys with scalars or lists of scalars.</summary>
    /// <exception cref="ContentException">Not YAML, not a mapping, too deep, or with anchors or aliases.</exception>
    public static IReadOnlyList<FrontMatterEntry> Read(string yaml, int firstLine)
    {
        var entries = new List<FrontMatterEntry>();
        var depth = 0;
        string? key = null;
        var keyLine = 0;
        List<string> values = [];

        foreach (var current in Events(yaml, firstLine))
        {
            var line = (int)current.Start.Line + firstLine - 1;
            if (depth == 0 && current is Scalar or SequenceStart)
            {
                throw Invalid(line, (int)current.Start.Column, "key: value");
            }

            switch (current)
            {
                case MappingStart or SequenceStart:
                    depth++;
                    break;
                case MappingEnd or SequenceEnd:
                    depth--;
                    if (depth == 1 && key is not null)
                    {
                        entries.Add(new FrontMatterEntry(key, values, keyLine, IsList: true));
                        key = null;
                    }

                    break;
                case Scalar scalar when depth == 1 && key is null:
                    (key, keyLine, values) = (scalar.Value, line, []);
                    break;
                case Scalar scalar when depth == 1:
                    entries.Add(new FrontMatterEntry(key!, [scalar.Value], keyLine));
                    key = null;
                    break;
                case Scalar scalar when depth == 2:
                    values.Add(scalar.Value);
                    break;
            }
        }

        return entries;
    }

    /// <summary>
    /// Every key behind those above it, such as <c>fields.options.value</c>, with its line; lists add nothing. A typed
    /// deserializer knows neither lines nor the keys it has no place for.
    /// </summary>
    /// <exception cref="ContentException">Not YAML, too deep, or with anchors or aliases.</exception>
    public static IEnumerable<(string Path, int Line)> Keys(string yaml)
    {
        var open = new Stack<(string Path, bool IsMapping)>();
        string? key = null;
        foreach (var current in Events(yaml, 1))
        {
            switch (current)
            {
                case MappingStart or SequenceStart:
                    open.Push((key ?? (open.TryPeek(out var around) ? around.Path : ""), current is MappingStart));
                    key = null;
                    break;
                case MappingEnd or SequenceEnd:
                    open.Pop();
                    key = null;
                    break;
                case Scalar scalar when key is null && open.TryPeek(out var mapping) && mapping.IsMapping:
                    // No key of ours is long, and a long one would be repeated in every path below it.
                    var name = scalar.Value[..Math.Min(scalar.Value.Length, KeyMaxLength)];
                    key = mapping.Path.Length == 0 ? name : $"{mapping.Path}.{name}";
                    yield return (key, (int)current.Start.Line);
                    break;
                case Scalar:
                    key = null;
                    break;
            }
        }
    }

    /// <summary>The cheap check before a typed deserializer: well-formed, not too large, not too deep, no aliases.</summary>
    /// <exception cref="ContentException">It fails.</exception>
    public static void Check(string yaml)
    {
        foreach (var _ in Events(yaml, 1))
        {
        }
    }

    private static IEnumerable<ParsingEvent> Events(string yaml, int firstLine)
    {
        var parser = new Parser(new StringReader(yaml));
        var depth = 0;
        while (Next(parser, firstLine) is { } current)
        {
            var line = (int)current.Start.Line + firstLine - 1;
            if (current is AnchorAlias || current is NodeEvent { Anchor.IsEmpty: false })
            {
                throw new ContentException(ContentProblem.Error(ProblemKind.FrontMatterAlias, line));
            }

            depth += current.NestingIncrease;
            // Stream and document are levels of their own.
            if (depth > FrontMatter.MaxDepth + 2)
            {
                throw new ContentException(ContentProblem.Error(ProblemKind.FrontMatterTooDeep, line, $"> {FrontMatter.MaxDepth}"));
            }

            yield return current;
        }
    }

    private static ParsingEvent? Next(Parser parser, int firstLine)
    {
        try
        {
            return parser.MoveNext() ? parser.Current : null;
        }
        catch (YamlException exception)
        {
            throw Invalid((int)exception.Start.Line + firstLine - 1, (int)exception.Start.Column, exception.Message);
        }
    }

    private static ContentException Invalid(int line, int column, string reason) =>
        new(ContentProblem.Error(ProblemKind.InvalidFrontMatter, line, $"{reason} ({line}:{column})"));
}
