using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace SelfService.Core.Persistence;

/// <summary>The two databases the portal runs on.</summary>
public enum DatabaseKind
{
    Sqlite,
    Postgres,
}

/// <summary>Which database, and where.</summary>
public sealed record DatabaseSettings(DatabaseKind Kind, string ConnectionString)
{
    /// <summary>The SQLite database of a data directory.</summary>
    public static DatabaseSettings InDirectory(string dataDirectory) =>
        SqliteFile(Path.Combine(dataDirectory, "portal.db"));

    /// <summary>A SQLite database in one file.</summary>
    public static DatabaseSettings SqliteFile(string path) =>
        new(DatabaseKind.Sqlite, new SqliteConnectionStringBuilder { DataSource = path }.ToString());

    /// <summary>The file of a SQLite database; null for PostgreSQL.</summary>
    public string? FilePath =>
        Kind == DatabaseKind.Sqlite ? Path.GetFullPath(new SqliteConnectionStringBuilder(ConnectionString).DataSource) : null;

    /// <summary>Registers <see cref="PortalDbContext"/> on this database. The only place that chooses a provider.</summary>
    public void Register(IServiceCollection services)
    {
        services.AddSingleton(this);
        services.AddSingleton(new WriterGate(oneAtATime: Kind == DatabaseKind.Sqlite));
        if (Kind == DatabaseKind.Sqlite)
        {
            services.AddDbContext<PortalDbContext, SqlitePortalDbContext>(options => UseSqlite(options, ConnectionString));
        }
        else
        {
            services.AddDbContext<PortalDbContext, PostgresPortalDbContext>(options => UsePostgres(options, ConnectionString));
        }
    }

    /// <summary>A context of its own on a SQLite database, for copying it.</summary>
    public static SqlitePortalDbContext OpenSqlite(string path)
    {
        var options = new DbContextOptionsBuilder<SqlitePortalDbContext>();
        UseSqlite(options, SqliteFile(path).ConnectionString);
        return new SqlitePortalDbContext(options.Options, new WriterGate(oneAtATime: true));
    }

    internal static DbContextOptionsBuilder UseSqlite(DbContextOptionsBuilder options, string connectionString) =>
        options.UseSqlite(connectionString).AddInterceptors(new SqlitePragmas());

    internal static DbContextOptionsBuilder UsePostgres(DbContextOptionsBuilder options, string connectionString) =>
        options.UseNpgsql(connectionString);
}
