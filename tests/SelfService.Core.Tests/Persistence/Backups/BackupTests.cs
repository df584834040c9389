using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Persistence.Backups;
using SelfService.Core.Tests.KnowledgeBase;

namespace SelfService.Core.Tests.Persistence.Backups;

/// <summary>A backup is whole, is refused when it is not, and never costs what was there.</summary>
public sealed class BackupTests : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private TestDatabase database = null!;
    private TestDatabase other = null!;

    private string Data => folder.PathOf("data");

    private string Restored => folder.PathOf("restored");

    private string File => folder.PathOf("respaldo.zip");

    public async Task InitializeAsync()
    {
        (database, other) = (await TestDatabase.CreateAsync(), await TestDatabase.CreateAsync());
        folder.Write("data/attachments/01/0199.bin", [1, 2, 3]).Write("data/keys/key.xml", "<key/>").Write("data/mail/not-part.eml", "x");
        await AddAsync(database, "Ana");
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        await other.DisposeAsync();
        folder.Dispose();
    }

    private static async Task AddAsync(TestDatabase database, string name)
    {
        await using var db = database.Open();
        db.Customers.Add(new Customer { Name = name, CreatedAt = DateTime.UtcNow });
        await db.SaveChangesAsync();
    }

    private static async Task<List<string>> NamesAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.Customers.OrderBy(c => c.Name).Select(c => c.Name).ToListAsync();
    }

    private Task<BackupManifest> MakeAsync(string? file = null) => new MakeBackup(database.Settings, new PostgresTools(), TimeProvider.System).RunAsync(Data, file ?? File, default);

    private async Task<string?> RestoreAsync(bool replace = true, string? file = null)
    {
        await using var db = other.Open();
        return await new RestoreBackup(db, other.Settings, new PostgresTools(), TimeProvider.System).RunAsync(Restored, file ?? File, replace, default);
    }

    private async Task RefusedAsync(BackupProblem problem, string? file = null)
    {
        Assert.Equal(problem, (await Assert.ThrowsAsync<BackupException>(() => RestoreAsync(file: file))).Problem);
        Assert.Equal(["Beto"], await NamesAsync(other));
        Assert.Equal("de antes", System.IO.File.ReadAllText(folder.PathOf("restored/keys/key.xml")));
        Assert.False(Directory.Exists(folder.PathOf("restored/.restore")));
    }

    private async Task BeforeAsync()
    {
        await AddAsync(other, "Beto");
        folder.Write("restored/keys/key.xml", "de antes").Write("restored/attachments/02/0200.bin", [9]);
    }

    [Fact]
    public async Task What_was_there_when_it_was_made_is_there_again_and_what_it_replaces_is_kept()
    {
        await BeforeAsync();
        await using (var db = other.Open())
        {
            // Of a version that came later: it must not be in the way of the next start.
            await db.Database.ExecuteSqlRawAsync("CREATE TABLE \"Later\" (\"Id\" integer)");
        }

        var manifest = await MakeAsync();
        await AddAsync(database, "Después");

        var kept = await RestoreAsync();

        await using (var db = other.Open())
        {
            // As the next start does.
            await db.MigrateAsync(CancellationToken.None);
            await db.Database.ExecuteSqlRawAsync("CREATE TABLE \"Later\" (\"Id\" integer)");
        }

        Assert.Equal(["Ana"], await NamesAsync(other));
        Assert.Equal([1, 2, 3], System.IO.File.ReadAllBytes(folder.PathOf("restored/attachments/01/0199.bin")));
        Assert.Equal("<key/>", System.IO.File.ReadAllText(folder.PathOf("restored/keys/key.xml")));
        Assert.False(System.IO.File.Exists(folder.PathOf("restored/attachments/02/0200.bin")));
        Assert.Equal([9], System.IO.File.ReadAllBytes(Path.Combine(kept!, "attachments/02/0200.bin")));
        Assert.Equal(3, manifest.Files.Count);
        Assert.Equal(TestDatabase.Kind == DatabaseKind.Sqlite, System.IO.File.Exists(Path.Combine(kept!, Path.GetFileName(other.Settings.FilePath ?? "none"))));
    }

    [Fact]
    public async Task One_made_while_others_write_is_of_one_moment()
    {
        using var stop = new CancellationTokenSource();
        var written = 0;
        var writer = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                // Two at a time: half of a pair would be no moment there ever was.
                await using var db = database.Open();
                var pair = $"par {written++:0000}";
                db.Customers.AddRange(new Customer { Name = pair, CreatedAt = DateTime.UtcNow }, new Customer { Name = pair, CreatedAt = DateTime.UtcNow });
                await db.SaveChangesAsync();
            }
        });
        while (written < 20)
        {
            await Task.Delay(10);
        }

        await MakeAsync();
        await stop.CancelAsync();
        await writer;
        await RestoreAsync();

        var names = (await NamesAsync(other)).Where(n => n.StartsWith("par", StringComparison.Ordinal)).ToList();
        Assert.True(names.Count >= 38);
        Assert.All(names.CountBy(n => n), pair => Assert.Equal(2, pair.Value));
    }

    [Fact]
    public async Task One_that_was_cut_short_is_refused()
    {
        await BeforeAsync();
        await MakeAsync();
        var whole = System.IO.File.ReadAllBytes(File);
        foreach (var length in new[] { 0, 1, 30, whole.Length / 2, whole.Length - 23, whole.Length - 1 })
        {
            System.IO.File.WriteAllBytes(folder.PathOf("corto.zip"), whole[..length]);

            await RefusedAsync(BackupProblem.Damaged, folder.PathOf("corto.zip"));
        }
    }

    [Fact]
    public async Task One_with_another_byte_anywhere_is_refused_or_restores_the_same()
    {
        await MakeAsync();
        var (whole, random, refused) = (System.IO.File.ReadAllBytes(File), new Random(11), 0);
        var expected = Contents(File);
        for (var round = 0; round < 300; round++)
        {
            var altered = (byte[])whole.Clone();
            altered[random.Next(altered.Length)] ^= (byte)(1 << random.Next(8));
            System.IO.File.WriteAllBytes(folder.PathOf("otro.zip"), altered);
            try
            {
                await RestoreBackup.UnpackAsync(folder.PathOf("otro.zip"), folder.PathOf("unpacked"), database.Settings.Kind, _ => true, default);
                // A date or an attribute of the archive that nothing is made of.
                Assert.Equal(expected, Directory.EnumerateFiles(folder.PathOf("unpacked"), "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(folder.PathOf("unpacked"), f), f => Convert.ToHexString(System.IO.File.ReadAllBytes(f))));
            }
            catch (BackupException exception)
            {
                Assert.Contains(exception.Problem, new[] { BackupProblem.Damaged, BackupProblem.Newer, BackupProblem.OtherDatabase });
                refused++;
            }

            if (Directory.Exists(folder.PathOf("unpacked")))
            {
                Directory.Delete(folder.PathOf("unpacked"), recursive: true);
            }
        }

        Assert.InRange(refused, 250, 300);
    }

    private static Dictionary<string, string> Contents(string file)
    {
        using var zip = ZipFile.OpenRead(file);
        return zip.Entries.Where(e => e.FullName != BackupManifest.FileName).ToDictionary(e => e.FullName, e =>
        {
            using var stream = e.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return Convert.ToHexString(copy.ToArray());
        });
    }

    [Theory]
    [InlineData(BackupProblem.Newer, "20991231235959_Future", null, null)]
    [InlineData(BackupProblem.Newer, null, 2, null)]
    [InlineData(BackupProblem.OtherDatabase, null, null, true)]
    public async Task One_of_a_newer_program_or_another_database_is_refused(BackupProblem problem, string? schema, int? format, bool? isOther)
    {
        await BeforeAsync();
        await MakeAsync();
        Rewrite(manifest => manifest with
        {
            Schema = schema ?? manifest.Schema,
            Format = format ?? manifest.Format,
            Database = isOther is true ? (DatabaseKind)(1 - (int)manifest.Database) : manifest.Database,
        });

        await RefusedAsync(problem);
    }

    [Theory]
    [InlineData("../fuera.txt")]
    [InlineData("attachments/../../fuera.txt")]
    [InlineData("/tmp/fuera-de-todo.txt")]
    [InlineData("portal.db.lock/x")]
    public async Task A_name_that_leads_elsewhere_is_refused(string name)
    {
        await BeforeAsync();
        await MakeAsync();
        using (var zip = ZipFile.Open(File, ZipArchiveMode.Update))
        {
            using var entry = zip.CreateEntry(name).Open();
            entry.Write("x"u8);
        }

        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("x"u8));
        Rewrite(manifest => manifest with { Files = [.. manifest.Files, new BackupFile(name, 1, hash)] });

        await RefusedAsync(BackupProblem.Damaged);
        Assert.False(System.IO.File.Exists(folder.PathOf("fuera.txt")));
    }

    private void Rewrite(Func<BackupManifest, BackupManifest> change)
    {
        using var zip = ZipFile.Open(File, ZipArchiveMode.Update);
        var entry = zip.GetEntry(BackupManifest.FileName)!;
        BackupManifest manifest;
        using (var stream = entry.Open())
        {
            manifest = BackupManifest.Parse(stream);
        }

        entry.Delete();
        using var written = zip.CreateEntry(BackupManifest.FileName).Open();
        written.Write(change(manifest).ToJson());
    }

    [Fact]
    public async Task A_database_that_cannot_be_read_leaves_the_one_that_was_there()
    {
        await BeforeAsync();
        await MakeAsync();
        var (name, text) = (BackupManifest.DatabaseFile(TestDatabase.Kind), "no database"u8.ToArray());
        using (var zip = ZipFile.Open(File, ZipArchiveMode.Update))
        {
            zip.GetEntry(name)!.Delete();
            using var entry = zip.CreateEntry(name).Open();
            entry.Write(text);
        }

        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(text));
        Rewrite(manifest => manifest with { Files = [.. manifest.Files.Where(f => f.Name != name), new BackupFile(name, text.Length, hash)] });

        var refused = await Assert.ThrowsAsync<BackupException>(() => RestoreAsync());

        Assert.Equal(TestDatabase.Kind == DatabaseKind.Sqlite ? BackupProblem.Damaged : BackupProblem.Tool, refused.Problem);
        Assert.Equal(["Beto"], await NamesAsync(other));
    }

    [Fact]
    public async Task A_portal_that_is_there_or_runs_is_not_replaced_unasked()
    {
        await BeforeAsync();
        await MakeAsync();

        Assert.Equal(BackupProblem.NotEmpty, (await Assert.ThrowsAsync<BackupException>(() => RestoreAsync(replace: false))).Problem);
        Assert.Equal(BackupProblem.NoFile, (await Assert.ThrowsAsync<BackupException>(() => RestoreAsync(file: folder.PathOf("nada.zip")))).Problem);
        Assert.Equal(BackupProblem.FileExists, (await Assert.ThrowsAsync<BackupException>(() => MakeAsync())).Problem);
        if (other.Settings.FilePath is { } path)
        {
            using var running = SingleProcessLock.Acquire(path);
            await Assert.ThrowsAsync<DatabaseInUseException>(() => RestoreAsync());
        }

        Assert.Equal(["Beto"], await NamesAsync(other));
    }

    [Fact]
    public async Task Something_that_is_no_backup_is_refused()
    {
        await BeforeAsync();
        folder.Write("respaldo.zip", Encoding.UTF8.GetBytes(new string('x', 10_000)));
        await RefusedAsync(BackupProblem.Damaged);
        System.IO.File.Delete(File);
        using (var zip = ZipFile.Open(File, ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry("hola.txt").Open();
            entry.Write("x"u8);
        }

        await RefusedAsync(BackupProblem.Damaged);
    }

    [Fact]
    public async Task By_themselves_they_are_made_when_it_is_time_and_the_oldest_go()
    {
        var clock = new FakeClock { Now = new DateTime(2026, 11, 27, 3, 0, 0, DateTimeKind.Utc) };
        folder.Write("copias/selfservice-mía.zip", "x").Write("copias/otra.zip", "x").Write("copias/selfservice-20261126-030000.zip.part.db", "x");
        var plan = new BackupPlan(folder.PathOf("copias"), Data, TimeSpan.FromHours(24), Keep: 2);
        var backups = new ScheduledBackups(new MakeBackup(database.Settings, new PostgresTools(), clock), plan, clock);

        var made = new List<string?>();
        for (var half = 0; half < 7; half++)
        {
            made.Add(await backups.RunAsync(default));
            clock.Now = clock.Now.AddHours(12);
        }

        Assert.Equal([true, false, true, false, true, false, true], made.Select(m => m is not null));
        Assert.Equal(["otra.zip", "selfservice-20261129-030000.zip", "selfservice-20261130-030000.zip", "selfservice-mía.zip"], Directory.EnumerateFiles(plan.Directory).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.Null(await new ScheduledBackups(new MakeBackup(database.Settings, new PostgresTools(), clock), plan with { Directory = "" }, clock).RunAsync(default));
    }

    [Fact]
    public async Task Where_it_cannot_be_written_nothing_is_left_and_older_ones_stay()
    {
        folder.Write("copias", "a file where the folder should be");

        await Assert.ThrowsAnyAsync<IOException>(() => MakeAsync(Path.Combine(folder.PathOf("copias"), "uno.zip")));

        Assert.Equal(["copias", "data"], Directory.EnumerateFileSystemEntries(folder.Root).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }
}
