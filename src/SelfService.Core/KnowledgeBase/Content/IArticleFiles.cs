namespace SelfService.Core.KnowledgeBase.Content;

/// <summary>Files of articles that nothing read from them can leave: those of a folder, or of an archive. May be read from several threads.</summary>
public interface IArticleFiles
{
    /// <summary>Files with these endings at any depth, as paths with <c>/</c>, in ordinal order.</summary>
    /// <param name="problems">Receives what could not be read or leads out of the folder.</param>
    IReadOnlyList<string> Files(IReadOnlyCollection<string> endings, ICollection<ContentProblem> problems);

    /// <summary>Bytes of one file; null when it is missing, cannot be read or leaves the folder.</summary>
    /// <param name="maxBytes">Most that is wanted; of a larger file one byte more is read.</param>
    byte[]? Read(string path, int maxBytes);
}
