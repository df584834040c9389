using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SelfService.Core.Company;
using SelfService.Core.Deflection;
using SelfService.Core.Persistence;
using SelfService.Core.Sla;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Promises;
using SelfService.Core.Tickets.Team;
using SelfService.Web.Pages.Agent;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Reports;

/// <summary>/informes/equipo: load, promises and times, by agent and by queue (<c>?por=cola</c>).</summary>
public sealed class TeamModel(PortalDbContext db, ServiceDesk desk, SlaClock sla, CompanyProfile company, TimeProvider clock, IStringLocalizer<Texts> texts) : ReportPage(company, clock, texts)
{
    private static readonly TimeSpan[] Ages = [TimeSpan.FromDays(1), TimeSpan.FromDays(3), TimeSpan.FromDays(7), TimeSpan.FromDays(30)];

    private readonly TimeProvider clock = clock;

    public override bool HasWindow => false;

    public override string Address => ByQueue ? "/informes/colas" : "/informes/equipo";

    /// <summary>Whether rows are queues; agents otherwise.</summary>
    public bool ByQueue => HttpContext.Request.Path.StartsWithSegments("/informes/colas");

    public int Open { get; private set; }

    public int Overdue { get; private set; }

    public int Unowned { get; private set; }

    public DateTime? Oldest { get; private set; }

    /// <summary>Open tickets by age: up to a day, three days, a week, a month, and older.</summary>
    public IReadOnlyList<int> ByAge { get; private set; } = [];

    protected override async Task<ReportTable> ReadAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (start, end) = Moments(Period);
        var load = await db.LoadAsync(now, sla.EndOfDay(now, null), cancel);
        var times = await db.TimesAsync(start, end, now, sla, (owner, queue) => ByQueue ? queue : owner?.ToString() ?? "", cancel);
        var promises = await db.PromiseSumsAsync(start, end, cancel);
        (Open, Overdue, Unowned) = (load.Sum(l => l.Open), load.Sum(l => l.Overdue), load.Where(l => l.OwnerId is null).Sum(l => l.Open));
        Oldest = load.Count == 0 ? null : load.Min(l => l.Oldest);
        ByAge = await AgesAsync(now, cancel);
        var names = await NamesAsync([.. load.Select(l => l.OwnerId).Concat(promises.Select(p => p.AgentId)).OfType<Guid>(), .. times.Keys.Select(k => Guid.TryParse(k, out var id) ? id : Guid.Empty)], cancel);
        string Key(Guid? owner, string queue) => ByQueue ? queue : owner?.ToString() ?? "";
        var keys = load.Select(l => Key(l.OwnerId, l.Queue)).Concat(times.Keys).Concat(promises.Select(p => Key(p.AgentId, p.Queue))).Distinct();
        return new ReportTable(
            Say(ByQueue ? "Team.Queues" : "Team.Agents"), new ReportColumn(Say(ByQueue ? "Desk.Queue" : "Team.Agent"), ByQueue ? "queue" : "agent"),
            [
                new(Say("Team.Open"), "open"), new(Say("Team.Overdue"), "overdue"), new(Say("Team.Waiting"), "waiting"), new(Say("Team.Promised"), "promised_today"), new(Say("Team.Opened"), "opened"),
                new(Say("Team.First"), "first_response_median_hours", "first_response_p90_hours"), ReportColumn.OfShare(Say("Team.FirstInTime"), "first_response_in_time"),
                new(Say("Team.Solution"), "solution_median_hours", "solution_p90_hours"), ReportColumn.OfShare(Say("Team.SolvedInTime"), "solution_in_time"),
                new(Say("Team.Kept"), "promises_kept", "promises_broken"), ReportColumn.OfShare(Say("Team.KeptShare"), "promises_kept_share"),
            ],
            [.. keys.Select(key => Row(key, names, [.. load.Where(l => Key(l.OwnerId, l.Queue) == key)], times.GetValueOrDefault(key), promises.Where(p => Key(p.AgentId, p.Queue) == key).Aggregate(PromiseTally.None, (all, one) => all.Plus(one.Tally))))
                .OrderBy(r => r.Name, StringComparer.CurrentCultureIgnoreCase)]);
    }

    private ReportRow Row(string key, Dictionary<Guid, string> names, IReadOnlyList<LoadSum> load, TimeSums? times, PromiseTally promises) => new(
        ByQueue ? DeskWords.Queue(desk, key) : key.Length == 0 ? Say("Desk.NoOwner") : Guid.TryParse(key, out var id) && names.TryGetValue(id, out var name) ? name : Say("Desk.Staff"), null,
        [
            ReportCell.Of(load.Sum(l => l.Open)), ReportCell.Of(load.Sum(l => l.Overdue)), ReportCell.Of(load.Sum(l => l.Waiting)), ReportCell.Of(load.Sum(l => l.PromisedToday)), ReportCell.Of(times?.Opened ?? 0),
            Time(times?.FirstResponse ?? []), ReportCell.Of(times?.FirstInTime ?? Share.None), Time(times?.Solution ?? []), ReportCell.Of(times?.SolvedInTime ?? Share.None),
            new ReportCell($"{promises.Kept} / {promises.Broken}", "", promises.Kept.ToString(CultureInfo.InvariantCulture), promises.Broken.ToString(CultureInfo.InvariantCulture)),
            ReportCell.Of(new Share(promises.Kept, promises.Decided)),
        ]);

    // Half of them took at most that long; nine of ten, at most the time in brackets.
    private ReportCell Time(IReadOnlyList<TimeSpan> times) => TimeSums.Quantile(times, 0.5) is { } median && TimeSums.Quantile(times, 0.9) is { } most
        ? new ReportCell(Hours(median), $"({Hours(most)})", Written(median), Written(most)) : new ReportCell("—", "", "", "");

    private string Hours(TimeSpan time) => Say("Team.Hours", time.TotalHours.ToString("N1", CultureInfo.CurrentCulture));

    private static string Written(TimeSpan time) => time.TotalHours.ToString("0.##", CultureInfo.InvariantCulture);

    private async Task<IReadOnlyList<int>> AgesAsync(DateTime now, CancellationToken cancel)
    {
        var counts = new List<int>();
        foreach (var age in Ages)
        {
            var since = now - age;
            counts.Add(await db.Tickets.CountAsync(t => t.DueAt != null && t.OpenedAt >= since, cancel) - counts.Sum());
        }

        return [.. counts, Open - counts.Sum()];
    }

    private Task<Dictionary<Guid, string>> NamesAsync(IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        var distinct = ids.Distinct().ToList();
        return db.Users.Where(p => distinct.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancel);
    }
}
