using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.People;

namespace SelfService.Core.KnowledgeBase.Editing;

/// <summary>Who may publish what: as <c>content/editing.yaml</c> has it.</summary>
/// <param name="NeedsApproval">Whether somebody other than who wrote a revision has to approve it first.</param>
/// <param name="Publishers">By slug of a topic, the addresses of those who alone may approve and publish in it; topics that are not named are everybody's.</param>
public sealed record EditingRules(bool NeedsApproval, IReadOnlyDictionary<string, IReadOnlySet<string>> Publishers)
{
    /// <summary>Every editor publishes everywhere.</summary>
    public static readonly EditingRules Open = new(false, new Dictionary<string, IReadOnlySet<string>>());

    /// <summary>Whether she may approve and publish in a topic.</summary>
    public bool Allow(Editor editor, string topic) => editor.IsAdmin || !Publishers.TryGetValue(topic, out var named) || named.Contains(editor.Email);
}

/// <summary>Somebody who writes or publishes.</summary>
/// <param name="Email">In the form of <see cref="EmailAddress.Parse"/>.</param>
public sealed record Editor(Guid Id, string Name, string Email, bool IsAdmin);

/// <summary><c>content/editing.yaml</c> as it is written; <see cref="Read"/> checks it.</summary>
public sealed class EditingFile
{
    public const string FileName = "editing.yaml";

    /// <summary><c>none</c>, or <c>other</c>: somebody else than the writer.</summary>
    public string? Approval { get; set; }

    public Dictionary<string, List<string?>?>? Topics { get; set; }

    /// <summary>Reads and checks the file.</summary>
    /// <exception cref="ContentException">A value is missing or cannot be used; the problem names it.</exception>
    public static EditingRules Read(ReadOnlySpan<byte> bytes)
    {
        var file = TypedYaml.Read<EditingFile>(bytes);
        var needs = file.Approval switch { null or "none" => false, "other" => true, _ => throw Unusable("approval", file.Approval) };
        return new EditingRules(needs, (file.Topics ?? []).ToDictionary(t => t.Key, t => Named(t.Key, t.Value)));
    }

    private static IReadOnlySet<string> Named(string topic, List<string?>? addresses)
    {
        var named = (addresses ?? []).Select(a => EmailAddress.Parse(a) ?? throw Unusable($"topics.{topic}", a)).ToHashSet();
        return named.Count > 0 ? named : throw Unusable($"topics.{topic}", null);
    }

    private static ContentException Unusable(string key, string? value) => new(ContentProblem.Error(ProblemKind.UnknownValue, 0, $"{key}: {value ?? "—"}"));
}
