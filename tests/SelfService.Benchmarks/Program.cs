using SelfService.Benchmarks;

// A table of contents: each command is one file.
var commands = new Dictionary<string, Func<string[], int>>(StringComparer.Ordinal)
{
    ["relevance"] = RelevanceCommand.Run,
    ["engines"] = EnginesCommand.Run,
    ["http"] = HttpCommand.Run,
    ["bare"] = BareServer.Run,
    ["speed"] = SpeedCommand.Run,
    ["tickets"] = TicketsCommand.Run,
    ["crash"] = CrashCommand.Run,
    ["strangers"] = StrangersCommand.Run,
    ["catalogue"] = CatalogueCommand.Run,
    ["bookings"] = BookingsCommand.Run,
    ["hours"] = HoursCommand.Run,
    ["events"] = EventsCommand.Run,
    ["editor"] = EditorCommand.Run,
    ["desk"] = DeskCommand.Run,
    ["faults"] = FaultsCommand.Run,
    ["mixed"] = MixedCommand.Run,
    ["backup"] = BackupCommand.Run,
    ["nodes"] = NodesCommand.Run,
    ["flood"] = FloodCommand.Run,
};

if (args.Length > 0 && commands.TryGetValue(args[0], out Func<string[], int>? command))
    return command(args[1..]);

Console.Error.WriteLine($"Usage: SelfService.Benchmarks COMMAND [OPTIONS]\nCommands: {string.Join(", ", commands.Keys)}");
return 2;
