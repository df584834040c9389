using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tests.Persistence;

/// <summary>A database of every schema that was ever released, with a row in every table, comes up to the present one and loses none.</summary>
public sealed class UpgradeTests
{
    // Tables whose rows the framework keeps itself.
    private static readonly string[] OfTheFramework = ["__EFMigrationsHistory", "__EFMigrationsLock"];

    private static readonly IReadOnlyList<string> Steps = ReadSteps();

    public static TheoryData<string> Released() => [.. Steps.SkipLast(1)];

    private static IReadOnlyList<string> ReadSteps()
    {
        using var db = TestDatabase.Unopened();
        return [.. db.Database.GetMigrations()];
    }

    [Theory]
    [MemberData(nameof(Released))]
    public async Task Migrate_FromAReleasedSchemaWithData_KeepsEveryRow(string schema)
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using (var before = database.Open())
        {
            await before.GetService<IMigrator>().MigrateAsync(schema);
        }

        var filled = await FillAsync(database.Settings);

        await using var db = database.Open();
        await db.MigrateAsync(CancellationToken.None);

        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.True(filled.Count >= 15, $"only {string.Join(", ", filled)}");
        await db.Database.OpenConnectionAsync();
        foreach (var table in filled)
        {
            Assert.Equal(1L, Convert.ToInt64(await ScalarAsync(db.Database.GetDbConnection(), $"SELECT COUNT(*) FROM \"{table}\""), null));
        }
    }

    [Fact]
    public async Task Migrate_KilledBetweenTwoSteps_GoesOnWhereItStopped()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        foreach (var step in Steps.SkipLast(1))
        {
            // Each start does one step and ends.
            await using var db = database.Open();
            await db.GetService<IMigrator>().MigrateAsync(step);
        }

        await using var last = database.Open();
        await last.MigrateAsync(CancellationToken.None);

        Assert.Empty(await last.Database.GetPendingMigrationsAsync());
        Assert.Equal(0, await last.Tickets.CountAsync());
    }

    [Fact]
    public async Task Migrate_AfterOneThatWasKilledInTheMiddle_BeginsAgainFromTheOldFile()
    {
        if (TestDatabase.Kind == DatabaseKind.Postgres)
        {
            // Each of its migrations is one transaction.
            return;
        }

        await using var database = await TestDatabase.CreateEmptyAsync();
        await using (var before = database.Open())
        {
            await before.GetService<IMigrator>().MigrateAsync(Steps[3]);
        }

        // What a kill leaves: a copy with half of the next step in it, and its lock.
        SqliteConnection.ClearAllPools();
        var half = database.Settings.FilePath + ".migrating";
        File.Copy(database.Settings.FilePath!, half);
        await using (var killed = new SqliteConnection($"Data Source={half}"))
        {
            await killed.OpenAsync();
            await ExecuteAsync(killed, """INSERT INTO "__EFMigrationsLock" ("Id", "Timestamp") VALUES (1, '2026-11-28 05:00:00')""");
            await ExecuteAsync(killed, """CREATE TABLE "Blocks" ("Id" TEXT)""");
        }

        SqliteConnection.ClearAllPools();

        await using var db = database.Open();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await db.MigrateAsync(patience.Token);

        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.Equal(0, await db.Tickets.CountAsync());
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(half)!, Path.GetFileName(half) + "*"));
    }

    [Fact]
    public async Task Migrate_WhenItsLockWasLeft_DoesNotWaitForIt()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using (var before = database.Open())
        {
            await before.GetService<IMigrator>().MigrateAsync(Steps[3]);
            if (TestDatabase.Kind == DatabaseKind.Sqlite)
            {
                await before.Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsLock" ("Id", "Timestamp") VALUES (1, '2026-11-28 05:00:00')""");
            }
        }

        await using var db = database.Open();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await db.MigrateAsync(patience.Token);

        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
    }

    // A row in every table, with what each column must have and no more; checks keep some tables out.
    private static async Task<List<string>> FillAsync(DatabaseSettings settings)
    {
        await using DbConnection connection = settings.Kind == DatabaseKind.Sqlite ? new SqliteConnection(settings.ConnectionString) : new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, settings.Kind == DatabaseKind.Sqlite ? "PRAGMA foreign_keys=OFF" : "SET session_replication_role = replica");
        var filled = new List<string>();
        foreach (var table in (await ListAsync(connection, settings.Kind == DatabaseKind.Sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            : "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'")).Select(r => r[0]).Except(OfTheFramework))
        {
            var columns = (await ListAsync(connection, settings.Kind == DatabaseKind.Sqlite
                ? $"SELECT name, lower(type) FROM pragma_table_info('{table}') WHERE \"notnull\" = 1 AND dflt_value IS NULL"
                : $"SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}' AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' AND is_generated = 'NEVER'"))
                .Select(c => (Name: c[0], Value: ValueOf(c[1]))).ToList();
            try
            {
                await ExecuteAsync(connection, columns.Count == 0
                    ? $"INSERT INTO \"{table}\" DEFAULT VALUES"
                    : $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", columns.Select(c => c.Value))})");
                filled.Add(table);
            }
            catch (DbException)
            {
                // A check that no made-up row passes.
            }
        }

        return filled;
    }

    private static string ValueOf(string type) => type switch
    {
        "uuid" => $"'{Guid.NewGuid()}'",
        "integer" or "bigint" or "smallint" or "real" or "double precision" or "numeric" => "1",
        "boolean" => "false",
        "timestamp with time zone" or "timestamp without time zone" => "'2026-01-02 00:00:00'",
        "date" => "'2026-01-02'",
        "blob" => "x'00'",
        "bytea" => "'\\x00'",
        "json" or "jsonb" => "'[]'",
        "array" => "'{}'",
        _ => "'x'",
    };

    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> ScalarAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    private static async Task<List<string[]>> ListAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string[]>();
        while (await reader.ReadAsync())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        }

        return rows;
    }
}
