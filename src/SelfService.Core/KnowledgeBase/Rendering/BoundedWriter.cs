using System.Globalization;
using System.Text;

namespace SelfService.Core.KnowledgeBase.Rendering;

/// <summary>
/// Collects text up to a limit. A few kilobytes of Markdown can become gigabytes of HTML (a long address behind a short
/// reference, a wide table), and the parser's own writer would collect them all before anybody could measure them.
/// </summary>
internal sealed class BoundedWriter(int maxLength) : TextWriter(CultureInfo.InvariantCulture)
{
    private readonly StringBuilder text = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        Need(1);
        text.Append(value);
    }

    public override void Write(string? value)
    {
        Need(value?.Length ?? 0);
        text.Append(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        Need(count);
        text.Append(buffer, index, count);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        Need(buffer.Length);
        text.Append(buffer);
    }

    public override string ToString() => text.ToString();

    private void Need(int count)
    {
        if (text.Length + count > maxLength)
        {
            throw new TextTooLongException();
        }
    }
}

/// <summary>A writer's limit is reached.</summary>
internal sealed class TextTooLongException() : Exception("The text is longer than its writer allows.");
