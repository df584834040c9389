using SelfService.Web.Startup;

namespace SelfService.Web.Commands;

/// <summary>Runs one command on the portal's own services, without the web.</summary>
public static class CommandHost
{
    /// <summary>Runs <paramref name="command"/> and gives its exit code; 1 with the reason on standard error when it cannot start.</summary>
    public static async Task<int> RunAsync(bool openDatabase, Func<IServiceProvider, Task<int>> command)
    {
        if (StartupChecks.Failures() is { Count: > 0 } failures)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, failures));
            return 1;
        }

        try
        {
            var builder = Host.CreateApplicationBuilder();
            builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Error);
            Portal.AddCore(builder);
            using var host = builder.Build();
            await using var scope = host.Services.CreateAsyncScope();
            if (openDatabase)
            {
                await scope.ServiceProvider.GetRequiredService<PortalDatabase>().OpenAsync(CancellationToken.None);
            }

            return await command(scope.ServiceProvider);
        }
        catch (DirectoryNotFoundException exception)
        {
            await Console.Error.WriteLineAsync(string.Format(ContentReport.Language, Components.ContentWordsReader.Get("Report.NoFolder", ContentReport.Language), exception.Message));
            return 1;
        }
        catch (Exception exception) when (StartupChecks.Explain(exception) is { } reason)
        {
            await Console.Error.WriteLineAsync(reason);
            return 1;
        }
    }
}
