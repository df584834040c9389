namespace SelfService.Search.Analysis;

/// <summary>What a form tells about the verb it may belong to.</summary>
internal enum VerbForm : byte
{
    /// <summary>Not a verb form.</summary>
    None,

    /// <summary>Only a verb can look like this: <i>cancelar, cancelaste, cancelándolo</i>.</summary>
    Definite,

    /// <summary>Participle, often used as adjective: <i>cancelado, cancelada</i>.</summary>
    Participle,

    /// <summary>The action as a noun: <i>cancelación, procesamiento</i>.</summary>
    ActionNoun,

    /// <summary>A noun made of a common verb: <i>el cambio, la carga, el cargo</i>.</summary>
    NounOfVerb,

    /// <summary>A noun or a present tense: <i>factura, pago, cancela</i>.</summary>
    NounOrPresent,

    /// <summary>A noun or a subjunctive: <i>informe, cancele</i>.</summary>
    NounOrSubjunctive,
}

/// <summary>
/// The two keys of a word. Words with the same noun key are inflections of each other. The verb key joins a verb with
/// its forms and action nouns, but never two ambiguous words: <i>cargar</i> meets <i>carga</i> and <i>cargo</i>, which do
/// not meet each other.
/// </summary>
/// <param name="Noun">Folded word without plural and gender where that is safe.</param>
/// <param name="Verb">Verb stem, or empty.</param>
/// <param name="Form">How sure the verb key is.</param>
internal readonly record struct WordStem(string Noun, string Verb, VerbForm Form)
{
    /// <summary>True when both may be forms of one verb.</summary>
    public static bool ShareVerb(VerbForm one, VerbForm other) => (one, other) switch
    {
        (VerbForm.None, _) or (_, VerbForm.None) => false,
        (VerbForm.Definite, _) or (_, VerbForm.Definite) => true,
        (VerbForm.NounOrSubjunctive, _) or (_, VerbForm.NounOrSubjunctive) => false,
        (VerbForm.ActionNoun, _) or (_, VerbForm.ActionNoun) => true,
        (VerbForm.Participle, VerbForm.Participle or VerbForm.NounOfVerb) or (VerbForm.NounOfVerb, VerbForm.Participle) => true,
        _ => false,
    };
}
