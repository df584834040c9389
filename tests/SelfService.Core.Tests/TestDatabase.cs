using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tests;

/// <summary>
/// An empty database of its own for one test: SQLite, or PostgreSQL when SELFSERVICE_TEST_POSTGRES holds a connection
/// string of a server where databases may be created. The schema is made once and copied. PostgreSQL makes and deletes a thousand files
/// for a database, so one whose tables are as they were made is emptied and given to the next test.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly string? Postgres = Environment.GetEnvironmentVariable("SELFSERVICE_TEST_POSTGRES");
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    // Rows that were deleted stay in the way of those that come after them.
    private const int MostUses = 40;

    private static readonly ConcurrentBag<TestDatabase> Emptied = [];
    private static string schema = "";
    private int uses = 1;

    private TestDatabase(DatabaseSettings settings) => Settings = settings;

    public DatabaseSettings Settings { get; }

    /// <summary>Which database the suite runs on.</summary>
    public static DatabaseKind Kind => Postgres is null ? DatabaseKind.Sqlite : DatabaseKind.Postgres;

    public static async Task<TestDatabase> CreateAsync()
    {
        var template = await Template.Value;
        if (Postgres is null)
        {
            var path = Path.Combine(Path.GetTempPath(), $"selfservice-{Guid.NewGuid():N}.db");
            File.Copy(template, path);
            return new TestDatabase(DatabaseSettings.SqliteFile(path));
        }

        if (Emptied.TryTake(out var emptied))
        {
            emptied.uses++;
            return emptied;
        }

        var name = $"t_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}");
        return new TestDatabase(new DatabaseSettings(DatabaseKind.Postgres, On(name)));
    }

    /// <summary>One without any table.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync()
    {
        if (Postgres is null)
        {
            return new TestDatabase(DatabaseSettings.SqliteFile(Path.Combine(Path.GetTempPath(), $"selfservice-{Guid.NewGuid():N}.db")));
        }

        var name = $"t_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return new TestDatabase(new DatabaseSettings(DatabaseKind.Postgres, On(name)));
    }

    /// <summary>A container with the context registered as the portal registers it.</summary>
    public ServiceProvider Services(Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        Settings.Register(services);
        more?.Invoke(services);
        return services.BuildServiceProvider(validateScopes: true);
    }

    /// <summary>A context of its own; dispose it.</summary>
    public PortalDbContext Open() => Open(Settings);

    /// <summary>A context that is asked about the model and its migrations only.</summary>
    public static PortalDbContext Unopened() => Open(new DatabaseSettings(Kind, Kind == DatabaseKind.Sqlite ? "Data Source=:memory:" : "Host=127.0.0.1"));

    public async ValueTask DisposeAsync()
    {
        if (Settings.FilePath is null && uses < MostUses && await EmptyAsync())
        {
            Emptied.Add(this);
            return;
        }

        await DropAsync();
    }

    /// <summary>Deletes it for good: for who may go on writing into it.</summary>
    public async Task DropAsync()
    {
        if (Settings.FilePath is { } path)
        {
            SqliteConnection.ClearAllPools();
            foreach (var file in new[] { path, path + "-wal", path + "-shm", path + ".lock" })
            {
                File.Delete(file);
            }
        }
        else
        {
            await ExecuteAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(Settings.ConnectionString).Database} WITH (FORCE)");
        }
    }

    // False when a test has changed the tables, or somebody is still at work in them.
    private async Task<bool> EmptyAsync()
    {
        const string empty = """
            SET lock_timeout = '2s';
            SET session_replication_role = replica;
            DO $$ DECLARE it record; BEGIN
              FOR it IN SELECT oid::regclass AS name, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S') AND relname <> '__EFMigrationsHistory' LOOP
                IF it.relkind = 'S' THEN PERFORM setval(it.name, 1, false); ELSE EXECUTE format('DELETE FROM %s', it.name); END IF;
              END LOOP;
            END $$;
            """;
        await using var connection = new NpgsqlConnection(Settings.ConnectionString);
        try
        {
            await connection.OpenAsync();
            if (await SchemaAsync(connection) != schema)
            {
                return false;
            }

            await using var command = new NpgsqlCommand(empty, connection);
            await command.ExecuteNonQueryAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static async Task<string> SchemaAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT string_agg(oid::text, ' ' ORDER BY oid) FROM pg_class WHERE relnamespace = 'public'::regnamespace", connection);
        return await command.ExecuteScalarAsync() as string ?? "";
    }

    private static PortalDbContext Open(DatabaseSettings settings)
    {
        // One provider for the life of the context, so that it can be disposed by whoever opened it.
        var services = new ServiceCollection();
        settings.Register(services);
        return services.BuildServiceProvider().CreateScope().ServiceProvider.GetRequiredService<PortalDbContext>();
    }

    private static async Task<string> MakeTemplateAsync()
    {
        if (Postgres is null)
        {
            var path = Path.Combine(Path.GetTempPath(), $"selfservice-template-{Environment.ProcessId}.db");
            File.Delete(path);
            await using (var db = Open(DatabaseSettings.SqliteFile(path)))
            {
                await db.Database.MigrateAsync();
                await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
            }

            SqliteConnection.ClearAllPools();
            return path;
        }

        var name = $"template_{Environment.ProcessId}";
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Task.Run(() => LeaveAsync(name)).Wait();
        await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        await ExecuteAsync($"CREATE DATABASE {name}");
        await using (var db = Open(new DatabaseSettings(DatabaseKind.Postgres, On(name))))
        {
            await db.Database.MigrateAsync();
        }

        await using (var connection = new NpgsqlConnection(On(name)))
        {
            await connection.OpenAsync();
            schema = await SchemaAsync(connection);
        }

        NpgsqlConnection.ClearAllPools();
        return name;
    }

    // The server may be somebody's own.
    private static async Task LeaveAsync(string template)
    {
        NpgsqlConnection.ClearAllPools();
        while (Emptied.TryTake(out var emptied))
        {
            await emptied.DropAsync();
        }

        await ExecuteAsync($"DROP DATABASE IF EXISTS {template} WITH (FORCE)");
    }

    private static string On(string database) =>
        new NpgsqlConnectionStringBuilder(Postgres) { Database = database, MaxPoolSize = 20 }.ToString();

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Postgres) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await command.ExecuteNonQueryAsync();
                return;
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ObjectInUse && attempt < 5)
            {
                // The server itself looks after the template now and then.
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }
}
