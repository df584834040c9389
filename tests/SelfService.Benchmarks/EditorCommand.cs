using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Differences;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;
using SelfService.Search;
using SelfService.Search.Querying;

namespace SelfService.Benchmarks;

/// <summary>
/// <c>editor --content DIR [--kilobytes 100] [--rounds 40]</c>, on SQLite: how long the preview of an article of that size takes, the
/// comparison of two of its revisions, and how long it takes until what was published is read and found.
/// </summary>
internal static class EditorCommand
{
    private const int Published = 10;

    // A portal has been running for a while; the runtime has compiled what is called often for good by then.
    private const int WarmUp = 60;

    private static readonly Editor Tester = new(Guid.NewGuid(), "Banco de pruebas", "", IsAdmin: true);

    public static int Run(string[] args)
    {
        if (Arguments.Read(args, ["content"], ["kilobytes", "rounds"], out var error) is not { } options)
        {
            Console.Error.WriteLine(error);
            return 2;
        }

        int Number(string name, int otherwise) => options[name] is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        return RunAsync(options["content"]!, Number("kilobytes", 100), Number("rounds", 40)).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string content, int kilobytes, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("selfservice-editor-");
        try
        {
            await using var portal = await BenchmarkPortal.OpenAsync(Path.GetFullPath(content), folder.FullName);
            await using var scope = portal.Services.CreateAsyncScope();
            var (db, write) = (scope.ServiceProvider.GetRequiredService<PortalDbContext>(), scope.ServiceProvider.GetRequiredService<WriteArticle>());
            var (old, now) = (Text(db, kilobytes * 1024), "");
            now = Edited(old);
            var topic = await db.Categories.Select(c => c.Slug).FirstAsync();
            var article = await BeginAsync(db, write, topic, "Artículo largo", old);
            RenderedArticle before = null!, after = null!;
            var preview = await TimesAsync(rounds, async () => after = await write.RenderAsync(article, new ArticleContent { Title = "Artículo largo", Category = topic, Body = now }, CancellationToken.None));
            before = await write.RenderAsync(article, new ArticleContent { Title = "Artículo largo", Category = topic, Body = old }, CancellationToken.None);
            var source = await TimesAsync(rounds, () => Task.FromResult(TextDifference.Between(old, now).Lines.Count));
            var seen = await TimesAsync(rounds, () => Task.FromResult(HtmlDifference.Between(before.Html, after.Html).Length));
            var visible = await VisibleAsync(portal, scope.ServiceProvider, db, write, topic);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                kilobytes,
                preview_p50_ms = Percentile(preview, 0.5),
                preview_p95_ms = Percentile(preview, 0.95),
                difference_of_source_p95_ms = Percentile(source, 0.95),
                difference_as_seen_p95_ms = Percentile(seen, 0.95),
                published_until_read_and_found_longest_ms = Math.Round(visible.Max()),
            }));
            return 0;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    // What is in the knowledge base already, one article after the other.
    private static string Text(PortalDbContext db, int length)
    {
        var text = new StringBuilder();
        foreach (var body in db.Revisions.OrderBy(r => r.Title).Select(r => r.Body).AsEnumerable())
        {
            text.Append(body).Append("\n\n");
            if (text.Length >= length)
            {
                break;
            }
        }

        return text.ToString()[..Math.Min(length, text.Length)];
    }

    private static string Edited(string text) =>
        string.Join('\n', text.Split('\n').Select((line, number) => number % 40 == 7 && line.Length > 20 ? line[..10] + "cambiado " + line[10..] : line));

    private static async Task<Guid> BeginAsync(PortalDbContext db, WriteArticle write, string topic, string title, string body)
    {
        var slug = await write.CreateAsync(new ArticleContent { Title = title, Category = topic, Body = body }, Tester, CancellationToken.None);
        return await db.Articles.Where(a => a.Slug == slug).Select(a => a.Id).SingleAsync();
    }

    private static async Task<List<double>> VisibleAsync(Microsoft.AspNetCore.Builder.WebApplication portal, IServiceProvider services, PortalDbContext db, WriteArticle write, string topic)
    {
        using var http = new HttpClient { BaseAddress = new Uri(BenchmarkPortal.AddressOf(portal)) };
        var (publish, engine, times) = (services.GetRequiredService<PublishArticle>(), services.GetRequiredService<ISearchEngine>(), new List<double>());
        for (var number = 0; number < Published; number++)
        {
            var word = $"zorzalito{(char)('a' + number)}";
            var id = await BeginAsync(db, write, topic, $"Artículo {word}", $"Trata de {word}.");
            var slug = await db.Articles.Where(a => a.Id == id).Select(a => a.Slug).SingleAsync();
            db.ChangeTracker.Clear();
            var started = Stopwatch.GetTimestamp();
            await publish.PublishAsync(id, 1, null, Tester, CancellationToken.None);
            while (engine.Search(new SearchRequest(SearchQuery.Parse(word), Audience.Public)).Total == 0 || (await http.GetAsync("articulos/" + slug)).StatusCode != HttpStatusCode.OK)
            {
                await Task.Delay(5);
            }

            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times;
    }

    private static async Task<List<double>> TimesAsync<T>(int rounds, Func<Task<T>> work)
    {
        var times = new List<double>();
        for (var round = -WarmUp; round < rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            await work();
            if (round >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        return times;
    }

    private static double Percentile(List<double> times, double part) => Math.Round(times.Order().ElementAt((int)(part * (times.Count - 1))), 1);
}
