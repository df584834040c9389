namespace SelfService.Benchmarks;

/// <summary>
/// Means over all questions: recall, reciprocal rank and nDCG with binary gains (K. Järvelin and J. Kekäläinen, 2002), all
/// at the first ten hits; times in microseconds.
/// </summary>
internal sealed class RelevanceFigures
{
    private readonly List<double> _microseconds = [];
    private double _recall1, _recall5, _recall10, _reciprocal, _gain;

    public void Add(HashSet<string> relevant, IReadOnlyList<string> found, TimeSpan time)
    {
        _microseconds.Add(time.TotalMicroseconds);
        _recall1 += Recall(relevant, found, 1);
        _recall5 += Recall(relevant, found, 5);
        _recall10 += Recall(relevant, found, 10);
        double gain = 0, ideal = 0;
        bool first = true;
        for (int rank = 0; rank < Math.Min(10, found.Count); rank++)
        {
            if (!relevant.Contains(found[rank]))
                continue;
            gain += 1 / Math.Log2(rank + 2);
            if (first)
                _reciprocal += 1.0 / (rank + 1);
            first = false;
        }

        for (int rank = 0; rank < Math.Min(10, relevant.Count); rank++)
            ideal += 1 / Math.Log2(rank + 2);
        _gain += ideal > 0 ? gain / ideal : 0;
    }

    public IEnumerable<(string Name, double Value)> Report()
    {
        double count = _microseconds.Count;
        _microseconds.Sort();
        yield return ("recall_at_1", Math.Round(_recall1 / count, 4));
        yield return ("recall_at_5", Math.Round(_recall5 / count, 4));
        yield return ("recall_at_10", Math.Round(_recall10 / count, 4));
        yield return ("mrr_at_10", Math.Round(_reciprocal / count, 4));
        yield return ("ndcg_at_10", Math.Round(_gain / count, 4));
        yield return ("p50_us", Percentile(0.50));
        yield return ("p95_us", Percentile(0.95));
        yield return ("p99_us", Percentile(0.99));
        yield return ("qps", Math.Round(count / (_microseconds.Sum() / 1e6)));
    }

    private static double Recall(HashSet<string> relevant, IReadOnlyList<string> found, int depth) =>
        relevant.Count == 0 ? 0 : (double)found.Take(depth).Count(relevant.Contains) / relevant.Count;

    private double Percentile(double share) =>
        Math.Round(_microseconds[Math.Clamp((int)Math.Ceiling(share * _microseconds.Count) - 1, 0, _microseconds.Count - 1)], 1);
}
