using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Jobs;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;

namespace SelfService.Web.Tests;

/// <summary>
/// Remembers each mail that was asked for: a job that is done no longer says what it was, and the portal does its jobs whenever a
/// second has passed.
/// </summary>
public sealed class AskedMails : SaveChangesInterceptor
{
    private readonly ConcurrentDictionary<Guid, MailRequest> mails = new();

    /// <summary>Looks at everything the portal saves.</summary>
    public static void Watch(IServiceCollection services)
    {
        var asked = new AskedMails();
        services.AddSingleton(asked);
        services.ConfigureDbContext<SqlitePortalDbContext>(options => options.AddInterceptors(asked));
        services.ConfigureDbContext<PostgresPortalDbContext>(options => options.AddInterceptors(asked));
    }

    /// <summary>The mail of a job; null when it is another job.</summary>
    public MailRequest? Find(Guid jobId) => mails.GetValueOrDefault(jobId);

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        foreach (var job in eventData.Context!.ChangeTracker.Entries<Job>().Where(e => e.State == EntityState.Added && e.Entity.Kind == MailRequest.JobKind).Select(e => e.Entity))
        {
            mails[job.Id] = job.Read<MailRequest>();
        }

        return ValueTask.FromResult(result);
    }
}
