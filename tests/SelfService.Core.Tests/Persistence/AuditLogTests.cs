using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
using SelfService.Core.People;

namespace SelfService.Core.Tests.Persistence;

public sealed class AuditLogTests : IAsyncLifetime
{
    private readonly Guid person = Guid.CreateVersion7();
    private TestDatabase database = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        db.Users.Add(new Person { Id = person, UserName = "ana", Email = "ana@ensayo.example", CreatedAt = DateTime.UtcNow });
        db.Audit(AuditKind.AccountCreated, DateTime.UtcNow, person);
        await db.SaveChangesAsync();
    }

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Theory]
    [InlineData("""UPDATE "AuditEntries" SET "Detail" = 'otra cosa'""")]
    [InlineData("""UPDATE "AuditEntries" SET "ActorId" = NULL WHERE "Via" = 'web'""")]
    [InlineData("""DELETE FROM "AuditEntries" """)]
    public async Task The_database_refuses_to_change_or_delete_a_line(string sql)
    {
        await using var db = database.Open();

        var refused = await Assert.ThrowsAnyAsync<DbException>(() => db.Database.ExecuteSqlRawAsync(sql));

        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        Assert.Equal((person, ""), await db.AuditEntries.Select(e => new ValueTuple<Guid?, string>(e.ActorId, e.Detail)).SingleAsync());
    }

    [Fact]
    public async Task Postgres_refuses_to_empty_the_log()
    {
        if (TestDatabase.Kind != Core.Persistence.DatabaseKind.Postgres)
        {
            return;
        }

        await using var db = database.Open();

        await Assert.ThrowsAnyAsync<DbException>(() => db.Database.ExecuteSqlRawAsync("""TRUNCATE "AuditEntries" """));
    }

    [Fact]
    public async Task A_save_that_would_change_or_delete_a_line_saves_nothing_at_all()
    {
        await using var db = database.Open();
        db.Remove(await db.AuditEntries.SingleAsync());
        (await db.Users.SingleAsync()).Name = "Otra";

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());

        await using var other = database.Open();
        Assert.Equal("", (await other.Users.SingleAsync()).Name);
        Assert.Equal(1, await other.AuditEntries.CountAsync());
    }

    [Fact]
    public async Task A_person_can_be_deleted_and_what_the_log_says_of_her_stays()
    {
        await using var db = database.Open();
        db.Users.Remove(await db.Users.SingleAsync());
        db.Audit(AuditKind.AccountDeleted, DateTime.UtcNow, person);

        await db.SaveChangesAsync();

        Assert.Equal(2, await db.AuditEntries.CountAsync(e => e.ActorId == person));
    }
}
