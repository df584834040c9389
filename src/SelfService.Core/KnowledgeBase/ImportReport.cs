using SelfService.Core.KnowledgeBase.Content;

namespace SelfService.Core.KnowledgeBase;

/// <summary>What a file becomes.</summary>
public enum ImportOutcome
{
    Created,
    Updated,
    Unchanged,

    /// <summary>Changed both in the file and elsewhere; the file waits as a draft revision.</summary>
    Conflict,

    /// <summary>Not loaded; what was published before stays published.</summary>
    Failed,
}

/// <summary>What became of one file, or would.</summary>
/// <param name="Slug">Of its article; empty where there is none.</param>
/// <param name="IsHeld">Who brought it may not publish it, so it is a draft.</param>
public sealed record ImportedArticle(string Path, ImportOutcome Outcome, string Slug, string Title, bool IsHeld);

/// <summary>What an import did, or would do.</summary>
public sealed record ImportReport
{
    public int Files { get; internal set; }
    public int Created { get; internal set; }
    public int Updated { get; internal set; }
    public int Unchanged { get; internal set; }

    /// <summary><see cref="ImportOutcome.Conflict"/>.</summary>
    public int Conflicts { get; internal set; }

    /// <summary><see cref="ImportOutcome.Failed"/>.</summary>
    public int Failed { get; internal set; }

    /// <summary>Of the created and updated, those that are drafts because who brought them may not publish them.</summary>
    public int Held { get; internal set; }

    /// <summary>Topics that are new or change.</summary>
    public int Topics { get; internal set; }

    public List<ContentProblem> Problems { get; init; } = [];

    /// <summary>What became of each file that is not <see cref="ImportOutcome.Unchanged"/>.</summary>
    public List<ImportedArticle> Articles { get; init; } = [];

    /// <summary>Whether readers may see something new.</summary>
    public bool ChangedSomething => Created + Updated > 0;

    /// <summary>Both in one.</summary>
    public ImportReport And(ImportReport other) => new()
    {
        Files = Files + other.Files,
        Created = Created + other.Created,
        Updated = Updated + other.Updated,
        Unchanged = Unchanged + other.Unchanged,
        Conflicts = Conflicts + other.Conflicts,
        Failed = Failed + other.Failed,
        Held = Held + other.Held,
        Topics = Topics + other.Topics,
        Problems = [.. Problems, .. other.Problems],
        Articles = [.. Articles, .. other.Articles],
    };

    /// <summary>Counts what became of a file.</summary>
    internal void Count(ImportedArticle article)
    {
        switch (article.Outcome)
        {
            case ImportOutcome.Created:
                Created++;
                break;
            case ImportOutcome.Updated:
                Updated++;
                break;
            case ImportOutcome.Conflict:
                Conflicts++;
                break;
            case ImportOutcome.Failed:
                Failed++;
                break;
            default:
                Unchanged++;
                return;
        }

        Held += article.IsHeld ? 1 : 0;
        Articles.Add(article);
    }
}
