using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SelfService.Core.KnowledgeBase;
using SelfService.Search;

namespace SelfService.Core.Tests;

/// <summary>The rules of the house that a machine can watch over.</summary>
public sealed class ArchitectureTests
{
    private static readonly string Source = Path.Combine(Repository.Root, "src");

    [Theory]
    [InlineData("SelfService.Search", "")]
    [InlineData("SelfService.Core", "SelfService.Search")]
    [InlineData("SelfService.Web", "SelfService.Core")]
    [InlineData("SelfService.Search.Lucene", "SelfService.Search")]
    public void Projects_stand_in_a_line(string project, string reference)
    {
        var references = Items(project, "ProjectReference").Select(p => Path.GetFileNameWithoutExtension(p.Replace('\\', '/')));

        Assert.Equal(reference, string.Join(' ', references));
    }

    [Fact]
    public void Search_uses_no_package_and_nothing_of_ours()
    {
        Assert.Empty(Items("SelfService.Search", "PackageReference"));
        Assert.Empty(Items("SelfService.Search", "FrameworkReference"));
        Assert.All(References(typeof(ISearchEngine).Assembly), name => Assert.StartsWith("System", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Core_knows_no_http()
    {
        var references = References(typeof(Article).Assembly);

        Assert.Contains("SelfService.Search", references);
        Assert.DoesNotContain("SelfService.Web", references);
        Assert.DoesNotContain(references, name => Regex.IsMatch(name, @"^Microsoft\.AspNetCore\.(Http|Mvc|Routing|Razor|Hosting|Components|Server|Session|Authentication|Authorization|Antiforgery)"));
        Assert.Empty(Lines("SelfService.Core", @"Microsoft\.AspNetCore\.(?!Identity)"));
    }

    [Fact]
    public void Databases_are_named_only_where_data_is_kept()
    {
        const string names = @"\b(Npgsql|Microsoft\.Data\.Sqlite|UseSqlite|UseNpgsql|ExecuteSqlRaw|FromSql)";
        var lines = Lines("SelfService.Core", names).Concat(Lines("SelfService.Web", names)).ToList();

        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Contains("/Persistence/", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Ids_come_in_the_order_they_are_made()
    {
        var lines = Lines("SelfService.Core", @"CreateVersion7\(").Concat(Lines("SelfService.Web", @"CreateVersion7\("));

        Assert.All(lines, line => Assert.Contains("OrderedId.cs", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Files_stay_short()
    {
        var files = Files("*.cs").Concat(Files("*.cshtml")).Concat(Files("*.css")).Concat(Files("*.js"))
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories).Where(IsWritten)).ToList();

        Assert.True(files.Count > 60);
        Assert.DoesNotContain(files, f => !f.Contains("/Migrations/", StringComparison.Ordinal) && Length(f) > 400);
        Assert.DoesNotContain(Files("*.cshtml.cs"), f => Length(f) > 120);
        Assert.InRange(Length(Path.Combine(Source, "SelfService.Web/Program.cs")), 1, 60);
    }

    [Fact]
    public void Names_say_what_a_thing_is()
    {
        var forbidden = new Regex("(Service|Manager|Helper|Helpers|Utils|Common|Base|Info)$");
        var types = Files("*.cs").SelectMany(f => Regex.Matches(File.ReadAllText(f), @"^\s*(?:public|internal|private|file|sealed|static|abstract|partial|readonly|\s)*\b(?:class|record|struct|interface|enum)\s+(\w+)", RegexOptions.Multiline).Select(m => m.Groups[1].Value)).ToList();

        Assert.True(types.Count > 60);
        var names = Files("*").SelectMany(f => new[] { Path.GetFileName(f).Split('.')[0], Path.GetFileName(Path.GetDirectoryName(f)!) }).Where(n => n != "SelfService").Distinct();
        // The field's own words; what a company lets its customers book is a service.
        Assert.All(types.Concat(names).Where(n => n is not ("KnowledgeBase" or "Service")), name => Assert.DoesNotMatch(forbidden, name));
    }

    [Fact]
    public void The_house_has_the_rooms_of_its_plan()
    {
        Assert.Superset(new HashSet<string> { "SelfService.Search", "SelfService.Core", "SelfService.Web" }, Folders("src"));
        Assert.Superset(new HashSet<string> { "Analysis", "Querying", "Indexing", "Ranking" }, Folders("src/SelfService.Search"));
        Assert.Superset(new HashSet<string> { "KnowledgeBase", "People", "Persistence" }, Folders("src/SelfService.Core"));
        Assert.Superset(new HashSet<string> { "Startup", "Components", "Filters", "Pages", "Resources", "wwwroot" }, Folders("src/SelfService.Web"));
        Assert.Superset(new HashSet<string> { "Sqlite", "Postgres" }, Folders("src/SelfService.Core/Persistence/Migrations"));
        Assert.Superset(new HashSet<string> { "SelfService.Search.Tests", "SelfService.Core.Tests", "SelfService.Web.Tests", "SelfService.Benchmarks" }, Folders("tests"));
        var forbidden = new[] { "Application", "Infrastructure", "Domain", "Common", "Shared", "Helpers", "Services", "Repositories", "Dtos", "Interfaces" };
        Assert.Empty(Folders("src").Concat(Folders("src/SelfService.Core")).Concat(Folders("src/SelfService.Web")).Intersect(forbidden));
    }

    private static HashSet<string> Folders(string path) =>
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, path)).Select(d => Path.GetFileName(d)!)];

    private static IEnumerable<string> Items(string project, string item) =>
        XDocument.Load(Path.Combine(Source, project, project + ".csproj")).Descendants(item).Select(e => e.Attribute("Include")!.Value);

    private static List<string> References(Assembly assembly) => [.. assembly.GetReferencedAssemblies().Select(a => a.Name!)];

    private static IEnumerable<string> Lines(string project, string pattern) =>
        from file in Files("*.cs").Where(f => f.Contains($"/{project}/", StringComparison.Ordinal))
        from line in File.ReadLines(file)
        where Regex.IsMatch(line, pattern)
        select $"{Shown(file)}: {line.Trim()}";

    private static IEnumerable<string> Files(string pattern) =>
        Directory.GetFiles(Source, pattern, SearchOption.AllDirectories).Select(f => f.Replace('\\', '/')).Where(IsWritten);

    private static bool IsWritten(string file) => !Regex.IsMatch(file, @"[/\\](obj|bin|node_modules)[/\\]");

    private static int Length(string file) => File.ReadLines(file).Count();

    private static string Shown(string file) => Path.GetRelativePath(Source, file);
}
