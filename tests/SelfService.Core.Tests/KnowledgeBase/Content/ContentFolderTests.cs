using System.Text;
using SelfService.Core.KnowledgeBase.Content;

namespace SelfService.Core.Tests.KnowledgeBase.Content;

public sealed class ContentFolderTests : IDisposable
{
    private readonly TestFolder outside = new();
    private readonly TestFolder folder = new();
    private readonly List<ContentProblem> problems = [];

    public ContentFolderTests()
    {
        outside.Write("secreto.md", "secreto").Write("mas/otro.md", "secreto");
        folder.Write("a/uno.md", "uno").Write("b/dos.MD", "dos").Write("tres.markdown", "tres").Write("a/nota.txt", "no");
    }

    public void Dispose()
    {
        folder.Dispose();
        outside.Dispose();
    }

    [Fact]
    public void Files_are_listed_by_ending_in_one_order_on_every_machine() =>
        Assert.Equal(["a/uno.md", "b/dos.MD", "tres.markdown"], Files());

    [Fact]
    public void Hidden_files_and_folders_are_not_content()
    {
        folder.Write(".git/config.md", "x").Write("a/.oculto.md", "x").Write(".md", "x");

        Assert.Equal(3, Files().Count);
        Assert.Empty(problems);
    }

    [Fact]
    public void A_link_to_a_file_outside_is_reported_and_not_read()
    {
        File.CreateSymbolicLink(folder.PathOf("a/fuga.md"), outside.PathOf("secreto.md"));

        Assert.DoesNotContain("a/fuga.md", Files());
        Assert.Equal((ProblemKind.OutsideFolder, "a/fuga.md"), (Assert.Single(problems).Kind, problems[0].File));
        Assert.Null(Content().Read("a/fuga.md", 100));
    }

    [Fact]
    public void A_link_to_a_folder_outside_is_reported_and_not_followed()
    {
        Directory.CreateSymbolicLink(folder.PathOf("fuga"), outside.Root);

        Assert.Equal(3, Files().Count);
        Assert.Equal(ProblemKind.OutsideFolder, Assert.Single(problems).Kind);
        Assert.Null(Content().Read("fuga/secreto.md", 100));
        Assert.Null(Content().Read("fuga/mas/otro.md", 100));
    }

    [Fact]
    public void A_chain_of_links_that_ends_outside_is_not_read()
    {
        File.CreateSymbolicLink(folder.PathOf("b/paso.md"), outside.PathOf("secreto.md"));
        File.CreateSymbolicLink(folder.PathOf("a/fuga.md"), folder.PathOf("b/paso.md"));

        Assert.Null(Content().Read("a/fuga.md", 100));
        Assert.Equal(3, Files().Count);
        Assert.Equal(2, problems.Count);
    }

    [Fact]
    public void A_link_inside_the_folder_is_a_file_like_others()
    {
        File.CreateSymbolicLink(folder.PathOf("a/copia.md"), folder.PathOf("a/uno.md"));

        Assert.Contains("a/copia.md", Files());
        Assert.Equal("uno", Encoding.UTF8.GetString(Content().Read("a/copia.md", 100)!));
    }

    [Fact]
    public void A_link_to_the_folder_itself_and_one_to_nothing_do_no_harm()
    {
        Directory.CreateSymbolicLink(folder.PathOf("a/vuelta"), folder.Root);
        File.CreateSymbolicLink(folder.PathOf("a/rota.md"), folder.PathOf("a/nada.md"));
        File.CreateSymbolicLink(folder.PathOf("a/circulo.md"), folder.PathOf("a/circulo.md"));

        Assert.Superset(new HashSet<string> { "a/uno.md", "b/dos.MD", "tres.markdown" }, Files().ToHashSet());
        Assert.Null(Content().Read("a/rota.md", 100));
        Assert.Null(Content().Read("a/circulo.md", 100));
        Assert.Equal(["a/circulo.md", "a/vuelta"], problems.Select(p => p.File).Order());
    }

    [Fact]
    public void A_folder_that_is_itself_a_link_can_be_read()
    {
        var link = Path.Combine(outside.Root, "enlace");
        Directory.CreateSymbolicLink(link, folder.Root);

        Assert.Equal("uno", Encoding.UTF8.GetString(new ContentFolder(link).Read("a/uno.md", 100)!));
    }

    [Theory]
    [InlineData("../secreto.md")]
    [InlineData("a/../../secreto.md")]
    [InlineData("/etc/passwd")]
    [InlineData("a/nada.md")]
    [InlineData("a")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a/uno.md\0.png")]
    public void What_is_not_a_file_of_the_folder_is_not_read(string path) => Assert.Null(Content().Read(path, 100));

    [Fact]
    public void A_folder_beside_with_a_longer_name_is_outside()
    {
        var beside = folder.Root + "-b";
        Directory.CreateDirectory(beside);
        try
        {
            File.WriteAllText(Path.Combine(beside, "x.md"), "x");

            Assert.Null(Content().Read($"../{Path.GetFileName(beside)}/x.md", 100));
        }
        finally
        {
            Directory.Delete(beside, recursive: true);
        }
    }

    [Fact]
    public void Of_a_large_file_one_byte_more_than_allowed_is_read()
    {
        folder.Write("grande.md", new byte[1000]);

        Assert.Equal(101, Content().Read("grande.md", 100)!.Length);
        Assert.Equal(1000, Content().Read("grande.md", 1000)!.Length);
    }

    [Theory]
    [InlineData("a/uno.md", "dos.png", "a/dos.png")]
    [InlineData("a/uno.md", "./img//dos.png", "a/img/dos.png")]
    [InlineData("a/b/uno.md", "../dos.png", "a/dos.png")]
    [InlineData("uno.md", "img\\dos.png", "img/dos.png")]
    [InlineData("a/uno.md", "../../dos.png", null)]
    [InlineData("uno.md", "..", null)]
    [InlineData("uno.md", "..\\dos.png", null)]
    public void An_address_in_a_file_is_relative_to_it(string file, string relative, string? path) =>
        Assert.Equal(path, ContentFolder.Combine(file, relative));

    [Fact]
    public void A_missing_folder_is_named()
    {
        var path = folder.PathOf("nada");

        Assert.Contains(path, Assert.Throws<DirectoryNotFoundException>(() => new ContentFolder(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_deeper_than_twenty_levels_are_left_out()
    {
        folder.Write(string.Concat(Enumerable.Repeat("d/", 19)) + "x.md", "x").Write(string.Concat(Enumerable.Repeat("e/", 60)) + "x.md", "x");

        Assert.Equal(4, Files().Count);
    }

    private ContentFolder Content() => new(folder.Root);

    private IReadOnlyList<string> Files() => Content().Files(ArticleLoader.Endings, problems);
}
