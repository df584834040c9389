using NodaTime;
using SelfService.Core.Appointments;

namespace SelfService.Web.Pages.Agent.Planning;

/// <summary>One person or room on one day.</summary>
/// <param name="Resource">Null for appointments with somebody who is not there any more.</param>
/// <param name="Open">When it can be booked.</param>
public sealed record AgendaColumn(Resource? Resource, LocalDate Day, IReadOnlyList<AgendaEntry> Entries, IReadOnlyList<Interval> Open, DateTimeZone Zone)
{
    /// <summary>Everything that is not a block.</summary>
    public IEnumerable<AgendaEntry> Booked => Entries.Where(e => e.Reason != HoldReason.Block);
}

/// <summary>What a cell of the agenda shows.</summary>
public enum AgendaCellKind
{
    /// <summary>Can be booked; something can be dropped there.</summary>
    Open,

    /// <summary>Nobody works.</summary>
    Closed,

    Blocked,

    Booked,
}

/// <summary>A cell that spans some half hours.</summary>
/// <param name="Start">When it begins; null for hours that this day does not have.</param>
/// <param name="Entries">What is booked in it, or the block that covers it.</param>
public sealed record AgendaCell(AgendaCellKind Kind, int Span, Instant? Start, IReadOnlyList<AgendaEntry> Entries);

/// <summary>Days as a table: a column for each person and day, a row for each half hour of the clock.</summary>
public sealed class AgendaGrid
{
    /// <summary>Minutes of a row.</summary>
    public const int RowMinutes = 30;

    private const int DayMinutes = 24 * 60;
    private const int DefaultFirst = 9 * 60;
    private const int DefaultLast = 18 * 60;

    private readonly AgendaCell?[][] cells;

    public AgendaGrid(IReadOnlyList<AgendaColumn> columns)
    {
        Columns = columns;
        var minutes = columns.SelectMany(c => c.Booked.Select(e => (From: Minute(c, e.From), To: Minute(c, e.To))).Concat(c.Open.Select(o => (From: Minute(c, o.Start), To: Minute(c, o.End))))).ToList();
        var first = minutes.Count > 0 ? minutes.Min(m => m.From) : DefaultFirst;
        var last = minutes.Count > 0 ? minutes.Max(m => m.To) : DefaultLast;
        FirstMinute = Math.Min(first / RowMinutes * RowMinutes, DayMinutes - RowMinutes);
        Rows = Math.Max(1, (Math.Min(last, DayMinutes) - FirstMinute + RowMinutes - 1) / RowMinutes);
        cells = [.. columns.Select(Cells)];
    }

    public IReadOnlyList<AgendaColumn> Columns { get; }

    public int Rows { get; }

    private int FirstMinute { get; }

    /// <summary>The hour a row begins with.</summary>
    public LocalTime Time(int row) => LocalTime.Midnight.PlusMinutes(FirstMinute + (row * RowMinutes));

    /// <summary>The cell that begins in a row; null where one from above reaches into it.</summary>
    public AgendaCell? Cell(int column, int row) => cells[column][row];

    /// <summary>Whether a moment lies in a row of a day.</summary>
    public bool IsNow(int row, ZonedDateTime now) => (now.Hour * 60) + now.Minute is var minute && minute >= Minutes(row) && minute < Minutes(row + 1);

    private int Minutes(int row) => FirstMinute + (row * RowMinutes);

    // Minutes of the clock since midnight of the day, within it.
    private static int Minute(AgendaColumn column, Instant at)
    {
        var local = at.InZone(column.Zone).LocalDateTime;
        return local.Date < column.Day ? 0 : local.Date > column.Day ? DayMinutes : (local.Hour * 60) + local.Minute;
    }

    private AgendaCell?[] Cells(AgendaColumn column)
    {
        var made = new AgendaCell?[Rows];
        var isTaken = new bool[Rows];
        foreach (var (from, to, entries) in Clusters(column))
        {
            made[from] = new AgendaCell(AgendaCellKind.Booked, to - from, Start(column, from), entries);
            Array.Fill(isTaken, true, from, to - from);
        }

        for (var row = 0; row < Rows;)
        {
            if (isTaken[row])
            {
                row++;
                continue;
            }

            var (kind, start) = (Kind(column, row), Start(column, row));
            var end = row + 1;
            // What can be dropped on stays apart; the rest is one field.
            while (kind.Kind != AgendaCellKind.Open && end < Rows && !isTaken[end] && Kind(column, end) == kind)
            {
                end++;
            }

            made[row] = new AgendaCell(kind.Kind, end - row, start, kind.Block is { } block ? [block] : []);
            row = end;
        }

        return made;
    }

    // What overlaps in rows is one cell with all of it.
    private IEnumerable<(int From, int To, IReadOnlyList<AgendaEntry> Entries)> Clusters(AgendaColumn column)
    {
        var spans = column.Booked.Select(e => (Entry: e, From: RowOf(Minute(column, e.From)), To: RowAfter(Minute(column, e.To)))).OrderBy(s => s.From).ThenBy(s => s.Entry.From).ToList();
        for (var i = 0; i < spans.Count;)
        {
            var (from, to) = (spans[i].From, Math.Max(spans[i].To, spans[i].From + 1));
            var entries = new List<AgendaEntry>();
            for (; i < spans.Count && (entries.Count == 0 || spans[i].From < to); i++)
            {
                to = Math.Max(to, spans[i].To);
                entries.Add(spans[i].Entry);
            }

            yield return (from, to, entries);
        }
    }

    private int RowOf(int minute) => Math.Clamp((minute - FirstMinute) / RowMinutes, 0, Rows - 1);

    private int RowAfter(int minute) => Math.Clamp((minute - FirstMinute + RowMinutes - 1) / RowMinutes, 1, Rows);

    private (AgendaCellKind Kind, AgendaEntry? Block) Kind(AgendaColumn column, int row)
    {
        if (Start(column, row) is not { } start)
        {
            return (AgendaCellKind.Closed, null);
        }

        var end = start + Duration.FromMinutes(RowMinutes);
        var block = column.Entries.FirstOrDefault(e => e.Reason == HoldReason.Block && e.From < end && e.To > start);
        return (block is not null ? AgendaCellKind.Blocked : column.Open.Any(o => o.Start < end && o.End > start) ? AgendaCellKind.Open : AgendaCellKind.Closed, block);
    }

    private Instant? Start(AgendaColumn column, int row)
    {
        var map = column.Zone.MapLocal(column.Day + Time(row));
        return map.Count == 0 ? null : map.First().ToInstant();
    }
}
