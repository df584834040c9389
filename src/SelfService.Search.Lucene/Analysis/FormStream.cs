using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using SelfService.Search.Indexing;

namespace SelfService.Search.Lucene.Analysis;

/// <summary>Forms of a document that has been analysed before, each once.</summary>
internal sealed class FormStream : TokenStream
{
    private readonly IndexedDocument _document;
    private readonly Vocabulary _words;
    private readonly uint _mask;
    private readonly ICharTermAttribute _term;
    private int _at;

    /// <param name="document">The document.</param>
    /// <param name="words">What its forms are.</param>
    /// <param name="mask">Bits of <see cref="Occurrences"/>: only forms that stand in one of these fields.</param>
    public FormStream(IndexedDocument document, Vocabulary words, uint mask)
    {
        (_document, _words, _mask) = (document, words, mask);
        _term = AddAttribute<ICharTermAttribute>();
    }

    /// <inheritdoc/>
    public override bool IncrementToken()
    {
        ClearAttributes();
        while (_at < _document.Terms.Length)
        {
            int at = _at++;
            if ((_document.Counts[at] & _mask) == 0)
                continue;
            _term.SetEmpty().Append(_words[_document.Terms[at]].Form);
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        base.Reset();
        _at = 0;
    }
}
