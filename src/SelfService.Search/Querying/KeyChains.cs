using System.Numerics;

namespace SelfService.Search.Querying;

/// <summary>
/// Forms by number keys, many of each. It only grows; one writer adds while any number of readers look up without a lock.
/// Different words may share a key: what is found is to be looked at.
/// </summary>
internal sealed class KeyChains
{
    private Table _table = new(1 << 12, 1 << 12);

    /// <summary>Adds a form under a key. For the one writer only.</summary>
    public void Add(uint key, int term)
    {
        if (!_table.HasRoom(1))
            Volatile.Write(ref _table, _table.Larger());
        _table.Add(key, term);
    }

    /// <summary>Adds the forms under this key to <paramref name="terms"/>.</summary>
    public void Find(uint key, List<int> terms) => Volatile.Read(ref _table).Find(key, terms);

    /// <summary>Chains of entries by key. What readers have of it is never moved: a full table is replaced by a larger.</summary>
    private sealed class Table(int heads, int size)
    {
        private readonly int[] _heads = new int[heads];
        private readonly Entry[] _entries = new Entry[size];
        private int _count;

        public bool HasRoom(int more) => _count + more < _entries.Length;

        public void Add(uint key, int term)
        {
            ref int head = ref _heads[key & (uint)(_heads.Length - 1)];
            _entries[_count] = new Entry(key, term, head);
            // Entries are numbered from 1, and are there before anyone can come to them.
            Volatile.Write(ref head, ++_count);
        }

        public void Find(uint key, List<int> terms)
        {
            int at = Volatile.Read(ref _heads[key & (uint)(_heads.Length - 1)]);
            while (at > 0)
            {
                Entry entry = _entries[at - 1];
                if (entry.Key == key)
                    terms.Add(entry.Term);
                at = entry.Next;
            }
        }

        public Table Larger()
        {
            int size = _entries.Length + (_entries.Length / 4);
            var larger = new Table((int)BitOperations.RoundUpToPowerOf2((uint)size) / 2, size);
            for (int i = 0; i < _count; i++)
                larger.Add(_entries[i].Key, _entries[i].Term);
            return larger;
        }

        private readonly record struct Entry(uint Key, int Term, int Next);
    }
}
