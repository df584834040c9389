using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using SelfService.Core.Audit;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Persistence.Backups;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Persistence.Backups;

/// <summary>A portal moves from SQLite to PostgreSQL whole. What needs a server runs in that half of the suite.</summary>
public sealed class CopyDatabaseTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly List<CopiedTable> done = [];

    private string Path => folder.PathOf("portal.db");

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public void Every_table_comes_after_those_it_refers_to_and_every_type_is_known()
    {
        var options = new DbContextOptionsBuilder<PostgresPortalDbContext>().UseNpgsql("Host=localhost;Database=none");
        using var db = new PostgresPortalDbContext(options.Options, new WriterGate(oneAtATime: false));
        var groups = CopyDatabase.InOrderOfReferences(db.Model.GetRelationalModel());
        var tables = groups.SelectMany(g => g).ToList();

        Assert.True(tables.Count > 60);
        Assert.All(tables, t => Assert.All(t.ForeignKeyConstraints, k => Assert.True(GroupOf(k.PrincipalTable) <= GroupOf(t))));
        Assert.Equal(["Articles, Revisions"], groups.Where(g => g.Count > 1).Select(g => string.Join(", ", g.Select(t => t.Name).Order(StringComparer.Ordinal))));
        Assert.All(tables.SelectMany(t => t.Columns), c => CopyDatabase.Convert(Example(c.StoreType), c.StoreType));
        Assert.Throws<NotSupportedException>(() => CopyDatabase.Convert("x", "point"));

        int GroupOf(ITable table) => groups.TakeWhile(g => !g.Contains(table)).Count();

        static object Example(string type) => type switch
        {
            "uuid" => Guid.NewGuid().ToString(),
            "timestamp with time zone" => "2026-11-27 10:00:00.1234567",
            "date" => "2026-11-27",
            "boolean" or "integer" or "bigint" => 1L,
            "double precision" => 0.5,
            _ => "x",
        };
    }

    [Fact]
    public async Task Every_row_arrives_once_also_when_it_was_stopped_in_the_middle()
    {
        if (TestDatabase.Kind != DatabaseKind.Postgres)
        {
            return;
        }

        await FillAsync();
        await using var database = await TestDatabase.CreateAsync();

        using (var stop = new CancellationTokenSource())
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CopyAsync(database, stop.Token, table =>
            {
                if (table.Name == "Tickets")
                {
                    stop.Cancel();
                }
            }));
        }

        var before = done.Count;
        await CopyAsync(database, default);

        await using var db = database.Open();
        var ticket = await db.Tickets.Include(t => t.Messages).Include(t => t.Events).SingleAsync();
        Assert.Equal(("¿Dónde está mi pedido? 📦", 2, TicketStatus.Solved), (ticket.Subject, ticket.Messages.Count, ticket.Status));
        Assert.Equal(7, (await db.Sequences.SingleAsync(s => s.Name == "otra")).Value);
        Assert.Equal(1, await db.AuditEntries.CountAsync());
        Assert.DoesNotContain(done.Skip(before).TakeWhile(t => t.Name != "Tickets"), t => t.IsNew);
        Assert.Equal(db.Model.GetRelationalModel().Tables.Count(), done.Count - before);
        // A third time finds everything there.
        before = done.Count;
        await CopyAsync(database, default);
        Assert.DoesNotContain(done.Skip(before), t => t.IsNew);
    }

    [Fact]
    public async Task A_database_with_other_rows_is_left_as_it_is()
    {
        if (TestDatabase.Kind != DatabaseKind.Postgres)
        {
            return;
        }

        await FillAsync();
        await using var database = await TestDatabase.CreateAsync();
        await using (var db = database.Open())
        {
            db.Customers.Add(new Customer { Name = "De otro portal", CreatedAt = DateTime.UtcNow });
            await db.SaveChangesAsync();
        }

        var refused = await Assert.ThrowsAsync<BackupException>(() => CopyAsync(database, default));

        Assert.Equal(BackupProblem.Different, refused.Problem);
        Assert.Contains("Customers", refused.Detail, StringComparison.Ordinal);
        await using var after = database.Open();
        Assert.Equal("De otro portal", (await after.Customers.SingleAsync()).Name);
        Assert.False(await after.Tickets.AnyAsync());
    }

    private async Task CopyAsync(TestDatabase database, CancellationToken cancel, Action<CopiedTable>? told = null)
    {
        await using var source = DatabaseSettings.OpenSqlite(Path);
        await using var target = (PostgresPortalDbContext)database.Open();
        await new CopyDatabase(source, target).RunAsync(new Told(table =>
        {
            done.Add(table);
            told?.Invoke(table);
        }), cancel);
    }

    private async Task FillAsync()
    {
        await using var db = DatabaseSettings.OpenSqlite(Path);
        await db.Database.MigrateAsync();
        var now = DateTime.UtcNow;
        var customer = new Customer { Name = "Ñandú Güemes", Email = "nandu@ejemplo.example", CreatedAt = now };
        var ticket = Ticket.Open(
            new TicketRequest { SubmissionKey = Guid.NewGuid(), Queue = "ayuda", Sla = "estandar", Subject = "¿Dónde está mi pedido? 📦", Message = "Una línea\ny otra\t\\.", Contact = new Contact("Ñandú", null, null, null) },
            [], customer.Id, now.AddHours(8), [], now);
        ticket.Messages.Add(new Message { TicketId = ticket.Id, Author = ActorKind.Customer, Body = "Una línea\ny otra\t\\.", WrittenAt = now, SubmissionKey = Guid.NewGuid() });
        ticket.Messages.Add(new Message { TicketId = ticket.Id, Author = ActorKind.Staff, Body = "Va en camino.", WrittenAt = now.AddTicks(7), SubmissionKey = Guid.NewGuid() });
        ticket.Solve(Actor.System, TimeSpan.FromDays(14), now.AddHours(1));
        var category = new Category { Slug = "uno", Title = "Uno" };
        db.AddRange(customer, ticket, category);
        await db.SaveChangesAsync();
        db.Audit(AuditKind.AccountCreated, now, actorId: null, via: "command");
        await db.SaveChangesAsync();
        await db.Database.ExecuteSqlAsync($"""INSERT INTO "Sequences" ("Name", "Value") VALUES ('otra', 7)""");
    }

    private sealed class Told(Action<CopiedTable> tell) : IProgress<CopiedTable>
    {
        public void Report(CopiedTable value) => tell(value);
    }
}
