namespace SelfService.Search.Analysis;

/// <summary>Endings the stemmer removes, longest first within each list. All folded, except where the name says so.</summary>
internal static class VerbEndings
{
    /// <summary>Action nouns and what stays of them; <i>solución</i> keeps its c and meets <i>solucionar</i>.</summary>
    public static readonly (string Ending, string Replacement)[] ActionNouns =
    [
        ("scripciones", "scrib"), ("scripcion", "scrib"), ("voluciones", "volv"), ("volucion", "volv"),
        ("versiones", "vert"), ("version", "vert"), ("ducciones", "duz"), ("duccion", "duz"), ("aciones", ""), ("iciones", ""), ("amientos", ""), ("imientos", ""), ("acion", ""), ("icion", ""),
        ("amiento", ""), ("imiento", ""), ("adores", ""), ("edores", ""), ("idores", ""), ("adoras", ""), ("edoras", ""), ("idoras", ""),
        ("ador", ""), ("edor", ""), ("idor", ""), ("adora", ""), ("edora", ""), ("idora", ""),
        ("encias", ""), ("encia", ""), ("ancias", ""), ("ancia", ""), ("ciones", "c"), ("siones", "s"), ("cion", "c"), ("sion", "s"),
    ];

    public static readonly string[] Participles = ["ados", "adas", "idos", "idas", "ado", "ada", "ido", "ida"];

    /// <summary>Verbal only with the accent they are written with.</summary>
    public static readonly string[] AccentedDefinite =
    [
        "aríamos", "eríamos", "iríamos", "arían", "erían", "irían", "arías", "irías", "aría", "iría", "aréis", "eréis",
        "iréis", "arás", "erás", "irás", "arán", "erán", "irán", "aré", "eré", "iré", "ará", "erá", "irá", "ieró", "íamos",
        "ábamos", "áis", "éis", "ían", "ás", "és", "ís", "ió", "é", "ó", "á", "í",
    ];

    public static readonly string[] Definite =
    [
        "asteis", "isteis", "aremos", "eremos", "iremos", "aramos", "ieramos", "iendo", "yendo", "ieron", "ieran", "ieras",
        "abamos", "iamos", "ando", "aste", "iste", "aron", "eron", "aran", "aban", "abas", "amos", "emos", "imos", "iera",
        "ian", "aba", "ar", "er", "ir", "an", "en", "i",
    ];

    public static readonly string[] Presents = ["os", "as", "o", "a"];

    public static readonly string[] Subjunctives = ["es", "e"];

    /// <summary>Pronouns written together with the verb.</summary>
    public static readonly string[] Clitics =
    [
        "noslos", "noslas", "melos", "melas", "telos", "telas", "selos", "selas", "noslo", "nosla", "melo", "mela", "telo",
        "tela", "selo", "sela", "nos", "los", "las", "les", "me", "te", "se", "lo", "la", "le",
    ];
}
