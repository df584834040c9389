using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Checks;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.Editing;

/// <summary>What an editor is told about a revision before readers see it.</summary>
/// <param name="Problems">What the renderer could not show as it was written: links that lead nowhere, images that are missing.</param>
/// <param name="Redirected">Links to old addresses, with where they lead.</param>
/// <param name="Like">Articles that say much the same.</param>
/// <param name="Places">Where it would stand among the answers to each question.</param>
public sealed record ReadyReport(
    IReadOnlyList<Finding> Findings, IReadOnlyList<ContentProblem> Problems, IReadOnlyList<RedirectedLink> Redirected,
    IReadOnlyList<LikeArticle> Like, IReadOnlyList<FoundPlace> Places, Readability Readability)
{
    /// <summary>Whether something keeps it from being published.</summary>
    public bool Blocks => Findings.Any(f => f.Weight == FindingWeight.Blocking) || Problems.Any(p => p.Severity == ProblemSeverity.Error);

    /// <summary>Whether there is nothing to say.</summary>
    public bool IsClean => Findings.Count + Problems.Count + Redirected.Count + Like.Count == 0;
}

/// <summary>A link to an old address of an article.</summary>
public sealed record RedirectedLink(string From, string To);

/// <summary>Reads a revision as a careful colleague would.</summary>
public sealed class ReadBeforePublishing(PortalDbContext db, WriteArticle write, DraftIndex index, CompanyProfile company)
{
    /// <param name="article">Its topic is loaded.</param>
    /// <param name="questions">As customers would type them.</param>
    public async Task<ReadyReport> RunAsync(Article article, Revision revision, IReadOnlyList<string> questions, CancellationToken cancel)
    {
        var content = revision.FullContent;
        var rendered = await write.RenderAsync(article.Id, content, cancel);
        var (places, like) = await index.LookAsync(db, article, content, rendered, questions, cancel);
        var phones = new[] { company.Contact.Phone, company.Contact.Urgent?.Phone }.OfType<string>().ToList();
        return new ReadyReport(
            ArticleChecks.Of(content, rendered, new KnownFigures(phones.FirstOrDefault(), [.. phones.Skip(1)])), rendered.Problems,
            await RedirectedAsync(rendered.Html, cancel), like, places, ArticleChecks.ReadabilityOf(string.Join("\n\n", rendered.Sections.Select(s => s.Text))));
    }

    private async Task<IReadOnlyList<RedirectedLink>> RedirectedAsync(string html, CancellationToken cancel)
    {
        using var document = new HtmlParser().ParseDocument(html);
        var paths = document.QuerySelectorAll("a[href^='/']").Select(a => ArticleRedirect.Normalise(a.GetAttribute("href")!.Split('#', '?')[0])).Distinct().ToList();
        return [.. (await db.ArticleRedirects.Where(r => paths.Contains(r.Path)).Join(db.Articles, r => r.ArticleId, a => a.Id, (r, a) => new { r.Path, a.Slug }).ToListAsync(cancel))
            .Select(r => new RedirectedLink(r.Path, ArticleAddress.Of(r.Slug)))];
    }
}
