using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace SelfService.Core.Persistence.Backups;

/// <summary>PostgreSQL's own programs, which have to be on the PATH.</summary>
public sealed class PostgresTools
{
    /// <summary>Dumps a database as it is at one moment.</summary>
    /// <returns>Id of its last migration.</returns>
    /// <exception cref="BackupException">The program is missing or failed.</exception>
    public async Task<string> DumpAsync(string connection, string file, CancellationToken cancel)
    {
        var schema = await SchemaAsync(connection, cancel) ?? throw new BackupException(BackupProblem.NoDatabase);
        await RunAsync("pg_dump", connection, ["--format=custom", "--no-owner", "--no-privileges", "--file=" + file], cancel);
        return schema;
    }

    /// <summary>Restores a dump, whole or not at all. What was there is set aside in a schema of its own: cleaned over, a table of a newer version would stay.</summary>
    /// <param name="kept">Name of that schema.</param>
    /// <exception cref="BackupException">The program is missing or failed; the database is as it was.</exception>
    public async Task RestoreAsync(string connection, string file, string kept, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await ExecuteAsync($"ALTER SCHEMA public RENAME TO {kept}; CREATE SCHEMA public");
        try
        {
            await RunAsync("pg_restore", connection, ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", file], cancel);
        }
        catch
        {
            await ExecuteAsync($"DROP SCHEMA public CASCADE; ALTER SCHEMA {kept} RENAME TO public");
            throw;
        }

        async Task ExecuteAsync(string commands)
        {
            // Both or neither, also when the other half was asked to stop.
            await using var command = source.CreateCommand($"BEGIN; {commands}; COMMIT");
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    /// <summary>The last migration of a database; null where there is no portal.</summary>
    public async Task<string?> SchemaAsync(string connection, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand("""SELECT to_regclass('"__EFMigrationsHistory"') IS NOT NULL""");
        if (await command.ExecuteScalarAsync(cancel) is not true)
        {
            return null;
        }

        await using var last = source.CreateCommand("""SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY "MigrationId" DESC LIMIT 1""");
        return await last.ExecuteScalarAsync(cancel) as string;
    }

    // The password goes by the environment, which others on the machine cannot read, unlike arguments.
    private static async Task RunAsync(string program, string connection, IEnumerable<string> arguments, CancellationToken cancel)
    {
        var to = new NpgsqlConnectionStringBuilder(connection);
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in arguments.Prepend("--dbname=" + to.Database))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PGHOST"] = to.Host;
        start.Environment["PGPORT"] = to.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = to.Username;
        start.Environment["PGPASSWORD"] = to.Password;
        try
        {
            using var process = Process.Start(start)!;
            var said = process.StandardError.ReadToEndAsync(cancel);
            await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            if (process.ExitCode != 0)
            {
                throw new BackupException(BackupProblem.Tool, $"{program}: {(await said).Trim()}");
            }
        }
        catch (Win32Exception exception)
        {
            throw new BackupException(BackupProblem.Tool, $"{program}: {exception.Message}");
        }
    }
}
