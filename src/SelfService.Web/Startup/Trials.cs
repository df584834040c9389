using System.Collections.Concurrent;
using Microsoft.AspNetCore.OutputCaching;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.Deflection;
using SelfService.Core.Journeys;
using SelfService.Core.KnowledgeBase;
using SelfService.Search;

namespace SelfService.Web.Startup;

/// <summary>
/// What a browser does without because of an experiment. That it came into one is written down at the moment when both sides would
/// see a difference. Staff and who may not be followed are in none and see everything.
/// </summary>
public sealed class Trials(Experiments experiments, CompanyProfile company, StepLog log, SelfServiceOptions options, TimeProvider clock)
{
    private const int MaxTold = 20_000;

    // Said again at every pause while she types; once is enough. Another node, or this one later, may say it again: the first counts.
    private readonly ConcurrentDictionary<(Guid Visitor, string Experiment, string Subject, string Form), bool> told = new();

    /// <summary>Whether articles that were found may stand beside a form; written down either way.</summary>
    /// <param name="slug">The best of them.</param>
    public bool ShowsBesideForm(HttpContext context, string form, string slug)
    {
        var experiment = experiments.AtForms(Today());
        if (Visitor(context) is not { } visitor)
        {
            return true;
        }

        var isHeld = experiment?.IsHeld(visitor) == true;
        Tell(visitor, isHeld, experiment?.Key ?? "", slug, form);
        return !isHeld;
    }

    /// <summary>The articles among those found that this browser does without.</summary>
    /// <param name="found">Slugs.</param>
    public IReadOnlySet<string> Without(HttpContext context, IEnumerable<string> found)
    {
        var running = experiments.Articles(Today()).ToList();
        var without = new HashSet<string>();
        if (running.Count == 0)
        {
            return without;
        }

        // What one browser does without, another may see.
        context.Features.Get<IOutputCacheFeature>()?.Context.AllowCacheStorage = false;
        if (Visitor(context) is not { } visitor)
        {
            return without;
        }

        foreach (var (experiment, slug) in found.SelectMany(slug => running.Where(e => e.Subject == slug).Select(e => (e, slug))))
        {
            var isHeld = experiment.IsHeld(visitor);
            Tell(visitor, isHeld, experiment.Key, slug, "");
            if (isHeld)
            {
                without.Add(slug);
            }
        }

        return without;
    }

    /// <summary>An answer of the search without what this browser does without.</summary>
    public SearchResults Of(HttpContext context, SearchResults results)
    {
        static string Slug(SearchHit hit) => ArticleAddress.SlugOf(hit.Document.Url);

        var without = Without(context, results.Hits.Select(Slug));
        return without.Count == 0 ? results : results with { Total = results.Total - without.Count, Hits = [.. results.Hits.Where(hit => !without.Contains(Slug(hit)))] };
    }

    private Guid? Visitor(HttpContext context) => context.User.Audience() < Audience.Staff && !Footsteps.IsMachine(context.Request) ? Startup.Visitor.Known(context.Request, options.IsHttps) : null;

    private LocalDate Today() => Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(company.TimeZone).Date;

    private void Tell(Guid visitor, bool isHeld, string experiment, string subject, string form)
    {
        if (told.Count > MaxTold)
        {
            told.Clear();
        }

        if (told.TryAdd((visitor, experiment, subject, form), isHeld))
        {
            log.Add(VisitStep.Offer(visitor, isHeld, experiment, subject, form, clock.GetUtcNow().UtcDateTime));
        }
    }
}
