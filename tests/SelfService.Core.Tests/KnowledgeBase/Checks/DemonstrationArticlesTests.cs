using SelfService.Core.KnowledgeBase.Checks;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Rendering;
using Xunit.Abstractions;

namespace SelfService.Core.Tests.KnowledgeBase.Checks;

/// <summary>The articles that come with the portal are what an editor looks at to learn how it is done.</summary>
public sealed class DemonstrationArticlesTests(ITestOutputHelper output)
{
    [Fact]
    public void The_demonstration_speaks_to_everybody_as_usted_and_lacks_nothing()
    {
        var folder = ContentFolder.OfArticles(Path.Combine(Repository.Root, "content"));
        var paths = folder.Files(ArticleLoader.Endings, []);
        var loader = new ArticleLoader(
            folder, new SlugPlan(paths, new Dictionary<string, string>(), new HashSet<string>()), new ArticleRenderer(TestWords.Spanish), new MediaShelf());
        var known = new KnownFigures("800 555 0142", ["800 555 0199", "55 5555 0188"]);

        var findings = paths.Select(loader.Load).SelectMany(article => ArticleChecks.Of(article.Content!, article.Rendered!, known)).ToList();

        foreach (var kind in findings.GroupBy(finding => finding.Kind).OrderBy(kind => kind.Key))
        {
            output.WriteLine($"{kind.Key}: {kind.Count()}");
        }

        Assert.True(paths.Count > 50);
        Assert.DoesNotContain(findings, finding => finding.Kind == FindingKind.MixedAddress);
        Assert.DoesNotContain(findings, finding => finding.Weight > FindingWeight.Hint);
        // Telephones are named, not repeated. The paired "does show": prices are written in these articles, so they were read.
        Assert.DoesNotContain(findings, finding => finding.Kind == FindingKind.HandwrittenPhone);
        Assert.Contains(findings, finding => finding.Kind == FindingKind.HandwrittenPrice);
    }
}
