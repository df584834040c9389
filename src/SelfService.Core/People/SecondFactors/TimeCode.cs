using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace SelfService.Core.People.SecondFactors;

/// <summary>Codes of authenticator apps: RFC 6238 with SHA-1, 30 seconds and six digits, which is what every app understands.</summary>
public static class TimeCode
{
    /// <summary>Bytes of a key, as RFC 4226 (4, R6) recommends.</summary>
    public const int KeyLength = 20;

    /// <summary>Digits of a code.</summary>
    public const int Digits = 6;

    private const int StepSeconds = 30;
    private const int Modulus = 1_000_000;

    // One step either way: a slow typist, and a clock half a minute off (RFC 6238, 5.2).
    private const int Tolerance = 1;

    /// <summary>A new key.</summary>
    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyLength);

    /// <summary>Step that a moment belongs to.</summary>
    public static long StepAt(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of one step.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "HMAC-SHA-1 is what RFC 6238 names and apps compute; its weakness against collisions does not touch a MAC.")]
    public static string Of(ReadOnlySpan<byte> key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(key, counter, hash);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & int.MaxValue;
        return (number % Modulus).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code was typed, spaces ignored; null when it fits none near the moment.</summary>
    public static long? Match(ReadOnlySpan<byte> key, string? typed, DateTimeOffset at)
    {
        var code = string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c) && c != '-'));
        if (code.Length != Digits)
        {
            return null;
        }

        long? match = null;
        for (var step = StepAt(at) - Tolerance; step <= StepAt(at) + Tolerance; step++)
        {
            // Each is compared to its end, so that time says nothing about digits.
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(Of(key, step)), System.Text.Encoding.UTF8.GetBytes(code)))
            {
                match ??= step;
            }
        }

        return match;
    }
}
