using Lucene.Net.Analysis;

namespace SelfService.Search.Lucene.Analysis;

/// <summary>
/// The analysis of the portal as Lucene sees it: words and codes, each under its one spelling. Forms are indexed and not
/// stems, because which forms answer a word depends on both (<i>cargo</i> and <i>carga</i> do not meet, <i>cargar</i> meets
/// both); what answers is looked up when a question is asked.
/// </summary>
internal sealed class PortalAnalyzer() : Analyzer(PER_FIELD_REUSE_STRATEGY)
{
    /// <summary>Positions between two passages, so that no phrase runs from one into the next.</summary>
    public const int Gap = 100;

    /// <inheritdoc/>
    public override int GetPositionIncrementGap(string fieldName) => Gap;

    /// <inheritdoc/>
    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader)
    {
        var words = new WordTokenizer(reader, splits: fieldName is IndexFields.Summary or IndexFields.Body);
        return new TokenStreamComponents(words, new FormFilter(words));
    }
}
