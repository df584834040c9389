using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.People;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Desk;

namespace SelfService.Web.Pages.Agent;

/// <summary>Which tickets a list shows, as its address says it: where they stand, what it is narrowed to, and what is looked for.</summary>
public sealed record DeskList(TicketFilter Filter, TicketNarrowing Narrowing, string Query)
{
    public const int QueryMaxLength = 200;

    /// <summary>Filters in the order they are offered, with their names in addresses.</summary>
    public static readonly IReadOnlyList<(string Name, TicketFilter Filter)> Filters =
    [
        ("abiertos", TicketFilter.Open), ("mios", TicketFilter.Mine), ("sin-responsable", TicketFilter.Unowned), ("vencidos", TicketFilter.Overdue),
        ("prometidos-hoy", TicketFilter.PromisedToday), ("en-espera", TicketFilter.Waiting), ("terminados", TicketFilter.Ended), ("todos", TicketFilter.All),
    ];

    /// <summary>Kinds with their names in addresses.</summary>
    public static readonly IReadOnlyList<(string Name, TicketKind Kind)> Kinds =
        [("solicitud", TicketKind.Request), ("pedido", TicketKind.Order), ("cita", TicketKind.Appointment)];

    /// <summary>Priorities with their names in addresses, the most pressing first.</summary>
    public static readonly IReadOnlyList<(string Name, TicketPriority Priority)> Priorities =
        [("urgente", TicketPriority.Urgent), ("alta", TicketPriority.High), ("normal", TicketPriority.Normal), ("baja", TicketPriority.Low)];

    /// <summary>Channels with their names in addresses.</summary>
    public static readonly IReadOnlyList<(string Name, Channel Channel)> Channels =
        [("portal", Channel.Portal), ("telefono", Channel.Phone), ("correo", Channel.Mail), ("chat", Channel.Chat)];

    /// <summary>Whether anything but the filter is asked for.</summary>
    public bool IsNarrowed => Query.Length > 0 || Narrowing.Any;

    /// <summary>Name of the filter in addresses.</summary>
    public string FilterName => Filters.First(f => f.Filter == Filter).Name;

    /// <summary>Reads an address; what it does not know is left out.</summary>
    public static DeskList Read(IQueryCollection address, ServiceDesk desk)
    {
        var query = PlainText.Line(Value(address, "q")).Cut(QueryMaxLength);
        // Who looks for something looks everywhere, unless she says where.
        var filter = Named(Filters, Value(address, "filtro")) ?? (query.Length > 0 ? TicketFilter.All : TicketFilter.Open);
        return new DeskList(filter, new TicketNarrowing
        {
            Queue = desk.Queues.FirstOrDefault(q => q.Key == Value(address, "cola"))?.Key,
            Kind = Named(Kinds, Value(address, "tipo")),
            Priority = Named(Priorities, Value(address, "prioridad")),
            Channel = Named(Channels, Value(address, "canal")),
            Tag = TicketTags.Normal(Value(address, "etiqueta")) is { Length: > 0 } tag ? tag : null,
            OwnerId = Guid.TryParse(Value(address, "responsable"), out var owner) ? owner : null,
        }, query);
    }

    /// <summary>Reads the query of an address, such as one that was kept.</summary>
    public static DeskList Read(string query, ServiceDesk desk) => Read(new QueryCollection(QueryHelpers.ParseQuery(query)), desk);

    /// <summary>The query of its address.</summary>
    public string ToQuery(int page = 1)
    {
        var parts = new Dictionary<string, string?>
        {
            ["filtro"] = FilterName,
            ["cola"] = Narrowing.Queue,
            ["tipo"] = Name(Kinds, Narrowing.Kind),
            ["prioridad"] = Name(Priorities, Narrowing.Priority),
            ["canal"] = Name(Channels, Narrowing.Channel),
            ["responsable"] = Narrowing.OwnerId?.ToString(),
            ["etiqueta"] = Narrowing.Tag,
            ["q"] = Query,
            ["pagina"] = page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null,
        };
        return QueryHelpers.AddQueryString("", parts.Where(p => !string.IsNullOrEmpty(p.Value))).TrimStart('?');
    }

    /// <summary>Its address.</summary>
    public string Address(int page = 1) => $"{DeskAddress.List}?{ToQuery(page)}";

    /// <summary>What of the tickets is asked for.</summary>
    public TicketListRequest Request(Guid? me, DateTime now, string country, DateTime endOfToday, int page, int size) =>
        new(Filter, me, now, page, size) { Text = Query, EndOfToday = endOfToday, Phone = PhoneNumber.Parse(Query, country)?.E164 };

    private static string? Value(IQueryCollection address, string name) => address.TryGetValue(name, out var values) ? values[0] : null;

    private static T? Named<T>(IReadOnlyList<(string Name, T Value)> all, string? name)
        where T : struct => all.Where(a => a.Name == name).Select(a => (T?)a.Value).FirstOrDefault();

    private static string? Name<T>(IReadOnlyList<(string Name, T Value)> all, T? value)
        where T : struct => value is { } one ? all.First(a => a.Value.Equals(one)).Name : null;
}
