namespace SelfService.Web.Commands;

/// <summary>What the program can be asked.</summary>
public static class Usage
{
    /// <summary>Every command with its arguments, as the README lists them.</summary>
    public static readonly IReadOnlyList<string> Commands =
    [
        "serve",
        "content check [DIR]",
        "content import [DIR]",
        "content export DIR",
        "user add EMAIL --role ROLE",
        "backup FILE",
        "restore FILE [--replace]",
        "migrate-database",
        "doctor",
    ];

    /// <summary>Prints the commands on standard error.</summary>
    public static int Print()
    {
        Console.Error.WriteLine("Usage: SelfService.Web COMMAND");
        foreach (var command in Commands)
        {
            Console.Error.WriteLine("  " + command);
        }

        return 2;
    }
}
