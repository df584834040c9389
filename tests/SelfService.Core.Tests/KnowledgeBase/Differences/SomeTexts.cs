using System.Text;

namespace SelfService.Core.Tests.KnowledgeBase.Differences;

/// <summary>Texts that bring differences out: few words, many repeats, and what people do to them.</summary>
internal static class SomeTexts
{
    private static readonly string[] Words = ["el", "pago", "días", "según", "1.250,50", "no", "y", "gara\u0301ntia", "👩‍👧", "**ya**", "<script>", "\u00A0"];

    private static readonly string[] Between = [" ", " ", " ", ", ", "  ", "\n", "\n\n", "\r\n", ". ", "-"];

    public static string Any(Random random, int words)
    {
        var text = new StringBuilder();
        for (var i = random.Next(words + 1); i > 0; i--)
        {
            text.Append(Words[random.Next(Words.Length)]).Append(random.Next(8) == 0 ? "" : Between[random.Next(Between.Length)]);
        }

        return text.ToString();
    }

    /// <summary>A text with some places taken out, put in or replaced.</summary>
    public static string Edited(Random random, string text, int edits)
    {
        for (var i = random.Next(edits + 1); i > 0; i--)
        {
            var from = random.Next(text.Length + 1);
            var to = Math.Min(text.Length, from + random.Next(6));
            text = text[..from] + (random.Next(3) == 0 ? "" : Any(random, 3)) + text[to..];
        }

        return text;
    }

    /// <summary>Prose of unequal words, different for every seed.</summary>
    public static string Prose(int seed, int characters)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        while (text.Length < characters)
        {
            for (var word = random.Next(5, 25); word > 0; word--)
            {
                for (var letter = random.Next(2, 9); letter > 0; letter--)
                {
                    text.Append((char)('a' + random.Next(26)));
                }

                text.Append(' ');
            }

            text.Append(random.Next(4) == 0 ? "\n\n" : "\n");
        }

        return text.ToString(0, characters);
    }

    /// <summary>Pairs that have cost others time or correctness.</summary>
    public static TheoryData<string, string> Hostile()
    {
        var repeated = string.Concat(Enumerable.Repeat("la misma línea\n", 7_000));
        var random = new Random(3);
        return new TheoryData<string, string>
        {
            { "", "" },
            { "", "a" },
            { "a", "" },
            { "sin fin", "sin fin\n" },
            { "a\r\nb\r\n", "a\nb\n" },
            { new string('x', 10_000), new string('x', 9_999) + "y" },
            { Prose(1, 100_000), Prose(2, 100_000) },
            { repeated, repeated + "otra\n" + repeated[15..] },
            { repeated, repeated.ReplaceLineEndings(" ") },
            { repeated.ReplaceLineEndings(" "), repeated.ReplaceLineEnds() },
            { Letters(random), Letters(random) },
            { string.Concat(Enumerable.Repeat("a b\n", 20_000)), string.Concat(Enumerable.Repeat("b a\n", 20_000)) },
            { new string('\n', 50_000), new string('\n', 49_000) + " " },
            { "día 👩‍👧 más", "di\u0301a 👩‍👦 ma\u0301s" },
            { "\uD83D", "\uDC69" },
            { "a\u0301\u0301", "\u0301a" },
            { "<script>alert(1)</script>", "<script>alert(2)</script> & <b>" },
        };
    }

    // Two letters at random: nearly everything matches nearly everywhere.
    private static string Letters(Random random) => string.Concat(Enumerable.Range(0, 30_000).Select(_ => random.Next(2) == 0 ? "a " : "b\n"));

    private static string ReplaceLineEnds(this string text) => string.Join(", ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select((line, i) => line + i % 7));
}
