using Lucene.Net.Analysis.TokenAttributes;
using Token = SelfService.Search.Analysis.Token;

namespace SelfService.Search.Lucene.Analysis;

/// <summary>
/// Words and codes as the text has them. A code kept whole stands where its last part stands; with
/// <paramref name="splits"/>, a new sentence or line stands apart from the one before.
/// </summary>
internal sealed class WordTokenizer(TextReader input, bool splits) : global::Lucene.Net.Analysis.Tokenizer(input)
{
    private readonly List<Token> _tokens = [];
    private ICharTermAttribute? _term;
    private IOffsetAttribute? _offset;
    private IPositionIncrementAttribute? _increment;
    private string _text = "";
    private int _at;

    /// <inheritdoc/>
    public override bool IncrementToken()
    {
        if (_at == _tokens.Count)
            return false;
        ClearAttributes();
        Token token = _tokens[_at];
        (_term ??= AddAttribute<ICharTermAttribute>()).SetEmpty().Append(_text, token.Start, token.Length);
        (_offset ??= AddAttribute<IOffsetAttribute>()).SetOffset(CorrectOffset(token.Start), CorrectOffset(token.Start + token.Length));
        (_increment ??= AddAttribute<IPositionIncrementAttribute>()).PositionIncrement = token.IsWhole && _at > 0 ? 0 : splits && token.StartsPassage ? PortalAnalyzer.Gap : 1;
        _at++;
        return true;
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        base.Reset();
        _text = m_input.ReadToEnd();
        _at = 0;
        _tokens.Clear();
        var tokens = new SelfService.Search.Analysis.Tokenizer(_text);
        while (tokens.MoveNext())
            _tokens.Add(tokens.Current);
    }

    /// <inheritdoc/>
    public override void End()
    {
        base.End();
        int end = CorrectOffset(_text.Length);
        (_offset ??= AddAttribute<IOffsetAttribute>()).SetOffset(end, end);
    }
}
