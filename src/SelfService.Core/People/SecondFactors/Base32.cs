using System.Text;

namespace SelfService.Core.People.SecondFactors;

/// <summary>Keys of authenticator apps as people copy them (RFC 4648, section 6, without padding).</summary>
public static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The bytes as letters and digits.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder((bytes.Length * 8 + 4) / 5);
        int buffer = 0, bits = 0;
        foreach (var next in bytes)
        {
            buffer = (buffer << 8) | next;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                text.Append(Alphabet[(buffer >> (bits - 5)) & 31]);
            }
        }

        return (bits == 0 ? text : text.Append(Alphabet[(buffer << (5 - bits)) & 31])).ToString();
    }
}
