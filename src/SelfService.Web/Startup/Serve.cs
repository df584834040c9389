namespace SelfService.Web.Startup;

/// <summary>The default command: the portal itself.</summary>
public static class Serve
{
    /// <summary>Runs until it is stopped.</summary>
    /// <returns>0 after an orderly stop; 1 when it could not start, with the reason on standard error.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (StartupChecks.Failures() is { Count: > 0 } failures)
        {
            Console.Error.WriteLine(string.Join(Environment.NewLine, failures));
            return 1;
        }

        try
        {
            Turns.Prepare();
            await using var app = Portal.Build([.. args.Where(a => a != "serve")]);
            await Portal.OpenAsync(app);
            await app.RunAsync();
            return 0;
        }
        catch (Exception exception) when (StartupChecks.Explain(exception) is { } reason)
        {
            await Console.Error.WriteLineAsync(reason);
            return 1;
        }
    }
}
