using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.Deflection;
using SelfService.Core.Journeys;
using SelfService.Core.Tests.Tickets;
using SelfService.Core.Tickets;
using SelfService.Search;

namespace SelfService.Core.Tests.Deflection;

/// <summary>A log made at random is decided by the portal, and once more by looking at each view, search, visit and form on its own.</summary>
public sealed class RandomLogTests : TicketTest
{
    private static readonly CompanyProfile Brisal = Company(new Dictionary<IsoDayOfWeek, DayHours>());
    private static readonly LocalDate Monday = new(2026, 3, 2);
    private static readonly DateTime Morning = new(2026, 3, 2, 16, 0, 0, DateTimeKind.Utc);
    private static readonly string[] Slugs = ["fuga", "goteo", "llave"];
    private static readonly string[] Queries = ["fuga de agua", "fugas", "agua", "la llave"];
    private static readonly string[] Forms = ["falla", "llamada"];

    private readonly List<VisitStep> steps = [];
    private readonly List<(Guid Visitor, TicketKind Kind, DateTime At)> tickets = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_is_added_up_is_what_one_finds_by_looking_at_each_thing_alone(int seed)
    {
        Clock.Now = Morning.AddDays(20);
        await WriteAsync(new Random(seed));

        foreach (var window in ViewOutcomes.Windows)
        {
            for (var day = Monday; day <= Monday.PlusDays(4); day = day.PlusDays(1))
            {
                var decided = await InAsync(db => new CloseDays(db, Brisal, SearchLanguage.Default, Clock).DecideAsync(day, window, NoCancel));

                Assert.Equal(
                    Articles(day, window),
                    decided.Articles.Select(d => (d.Slug, d.Views, d.Machines, d.Confirmed, d.Potential, d.Contact, d.Abandoned, d.AfterContact, d.Linked, d.Unknown, d.FromSearch)));
                Assert.Equal(Visits(day, window), (decided.Visits.Visits, decided.Visits.WithIntent, decided.Visits.Machines, decided.Visits.Counted, decided.Visits.Contact));
                Assert.Equal(Searches(day, window), decided.Searches.Select(d => (d.Term, d.Searches, d.InVain, d.NoClick, d.Reformulated, d.Contact)));
                Assert.Equal(OpenedForms(day, window), decided.Forms.Select(d => (d.Form, d.Opened, d.Sent, d.Offered, d.Visitors, d.Contact)));
                Assert.Equal(Compared(day, window), decided.Experiments.Select(d => (d.Experiment, d.IsHeld, d.Visitors, d.Contact)));
            }
        }
    }

    [Fact]
    public async Task Added_up_over_the_days_the_visits_are_those_of_the_whole_log()
    {
        Clock.Now = Morning.AddDays(20);
        await WriteAsync(new Random(4));

        var visits = 0;
        for (var day = Monday.PlusDays(-2); day <= Monday.PlusDays(7); day = day.PlusDays(1))
        {
            var decided = await InAsync(db => new CloseDays(db, Brisal, SearchLanguage.Default, Clock).DecideAsync(day, ViewOutcomes.Windows[0], NoCancel));
            visits += decided.Visits.Visits + decided.Visits.Machines;
        }

        Assert.Equal(Beginnings().Count(), visits);
    }

    private async Task WriteAsync(Random random)
    {
        var visitors = Enumerable.Range(0, 14).Select(_ => Guid.NewGuid()).ToList();
        T One<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];
        DateTime Sometime() => Morning.AddSeconds(random.Next(-60_000, 5 * 86_400));
        for (var i = 0; i < 420; i++)
        {
            // Half of it follows closely on what went before.
            var (before, isClose) = (steps.LastOrDefault(), random.Next(2) == 0);
            var (visitor, at) = (before?.VisitorId is { } same && isClose ? same : One(visitors), before is not null && isClose ? before.At.AddSeconds(random.Next(1, 2400)) : Sometime());
            Guid? anybody = random.Next(6) == 0 ? null : visitor;
            steps.Add(random.Next(12) switch
            {
                0 or 1 => VisitStep.Search(anybody, One(Queries), at, random.Next(3)),
                2 => VisitStep.Solved(visitor, One(Slugs), One(Forms), at),
                3 => VisitStep.Engagement(visitor, One(Slugs), at),
                4 => VisitStep.OnForm(VisitStepKind.OpenedForm, anybody, One(Forms), at),
                5 => VisitStep.OnForm(VisitStepKind.SentForm, anybody, One(Forms), at),
                6 => VisitStep.Offer(visitor, visitors.IndexOf(visitor) % 3 == 0, "prueba", One(Slugs), One(Forms), at),
                7 => VisitStep.OnArticle(VisitStepKind.ReadFromAgent, visitor, One(Slugs), at),
                8 => VisitStep.Reading(anybody, One(Slugs), at, One(Queries)),
                _ => VisitStep.Reading(anybody, One(Slugs), at),
            });
        }

        await InAsync(async db =>
        {
            db.VisitSteps.AddRange(steps);
            return await db.SaveChangesAsync();
        });
        for (var i = 0; i < 12; i++)
        {
            var (visitor, at, kind) = (One(visitors), Sometime(), random.Next(4) == 0 ? TicketKind.Order : TicketKind.Request);
            Clock.Now = at;
            await OpenAsync(Request(email: $"{visitor:N}@ensayo.example") with { VisitorId = visitor, Kind = kind });
            tickets.Add((visitor, kind, at));
        }

        Clock.Now = Morning.AddDays(20);
    }

    private static LocalDate DayOf(DateTime at) => Instant.FromDateTimeUtc(at).InZone(Brisal.TimeZone).Date;

    private static bool Within(DateTime at, DateTime since, TimeSpan window) => at > since && at <= since + window;

    private bool WroteBefore(Guid visitor, DateTime at) => tickets.Any(t => t.Visitor == visitor && t.Kind == TicketKind.Request && t.At <= at && t.At > at.AddDays(-7));

    private bool Writes(Guid visitor, DateTime at, TimeSpan window) => tickets.Any(t => t.Visitor == visitor && t.Kind == TicketKind.Request && Within(t.At, at, window));

    private IEnumerable<VisitStep> Of(Guid visitor) => steps.Where(s => s.VisitorId == visitor).OrderBy(s => s.At);

    // From half an hour before a day to three hours after it.
    private bool IsPerson(Guid visitor, LocalDate day)
    {
        var (from, to) = (Brisal.TimeZone.AtStartOfDay(day).ToDateTimeUtc().AddMinutes(-30), Brisal.TimeZone.AtStartOfDay(day.PlusDays(1)).ToDateTimeUtc().AddHours(3));
        var around = Of(visitor).Where(s => s.At >= from && s.At < to).ToList();
        return around.TrueForAll(s => s.Kind != VisitStepKind.Read) || around.Exists(s => s.Kind is VisitStepKind.Engaged or VisitStepKind.Shown);
    }

    // What is alike and follows within half a minute of the last that counted is the same.
    private static List<VisitStep> Apart(IEnumerable<VisitStep> some)
    {
        var apart = new List<VisitStep>();
        foreach (var step in some.OrderBy(s => s.At))
        {
            if (!apart.Exists(a => step.At - a.At < TimeSpan.FromSeconds(30)))
            {
                apart.Add(step);
            }
        }

        return apart;
    }

    private IEnumerable<(string Slug, int Views, int Machines, int Confirmed, int Potential, int Contact, int Abandoned, int AfterContact, int Linked, int Unknown, int FromSearch)> Articles(LocalDate day, TimeSpan window)
    {
        foreach (var slug in Slugs)
        {
            var reads = steps.Where(s => s.Kind is VisitStepKind.Read or VisitStepKind.ReadFromAgent && s.Subject == slug && DayOf(s.At) == day).ToList();
            var unknown = reads.Count(r => r.VisitorId is null);
            var views = reads.Where(r => r.VisitorId is not null).GroupBy(r => r.VisitorId!.Value).SelectMany(Apart).ToList();
            var seen = views.Where(v => IsPerson(v.VisitorId!.Value, day)).ToList();
            var outcomes = seen.Select(v => Outcome(v, window)).ToList();
            int Count(ViewOutcome outcome) => outcomes.Count(o => o == outcome);
            if (reads.Count > 0)
            {
                yield return (
                    slug, seen.Count + unknown, views.Count - seen.Count, Count(ViewOutcome.Confirmed), Count(ViewOutcome.Potential), Count(ViewOutcome.Contact), Count(ViewOutcome.Abandoned),
                    Count(ViewOutcome.AfterContact), seen.Count(v => tickets.Any(t => t.Visitor == v.VisitorId)), unknown, seen.Count(v => v.Query.Length > 0));
            }
        }
    }

    private ViewOutcome Outcome(VisitStep view, TimeSpan window)
    {
        var hers = Of(view.VisitorId!.Value).Where(s => Within(s.At, view.At, window)).ToList();
        return view.Kind == VisitStepKind.ReadFromAgent || WroteBefore(view.VisitorId!.Value, view.At) ? ViewOutcome.AfterContact
            : Writes(view.VisitorId!.Value, view.At, window) ? ViewOutcome.Contact
            : tickets.Any(t => t.Visitor == view.VisitorId && t.Kind == TicketKind.Order && Within(t.At, view.At, window)) ? ViewOutcome.Confirmed
            : hers.Exists(s => s.Kind == VisitStepKind.SolvedByArticle && s.Subject == view.Subject) ? ViewOutcome.Confirmed
            : hers.Exists(s => s.Kind == VisitStepKind.Searched && s.Hits == 0) ? ViewOutcome.Abandoned
            : ViewOutcome.Potential;
    }

    // What she did, without what she was shown or not.
    private IEnumerable<VisitStep> DoneBy(Guid visitor) => Of(visitor).Where(s => s.Experiment.Length == 0);

    // Steps before which the visitor had done nothing for half an hour.
    private IEnumerable<VisitStep> Beginnings() => steps.Where(s => s.VisitorId is not null && s.Experiment.Length == 0 && !DoneBy(s.VisitorId.Value).Any(b => b.At < s.At && s.At - b.At < TimeSpan.FromMinutes(30)));

    private (int Visits, int WithIntent, int Machines, int Counted, int Contact) Visits(LocalDate day, TimeSpan window)
    {
        var begun = Beginnings().Where(s => DayOf(s.At) == day).ToList();
        var seen = begun.Where(s => IsPerson(s.VisitorId!.Value, day)).ToList();
        var withIntent = seen.Where(first => Visit(first).Any(s => s.Kind is VisitStepKind.Searched or VisitStepKind.Engaged or VisitStepKind.OpenedForm or VisitStepKind.SentForm)).ToList();
        var counted = withIntent.Where(s => !WroteBefore(s.VisitorId!.Value, s.At)).ToList();
        return (seen.Count, withIntent.Count, begun.Count - seen.Count, counted.Count, counted.Count(s => Writes(s.VisitorId!.Value, s.At, window)));
    }

    private IEnumerable<VisitStep> Visit(VisitStep first)
    {
        var last = first.At;
        foreach (var step in DoneBy(first.VisitorId!.Value).Where(s => s.At >= first.At))
        {
            if (step.At - last >= TimeSpan.FromMinutes(30))
            {
                yield break;
            }

            last = step.At;
            yield return step;
        }
    }

    private IEnumerable<(string Term, int Searches, int InVain, int NoClick, int Reformulated, int Contact)> Searches(LocalDate day, TimeSpan window)
    {
        static string Term(string typed) => SearchLanguage.Default.KeyOf(typed);

        return steps.Where(s => s.Kind == VisitStepKind.Searched && DayOf(s.At) == day).GroupBy(s => Term(s.Subject)).OrderBy(g => g.Key, StringComparer.Ordinal).Select(term =>
        {
            var strangers = term.Where(s => s.VisitorId is null).ToList();
            // What was asked shortly before midnight is not asked anew after it.
            var asked = Queries.Select(Term).Contains(term.Key)
                ? steps.Where(s => s.Kind == VisitStepKind.Searched && s.VisitorId is not null && Term(s.Subject) == term.Key).GroupBy(s => s.VisitorId!.Value).SelectMany(Apart).Where(s => DayOf(s.At) == day).ToList()
                : [];
            var (noClick, reformulated) = (0, 0);
            foreach (var search in asked)
            {
                var hers = Of(search.VisitorId!.Value).Where(s => s.At >= search.At).ToList();
                var other = hers.Where(s => s.Kind == VisitStepKind.Searched && Term(s.Subject) != term.Key && s.At > search.At).Select(s => (DateTime?)s.At).FirstOrDefault();
                var end = other ?? DateTime.MaxValue;
                // A day is decided with what came up to three hours after it.
                var known = Brisal.TimeZone.AtStartOfDay(day.PlusDays(1)).ToDateTimeUtc().AddHours(3);
                var isOpened = hers.Exists(s => s.Kind == VisitStepKind.Read && s.At < end && s.At < known && s.Query.Length > 0 && Term(s.Query) == term.Key);
                noClick += search.Hits != 0 && !isOpened ? 1 : 0;
                reformulated += !isOpened && other is not null && other - search.At <= TimeSpan.FromMinutes(5) ? 1 : 0;
            }

            return (
                term.Key, asked.Count + strangers.Count, asked.Count(s => s.Hits == 0) + strangers.Count(s => s.Hits == 0), noClick, reformulated,
                asked.Count(s => !WroteBefore(s.VisitorId!.Value, s.At) && Writes(s.VisitorId!.Value, s.At, window)));
        });
    }

    private IEnumerable<(string Form, int Opened, int Sent, int Offered, int Visitors, int Contact)> OpenedForms(LocalDate day, TimeSpan window)
    {
        foreach (var form in Forms)
        {
            var here = steps.Where(s => s.Form == form && DayOf(s.At) == day).ToList();
            var opened = here.Where(s => s.Kind == VisitStepKind.OpenedForm).ToList();
            var first = opened.Where(s => s.VisitorId is not null).GroupBy(s => s.VisitorId!.Value).Select(g => g.MinBy(s => s.At)!).Where(s => !WroteBefore(s.VisitorId!.Value, s.At)).ToList();
            if (here.Exists(s => s.Kind is VisitStepKind.OpenedForm or VisitStepKind.SentForm))
            {
                yield return (
                    form, opened.Count(s => s.VisitorId is null) + opened.Where(s => s.VisitorId is not null).GroupBy(s => s.VisitorId!.Value).Sum(g => Apart(g).Count),
                    here.Count(s => s.Kind == VisitStepKind.SentForm), here.Where(s => s.Kind == VisitStepKind.Offered).Select(s => s.VisitorId).Distinct().Count(),
                    first.Count, first.Count(s => Writes(s.VisitorId!.Value, s.At, window)));
            }
        }
    }

    private IEnumerable<(string Experiment, bool IsHeld, int Visitors, int Contact)> Compared(LocalDate day, TimeSpan window) =>
        steps.Where(s => s.Experiment.Length > 0).GroupBy(s => s.VisitorId!.Value).Select(g => g.MinBy(s => s.At)!).Where(s => DayOf(s.At) == day)
            .GroupBy(s => s.Kind == VisitStepKind.Withheld).OrderBy(g => g.Key)
            .Select(g => ("prueba", g.Key, g.Count(), g.Count(s => !WroteBefore(s.VisitorId!.Value, s.At) && Writes(s.VisitorId!.Value, s.At, window))));
}
