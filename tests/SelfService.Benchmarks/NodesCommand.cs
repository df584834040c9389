using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;

namespace SelfService.Benchmarks;

/// <summary>
/// <c>nodes --content DIR --postgres CONNECTION [--edits 10000] [--kills 10] [--restart COMMAND]</c>: editors save, publish and archive articles on
/// two nodes that are killed (<c>SIGKILL</c>) and started again meanwhile; the command restarts the database, twice. In the end what is found on each node must be what
/// the database says is published, word for word. Each edit writes a word that is nowhere else.
/// </summary>
internal static partial class NodesCommand
{
    private const int Articles = 60, Editors = 8, Measured = 20;
    private const string Editor = "julian@brisal.example", Password = "colibri-azul-24";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Visible = TimeSpan.FromSeconds(2);

    public static int Run(string[] args)
    {
        if (Arguments.Read(args, ["content", "postgres"], ["edits", "kills", "restart"], out var error) is not { } options)
        {
            Console.Error.WriteLine(error);
            return 2;
        }

        int Number(string name, int otherwise) => options[name] is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        return RunAsync(Path.GetFullPath(options["content"]!), options["postgres"]!, Number("edits", 10_000), Number("kills", 10), options["restart"]).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string content, string postgres, int edits, int kills, string? restart)
    {
        var folder = Directory.CreateTempSubdirectory("selfservice-nodes-");
        var settings = new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development" };
        var started = Stopwatch.StartNew();
        try
        {
            await using var one = await PortalProcess.StartAsync(content, folder.FullName, postgres, settings);
            await using var other = await PortalProcess.StartAsync(content, folder.FullName, postgres, settings);
            var people = new List<Person>();
            for (var i = 0; i < Editors; i++)
            {
                // One after the other: many at once are taken for somebody who guesses.
                people.Add(await Person.SignInAsync(i, [one.Address, other.Address]));
            }

            var slugs = new List<string>();
            for (var i = 0; i < Articles; i++)
            {
                slugs.Add(await people[0].BeginAsync($"Ensayo número {i}"));
            }

            var done = new ConcurrentDictionary<string, int>();
            var left = edits;
            var work = people.Select(person => Task.Run(async () =>
            {
                while (Interlocked.Decrement(ref left) >= 0)
                {
                    done.AddOrUpdate(await person.ActAsync(slugs), 1, (_, n) => n + 1);
                }
            })).ToList();
            await DisturbAsync([one, other], edits, () => Volatile.Read(ref left), kills, restart);
            await Task.WhenAll(work);
            var worked = started.Elapsed;

            await Task.Delay(Visible);
            var published = await PublishedAsync(postgres);
            var written = people.SelectMany(p => p.Words).Where(w => !published.ContainsKey(w)).ToList();
            var wrong = new List<string>();
            foreach (var node in new[] { one, other })
            {
                wrong.AddRange(await DifferencesAsync(node, published, Sample(written, 2_000)));
            }

            var visible = await UntilVisibleAsync(people[0], [one.Address, other.Address]);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                edits,
                done,
                kills,
                restarts = restart is null ? 0 : 2,
                seconds = Math.Round(worked.TotalSeconds),
                published = published.Count,
                words_looked_for = 2 * (published.Count + Math.Min(written.Count, 2_000)),
                differences = wrong.Count,
                first = wrong.Take(5),
                published_until_read_and_found_on_both_longest_ms = Math.Round(visible.Max()),
            }));
            return wrong.Count == 0 && published.Count > 0 ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // From the moment an editor presses the button on one node until the article is read and found on both.
    private static async Task<List<double>> UntilVisibleAsync(Person person, IReadOnlyList<Uri> nodes)
    {
        using var http = new HttpClient();
        var times = new List<double>();
        for (var i = 0; i < Measured; i++)
        {
            var node = nodes[i % nodes.Count];
            var slug = await person.BeginAsync($"Medida número {i}");
            var word = await person.SaveAsync(node, slug);
            var started = Stopwatch.GetTimestamp();
            await person.PublishAsync(node, slug);
            foreach (var seen in nodes.SelectMany(n => new[] { new Uri(n, "buscar?q=" + word), new Uri(n, "articulos/" + slug) }))
            {
                while (!await ShowsAsync(http, seen, word))
                {
                    await Task.Delay(Glance);
                }
            }

            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times;
    }

    private static async Task<bool> ShowsAsync(HttpClient http, Uri address, string word)
    {
        using var answer = await http.GetAsync(address);
        var page = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode && page.Contains(address.Query.Length > 0 ? $"<mark>{word}</mark>" : word, StringComparison.Ordinal);
    }

    // Spread over the whole of the work, each time another node.
    private static async Task DisturbAsync(IReadOnlyList<PortalProcess> nodes, int edits, Func<int> left, int kills, string? restart)
    {
        var what = Enumerable.Range(0, kills).Select<int, Func<Task>>(i => () => nodes[i % nodes.Count].KillAndStartAsync()).ToList();
        if (restart is not null)
        {
            what.Insert(what.Count / 3, () => CommandAsync(restart));
            what.Insert(2 * what.Count / 3, () => CommandAsync(restart));
        }

        for (var i = 0; i < what.Count; i++)
        {
            while (left() > edits - (edits * (i + 1) / (what.Count + 1)))
            {
                await Task.Delay(Pause);
            }

            await what[i]();
        }
    }

    private static async Task CommandAsync(string command)
    {
        using var process = Process.Start("bash", ["-c", command]);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"'{command}' ended with {process.ExitCode}.");
        }
    }

    // The word of each article that readers should find, with the article's address.
    private static async Task<Dictionary<string, string>> PublishedAsync(string postgres)
    {
        await using var connection = new NpgsqlConnection(postgres);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("""
            SELECT a."Slug", r."Body" FROM "Articles" a JOIN "Revisions" r ON r."Id" = a."PublishedRevisionId"
            WHERE a."Status" = 'Published' AND r."Body" LIKE 'Palabra: %'
            """, connection);
        await using var rows = await command.ExecuteReaderAsync();
        var found = new Dictionary<string, string>();
        while (await rows.ReadAsync())
        {
            found[Word().Match(rows.GetString(1)).Groups[1].Value] = rows.GetString(0);
        }

        return found;
    }

    // What stands marked on the page of results is what the index holds.
    private static async Task<List<string>> DifferencesAsync(PortalProcess node, Dictionary<string, string> published, IEnumerable<string> gone)
    {
        using var http = new HttpClient { BaseAddress = node.Address };
        var wrong = new List<string>();
        foreach (var (word, slug) in published)
        {
            var page = await http.GetStringAsync("buscar?q=" + word);
            if (!page.Contains($"<mark>{word}</mark>", StringComparison.Ordinal) || !page.Contains("/articulos/" + slug, StringComparison.Ordinal))
            {
                wrong.Add($"{node.Address}: {word} of {slug} is published and not found");
            }
        }

        foreach (var word in gone)
        {
            if ((await http.GetStringAsync("buscar?q=" + word)).Contains($"<mark>{word}</mark>", StringComparison.Ordinal))
            {
                wrong.Add($"{node.Address}: {word} is not published and found");
            }
        }

        return wrong;
    }

    private static IEnumerable<string> Sample(List<string> words, int count) => words.Where((_, i) => i % Math.Max(1, words.Count / count) == 0).Take(count);

    [GeneratedRegex("^Palabra: (\\w+)")]
    private static partial Regex Word();

    /// <summary>An editor with a browser, who goes to either node.</summary>
    private sealed partial class Person
    {
        private readonly Random random;
        private readonly IReadOnlyList<Uri> nodes;
        private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { Timeout = TimeSpan.FromSeconds(40) };
        private readonly int number;

        private Person(int number, IReadOnlyList<Uri> nodes) => (this.number, this.nodes, random) = (number, nodes, new Random(number));

        /// <summary>Every word that was sent, whatever came of it.</summary>
        public List<string> Words { get; } = [];

        public static async Task<Person> SignInAsync(int number, IReadOnlyList<Uri> nodes)
        {
            var person = new Person(number, nodes);
            var (page, _) = await person.GetAsync(nodes[0], "cuenta/entrar");
            using var answer = await person.PostAsync(nodes[0], "cuenta/entrar", page, [new("Email", Editor), new("Password", Password)]);
            return answer.StatusCode == HttpStatusCode.Redirect ? person : throw new InvalidOperationException($"The sign-in was answered {(int)answer.StatusCode}.");
        }

        public async Task<string> BeginAsync(string title)
        {
            var (page, _) = await GetAsync(nodes[0], "editor/nuevo");
            using var answer = await PostAsync(nodes[0], "editor/nuevo", page, [new("ArticleTitle", title), new("Topic", Topic().Match(page).Groups[1].Value)]);
            return answer.Headers.Location!.ToString().Split('/')[^1].Split('?')[0];
        }

        /// <summary>Does one thing to one article.</summary>
        /// <returns>What, and how it ended.</returns>
        public async Task<string> ActAsync(IReadOnlyList<string> slugs)
        {
            var (node, article, kind) = (nodes[random.Next(nodes.Count)], "editor/articulos/" + slugs[random.Next(slugs.Count)], random.Next(10));
            for (var patience = Stopwatch.StartNew(); ; await Task.Delay(Pause))
            {
                try
                {
                    var (page, status) = await GetAsync(node, article + (kind < 6 ? "" : kind < 9 ? "/publicar" : "/retirar"));
                    using var answer = kind switch
                    {
                        < 6 => await SaveAsync(node, article, page),
                        < 9 => await PostAsync(node, article + "/publicar", page, [new("Seen", Seen().Match(page).Groups[1].Value)]),
                        _ => await PostAsync(node, article + "/retirar?handler=Archivar", page, []),
                    };
                    if (kind < 6 && answer.StatusCode == HttpStatusCode.Conflict)
                    {
                        // Somebody else was first. She gives up what was kept of hers, or she would meet it again.
                        (await PostAsync(node, article + "?handler=Descartar", page, [])).Dispose();
                    }

                    return $"{(kind < 6 ? "saved" : kind < 9 ? "published" : "archived")} {(int)answer.StatusCode}";
                }
                catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && patience.Elapsed < Patience)
                {
                    // The node was killed, or the database is away: she tries the other one.
                    node = nodes[random.Next(nodes.Count)];
                }
            }
        }

        /// <summary>Saves an article with a word of its own.</summary>
        /// <returns>The word.</returns>
        public async Task<string> SaveAsync(Uri node, string slug)
        {
            var (page, _) = await GetAsync(node, "editor/articulos/" + slug);
            (await SaveAsync(node, "editor/articulos/" + slug, page)).Dispose();
            return Words[^1];
        }

        /// <summary>Publishes it.</summary>
        public async Task PublishAsync(Uri node, string slug)
        {
            var address = $"editor/articulos/{slug}/publicar";
            var (page, _) = await GetAsync(node, address);
            (await PostAsync(node, address, page, [new("Seen", Seen().Match(page).Groups[1].Value)])).Dispose();
        }

        private Task<HttpResponseMessage> SaveAsync(Uri node, string article, string page)
        {
            // Letters only, so that it is one word; far from every other, so that none is taken for a mistyped one.
            Words.Add(string.Concat(Guid.NewGuid().ToString("N").Select(c => (char)('a' + Convert.ToInt32(c.ToString(), 16)))) + (char)('a' + number));
            return PostAsync(node, article, page,
            [
                new("Base", Base().Match(page).Groups[1].Value), new("Title", WebUtility.HtmlDecode(Title().Match(page).Groups[1].Value)), new("Topic", Topic().Match(page).Groups[1].Value),
                new("Audience", "Public"), new("Summary", "Un ensayo de dos nodos."), new("Body", $"Palabra: {Words[^1]}."),
            ]);
        }

        private async Task<(string Page, HttpStatusCode Status)> GetAsync(Uri node, string address)
        {
            using var answer = await http.GetAsync(new Uri(node, address));
            return (int)answer.StatusCode < 500 ? (await answer.Content.ReadAsStringAsync(), answer.StatusCode) : throw new HttpRequestException($"answered {(int)answer.StatusCode}");
        }

        private async Task<HttpResponseMessage> PostAsync(Uri node, string address, string page, IEnumerable<KeyValuePair<string, string>> fields)
        {
            var answer = await http.PostAsync(new Uri(node, address), new FormUrlEncodedContent([.. fields, new("__RequestVerificationToken", Token().Match(page).Groups[1].Value)]));
            return (int)answer.StatusCode < 500 ? answer : throw new HttpRequestException($"answered {(int)answer.StatusCode}");
        }

        [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
        private static partial Regex Token();

        [GeneratedRegex("name=\"Base\" value=\"(\\d+)\"")]
        private static partial Regex Base();

        [GeneratedRegex("name=\"Seen\" value=\"(\\d+)\"")]
        private static partial Regex Seen();

        [GeneratedRegex("name=\"Title\" value=\"([^\"]*)\"")]
        private static partial Regex Title();

        [GeneratedRegex("name=\"Topic\"[^>]*>.*?<option value=\"([a-z][^\"]*)\"", RegexOptions.Singleline)]
        private static partial Regex Topic();
    }
}
