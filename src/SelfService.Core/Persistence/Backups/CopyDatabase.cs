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
/// Copies a portal from SQLite to PostgreSQL: table by table in the order of their references, each in one transaction (those that refer
/// to each other in one), then read back and compared.
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
        await source.MigrateAsync(cancel);
        await target.MigrateAsync(cancel);
        await source.Database.OpenConnectionAsync(cancel);
        await target.Database.OpenConnectionAsync(cancel);
        var (from, to) = (source.Database.GetDbConnection(), (NpgsqlConnection)target.Database.GetDbConnection());
        foreach (var tables in InOrderOfReferences(target.Model.GetRelationalModel()))
        {
            var there = await SumsAsync(to, tables, cancel);
            var isNew = there.All(t => t.Rows == 0);
            if (isNew)
            {
                await CopyAsync(from, to, tables, cancel);
                there = await SumsAsync(to, tables, cancel);
            }

            foreach (var (table, expected, found) in tables.Zip(await SumsAsync(from, tables, cancel), there))
            {
                if (found != expected)
                {
                    throw new BackupException(BackupProblem.Different, $"{table.Name}: {expected.Rows} → {found.Rows}");
                }

                done.Report(new CopiedTable(table.Name, found.Rows, isNew && found.Rows > 0));
            }
        }

        await AdvanceCountersAsync(to, cancel);
    }

    /// <summary>The tables, each after those it refers to; those that refer to each other in a circle together.</summary>
    internal static IReadOnlyList<IReadOnlyList<ITable>> InOrderOfReferences(IRelationalModel model)
    {
        var (left, ordered) = (model.Tables.OrderBy(t => t.Name, StringComparer.Ordinal).ToList(), new List<IReadOnlyList<ITable>>());
        while (left.Count > 0)
        {
            var next = left.Select(t => Reached([t])).MinBy(tables => tables.Count)!;
            ordered.Add(next);
            left.RemoveAll(next.Contains);
        }

        return ordered;

        // All that has to be there before one of them can be complete, itself included.
        List<ITable> Reached(List<ITable> tables)
        {
            for (var n = 0; n < tables.Count; n++)
            {
                tables.AddRange(tables[n].ForeignKeyConstraints.Select(k => k.PrincipalTable).Where(t => left.Contains(t) && !tables.Contains(t)).Distinct());
            }

            return tables;
        }
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

    private static async Task CopyAsync(DbConnection from, NpgsqlConnection to, IReadOnlyList<ITable> tables, CancellationToken cancel)
    {
        var circle = tables.Count == 1 ? [] : tables.SelectMany(t => t.ForeignKeyConstraints.Where(k => k.PrincipalTable != t && tables.Contains(k.PrincipalTable))).ToList();
        await using var transaction = await to.BeginTransactionAsync(cancel);
        await ExecuteAsync(circle.Select(k => Alter(k, "DEFERRABLE INITIALLY DEFERRED")));
        foreach (var table in tables)
        {
            await CopyAsync(from, to, table, cancel);
        }

        await ExecuteAsync(circle.Select(k => Alter(k, "NOT DEFERRABLE")).Prepend("SET CONSTRAINTS ALL IMMEDIATE"));
        await transaction.CommitAsync(cancel);

        static string Alter(IForeignKeyConstraint key, string how) => $"ALTER TABLE \"{key.Table.Name}\" ALTER CONSTRAINT \"{key.Name}\" {how}";

        async Task ExecuteAsync(IEnumerable<string> commands)
        {
            foreach (var text in commands)
            {
                await using var command = new NpgsqlCommand(text, to);
                await command.ExecuteNonQueryAsync(cancel);
            }
        }
    }

    private static async Task CopyAsync(DbConnection from, NpgsqlConnection to, ITable table, CancellationToken cancel)
    {
        var types = table.Columns.Select(c => c.StoreType.Split('(')[0]).ToList();
        await using var writer = await to.BeginBinaryImportAsync($"COPY \"{table.Name}\" ({Columns(table)}) FROM STDIN (FORMAT BINARY)", cancel);
        await foreach (var row in RowsAsync(from, table, cancel))
        {
            await writer.StartRowAsync(cancel);
            for (var n = 0; n < row.Length; n++)
            {
                await (row[n] is { } value ? writer.WriteAsync(value, types[n], cancel) : writer.WriteNullAsync(cancel));
            }
        }

        await writer.CompleteAsync(cancel);
    }

    private static async Task<List<(long Rows, BigInteger Sum)>> SumsAsync(DbConnection connection, IReadOnlyList<ITable> tables, CancellationToken cancel)
    {
        var sums = new List<(long, BigInteger)>();
        foreach (var table in tables)
        {
            sums.Add(await SumAsync(connection, table, cancel));
        }

        return sums;
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
