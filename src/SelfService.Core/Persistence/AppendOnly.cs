using Microsoft.EntityFrameworkCore.Migrations;

namespace SelfService.Core.Persistence;

/// <summary>
/// Makes the databases themselves refuse to change or delete lines of the audit log, whoever asks. A migration that rebuilds the
/// table on SQLite loses its triggers and has to call this again; a test on the finished schema notices.
/// </summary>
internal static class AppendOnly
{
    private const string Sqlite = """
        CREATE TRIGGER "AuditEntries_no_update" BEFORE UPDATE ON "AuditEntries" BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END;
        CREATE TRIGGER "AuditEntries_no_delete" BEFORE DELETE ON "AuditEntries" BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END;
        """;

    private const string SqliteUndo = """
        DROP TRIGGER "AuditEntries_no_update";
        DROP TRIGGER "AuditEntries_no_delete";
        """;

    private const string Postgres = """
        CREATE FUNCTION audit_entries_are_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'The audit log is append-only.'; END $$;
        CREATE TRIGGER "AuditEntries_no_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditEntries"
        FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_are_append_only();
        """;

    private const string PostgresUndo = """
        DROP TRIGGER "AuditEntries_no_change" ON "AuditEntries";
        DROP FUNCTION audit_entries_are_append_only();
        """;

    /// <summary>From here on lines are only added.</summary>
    public static void AddTo(MigrationBuilder migration) => migration.Sql(Of(migration, Sqlite, Postgres));

    /// <summary>Takes the triggers away.</summary>
    public static void RemoveFrom(MigrationBuilder migration) => migration.Sql(Of(migration, SqliteUndo, PostgresUndo));

    private static string Of(MigrationBuilder migration, string sqlite, string postgres) =>
        migration.ActiveProvider?.Contains("Sqlite", StringComparison.Ordinal) == true ? sqlite : postgres;
}
