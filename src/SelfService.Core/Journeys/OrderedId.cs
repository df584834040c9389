using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SelfService.Core.Journeys;

/// <summary>
/// Ids in order of time that nobody can guess: UUID version 7 (RFC 9562), as <see cref="Guid.CreateVersion7()"/> makes them. Asking
/// the system for random bytes costs more than all the rest, so each thread asks for many at once.
/// </summary>
public static class OrderedId
{
    private const int RandomBytes = 10;

    [ThreadStatic]
    private static byte[]? drawn;

    [ThreadStatic]
    private static int used;

    /// <summary>A new id of this moment.</summary>
    public static Guid New()
    {
        drawn ??= new byte[RandomBytes * 256];
        if (used == 0)
        {
            RandomNumberGenerator.Fill(drawn);
        }

        var random = drawn.AsSpan(used, RandomBytes);
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() << 16);
        random.CopyTo(id[6..]);
        // What was given away is not kept.
        random.Clear();
        used = (used + RandomBytes) % drawn.Length;
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
