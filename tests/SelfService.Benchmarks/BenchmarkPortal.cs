using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SelfService.Web.Startup;

namespace SelfService.Benchmarks;

/// <summary>The portal as a company would run it, with limits out of the way of a benchmark.</summary>
internal static class BenchmarkPortal
{
    private const string NoLimit = "1000000";

    /// <summary>Starts the portal on a free loopback port and waits until it is ready.</summary>
    public static async Task<WebApplication> OpenAsync(string content, string data, string environment = "Production", string? postgres = null)
    {
        var app = Portal.Build([$"--environment={environment}"], builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["urls"] = "http://127.0.0.1:0",
                ["SelfService:DataDirectory"] = data,
                ["SelfService:ContentDirectory"] = content,
                ["SelfService:Database"] = postgres is null ? "Sqlite" : "Postgres",
                ["SelfService:Keys:Passphrase"] = "a phrase for measuring",
                ["ConnectionStrings:SelfService"] = postgres,
                ["SelfService:Limits:SearchesPerMinute"] = NoLimit,
                ["SelfService:Limits:SuggestionsPerMinute"] = NoLimit,
                ["SelfService:Limits:SignInsPerMinute"] = NoLimit,
                ["SelfService:Limits:RequestsPerHour"] = NoLimit,
                ["SelfService:Limits:CaseSearchesPerMinute"] = NoLimit,
            });
            builder.WebHost.UseStaticWebAssets();
            builder.Logging.ClearProviders();
        });
        await Portal.OpenAsync(app);
        await app.StartAsync();
        return app;
    }

    /// <summary>Where it listens, with a slash at the end.</summary>
    public static string AddressOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/";
}
