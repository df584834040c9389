using SelfService.Core.Catalog;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Shortcuts;
using SelfService.Core.Synonyms;
using SelfService.Core.Tests.KnowledgeBase.Editing;
using SelfService.Search;
using SelfService.Search.Querying;

namespace SelfService.Core.Tests.Synonyms;

/// <summary>A company with a file of synonyms, three articles and nodes that follow the editors' rules.</summary>
public abstract class SynonymTest : EditingTest
{
    protected const string File = "# Cocina\nestufa, fogón\nanafe => estufa # de gas\n";

    protected static readonly CompanySynonyms Company = Of(File);

    protected static CompanySynonyms Of(string file) => new(SearchLanguage.Parse(null, file), file);

    protected static SynonymRules Rules(string text, params string[] off) => SynonymRules.Of(text, off);

    protected Task<SaveOutcome> SaveAsync(int number, SynonymRules rules, Editor? editor = null) => InAsync(db => new WriteSynonyms(db, Clock).SaveAsync(number, rules, editor ?? Elena, NoCancel));

    protected Task<bool> FollowAsync(Node node) => InAsync(db => node.Index.FollowAsync(db, NoCancel));

    /// <summary>One process of the portal.</summary>
    protected sealed class Node
    {
        public Node(CompanySynonyms? company = null)
        {
            var words = company ?? Company;
            (Engine, Products) = (new MemorySearchEngine(words.Language), new CatalogEngine(new MemorySearchEngine(words.Language)));
            Shortcuts = new ShortcutIndex(TestWords.Company(new CompanyAction("Vender un refrigerador", "/contacto", "chat", [])), words.Language);
            Index = new SynonymIndex(words, Engine, Products, Shortcuts, new DraftIndex(words.Language));
            SearchDocument[] documents = [.. new[] { "Cuidar el refrigerador", "Limpiar la estufa", "Pagar la factura" }.Select(title => new SearchDocument { Id = title, Title = title, Url = "/articulos/" + title.Split(' ')[^1] })];
            Engine.Apply(documents, [], 1);
            Products.Engine.Apply(documents, [], 1);
        }

        public MemorySearchEngine Engine { get; }

        public CatalogEngine Products { get; }

        public ShortcutIndex Shortcuts { get; }

        public SynonymIndex Index { get; }

        public string[] Found(string question) => [.. Engine.Search(new SearchRequest(SearchQuery.Parse(question), Audience.Public)).Hits.Select(h => h.Document.Title)];
    }
}
