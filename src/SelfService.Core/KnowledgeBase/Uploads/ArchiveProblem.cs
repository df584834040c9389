namespace SelfService.Core.KnowledgeBase.Uploads;

/// <summary>Why an archive is not taken at all.</summary>
public enum ArchiveProblem
{
    /// <summary>It is no ZIP, or its list of files is broken.</summary>
    NotAnArchive,

    /// <summary>More than <see cref="ArticleArchive.MaxBytes"/>.</summary>
    TooLarge,

    /// <summary>More than <see cref="ArticleArchive.MaxFiles"/>.</summary>
    TooManyFiles,

    /// <summary>More than <see cref="ArticleArchive.MaxUnpacked"/> when unpacked.</summary>
    TooMuch,

    /// <summary>A file that unpacks to more than <see cref="ArticleArchive.MaxRatio"/> times its size, as bombs do.</summary>
    TooDense,

    /// <summary>It has no Markdown file.</summary>
    NoArticles,

    Encrypted,

    /// <summary>A name that leads out of the archive: <c>..</c>, from the root, or of a drive.</summary>
    LeadsOut,

    /// <summary>A name that is too long, too deep or cannot be read.</summary>
    NameUnusable,

    /// <summary>A link, or something else that is no file.</summary>
    NotAFile,

    /// <summary>Two files with one name.</summary>
    Twice,

    /// <summary>An archive inside the archive.</summary>
    Nested,

    /// <summary>A file that cannot be unpacked, or is not as long as the archive says.</summary>
    Damaged,
}

/// <summary>An archive is not taken.</summary>
/// <param name="entry">Name of the file in it that is the reason; empty where it is the whole.</param>
public sealed class ArchiveException(ArchiveProblem problem, string entry = "", Exception? inner = null) : Exception(problem.ToString(), inner)
{
    public ArchiveProblem Problem { get; } = problem;

    public string Entry { get; } = entry;
}
