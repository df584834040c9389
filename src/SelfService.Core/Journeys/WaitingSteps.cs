namespace SelfService.Core.Journeys;

/// <summary>
/// Steps in the order they came, as the bytes they are put down as. Objects that wait for a second outlive several collections, and
/// each of those stops every request for as long as it takes to move them; bytes are not looked at. Safe for many callers at once.
/// </summary>
/// <param name="capacity">Steps that wait at most.</param>
internal sealed class WaitingSteps(int capacity)
{
    // What was taken from the front is moved away when it is most of what is there, and not for less than this.
    private const int LeastMoved = 64 * 1024;

    private readonly Lock gate = new();
    private readonly Queue<int> lengths = new();
    private readonly StepWriter writer = new(new MemoryStream());
    private int start;

    public int Count
    {
        get
        {
            lock (gate)
            {
                return lengths.Count;
            }
        }
    }

    /// <summary>Takes a step.</summary>
    /// <returns>Whether there was room; if not, the oldest made it.</returns>
    public bool Add(VisitStep step)
    {
        lock (gate)
        {
            var hasRoom = lengths.Count < capacity;
            if (!hasRoom)
            {
                start += lengths.Dequeue();
            }

            if (start >= LeastMoved && start > writer.Bytes.Length / 2)
            {
                writer.DropFront(start);
                start = 0;
            }

            lengths.Enqueue(writer.Write(step));
            return hasRoom;
        }
    }

    /// <summary>Takes the oldest steps out, together; null when none waits.</summary>
    /// <param name="most">Steps at most.</param>
    public StepBatch? Take(int most)
    {
        lock (gate)
        {
            var length = 0;
            for (var left = most; left > 0 && lengths.TryDequeue(out var next); left--)
            {
                length += next;
            }

            if (length == 0)
            {
                return null;
            }

            var steps = writer.Bytes.Slice(start, length).ToArray();
            start += length;
            if (lengths.Count == 0)
            {
                writer.DropFront(start);
                start = 0;
            }

            return StepBatch.Of(steps);
        }
    }
}
