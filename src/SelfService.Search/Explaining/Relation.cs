namespace SelfService.Search.Explaining;

/// <summary>Why a form of the index answers a word of the query.</summary>
public enum Relation
{
    /// <summary>It is the word as it was typed.</summary>
    Itself,

    /// <summary>The same letters with other accents.</summary>
    OtherAccent,

    /// <summary>Another inflection: plural, gender, diminutive.</summary>
    Inflection,

    /// <summary>Another form of the same verb.</summary>
    SameVerb,

    /// <summary>The same word when ñ is written n.</summary>
    WithoutEnye,

    /// <summary>A word that begins alike.</summary>
    SameBeginning,

    /// <summary>The site's synonyms say that it means the same.</summary>
    Synonym,

    /// <summary>The site's synonyms say that these words side by side mean the same.</summary>
    Expression,

    /// <summary>The nearest known word to one nobody wrote.</summary>
    Correction,

    /// <summary>It stands beside the word in the knowledge base much more often than chance.</summary>
    Related,
}
