using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tests;

/// <summary>
/// An empty database of its own for one test: SQLite, or PostgreSQL when SELFSERVICE_TEST_POSTGRES holds a connection
/// string of a server where databases may be created. The schema is made once and copied.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly string? Postgres = Environment.GetEnvironmentVariable("SELFSERVICE_TEST_POSTGRES");
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

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
        await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        await ExecuteAsync($"CREATE DATABASE {name}");
        await using (var db = Open(new DatabaseSettings(DatabaseKind.Postgres, On(name))))
        {
            await db.Database.MigrateAsync();
        }

        NpgsqlConnection.ClearAllPools();
        return name;
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
