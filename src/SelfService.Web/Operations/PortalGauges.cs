using System.Diagnostics.Metrics;
using SelfService.Core.Jobs;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;
using SelfService.Search;

namespace SelfService.Web.Operations;

/// <summary>Numbers that are a state and not a count of events, as they were when somebody last asked.</summary>
public sealed class PortalGauges
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "SelfService.State";

    private readonly TimeProvider clock;
    private (JobHealth Jobs, JobHealth Mails, long NewestChange, DateTime At)? last;

    public PortalGauges(IMeterFactory meters, ISearchEngine engine, TimeProvider clock)
    {
        this.clock = clock;
        var meter = meters.Create(MeterName);
        void Gauge(string name, string unit, string description, Func<(JobHealth Jobs, JobHealth Mails, long NewestChange, DateTime At), double> value) =>
            meter.CreateObservableGauge(name, () => last is { } known ? [new Measurement<double>(value(known))] : Array.Empty<Measurement<double>>(), unit, description);

        Gauge("selfservice.jobs.late", "{job}", "Jobs that should have been done.", known => known.Jobs.Late);
        Gauge("selfservice.jobs.dead", "{job}", "Jobs that were given up.", known => known.Jobs.Dead);
        Gauge("selfservice.jobs.oldest.age", "s", "Age of the oldest job that should have been done.", known => known.Jobs.Age(known.At).TotalSeconds);
        Gauge("selfservice.mail.oldest.age", "s", "Age of the oldest mail that should have left.", known => known.Mails.Age(known.At).TotalSeconds);
        Gauge("selfservice.search.lag", "{change}", "Changes of the knowledge base that this node cannot find yet.", known => Math.Max(0, known.NewestChange - engine.Revision));
        Gauge("selfservice.search.documents", "{document}", "Articles that can be found.", _ => engine.Count);
    }

    /// <summary>Asks the database.</summary>
    public async Task MeasureAsync(PortalDbContext db, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        last = (
            await db.Jobs.HealthAsync(now, cancel),
            await db.Jobs.Where(j => j.Kind == MailRequest.JobKind).HealthAsync(now, cancel),
            await db.NewestAsync(Article.ChangeSequence, cancel),
            now);
    }
}
