using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tests.Persistence;

public sealed class PortalDbContextTests : IAsyncLifetime
{
    private TestDatabase database = null!;

    public async Task InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public void No_migration_is_forgotten_on_either_database()
    {
        foreach (var settings in new[] { DatabaseSettings.SqliteFile(Path.Combine(Path.GetTempPath(), "nunca.db")), new DatabaseSettings(DatabaseKind.Postgres, "Host=localhost;Database=nunca") })
        {
            var services = new ServiceCollection();
            settings.Register(services);
            using var provider = services.BuildServiceProvider();
            using var scope = provider.CreateScope();
            using var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();

            Assert.False(db.Database.HasPendingModelChanges(), settings.Kind.ToString());
            Assert.NotEmpty(db.Database.GetMigrations());
        }
    }

    [Fact]
    public async Task Of_nodes_that_start_together_on_an_empty_database_one_migrates()
    {
        if (TestDatabase.Kind != DatabaseKind.Postgres)
        {
            // SQLite is for one process, which its lock sees to.
            return;
        }

        await using var db = database.Open();
        await db.Database.ExecuteSqlRawAsync("DROP SCHEMA public CASCADE; CREATE SCHEMA public;");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var node = database.Open();
            await node.MigrateAsync(CancellationToken.None);
        })));

        Assert.Equal(db.Database.GetMigrations(), await db.Database.GetAppliedMigrationsAsync());
        Assert.False(await db.Customers.AnyAsync());
    }

    [Fact]
    public async Task What_one_node_does_at_a_time_is_done_one_after_the_other_also_after_one_failed()
    {
        if (TestDatabase.Kind != DatabaseKind.Postgres)
        {
            // SQLite has one node.
            return;
        }

        var (inside, most, done, failed) = (0, 0, 0, 0);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Run(async () =>
        {
            await using var node = database.Open();
            try
            {
                await node.AloneAsync("ensayo", () => WorkAsync(number), CancellationToken.None);
            }
            catch (InvalidOperationException)
            {
                Interlocked.Increment(ref failed);
            }
        })));

        Assert.Equal((1, 4, 2), (most, done, failed));

        async Task WorkAsync(int number)
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Delay(30);
            Interlocked.Decrement(ref inside);
            done += number % 3 == 0 ? throw new InvalidOperationException() : 1;
        }
    }

    [Fact]
    public async Task Every_sqlite_connection_is_safe()
    {
        if (TestDatabase.Kind != DatabaseKind.Sqlite)
        {
            return;
        }

        await using var first = database.Open();
        await using var second = database.Open();
        foreach (var db in new[] { first, second, first })
        {
            Assert.Equal(
                ["wal", "2", "5000", "1"],
                await Task.WhenAll(AskAsync(db, "journal_mode"), AskAsync(db, "synchronous"), AskAsync(db, "busy_timeout"), AskAsync(db, "foreign_keys")));
        }

        static async Task<string> AskAsync(PortalDbContext db, string pragma)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            await db.Database.OpenConnectionAsync();
            command.CommandText = $"PRAGMA {pragma}";
            return Convert.ToString(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture)!;
        }
    }

    [Fact]
    public async Task An_article_without_its_topic_is_refused()
    {
        await using var db = database.Open();
        db.Articles.Add(new Article { Slug = "a", CategoryId = Guid.NewGuid(), CreatedAt = DateTime.UtcNow });

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
    }

    [Fact]
    public async Task Two_hundred_writers_at_once_lose_nothing()
    {
        await using var services = database.Services();

        var numbers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(async () =>
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
            return await db.InTransactionAsync(() => db.NextAsync("prueba"));
        })));

        Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), numbers.Order());
    }

    [Fact]
    public async Task Numbers_come_in_order_and_a_rolled_back_one_is_given_again()
    {
        await using var db = database.Open();
        Assert.Equal(1, await db.InTransactionAsync(() => db.NextAsync("a")));
        Assert.Equal(2, await db.InTransactionAsync(() => db.NextAsync("a")));
        Assert.Equal(1, await db.InTransactionAsync(() => db.NextAsync("b")));

        await Assert.ThrowsAsync<InvalidDataException>(() => db.InTransactionAsync(async () =>
        {
            Assert.Equal(3, await db.NextAsync("a"));
            db.Categories.Add(new Category { Slug = "x", Title = "X" });
            await db.SaveChangesAsync();
            throw new InvalidDataException();
        }));

        await using var other = database.Open();
        Assert.False(await other.Categories.AnyAsync());
        Assert.Equal(3, await other.InTransactionAsync(() => other.NextAsync("a")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => other.NextAsync("a"));
    }

    [Fact]
    public async Task What_a_transaction_changed_is_saved_without_asking()
    {
        await using var db = database.Open();
        await db.InTransactionAsync(() =>
        {
            db.Categories.Add(new Category { Slug = "x", Title = "X" });
            return Task.CompletedTask;
        });

        await using var other = database.Open();
        Assert.Equal("X", (await other.Categories.SingleAsync()).Title);
    }

    [Theory]
    [InlineData(DateTimeKind.Local)]
    [InlineData(DateTimeKind.Unspecified)]
    public async Task Only_utc_is_stored(DateTimeKind kind)
    {
        await using var db = database.Open();
        db.ArticleVotes.Add(new ArticleVote { ArticleId = Guid.NewGuid(), VotedAt = new DateTime(2026, 1, 1, 0, 0, 0, kind) });

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => db.SaveChangesAsync());
        Assert.Contains("Only UTC", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_of_two_editors_is_told()
    {
        await using var first = database.Open();
        first.Categories.Add(new Category { Slug = "x", Title = "X" });
        await first.SaveChangesAsync();
        await using var second = database.Open();
        var mine = await first.Categories.SingleAsync();
        var theirs = await second.Categories.SingleAsync();
        mine.Title = "Mío";
        await first.SaveChangesAsync();
        theirs.Title = "Suyo";

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());

        await using var third = database.Open();
        Assert.Equal(("Mío", 1), ((await third.Categories.SingleAsync()).Title, (await third.Categories.SingleAsync()).Version));
    }

    [Fact]
    public async Task A_change_in_a_transaction_advances_the_version_too()
    {
        await using var db = database.Open();
        db.Categories.Add(new Category { Slug = "x", Title = "X" });
        await db.SaveChangesAsync();
        await db.InTransactionAsync(async () => (await db.Categories.SingleAsync()).Title = "Y");

        await using var other = database.Open();
        Assert.Equal(1, (await other.Categories.SingleAsync()).Version);
    }

    [Fact]
    public async Task A_key_taken_twice_is_recognised()
    {
        await using var db = database.Open();
        db.Categories.AddRange(new Category { Slug = "x", Title = "X" }, new Category { Slug = "x", Title = "Y" });

        Assert.True(db.IsDuplicateKey(await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync())));
    }

    [Fact]
    public async Task Who_stores_what_somebody_else_has_just_stored_looks_again_and_finds_it()
    {
        await using var db = database.Open();
        var looked = 0;

        var found = await db.RetriedAsync(async () =>
        {
            looked++;
            if (await db.Categories.AnyAsync(c => c.Slug == "x"))
            {
                return true;
            }

            await using var other = database.Open();
            other.Categories.Add(new Category { Slug = "x", Title = "Suyo" });
            await other.SaveChangesAsync();
            db.Categories.Add(new Category { Slug = "x", Title = "Mío" });
            await db.SaveChangesAsync();
            return false;
        });

        Assert.Equal((true, 2, "Suyo"), (found, looked, (await db.Categories.SingleAsync()).Title));
    }

    [Fact]
    public async Task Who_collides_each_time_is_told_at_the_fifth_and_who_fails_at_once()
    {
        await using var db = database.Open();
        var (collided, failed) = (0, 0);

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.RetriedAsync<bool>(() => throw new DbUpdateConcurrencyException($"{++collided}")));
        await Assert.ThrowsAsync<DbUpdateException>(() => db.RetriedAsync<bool>(() => throw new DbUpdateException($"{++failed}")));

        Assert.Equal((5, 1), (collided, failed));
    }

    [Fact]
    public async Task What_somebody_else_has_stored_is_left_as_it_is_and_stands_in_no_ones_way()
    {
        await using var first = database.Open();
        await using var second = database.Open();
        first.Categories.Add(new Category { Slug = "x", Title = "Mío" });
        second.Categories.Add(new Category { Slug = "x", Title = "Suyo" });

        Assert.True(await first.SaveOnceAsync(CancellationToken.None));
        Assert.False(await second.SaveOnceAsync(CancellationToken.None));
        second.Categories.Add(new Category { Slug = "y", Title = "Otro" });
        Assert.True(await second.SaveOnceAsync(CancellationToken.None));

        Assert.Equal(["Mío", "Otro"], await first.Categories.OrderBy(c => c.Slug).Select(c => c.Title).ToListAsync());
    }

    [Fact]
    public void A_second_process_is_kept_away_until_the_first_has_gone()
    {
        var path = Path.Combine(Path.GetTempPath(), $"selfservice-{Guid.NewGuid():N}.db");
        try
        {
            using (SingleProcessLock.Acquire(path))
            {
                Assert.Contains(path, Assert.Throws<DatabaseInUseException>(() => SingleProcessLock.Acquire(path)).Message, StringComparison.Ordinal);
            }

            SingleProcessLock.Acquire(path).Dispose();
        }
        finally
        {
            File.Delete(path + ".lock");
        }
    }
}
