namespace SelfService.Search.Ranking;

/// <summary>Every number the ranking depends on, in one place.</summary>
internal sealed record RankingWeights
{
    public static RankingWeights Default { get; } = new();

    /// <summary>BM25F: how fast repeating a word stops helping.</summary>
    public float Saturation { get; init; } = 1.6f;

    /// <summary>BM25F: what one word in each field is worth, and how much a long field takes from it (0 to 1).</summary>
    public float Title { get; init; } = 3.5f;

    public float TitleLength { get; init; } = 1f;

    public float Keywords { get; init; } = 2f;

    public float Heading { get; init; } = 1.5f;

    public float Summary { get; init; } = 1.5f;

    public float ShortFieldLength { get; init; } = 0.4f;

    public float Body { get; init; } = 0.85f;

    public float BodyLength { get; init; } = 0.76f;

    /// <summary>A stop word against any other word.</summary>
    public float StopWord { get; init; } = 0.86f;

    /// <summary>How much of that each further word with a meaning of its own takes away.</summary>
    public float StopWordFading { get; init; } = 0.35f;

    /// <summary>Parts of a code that is itself known.</summary>
    public float CodePart { get; init; } = 0.4f;

    /// <summary>The same word with other accents; another inflection; another form of the verb.</summary>
    public float OtherAccent { get; init; } = 0.95f;

    public float Inflection { get; init; } = 0.75f;

    public float SameVerb { get; init; } = 0.66f;

    /// <summary>ñ typed as n, and the reverse.</summary>
    public float Enye { get; init; } = 0.5f;

    /// <summary>Words with the same beginning, where stemming sees no relation: <i>instalador</i> for <i>instalación</i>.</summary>
    public float SameStart { get; init; } = 0.23f;

    public int SameStartLength { get; init; } = 6;

    /// <summary>Most letters after the same beginning.</summary>
    public int SameStartRest { get; init; } = 7;

    /// <summary>A word that stands beside the typed one in many articles, when the query finds too little.</summary>
    public float Related { get; init; } = 0.15f;

    /// <summary>So few hits are too little.</summary>
    public int TooFewHits { get; init; } = 5;

    /// <summary>Related words added to one word of the query.</summary>
    public int MostRelated { get; init; } = 5;

    /// <summary>Documents that must hold both words.</summary>
    public int RelatedCommon { get; init; } = 2;

    /// <summary>
    /// Log-likelihood ratio that is more than chance: one word in ten thousand reaches this by chance (chi-squared, one
    /// degree of freedom), and hundreds of words are tried.
    /// </summary>
    public float RelatedStrength { get; init; } = 15.13f;

    /// <summary>
    /// Of the documents with the related word, so many must have the word of the query: <i>pedido</i> stands beside
    /// everything that can be ordered.
    /// </summary>
    public float RelatedShare { get; init; } = 0.1f;

    public float Synonym { get; init; } = 0.6f;

    /// <summary>A word put in the place of a misspelt one.</summary>
    public float Corrected { get; init; } = 0.8f;

    /// <summary>Likeness of the whole title to the whole query.</summary>
    public float TitleLikeness { get; init; } = 1.3f;

    /// <summary>Likeness of the best sentence, keyword, heading or list item to the whole query.</summary>
    public float PassageLikeness { get; init; } = 0.19f;

    /// <summary>How much of the query the title, or a short line, names (BM25 of that line alone).</summary>
    public float Naming { get; init; } = 0.48f;

    /// <summary>How much a long title takes from that (0 to 1).</summary>
    public float NamingLength { get; init; } = 0.5f;

    /// <summary>Words of a line that can name something as a title does.</summary>
    public int LongestLine { get; init; } = 18;

    /// <summary>In a document of so many passages a short line counts half as much as the title.</summary>
    public float ManyLines { get; init; } = 70f;

    /// <summary>Power of the share of the query a document holds, by which likeness and naming count.</summary>
    public float CoverageOfLikeness { get; init; } = 0.28f;

    /// <summary>Share of the query, rare words counting more, that the document holds.</summary>
    public float Coverage { get; init; } = 0.27f;

    /// <summary>Neighbours in the query that are neighbours in the document.</summary>
    public float Proximity { get; init; } = 0.26f;

    /// <summary>Stop words also find documents, and not only rank them, when the other words find fewer than this.</summary>
    public int FewHits { get; init; } = 20;

    /// <summary>
    /// Share of the highest possible score a document needs when only stop words find it: <i>garantía de lavadoras</i> is
    /// not answered by every text with <i>de</i>.
    /// </summary>
    public float LeastCoverage { get; init; } = 0.1f;

    /// <summary>
    /// What a word counts for against the one that counts most, to find documents and not only rank them: a word half of all
    /// documents have does not, beside one that few have.
    /// </summary>
    public float LeastFinding { get; init; } = 0.12f;

    /// <summary>Every phrase in quotes that a document holds, against the whole query.</summary>
    public float QuotedPhrase { get; init; } = 1f;

    /// <summary>
    /// Share of its score that usefulness, fully proven, adds to a document or takes away. Small: of two hits the lesser comes
    /// first only where the better is less than 10.6 % better.
    /// </summary>
    public float Usefulness { get; init; } = 0.05f;

    /// <summary>How many of the best documents by words alone are looked at closely.</summary>
    public int Examined { get; init; } = 30;

    /// <summary>What multiplies the score of a document of this usefulness (-1 to 1).</summary>
    public float FactorOf(float usefulness) => 1 + (Usefulness * usefulness);
}
