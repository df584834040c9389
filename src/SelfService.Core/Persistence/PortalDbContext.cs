using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Appointments;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.Audit;
using SelfService.Core.Catalog;
using SelfService.Core.Deflection;
using SelfService.Core.Jobs;
using SelfService.Core.Journeys;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.KnowledgeBase.LiveData;
using SelfService.Core.KnowledgeBase.Uploads;
using SelfService.Core.Orders;
using SelfService.Core.People;
using SelfService.Core.Synonyms;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Calls;
using SelfService.Core.Tickets.Desk;
using SelfService.Core.Tickets.Joining;
using SelfService.Core.Tickets.Promises;
using SelfService.Core.Tickets.Rules;
using SelfService.Core.Tickets.SideQuestions;

namespace SelfService.Core.Persistence;

/// <summary>
/// The one database of the portal. Two sealed subclasses choose the provider; nothing outside this folder knows which.
/// </summary>
public abstract class PortalDbContext(DbContextOptions options, WriterGate gate)
    : IdentityDbContext<Person, IdentityRole<Guid>, Guid>(options)
{
    public DbSet<Category> Categories => Set<Category>();
    public DbSet<Article> Articles => Set<Article>();
    public DbSet<Revision> Revisions => Set<Revision>();
    public DbSet<ArticleRedirect> ArticleRedirects => Set<ArticleRedirect>();
    public DbSet<ArticleEvent> ArticleEvents => Set<ArticleEvent>();
    public DbSet<Autosave> Autosaves => Set<Autosave>();
    public DbSet<ReviewComment> ReviewComments => Set<ReviewComment>();
    public DbSet<Snippet> Snippets => Set<Snippet>();
    public DbSet<ArticleVote> ArticleVotes => Set<ArticleVote>();
    public DbSet<Media> Media => Set<Media>();
    public DbSet<SynonymEdition> SynonymEditions => Set<SynonymEdition>();
    public DbSet<ImportedFile> ImportedFiles => Set<ImportedFile>();
    public DbSet<ArticleUpload> ArticleUploads => Set<ArticleUpload>();
    public DbSet<Sequence> Sequences => Set<Sequence>();
    public DbSet<Customer> Customers => Set<Customer>();
    public DbSet<Ticket> Tickets => Set<Ticket>();
    public DbSet<Message> Messages => Set<Message>();
    public DbSet<Attachment> Attachments => Set<Attachment>();
    public DbSet<TicketEvent> TicketEvents => Set<TicketEvent>();
    public DbSet<TicketKey> TicketKeys => Set<TicketKey>();
    public DbSet<TicketPause> TicketPauses => Set<TicketPause>();
    public DbSet<Rule> Rules => Set<Rule>();
    public DbSet<RuleRun> RuleRuns => Set<RuleRun>();
    public DbSet<SideQuestion> SideQuestions => Set<SideQuestion>();
    public DbSet<TicketLink> TicketLinks => Set<TicketLink>();
    public DbSet<Promise> Promises => Set<Promise>();
    public DbSet<DeskView> DeskViews => Set<DeskView>();
    public DbSet<Presence> Presences => Set<Presence>();
    public DbSet<PhoneCall> PhoneCalls => Set<PhoneCall>();
    public DbSet<Product> Products => Set<Product>();
    public DbSet<Variant> Variants => Set<Variant>();
    public DbSet<StockMovement> StockMovements => Set<StockMovement>();
    public DbSet<CatalogUpload> CatalogUploads => Set<CatalogUpload>();
    public DbSet<Cart> Carts => Set<Cart>();
    public DbSet<CartLine> CartLines => Set<CartLine>();
    public DbSet<Order> Orders => Set<Order>();
    public DbSet<OrderLine> OrderLines => Set<OrderLine>();
    public DbSet<LedgerEntry> LedgerEntries => Set<LedgerEntry>();
    public DbSet<Parcel> Parcels => Set<Parcel>();
    public DbSet<OrderReturn> OrderReturns => Set<OrderReturn>();
    public DbSet<CreditEntry> CreditEntries => Set<CreditEntry>();
    public DbSet<Appointment> Appointments => Set<Appointment>();
    public DbSet<WaitingEntry> WaitingEntries => Set<WaitingEntry>();
    public DbSet<SharedSession> SharedSessions => Set<SharedSession>();
    public DbSet<Hold> Holds => Set<Hold>();
    public DbSet<GrainClaim> GrainClaims => Set<GrainClaim>();
    public DbSet<Block> Blocks => Set<Block>();
    public DbSet<CalendarKey> CalendarKeys => Set<CalendarKey>();
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();
    public DbSet<Throttle> Throttles => Set<Throttle>();
    public DbSet<EndedSession> EndedSessions => Set<EndedSession>();
    public DbSet<Job> Jobs => Set<Job>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<VisitStep> VisitSteps => Set<VisitStep>();
    public DbSet<StepBatch> StepBatches => Set<StepBatch>();
    public DbSet<VisitorLink> VisitorLinks => Set<VisitorLink>();
    public DbSet<ArticleDay> ArticleDays => Set<ArticleDay>();
    public DbSet<VisitDay> VisitDays => Set<VisitDay>();
    public DbSet<SearchDay> SearchDays => Set<SearchDay>();
    public DbSet<FoundDay> FoundDays => Set<FoundDay>();
    public DbSet<FormDay> FormDays => Set<FormDay>();
    public DbSet<ExperimentDay> ExperimentDays => Set<ExperimentDay>();
    public DbSet<ClosedDay> ClosedDays => Set<ClosedDay>();

    /// <summary>Whether an exception says that a unique key was already taken.</summary>
    public abstract bool IsDuplicateKey(DbUpdateException exception);

    /// <summary>
    /// Waits until nobody else is at work on the time of a person or room, until the transaction ends. Those who only give time back
    /// work beside each other; who blocks or unblocks works alone.
    /// </summary>
    internal abstract Task LockTimeAsync(string resource, bool alone, CancellationToken cancel);

    /// <summary>
    /// Waits, until the transaction ends, with those who save texts that show images for who deletes an image, and the other way round.
    /// Who deletes works alone; the others work beside each other.
    /// </summary>
    internal abstract Task LockImagesAsync(bool alone, CancellationToken cancel);

    /// <summary>Waits, until the transaction ends, until nobody else looks for a free address for a new article.</summary>
    internal abstract Task LockAddressesAsync(CancellationToken cancel);

    /// <summary>Brings the schema up to date; of nodes that start together one does, and the others wait for it.</summary>
    public abstract Task MigrateAsync(CancellationToken cancel);

    /// <summary>
    /// Does what one node does at a time, in as many transactions as it takes; another that comes to the same waits until it is done.
    /// SQLite has one node.
    /// </summary>
    public abstract Task AloneAsync(string what, Func<Task> work, CancellationToken cancel);

    /// <summary>Waits, until the transaction ends, until no other node looks after the keys of cookies and forms.</summary>
    public abstract Task LockKeysAsync(CancellationToken cancel);

    /// <summary>Whether the work may simply be done again: a deadlock or a serialization failure.</summary>
    protected abstract bool IsTransient(Exception exception);

    /// <summary>
    /// Runs <paramref name="work"/> in one write transaction, saves what it changed and commits. On a deadlock or a
    /// serialization failure it is run again, up to three times, so it must not keep state of its own.
    /// </summary>
    public async Task<T> InTransactionAsync<T>(Func<Task<T>> work, CancellationToken cancel = default)
    {
        const int maxAttempts = 3;
        for (var attempt = 1; ; attempt++)
        {
            using var turn = await gate.EnterAsync(cancel);
            await using var transaction = await Database.BeginTransactionAsync(cancel);
            try
            {
                var result = await work();
                await SaveChangesAsync(true, cancel);
                await transaction.CommitAsync(cancel);
                return result;
            }
            catch (Exception exception) when (attempt < maxAttempts && IsTransient(exception))
            {
                ChangeTracker.Clear();
            }
        }
    }

    /// <inheritdoc cref="InTransactionAsync{T}"/>
    public Task InTransactionAsync(Func<Task> work, CancellationToken cancel = default) =>
        InTransactionAsync(async () => { await work(); return true; }, cancel);

    /// <summary>
    /// Runs <paramref name="work"/>, which is one transaction, and again when in the same moment somebody else stored the same key or
    /// changed the same row: looked at again, it finds what the other did. The fifth conflict is thrown.
    /// </summary>
    public async Task<T> RetriedAsync<T>(Func<Task<T>> work)
    {
        const int maxAttempts = 5;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (DbUpdateException exception) when (attempt < maxAttempts && (exception is DbUpdateConcurrencyException || IsDuplicateKey(exception)))
            {
                // What was read would hide what the other wrote.
                ChangeTracker.Clear();
            }
        }
    }

    /// <summary>Saves what was added; false when in the same moment somebody else stored the same key, and then nothing of it is left here.</summary>
    public async Task<bool> SaveOnceAsync(CancellationToken cancel)
    {
        try
        {
            await SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException exception) when (IsDuplicateKey(exception))
        {
            ChangeTracker.Clear();
            return false;
        }
    }

    /// <summary>Next number of a named sequence; numbers become visible in order because its row stays locked until commit.</summary>
    public async Task<long> NextAsync(string sequence, CancellationToken cancel = default)
    {
        if (Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("A sequence advances only inside a transaction.");
        }

        if (await AdvanceAsync() == 0)
        {
            // Two first callers at once: the second waits for the first one's row instead of failing on it.
            await Database.ExecuteSqlAsync($"""INSERT INTO "Sequences" ("Name", "Value") VALUES ({sequence}, 0) ON CONFLICT DO NOTHING""", cancel);
            await AdvanceAsync();
        }

        return await NewestAsync(sequence, cancel);

        Task<int> AdvanceAsync() => Sequences.Where(s => s.Name == sequence)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Value, s => s.Value + 1), cancel);
    }

    /// <summary>Last number of a named sequence that is visible here; 0 before the first.</summary>
    public Task<long> NewestAsync(string sequence, CancellationToken cancel = default) =>
        Sequences.Where(s => s.Name == sequence).Select(s => s.Value).SingleOrDefaultAsync(cancel);

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        KeepAudit();
        AdvanceVersions();
        if (Database.CurrentTransaction is not null)
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }

        using var turn = await gate.EnterAsync(cancellationToken);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
        builder.Entity<Person>().Property(p => p.LockoutEnd).HasConversion<UtcOffsetConverter>();
        MapPasskeys(builder.Entity<IdentityUserPasskey<Guid>>());
        foreach (var entity in builder.Model.GetEntityTypes().Where(e => e.ClrType.IsAssignableTo(typeof(IVersioned))))
        {
            builder.Entity(entity.ClrType).Property(nameof(IVersioned.Version)).IsConcurrencyToken();
        }
    }

    // As Identity's third schema has it. Identity itself maps it only where its options say so, which tools and tests do not read.
    private static void MapPasskeys(EntityTypeBuilder<IdentityUserPasskey<Guid>> passkeys)
    {
        passkeys.ToTable("AspNetUserPasskeys").HasKey(p => p.CredentialId);
        passkeys.Property(p => p.CredentialId).HasMaxLength(1024);
        passkeys.OwnsOne(p => p.Data).ToJson();
        passkeys.HasOne<Person>().WithMany().HasForeignKey(p => p.UserId).IsRequired();
    }

    // The database refuses too; this says it before anything else of the same save is tried.
    private void KeepAudit()
    {
        if (ChangeTracker.Entries<AuditEntry>().Any(e => e.State is EntityState.Modified or EntityState.Deleted))
        {
            throw new InvalidOperationException("The audit log is append-only.");
        }
    }

    private void AdvanceVersions()
    {
        foreach (var entry in ChangeTracker.Entries<IVersioned>().Where(e => e.State == EntityState.Modified))
        {
            entry.Entity.Version++;
        }
    }
}

/// <summary>Something people edit: the second of two editors is told instead of overwriting.</summary>
public interface IVersioned
{
    /// <summary>Concurrency token, advanced by every change.</summary>
    int Version { get; set; }
}
