using System.Data.Common;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace SelfService.Core.Persistence.Backups;

/// <summary>A table that is on the target, compared row by row.</summary>
/// <param name="IsNew">Whether it was copied now; otherwise it was there.</param>
public sealed record CopiedTable(string Name, long Rows, bool IsNew);

/// <summary>
/// Copies a portal from SQLite to PostgreSQL: table by table in the order of their references, each in one transaction, then read back and compared.
/// Stopped in the middle, it goes on with the table it was at. Moments lose what is finer than a microsecond.
/// </summary>
/// <param name="source">The portal's SQLite database, which nobody else uses.</param>
/// <param name="target">A PostgreSQL database that is empty, or holds a part of the same copy.</param>
public sealed class CopyDatabase(SqlitePortalDbContext source, PostgresPortalDbContext target)
{
    /// <summary>Copies what is not there yet.</summary>
    /// <param name="done">Told of each table, when its rows are there and equal.</param>
    /// <exception cref="BackupException">The target holds other rows than the source; the table is named, and nothing of it was changed.</exception>
    public async Task RunAsync(IProgress<CopiedTable> done, CancellationToken cancel)
    {
        await source.Database.MigrateAsync(cancel);
        await target.Database.MigrateAsync(cancel);
        await source.Database.OpenConnectionAsync(cancel);
        await target.Database.OpenConnectionAsync(cancel);
        var (from, to) = (source.Database.GetDbConnection(), (NpgsqlConnection)target.Database.GetDbConnection());
        foreach (var table in InOrderOfReferences(target.Model.GetRelationalModel()))
        {
            var (expected, there) = (await SumAsync(from, table, cancel), await SumAsync(to, table, cancel));
            var isNew = there.Rows == 0 && expected.Rows > 0;
            if (isNew)
            {
                await CopyAsync(from, to, table, cancel);
                there = await SumAsync(to, table, cancel);
            }

            if (there != expected)
            {
                throw new BackupException(BackupProblem.Different, $"{table.Name}: {expected.Rows} → {there.Rows}");
            }

            done.Report(new CopiedTable(table.Name, there.Rows, isNew));
        }

        await AdvanceCountersAsync(to, cancel);
    }

    /// <summary>The tables, each after those it refers to; a reference to itself is checked when all its rows are there.</summary>
    internal static IReadOnlyList<ITable> InOrderOfReferences(IRelationalModel model)
    {
        var (left, ordered) = (model.Tables.OrderBy(t => t.Name, StringComparer.Ordinal).ToList(), new List<ITable>());
        while (left.Count > 0)
        {
            var next = left.First(t => t.ForeignKeyConstraints.All(k => k.PrincipalTable == t || ordered.Contains(k.PrincipalTable)));
            ordered.Add(next);
            left.Remove(next);
        }

        return ordered;
    }

    /// <summary>A value of SQLite as PostgreSQL's type has it.</summary>
    /// <param name="stored">What either database gave for it; never null.</param>
    /// <exception cref="NotSupportedException">The type is not known here.</exception>
    internal static object Convert(object stored, string type) => type.Split('(')[0] switch
    {
        "uuid" => stored is string text ? Guid.Parse(text) : stored,
        "timestamp with time zone" => Moment(stored is string text ? DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal) : (DateTime)stored),
        "date" => stored is string text ? DateOnly.Parse(text, CultureInfo.InvariantCulture) : stored is DateTime day ? DateOnly.FromDateTime(day) : stored,
        "boolean" => stored is long number ? number != 0 : stored,
        "integer" => System.Convert.ToInt32(stored, CultureInfo.InvariantCulture),
        "bigint" => System.Convert.ToInt64(stored, CultureInfo.InvariantCulture),
        "double precision" => System.Convert.ToDouble(stored, CultureInfo.InvariantCulture),
        "text" or "character varying" or "bytea" or "jsonb" => stored,
        _ => throw new NotSupportedException(type),
    };

    private static DateTime Moment(DateTime value) => new(value.Ticks - (value.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);

    private static async Task CopyAsync(DbConnection from, NpgsqlConnection to, ITable table, CancellationToken cancel)
    {
        var types = table.Columns.Select(c => c.StoreType).ToList();
        await using var transaction = await to.BeginTransactionAsync(cancel);
        await using (var writer = await to.BeginBinaryImportAsync($"COPY \"{table.Name}\" ({Columns(table)}) FROM STDIN (FORMAT BINARY)", cancel))
        {
            await foreach (var row in RowsAsync(from, table, cancel))
            {
                await writer.StartRowAsync(cancel);
                for (var n = 0; n < row.Length; n++)
                {
                    await (row[n] is { } value ? writer.WriteAsync(value, types[n].Split('(')[0], cancel) : writer.WriteNullAsync(cancel));
                }
            }

            await writer.CompleteAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
    }

    // The order of rows is each database's own, so every row is hashed and the hashes are added: equal sums, equal rows.
    private static async Task<(long Rows, BigInteger Sum)> SumAsync(DbConnection connection, ITable table, CancellationToken cancel)
    {
        var (rows, sum, types) = (0L, BigInteger.Zero, table.Columns.Select(c => c.StoreType).ToList());
        await foreach (var row in RowsAsync(connection, table, cancel))
        {
            var text = string.Join('\u001f', row.Select((value, n) => Written(value, types[n])));
            sum += new BigInteger(SHA256.HashData(Encoding.UTF8.GetBytes(text)), isUnsigned: true);
            rows++;
        }

        return (rows, sum);
    }

    private static string Written(object? value, string type) => value switch
    {
        null => "\0",
        byte[] bytes => System.Convert.ToHexString(bytes),
        DateTime moment => moment.ToString("O", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        // PostgreSQL keeps JSON as its parts, in an order of its own.
        string json when type == "jsonb" => string.Join(',', Leaves(JsonNode.Parse(json)).Order(StringComparer.Ordinal)),
        _ => System.Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static IEnumerable<string> Leaves(JsonNode? node) => node switch
    {
        JsonObject parts => parts.SelectMany(p => Leaves(p.Value).Prepend($"${p.Key}")),
        JsonArray items => items.SelectMany(Leaves),
        _ => [$"{node?.GetPath()}={node?.ToJsonString()}"],
    };

    private static async IAsyncEnumerable<object?[]> RowsAsync(DbConnection connection, ITable table, [EnumeratorCancellation] CancellationToken cancel)
    {
        var types = table.Columns.Select(c => c.StoreType).ToList();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns(table)} FROM \"{table.Name}\"";
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var row = new object?[types.Count];
            for (var n = 0; n < row.Length; n++)
            {
                row[n] = await reader.IsDBNullAsync(n, cancel) ? null : Convert(reader.GetValue(n), types[n]);
            }

            yield return row;
        }
    }

    private static string Columns(ITable table) => string.Join(", ", table.Columns.Select(c => $"\"{c.Name}\""));

    // The next row that the database numbers itself comes after those that came with their numbers.
    private static async Task AdvanceCountersAsync(NpgsqlConnection to, CancellationToken cancel)
    {
        var numbered = new List<(string Table, string Column)>();
        await using (var ask = new NpgsqlCommand("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() AND is_identity = 'YES'", to))
        await using (var reader = await ask.ExecuteReaderAsync(cancel))
        {
            while (await reader.ReadAsync(cancel))
            {
                numbered.Add((reader.GetString(0), reader.GetString(1)));
            }
        }

        foreach (var (table, column) in numbered)
        {
            await using var set = new NpgsqlCommand($"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), COALESCE(MAX(\"{column}\"), 0) + 1, false) FROM \"{table}\"", to);
            await set.ExecuteNonQueryAsync(cancel);
        }
    }
}
