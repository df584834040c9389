namespace SelfService.Core.Appointments;

/// <summary>A bit for each grain of some days.</summary>
/// <param name="from">First grain of the map.</param>
/// <param name="to">Grain after the last.</param>
public sealed class GrainMap(int from, int to)
{
    private const int Bits = 64;

    private readonly ulong[] words = new ulong[((to - from) / Bits) + 1];

    /// <summary>Sets the grains of a span, as far as they lie in the map.</summary>
    public void Set(int start, int end)
    {
        var (first, last) = (Math.Max(start, from) - from, Math.Min(end, to) - from - 1);
        if (first > last)
        {
            return;
        }

        var (word, lastWord) = (first / Bits, last / Bits);
        for (var mask = ulong.MaxValue << (first % Bits); word <= lastWord; word++, mask = ulong.MaxValue)
        {
            words[word] |= word == lastWord ? mask & (ulong.MaxValue >> (Bits - 1 - (last % Bits))) : mask;
        }
    }

    /// <summary>Whether any grain of a span is set.</summary>
    public bool Any(int start, int end) => Find(start, end, wantSet: true);

    /// <summary>Whether all grains of a span are set; one that lies outside of the map is not.</summary>
    public bool All(int start, int end) => start >= from && end <= to && !Find(start, end, wantSet: false);

    private bool Find(int start, int end, bool wantSet)
    {
        var (first, last) = (Math.Max(start, from) - from, Math.Min(end, to) - from - 1);
        if (first > last)
        {
            return false;
        }

        var (word, lastWord) = (first / Bits, last / Bits);
        for (var mask = ulong.MaxValue << (first % Bits); word <= lastWord; word++, mask = ulong.MaxValue)
        {
            var bits = wantSet ? words[word] : ~words[word];
            if ((bits & (word == lastWord ? mask & (ulong.MaxValue >> (Bits - 1 - (last % Bits))) : mask)) != 0)
            {
                return true;
            }
        }

        return false;
    }
}
