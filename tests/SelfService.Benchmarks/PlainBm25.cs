using SelfService.Search.Analysis;
using SelfService.Search.Indexing;

namespace SelfService.Benchmarks;

/// <summary>
/// The measure the engine is compared with: the plainest BM25 there is, term at a time over the same postings, exact
/// forms only, one field, no second look, no snippets. It allocates once.
/// </summary>
internal sealed class PlainBm25
{
    private const float K = 1.2f, B = 0.75f;

    private readonly Snapshot _snapshot;
    private readonly float[] _norms, _scores;
    private readonly int[] _matched;

    public PlainBm25(Snapshot snapshot)
    {
        _snapshot = snapshot;
        float[] lengths = [.. snapshot.Documents.Select(document => (float)(document?.Tokens.Length ?? 0))];
        float average = Math.Max(1, lengths.Average());
        _norms = [.. lengths.Select(length => K * (1 - B + (B * length / average)))];
        _scores = new float[lengths.Length];
        _matched = new int[lengths.Length];
    }

    /// <summary>Ten best slots.</summary>
    public int[] Search(string text)
    {
        int matched = 0;
        foreach (string word in WordReader.Words(text))
        {
            int term = _snapshot.Words.Find(word);
            if (!_snapshot.Knows(term))
                continue;
            ulong[] postings = _snapshot.Postings[term]!;
            float idf = MathF.Log(1 + ((_snapshot.Count - postings.Length + 0.5f) / (postings.Length + 0.5f)));
            foreach (ulong posting in postings)
            {
                int slot = (int)(posting >> 32);
                uint counts = (uint)posting;
                float frequency = (counts & 0xFFFF) + ((counts >> 16) & 0xF) + ((counts >> 20) & 0xF) + ((counts >> 24) & 0xF) + (counts >> 28);
                if (_scores[slot] == 0)
                    _matched[matched++] = slot;
                _scores[slot] += idf * frequency * (K + 1) / (frequency + _norms[slot]);
            }
        }

        var best = new PriorityQueue<int, float>(11);
        foreach (int slot in _matched.AsSpan(0, matched))
        {
            if (best.Count < 10)
                best.Enqueue(slot, _scores[slot]);
            else if (best.TryPeek(out _, out float worst) && _scores[slot] > worst)
                best.DequeueEnqueue(slot, _scores[slot]);
        }

        foreach (int slot in _matched.AsSpan(0, matched))
            _scores[slot] = 0;
        return [.. best.UnorderedItems.Select(item => item.Element)];
    }
}
