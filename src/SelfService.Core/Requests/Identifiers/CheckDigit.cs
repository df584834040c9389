namespace SelfService.Core.Requests.Identifiers;

/// <summary>The arithmetic that check digits share.</summary>
internal static class CheckDigit
{
    /// <summary>Sum of each character's value times its weight. A digit is worth itself, a letter its distance from <c>0</c> in ASCII.</summary>
    /// <param name="text">Characters, as many as there are weights.</param>
    /// <param name="weights">One a character, from the left.</param>
    public static int Sum(ReadOnlySpan<char> text, ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += (text[i] - '0') * weights[i];
        }

        return sum;
    }

    /// <summary>Digits in groups of three from the right, with dots.</summary>
    public static string InThousands(string digits)
    {
        for (var i = digits.Length - 3; i > 0; i -= 3)
        {
            digits = digits.Insert(i, ".");
        }

        return digits;
    }
}
