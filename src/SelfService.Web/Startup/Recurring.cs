using SelfService.Core;
using SelfService.Core.Appointments;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.Catalog;
using SelfService.Core.Catalog.Csv;
using SelfService.Core.Deflection;
using SelfService.Core.Jobs;
using SelfService.Core.Journeys;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Care;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.KnowledgeBase.LiveData;
using SelfService.Core.KnowledgeBase.Uploads;
using SelfService.Core.KnowledgeBase.Variants;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Persistence.Backups;
using SelfService.Core.Sla;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Desk;
using SelfService.Core.Tickets.Rules;
using SelfService.Core.Tickets.SideQuestions;
using SelfService.Web.Operations;

namespace SelfService.Web.Startup;

/// <summary>Everything that the portal does by itself, with its period. Due moments are columns; each run asks what is due.</summary>
public sealed partial class Recurring(IServiceScopeFactory scopes, Readiness readiness, StepLog steps, WorkLog log, TimeProvider clock, ILogger<Recurring> logger) : BackgroundService
{
    // The names are those of the log, of the metrics and, as Work.… of the texts, of the page of the portal's state.
    private static readonly (string Name, TimeSpan Period, Func<IServiceProvider, CancellationToken, Task> Run)[] Work =
    [
        ("jobs", TimeSpan.FromSeconds(1), (services, cancel) =>
            services.GetRequiredService<RunDueJobs>().RunAsync(cancel)),
        ("journeys", TimeSpan.FromSeconds(1), (services, cancel) =>
            services.GetRequiredService<StepLog>().FlushAsync(cancel)),
        ("forget-journeys", TimeSpan.FromHours(1), (services, cancel) =>
            services.GetRequiredService<ForgetSteps>().RunAsync(cancel)),
        ("appointments", TimeSpan.FromSeconds(10), async (services, cancel) =>
        {
            // What begins is not late, and neither is an offer that goes on to the next.
            await services.GetRequiredService<BeginAppointments>().RunAsync(cancel);
            await services.GetRequiredService<OfferFreeTime>().RunAsync(cancel);
            await services.GetRequiredService<EscalateOverdueTickets>().RunAsync(cancel);
        }),
        ("sla", TimeSpan.FromSeconds(10), async (services, cancel) =>
        {
            await services.GetRequiredService<FollowSla>().RunAsync(cancel);
            await services.GetRequiredService<WarnBeforeBreach>().RunAsync(cancel);
        }),
        ("rules", TimeSpan.FromSeconds(1), (services, cancel) =>
            services.GetRequiredService<RunRules>().RunAsync(cancel)),
        ("remind-experts", TimeSpan.FromMinutes(1), (services, cancel) =>
            services.GetRequiredService<AskAside>().RemindAsync(cancel)),
        ("forget-rules", TimeSpan.FromHours(1), (services, cancel) =>
            services.GetRequiredService<RunRules>().ForgetAsync(cancel)),
        ("stem-tickets", TimeSpan.FromMinutes(10), (services, cancel) =>
            services.GetRequiredService<StemOldTickets>().RunAsync(cancel)),
        ("forget-presences", TimeSpan.FromMinutes(10), (services, cancel) =>
            services.GetRequiredService<PortalDbContext>().ForgetPresencesAsync(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, cancel)),
        ("close-days", TimeSpan.FromMinutes(10), (services, cancel) =>
            services.GetRequiredService<CloseDays>().RunAsync(cancel)),
        ("usefulness", TimeSpan.FromHours(1), (services, cancel) =>
            services.GetRequiredService<ProveUsefulness>().RunAsync(cancel)),
        ("close-solved", TimeSpan.FromMinutes(1), (services, cancel) =>
            services.GetRequiredService<CloseSolvedTickets>().RunAsync(cancel)),
        ("forget-jobs", TimeSpan.FromHours(1), (services, cancel) =>
            services.GetRequiredService<RemoveDoneJobs>().RunAsync(cancel)),
        ("forget-throttles", TimeSpan.FromHours(1), (services, cancel) =>
            services.GetRequiredService<PortalDbContext>().ForgetThrottlesAsync(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, cancel)),
        ("forget-sessions", TimeSpan.FromHours(1), (services, cancel) =>
            services.GetRequiredService<PortalDbContext>().ForgetEndedSessionsAsync(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, cancel)),
        ("sweep-files", TimeSpan.FromHours(1), (services, cancel) =>
            services.GetRequiredService<AttachmentFolder>().SweepAsync(cancel)),
        ("forget-carts", TimeSpan.FromHours(1), (services, cancel) =>
            services.GetRequiredService<ForgetCarts>().RunAsync(cancel)),
        ("forget-catalogue-files", TimeSpan.FromHours(1), (services, cancel) =>
            services.GetRequiredService<ForgetUploads>().RunAsync(cancel)),
        ("uploads", TimeSpan.FromSeconds(1), (services, cancel) =>
            services.GetRequiredService<WorkOnUploads>().RunAsync(cancel)),
        ("forget-uploads", TimeSpan.FromHours(1), (services, cancel) =>
            services.GetRequiredService<BringArticles>().ForgetAsync(cancel)),
        ("empty-trash", TimeSpan.FromHours(1), (services, cancel) =>
            services.GetRequiredService<PublishArticle>().EmptyTrashAsync(cancel)),
        ("remind-reviews", TimeSpan.FromHours(1), (services, cancel) =>
            services.GetRequiredService<RemindToReview>().RunAsync(cancel)),
        ("import", TimeSpan.FromSeconds(1), (services, cancel) =>
            services.GetRequiredService<ContentImporter>().RunAskedAsync(cancel)),
        ("backups", TimeSpan.FromSeconds(10), (services, cancel) =>
            services.GetRequiredService<ScheduledBackups>().RunAsync(cancel)),
        ("publish", TimeSpan.FromSeconds(10), (services, cancel) =>
            services.GetRequiredService<PublishDueArticles>().RunAsync(cancel)),
        ("variants", TimeSpan.FromSeconds(1), (services, cancel) =>
            services.GetRequiredService<ArrangeVariants>().RunAsync(cancel)),
        ("live-data", TimeSpan.FromSeconds(1), (services, cancel) =>
            services.GetRequiredService<FollowLiveData>().RunAsync(cancel)),
        ("follow-catalogue", TimeSpan.FromSeconds(1), async (services, cancel) =>
        {
            // The header and the map of the site name what is on sale.
            if (await services.GetRequiredService<CatalogIndex>().FollowAsync(cancel))
            {
                await PublicPages.ForgetAsync(services, cancel);
            }
        }),
        ("follow-synonyms", TimeSpan.FromSeconds(1), SearchWords.FollowAsync),
        ("follow-articles", TimeSpan.FromSeconds(0.5), async (services, cancel) =>
        {
            // The pages are dropped for every change, also of another node or of a topic's name.
            if (await services.GetRequiredService<ArticleIndex>().FollowAsync(cancel))
            {
                await PublicPages.ForgetAsync(services, cancel);
            }
        }),
    ];

    /// <summary>Names of everything that is done.</summary>
    public static IEnumerable<string> Names => Work.Select(work => work.Name);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Work.Select(work => RepeatAsync(work.Name, work.Period, work.Run, stoppingToken)));

    // The server has stopped before, so nothing comes after this.
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await steps.FlushAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            // Also when the time to stop has run out: the rest of the portal stops in order all the same.
            Failed("journeys", exception);
        }
    }

    private async Task RepeatAsync(string name, TimeSpan period, Func<IServiceProvider, CancellationToken, Task> run, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(period, clock);
        while (await NextTickAsync(timer, cancel))
        {
            if (!readiness.IsOpen)
            {
                continue;
            }

            try
            {
                var started = clock.GetTimestamp();
                await using var scope = scopes.CreateAsyncScope();
                await run(scope.ServiceProvider, cancel);
                log.Done(name, period, clock.GetElapsedTime(started));
            }
            catch (Exception exception) when (!cancel.IsCancellationRequested)
            {
                Failed(name, exception);
                log.Failed(name, period, exception);
                Signals.WorkFailed.Add(1, KeyValuePair.Create<string, object?>("work", name));
            }
        }
    }

    // Stopping is the ordinary end, not a failure.
    private static async Task<bool> NextTickAsync(PeriodicTimer timer, CancellationToken cancel)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Recurring work failed and will be tried again: {Name}")]
    private partial void Failed(string name, Exception exception);
}
