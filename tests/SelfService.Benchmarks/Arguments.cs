namespace SelfService.Benchmarks;

/// <summary>Options of one command, <c>--name value</c> each.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private Arguments()
    {
    }

    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Reads the options; returns null and says why in <paramref name="error"/> when they are wrong.</summary>
    public static Arguments? Read(string[] args, string[] required, string[] optional, out string error)
    {
        var read = new Arguments();
        for (int i = 0; i < args.Length; i += 2)
        {
            string name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : "";
            if (!required.Contains(name) && !optional.Contains(name))
            {
                error = $"Unknown option: {args[i]}";
                return null;
            }

            if (i + 1 == args.Length)
            {
                error = $"Option without a value: {args[i]}";
                return null;
            }

            if (!read._values.TryAdd(name, args[i + 1]))
            {
                error = $"Option given twice: {args[i]}";
                return null;
            }
        }

        string? missing = required.FirstOrDefault(name => read[name] is null);
        error = missing is null ? "" : $"Missing option: --{missing}";
        return missing is null ? read : null;
    }
}
