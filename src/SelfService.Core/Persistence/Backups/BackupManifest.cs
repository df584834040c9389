using System.Text.Json;

namespace SelfService.Core.Persistence.Backups;

/// <summary>What a backup holds; the last file in it, so that one that was cut short has none.</summary>
/// <param name="Format">Of the backup itself; a program reads its own and older ones.</param>
/// <param name="Database">What the database in it is of.</param>
/// <param name="Schema">Id of the last migration of that database.</param>
/// <param name="At">UTC; what was stored before this moment is in it.</param>
/// <param name="Files">Every other file.</param>
public sealed record BackupManifest(int Format, DatabaseKind Database, string Schema, DateTime At, IReadOnlyList<BackupFile> Files)
{
    /// <summary>The format written now.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Its name in the backup.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The database in the backup.</summary>
    public static string DatabaseFile(DatabaseKind kind) => kind == DatabaseKind.Sqlite ? "portal.db" : "database.dump";

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);

    /// <exception cref="BackupException">It is not one.</exception>
    public static BackupManifest Parse(Stream json)
    {
        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(json, JsonSerializerOptions.Web) is { Files: not null, Schema: not null } manifest ? manifest : throw new BackupException(BackupProblem.Damaged);
        }
        catch (JsonException)
        {
            throw new BackupException(BackupProblem.Damaged);
        }
    }
}

/// <summary>A file in a backup.</summary>
/// <param name="Name">With forward slashes, below the data folder.</param>
/// <param name="Sha256">Hexadecimal.</param>
public sealed record BackupFile(string Name, long Bytes, string Sha256);

/// <summary>Why there is no backup, or why one is not restored. Nothing was changed.</summary>
public enum BackupProblem
{
    /// <summary>There is a file of this name.</summary>
    FileExists,

    /// <summary>There is no such file.</summary>
    NoFile,

    /// <summary>It was cut short or altered, or never was a backup.</summary>
    Damaged,

    /// <summary>A newer version of the program made it.</summary>
    Newer,

    /// <summary>It is of the other kind of database.</summary>
    OtherDatabase,

    /// <summary>There is a portal here already, and nobody has said that it is to be replaced.</summary>
    NotEmpty,

    /// <summary>There is no database to back up.</summary>
    NoDatabase,

    /// <summary>The database to copy to holds other rows.</summary>
    Different,

    /// <summary><c>pg_dump</c> or <c>pg_restore</c> is missing or failed.</summary>
    Tool,
}

/// <summary>A backup that was not made or not restored.</summary>
/// <param name="detail">What another program said of it; empty where none did.</param>
public sealed class BackupException(BackupProblem problem, string detail = "") : Exception($"{problem} {detail}".Trim())
{
    public BackupProblem Problem { get; } = problem;

    public string Detail { get; } = detail;
}
