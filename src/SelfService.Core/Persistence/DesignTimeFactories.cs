using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace SelfService.Core.Persistence;

// For `dotnet ef` only (build/migrate.sh): a model needs a provider, not a server.

internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqlitePortalDbContext>
{
    public SqlitePortalDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqlitePortalDbContext>();
        DatabaseSettings.UseSqlite(options, "Data Source=:memory:");
        return new SqlitePortalDbContext(options.Options, new WriterGate(true));
    }
}

internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresPortalDbContext>
{
    public PostgresPortalDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgresPortalDbContext>();
        DatabaseSettings.UsePostgres(options, "Host=localhost;Database=design");
        return new PostgresPortalDbContext(options.Options, new WriterGate(false));
    }
}
