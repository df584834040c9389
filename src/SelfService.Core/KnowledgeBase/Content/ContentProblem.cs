namespace SelfService.Core.KnowledgeBase.Content;

/// <summary>How much a problem matters.</summary>
public enum ProblemSeverity
{
    /// <summary>Worth knowing; nothing is lost.</summary>
    Notice,

    /// <summary>The file was loaded, but somebody should look at it.</summary>
    Warning,

    /// <summary>The file was not loaded; what was published before stays published.</summary>
    Error,
}

/// <summary>Everything that can be wrong with content. The words for each are in the resources of the web project.</summary>
public enum ProblemKind
{
    // The file
    FileTooLarge,
    FileUnreadable,
    NotUtf8,
    OutsideFolder,
    ConflictMarks,
    Mojibake,
    MixedLineEnds,
    ControlCharacters,

    // The front matter
    NoFrontMatter,
    FrontMatterNotClosed,
    FrontMatterTooLarge,
    FrontMatterTooDeep,
    FrontMatterAlias,
    InvalidFrontMatter,
    MissingTitle,
    TitleFromHeading,
    TooLong,
    UnknownKeys,
    UnknownValue,
    InvalidDate,

    // The article
    EmptyBody,
    SlugTaken,
    RenderedTooLarge,
    TooManyHeadings,
    TooManyCells,
    TooComplex,
    BrokenLink,
    MissingImage,
    ExternalImage,
    UnknownFigure,

    // The actions of site.yaml
    ActionUnreadable,
    ActionKeys,
    ActionTitle,
    ActionAddress,

    // The words of mails
    MailUnknown,
    MailSubject,
    MailPlaceholder,

    // The forms
    FormsTooMany,
    FormName,
    FormTitle,
    FormFields,
    FormFieldName,
    FormFieldType,
    FormFieldLabel,
    FormOptions,
    FormCondition,
    FormLimits,
    FormIdentifiers,
    FormContact,
    FormRouting,
    FormSubject,
    FormArticle,

    // The catalogue
    ProductName,
    ProductSku,
    ProductEdited,
    ProductGone,

    // The words of the search
    WordsOneSide,
    WordsMissing,
    WordsTooLong,
    SynonymsTooMany,
    SynonymsTooLong,
    SynonymsTooWide,

    // The import
    NotStored,
    EditedInBrowser,
    FileGone,
    KeptAsDraft,
    TopicKept,
}

/// <summary>One problem of one file.</summary>
/// <param name="Line">Line of the file, from 1; 0 when it concerns the whole file.</param>
/// <param name="Detail">What exactly: a key, an address, a parser's own words.</param>
public sealed record ContentProblem(ProblemKind Kind, ProblemSeverity Severity, int Line = 0, string Detail = "")
{
    /// <summary>Path below the content folder; set by who knows the file.</summary>
    public string File { get; init; } = "";

    /// <summary>A problem that keeps the file out.</summary>
    public static ContentProblem Error(ProblemKind kind, int line = 0, string detail = "") => new(kind, ProblemSeverity.Error, line, detail);

    /// <summary>A problem somebody should look at.</summary>
    public static ContentProblem Warning(ProblemKind kind, int line = 0, string detail = "") => new(kind, ProblemSeverity.Warning, line, detail);

    /// <summary>Something worth knowing.</summary>
    public static ContentProblem Notice(ProblemKind kind, int line = 0, string detail = "") => new(kind, ProblemSeverity.Notice, line, detail);
}

/// <summary>Thrown inside a reader for what keeps a file out.</summary>
public sealed class ContentException(ContentProblem problem) : Exception(problem.Kind.ToString())
{
    public ContentProblem Problem { get; } = problem;
}
