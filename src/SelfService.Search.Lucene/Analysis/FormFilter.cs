using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using SelfService.Search.Analysis;

namespace SelfService.Search.Lucene.Analysis;

/// <summary>Each word under its one spelling (<see cref="Characters.Normalize"/>); what has none is left out.</summary>
internal sealed class FormFilter : TokenFilter
{
    private readonly ICharTermAttribute _term;
    private readonly IPositionIncrementAttribute _increment;

    public FormFilter(TokenStream input)
        : base(input)
    {
        _term = AddAttribute<ICharTermAttribute>();
        _increment = AddAttribute<IPositionIncrementAttribute>();
    }

    /// <inheritdoc/>
    public override bool IncrementToken()
    {
        Span<char> form = stackalloc char[Characters.MaxWordLength];
        int apart = 0;
        while (m_input.IncrementToken())
        {
            int length = Characters.Normalize(_term.Buffer.AsSpan(0, _term.Length), form);
            if (length == 0)
            {
                // No word, but where it stood a passage may have begun.
                apart = Math.Max(apart, _increment.PositionIncrement);
                continue;
            }

            _term.SetEmpty().Append(new string(form[..length]));
            if (apart > 1)
                _increment.PositionIncrement = Math.Max(apart, _increment.PositionIncrement);
            return true;
        }

        return false;
    }
}
