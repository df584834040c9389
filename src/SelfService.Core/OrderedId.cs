using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SelfService.Core;

/// <summary>
/// Ids in the order they were made that nobody can guess: UUID version 7 with the fraction of the millisecond behind it (RFC 9562,
/// 6.2, method 3), so that what one process makes in the same moment sorts as it was made, also after the clock was put back.
/// <see cref="Guid.CreateVersion7()"/> leaves that to chance. Asking the system for random bytes costs more than all the rest, so each
/// thread asks for many at once.
/// </summary>
public static class OrderedId
{
    private const int FractionBits = 12;
    private const int RandomBytes = 8;

    [ThreadStatic]
    private static byte[]? drawn;

    [ThreadStatic]
    private static int used;

    private static long latest;

    /// <summary>A new id of this moment.</summary>
    public static Guid New()
    {
        drawn ??= new byte[RandomBytes * 256];
        if (used == 0)
        {
            RandomNumberGenerator.Fill(drawn);
        }

        var moment = Next();
        var random = drawn.AsSpan(used, RandomBytes);
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, moment >> FractionBits << 16);
        BinaryPrimitives.WriteInt16BigEndian(id[6..], (short)(0x7000 | (moment & 0x0FFF)));
        random.CopyTo(id[8..]);
        // What was given away is not kept.
        random.Clear();
        used = (used + RandomBytes) % drawn.Length;
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }

    /// <summary>Now, in 4,096ths of a millisecond since 1970: never one that was given before.</summary>
    private static long Next()
    {
        var (milliseconds, rest) = Math.DivRem((DateTime.UtcNow - DateTime.UnixEpoch).Ticks, TimeSpan.TicksPerMillisecond);
        var now = (milliseconds << FractionBits) | ((rest << FractionBits) / TimeSpan.TicksPerMillisecond);
        while (true)
        {
            var before = Volatile.Read(ref latest);
            var next = Math.Max(now, before + 1);
            if (Interlocked.CompareExchange(ref latest, next, before) == before)
            {
                return next;
            }
        }
    }
}
