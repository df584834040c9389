using System.Numerics;
using SelfService.Search.Indexing;

namespace SelfService.Search.Ranking;

/// <summary>
/// A query word, whatever its forms, as every document answers it: its weighted frequency in each document that has it, and
/// a bound of what it adds to the score in one byte (the quantised impacts of V. Anh, O. de Kretser and A. Moffat,
/// "Vector-space ranking with effective early termination", 2001, rounded up).
/// </summary>
internal sealed class PreparedWord
{
    /// <summary>Bounds are whole numbers of this many to a point of score.</summary>
    private const float UnitsPerPoint = 32;

    /// <summary>Words that at least one document in so many has are bounded for all documents.</summary>
    private const int DenseShare = 12;

    private readonly int[] _slots;
    private readonly SlotSet? _members;
    private readonly float[] _frequencies;
    private readonly float _weight, _saturation;

    /// <param name="slots">Documents that have the word, ascending.</param>
    /// <param name="members">The same as bits, for long lists.</param>
    /// <param name="frequencies">Frequency in each of them.</param>
    /// <param name="weight">What a frequency is multiplied by.</param>
    /// <param name="value">What the word counts for.</param>
    /// <param name="saturation">How fast repeating the word stops helping.</param>
    /// <param name="all">Slots of the snapshot.</param>
    public PreparedWord(int[] slots, SlotSet? members, float[] frequencies, float weight, float value, float saturation, int all)
    {
        (_members, _frequencies, _weight, _saturation, Value) = (members, frequencies, weight, saturation, value);
        IsDense = members is not null && (long)Count * DenseShare >= all;
        _slots = IsDense ? [] : slots;
        Shift = ShiftOf(frequencies);
        Bounds = new byte[IsDense ? ScoreBounds.Padded(all) : Count];
        FillBounds(slots);
        Size = 256 + (4L * (_slots.Length + frequencies.Length)) + Bounds.Length + (12L * (members?.Bits.Length ?? 0));
    }

    private PreparedWord(PreparedWord word, float value)
    {
        (_members, _frequencies, _weight, _saturation, Value) = (word._members, word._frequencies, word._weight, word._saturation, value);
        (IsDense, _slots) = (word.IsDense, word._slots);
        Shift = ShiftOf(_frequencies);
        Bounds = new byte[word.Bounds.Length];
        FillBounds(Slots(IsDense ? new int[Count] : []));
        Size = 256 + Bounds.Length;
    }

    /// <summary>Rarity times weight: what the word counts for.</summary>
    public float Value { get; }

    /// <summary>Number of documents that have the word.</summary>
    public int Count => _frequencies.Length;

    /// <summary>Bounds by slot when the word is dense, otherwise beside the slots: each is above the score it stands for.</summary>
    public byte[] Bounds { get; }

    /// <summary>The units of a bound, as a power of 2.</summary>
    public int Shift { get; }

    /// <summary>True for a word that many documents have.</summary>
    public bool IsDense { get; }

    /// <summary>Room it takes, in bytes, roughly; what it shares with another is that one's.</summary>
    public long Size { get; }

    /// <summary>The same word in a query where it counts for something else: only its bounds are new.</summary>
    public PreparedWord WithValue(float value) => new(this, value);

    /// <summary>Adds the word, and its bit, to the scores of these documents.</summary>
    public void AddTo(Span<ScoredSlot> scored, ulong bit)
    {
        foreach (ref ScoredSlot document in scored)
        {
            int index = IndexOf(document.Slot);
            if (index < 0)
                continue;
            document.Score += ScoreAt(index);
            document.Words |= bit;
        }
    }

    /// <summary>What the word adds to the score of the document at this index of the list.</summary>
    public float ScoreAt(int index) => Value * Bm25.Saturate(_weight * _frequencies[index], _saturation);

    /// <summary>The documents that have the word, ascending, written to <paramref name="room"/> when the word is dense.</summary>
    public ReadOnlySpan<int> Slots(Span<int> room)
    {
        if (!IsDense)
            return _slots;
        int count = 0;
        for (int group = 0; group < _members!.Bits.Length; group++)
        {
            for (ulong rest = _members.Bits[group]; rest != 0; rest &= rest - 1)
                room[count++] = (group << 6) + BitOperations.TrailingZeroCount(rest);
        }

        return room[..count];
    }

    /// <summary>Adds the slots to a set of bits.</summary>
    public void AddTo(Span<ulong> bits)
    {
        if (_members is not null)
        {
            Bits.Or(bits, _members.Bits);
            return;
        }

        foreach (int slot in _slots)
            bits[slot >> 6] |= 1UL << slot;
    }

    /// <summary>Index of the document in the list, or -1.</summary>
    private int IndexOf(int slot)
    {
        if (_members is not null)
            return _members.IndexOf(slot);
        return Math.Max(-1, Array.BinarySearch(_slots, slot));
    }

    private int ShiftOf(float[] frequencies)
    {
        float most = frequencies.Length == 0 ? 0 : Value * Bm25.Saturate(_weight * Snapshot.Max(frequencies), _saturation);
        int shift = 0;
        while ((int)(most * UnitsPerPoint) >> shift >= byte.MaxValue)
            shift++;
        return shift;
    }

    private void FillBounds(ReadOnlySpan<int> slots)
    {
        for (int i = 0; i < slots.Length; i++)
            Bounds[IsDense ? slots[i] : i] = (byte)UnitsOf(ScoreAt(i));
    }

    /// <summary>Units above a score, never equal to it.</summary>
    private int UnitsOf(float score) => ((int)(score * UnitsPerPoint) >> Shift) + 1;
}
