using System.Collections.Concurrent;
using SelfService.Search.Analysis;
using SelfService.Search.Indexing;
using SelfService.Search.Querying;

namespace SelfService.Search.Ranking;

/// <summary>
/// Where one snapshot has the synonyms of several words, looked up when first asked for. Only what the synonym file names
/// is kept, so it is as bounded as the file.
/// </summary>
internal sealed class PhraseCache
{
    private readonly ConcurrentDictionary<Alternative, (ulong[] Postings, float[] Frequencies)> _found = new(ReferenceEqualityComparer.Instance);

    public (ulong[] Postings, float[] Frequencies) Find(Snapshot snapshot, PhraseAlternative alternative)
    {
        if (_found.TryGetValue(alternative.Source, out (ulong[] Postings, float[] Frequencies) found))
            return found;
        found.Postings = PhraseMatch.Find(snapshot, alternative.Words);
        found.Frequencies = Snapshot.FrequenciesOf(found.Postings, snapshot.Worth);
        return _found[alternative.Source] = found;
    }
}
