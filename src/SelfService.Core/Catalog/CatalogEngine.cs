using SelfService.Search;

namespace SelfService.Core.Catalog;

/// <summary>
/// The same search over products. They have an index of their own: what is rare among products is not rare among articles, and
/// many short texts would push the answers of a question down.
/// </summary>
/// <param name="Engine">Documents are products on sale, by their id; the topic is the shelf.</param>
public sealed record CatalogEngine(ISearchEngine Engine);
