using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Synonyms;
using SelfService.Search;
using SelfService.Search.Querying;

namespace SelfService.Core.Tests.Synonyms;

/// <summary>Editors' rules: kept, followed by every node, brought back, and written to a file.</summary>
public sealed class WriteSynonymsTests : SynonymTest
{
    [Fact]
    public async Task Rules_of_the_editors_stand_beside_the_lines_of_the_file_and_a_line_that_is_off_does_not()
    {
        var node = new Node();
        Assert.Equal("|Limpiar la estufa|Limpiar la estufa", Found(node, "heladera", "fogón", "anafe"));

        await SaveAsync(0, Rules("heladera, refrigerador", "anafe => estufa"));
        Assert.True(await FollowAsync(node));

        Assert.Equal("Cuidar el refrigerador|Limpiar la estufa|", Found(node, "heladera", "fogón", "anafe"));
        Assert.Equal(1, node.Products.Engine.Search(new SearchRequest(SearchQuery.Parse("heladera"), Audience.Public)).Total);
        Assert.Equal(["Vender un refrigerador"], node.Shortcuts.Suggest("helade", Audience.Public, 4).Select(s => s.Title));
        await SaveAsync(1, Rules("heladera, refrigerador"));
        await FollowAsync(node);
        Assert.Equal(["Limpiar la estufa"], node.Found("anafe"));
    }

    [Fact]
    public async Task Every_node_takes_a_change_once_and_a_new_node_begins_with_the_newest()
    {
        var (one, other) = (new Node(), new Node());
        Assert.False(await FollowAsync(one));
        await SaveAsync(0, Rules("heladera, refrigerador"));

        Assert.True(await FollowAsync(one));
        Assert.True(await FollowAsync(other));
        Assert.Equal((false, false), (await FollowAsync(one), await FollowAsync(other)));
        await SaveAsync(1, Rules("nevera, refrigerador"), Bruno);
        await FollowAsync(other);

        Assert.Equal("Cuidar el refrigerador|", Found(one, "heladera", "nevera"));
        Assert.Equal("|Cuidar el refrigerador", Found(other, "heladera", "nevera"));
        var late = new Node();
        Assert.Empty(late.Found("nevera"));
        await FollowAsync(late);
        Assert.Single(late.Found("nevera"));
    }

    [Fact]
    public async Task Every_save_is_kept_with_author_and_moment_and_an_old_one_comes_back()
    {
        await SaveAsync(0, Rules("heladera, refrigerador", "estufa, fogón"));
        Clock.Now = Clock.Now.AddHours(1);
        Assert.Equal(new SaveOutcome(SaveResult.Saved, 2), await SaveAsync(1, Rules("nevera, refrigerador"), Bruno));
        Assert.Equal(new SaveOutcome(SaveResult.Same, 2), await SaveAsync(2, Rules(" nevera, refrigerador\r\n"), Elena));

        var restored = await InAsync(db => new WriteSynonyms(db, Clock).RestoreAsync(1, Elena, NoCancel));
        var gone = await InAsync(db => new WriteSynonyms(db, Clock).RestoreAsync(9, Elena, NoCancel));

        Assert.Equal((new SaveOutcome(SaveResult.Saved, 3), SaveResult.Gone), (restored, gone.Result));
        var editions = await InAsync(db => db.SynonymEditions.AsNoTracking().OrderBy(e => e.Number).ToListAsync());
        Assert.Equal([(1, "Elena"), (2, "Bruno"), (3, "Elena")], editions.Select(e => (e.Number, e.Author)));
        Assert.Equal((Clock.Now.AddHours(-1), Clock.Now, Elena.Id), (editions[0].At, editions[1].At, editions[0].AuthorId));
        Assert.True(editions[2].Rules.IsSame(editions[0].Rules));
        var node = new Node();
        await FollowAsync(node);
        Assert.Equal("Cuidar el refrigerador||", Found(node, "heladera", "nevera", "fogón"));
    }

    [Fact]
    public async Task Of_many_who_save_at_once_one_does_and_the_others_are_told()
    {
        await SaveAsync(0, Rules("nevera, refrigerador"));

        var saved = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => SaveAsync(1, Rules($"heladera, refrigerador\n# {n}")))));

        Assert.Equal(1, saved.Count(s => s == new SaveOutcome(SaveResult.Saved, 2)));
        Assert.Equal(7, saved.Count(s => s == new SaveOutcome(SaveResult.Overtaken, 2)));
        Assert.Equal([1, 2], await InAsync(db => db.SynonymEditions.OrderBy(e => e.Number).Select(e => e.Number).ToListAsync()));
    }

    [Theory]
    [InlineData("perro, can\nsolo", ProblemKind.WordsOneSide, 2)]
    [InlineData("# nota\n\n=> can", ProblemKind.WordsOneSide, 3)]
    [InlineData("de la, factura", ProblemKind.WordsMissing, 1)]
    [InlineData("perro, pe be ce de efe ge hache", ProblemKind.WordsTooLong, 1)]
    public void A_line_that_cannot_be_used_is_named(string text, ProblemKind kind, int line)
    {
        var problem = Assert.Single(Rules(text).Problems(Company.Language));

        Assert.Equal((kind, line, ProblemSeverity.Error), (problem.Kind, problem.Line, problem.Severity));
    }

    [Fact]
    public void What_just_fits_is_taken_and_what_is_one_too_much_is_not()
    {
        string Ways(int count) => string.Join(", ", Enumerable.Range(0, count).Select(n => (char)('a' + n) + new string('x', 10)));
        static ProblemKind? Of(string text) => Rules(text).Problems(Company.Language).FirstOrDefault()?.Kind;
        var widest = Ways(SynonymRules.MaxWays);
        var longest = widest + " # " + new string('y', SynonymRules.MaxLineLength - widest.Length - 3);
        var lines = string.Join('\n', Enumerable.Repeat("perro, can", SynonymRules.MaxLines));

        Assert.Equal(((ProblemKind?)null, ProblemKind.SynonymsTooLong), (Of(longest), Of(longest + "y")));
        Assert.Equal(((ProblemKind?)null, ProblemKind.SynonymsTooWide), (Of(widest), Of("perro, " + widest)));
        Assert.Equal(((ProblemKind?)null, ProblemKind.SynonymsTooMany), (Of(lines), Of(lines + "\nperro, can")));
        Assert.Equal([2, 4], Rules($"perro, can\n{longest}y\ngato, minino\nsolo").Problems(Company.Language).Select(p => p.Line));
    }

    [Fact]
    public void What_cannot_be_used_of_the_file_is_no_line_to_switch_off_and_is_reported()
    {
        Folder.Write("search/synonyms.txt", "estufa, fogón\nsolo\nestufa, fogón\n").Write("search/stopwords.txt", "de la\n%%%\n").Write("articles/a/a.md", "---\ntitle: A\n---\nTexto.\n");

        Assert.Equal(["estufa, fogón"], CompanySynonyms.Read(Folder.Root).Lines);
        var (_, problems) = CheckContent.Run(Folder.Root, TestWords.Spanish, null, NoCancel);
        Assert.Equal([("search/stopwords.txt", 2, ProblemKind.WordsMissing), ("search/synonyms.txt", 2, ProblemKind.WordsOneSide)], problems.Select(p => (p.File, p.Line, p.Kind)));
    }

    [Fact]
    public async Task What_was_exported_is_found_the_same_with_an_empty_database_and_with_this_one()
    {
        using var target = new TestFolder();
        Assert.False(await ExportAsync(target));
        await SaveAsync(0, Rules("# nuestras\nheladera, refrigerador\nestufa, fogón", "anafe => estufa"));

        Assert.True(await ExportAsync(target));

        Assert.Equal("# Cocina\nestufa, fogón\n# anafe => estufa # de gas\n# nuestras\nheladera, refrigerador\n", await System.IO.File.ReadAllTextAsync(target.PathOf("search/synonyms.txt")));
        var (empty, same) = (new Node(CompanySynonyms.Read(target.Root)), new Node(CompanySynonyms.Read(target.Root)));
        await FollowAsync(same);
        Assert.All([empty, same], node => Assert.Equal("Cuidar el refrigerador|Limpiar la estufa|", Found(node, "heladera", "fogón", "anafe")));
    }

    private static string Found(Node node, params string[] questions) => string.Join('|', questions.Select(q => string.Join(',', node.Found(q))));

    private Task<bool> ExportAsync(TestFolder target) => InAsync(db => new ExportSynonyms(db, Company).RunAsync(target.Root, NoCancel));
}
