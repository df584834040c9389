using System.Collections.Concurrent;
using SelfService.Search.Analysis;

namespace SelfService.Search.Querying;

/// <summary>What one snapshot has of a synonym: the forms of its one word, or the phrase of several; neither when it has none.</summary>
internal sealed record FormsOfAlternative(WeightedTerm[] OfWord, PhraseAlternative? Phrase);

/// <summary>
/// The synonyms of one snapshot, looked up when first asked for. Only what the synonym file names is kept, so it is as
/// bounded as the file.
/// </summary>
internal sealed class AlternativeForms
{
    private readonly ConcurrentDictionary<Alternative, FormsOfAlternative> _known = new(ReferenceEqualityComparer.Instance);

    public FormsOfAlternative Find(Alternative alternative, Func<Alternative, FormsOfAlternative> find) => _known.GetOrAdd(alternative, find);
}
