using System.Text;

namespace SelfService.Core.KnowledgeBase.Uploads;

/// <summary>
/// Names inside a ZIP that does not say that they are UTF-8 (APPNOTE 6.3.10, D.1). The Finder writes UTF-8 all the same; Windows writes
/// the code page of its consoles, in Latin America 850, which has every Spanish letter where 437 has it.
/// </summary>
internal sealed class ArchiveNames : Encoding
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding Consoles = CodePagesEncodingProvider.Instance.GetEncoding(850)!;

    public override string GetString(byte[] bytes, int index, int count)
    {
        try
        {
            return Strict.GetString(bytes, index, count);
        }
        catch (DecoderFallbackException)
        {
            return Consoles.GetString(bytes, index, count);
        }
    }

    public override int GetCharCount(byte[] bytes, int index, int count) => GetString(bytes, index, count).Length;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        var text = GetString(bytes, byteIndex, byteCount);
        text.CopyTo(0, chars, charIndex, text.Length);
        return text.Length;
    }

    public override int GetMaxCharCount(int byteCount) => byteCount;

    // Archives are only read with it.
    public override int GetByteCount(char[] chars, int index, int count) => Strict.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => Strict.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetMaxByteCount(int charCount) => Strict.GetMaxByteCount(charCount);
}
