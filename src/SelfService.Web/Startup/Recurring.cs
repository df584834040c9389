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

namespace SelfService.Web.Startup;

/// <summary>Everything that the portal does by itself, with its period. Due moments are columns; each run asks what is due.</summary>
public sealed partial class Recurring(IServiceScopeFactory scopes, Readiness readiness, StepLog steps, TimeProvider clock, ILogger<Recurring> logger) : BackgroundService
{
    private static readonly (string Name, TimeSpan Period, Func<IServiceProvider, CancellationToken, Task> Run)[] Work =
    [
        ("do the jobs that are due", TimeSpan.FromSeconds(1), (services, cancel) =>
            services.GetRequiredService<RunDueJobs>().RunAsync(cancel)),
        ("write down what visitors did", TimeSpan.FromSeconds(1), (services, cancel) =>
            services.GetRequiredService<StepLog>().FlushAsync(cancel)),
        ("forget what visitors did long ago", TimeSpan.FromHours(1), (services, cancel) =>
            services.GetRequiredService<ForgetSteps>().RunAsync(cancel)),
        ("begin appointments, offer freed hours and escalate what passed its date", TimeSpan.FromSeconds(10), async (services, cancel) =>
        {
            // What begins is not late, and neither is an offer that goes on to the next.
            await services.GetRequiredService<BeginAppointments>().RunAsync(cancel);
            await services.GetRequiredService<OfferFreeTime>().RunAsync(cancel);
            await services.GetRequiredService<EscalateOverdueTickets>().RunAsync(cancel);
        }),
        ("compute the targets of tickets that changed, and warn of those that are near", TimeSpan.FromSeconds(10), async (services, cancel) =>
        {
            await services.GetRequiredService<FollowSla>().RunAsync(cancel);
            await services.GetRequiredService<WarnBeforeBreach>().RunAsync(cancel);
        }),
        ("ask the rules about what happened", TimeSpan.FromSeconds(1), (services, cancel) =>
            services.GetRequiredService<RunRules>().RunAsync(cancel)),
        ("remind experts of questions whose date has passed", TimeSpan.FromMinutes(1), (services, cancel) =>
            services.GetRequiredService<AskAside>().RemindAsync(cancel)),
        ("forget what rules did long ago", TimeSpan.FromHours(1), (services, cancel) =>
            services.GetRequiredService<RunRules>().ForgetAsync(cancel)),
        ("let older tickets be found by other forms of their words", TimeSpan.FromMinutes(10), (services, cancel) =>
            services.GetRequiredService<StemOldTickets>().RunAsync(cancel)),
        ("forget who was at which ticket", TimeSpan.FromMinutes(10), (services, cancel) =>
            services.GetRequiredService<PortalDbContext>().ForgetPresencesAsync(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, cancel)),
        ("decide what came of the days whose windows have passed", TimeSpan.FromMinutes(10), (services, cancel) =>
            services.GetRequiredService<CloseDays>().RunAsync(cancel)),
        ("decide what votes prove of the articles", TimeSpan.FromHours(1), (services, cancel) =>
            services.GetRequiredService<ProveUsefulness>().RunAsync(cancel)),
        ("close what was solved and not reopened", TimeSpan.FromMinutes(1), (services, cancel) =>
            services.GetRequiredService<CloseSolvedTickets>().RunAsync(cancel)),
        ("forget jobs done long ago", TimeSpan.FromHours(1), (services, cancel) =>
            services.GetRequiredService<RemoveDoneJobs>().RunAsync(cancel)),
        ("remove files nobody claimed", TimeSpan.FromHours(1), (services, cancel) =>
            services.GetRequiredService<AttachmentFolder>().SweepAsync(cancel)),
        ("forget carts nobody has touched for long", TimeSpan.FromHours(1), (services, cancel) =>
            services.GetRequiredService<ForgetCarts>().RunAsync(cancel)),
        ("forget files of the catalogue brought long ago", TimeSpan.FromHours(1), (services, cancel) =>
            services.GetRequiredService<ForgetUploads>().RunAsync(cancel)),
        ("look at articles that were brought, and import what was confirmed", TimeSpan.FromSeconds(1), (services, cancel) =>
            services.GetRequiredService<WorkOnUploads>().RunAsync(cancel)),
        ("forget articles brought long ago", TimeSpan.FromHours(1), (services, cancel) =>
            services.GetRequiredService<BringArticles>().ForgetAsync(cancel)),
        ("empty the trash of what was thrown away long ago", TimeSpan.FromHours(1), (services, cancel) =>
            services.GetRequiredService<PublishArticle>().EmptyTrashAsync(cancel)),
        ("remind editors of articles to check", TimeSpan.FromHours(1), (services, cancel) =>
            services.GetRequiredService<RemindToReview>().RunAsync(cancel)),
        ("make a backup when it is time", TimeSpan.FromMinutes(1), (services, cancel) =>
            services.GetRequiredService<ScheduledBackups>().RunAsync(cancel)),
        ("publish what is due", TimeSpan.FromSeconds(10), (services, cancel) =>
            services.GetRequiredService<PublishDueArticles>().RunAsync(cancel)),
        ("show each reader the variant that is hers", TimeSpan.FromSeconds(1), (services, cancel) =>
            services.GetRequiredService<ArrangeVariants>().RunAsync(cancel)),
        ("show changed prices, hours and telephones in articles", TimeSpan.FromSeconds(1), (services, cancel) =>
            services.GetRequiredService<FollowLiveData>().RunAsync(cancel)),
        ("follow the catalogue", TimeSpan.FromSeconds(1), async (services, cancel) =>
        {
            // The header and the map of the site name what is on sale.
            if (await services.GetRequiredService<CatalogIndex>().FollowAsync(cancel))
            {
                await PublicPages.ForgetAsync(services, cancel);
            }
        }),
        ("follow the synonyms", TimeSpan.FromSeconds(1), SearchWords.FollowAsync),
        ("follow the articles", TimeSpan.FromSeconds(0.5), async (services, cancel) =>
        {
            // The pages are dropped for every change, also of another node or of a topic's name.
            if (await services.GetRequiredService<ArticleIndex>().FollowAsync(cancel))
            {
                await PublicPages.ForgetAsync(services, cancel);
            }
        }),
    ];

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
            Failed("write down what visitors did", exception);
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
                await using var scope = scopes.CreateAsyncScope();
                await run(scope.ServiceProvider, cancel);
            }
            catch (Exception exception) when (!cancel.IsCancellationRequested)
            {
                Failed(name, exception);
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
