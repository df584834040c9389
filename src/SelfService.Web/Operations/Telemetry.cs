using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using SelfService.Core;
using SelfService.Core.Persistence;

namespace SelfService.Web.Operations;

/// <summary>Hands the built-in meters and our own to Prometheus at <c>/metrics</c>, and spans to a collector, where the settings ask for it.</summary>
public static class Telemetry
{
    /// <summary>Where metrics are read.</summary>
    public const string MetricsPath = "/metrics";

    private const string Server = "Microsoft.AspNetCore";
    private const string Bearer = "Bearer ";

    /// <summary>Registers what is wanted; nothing is counted or traced for nobody.</summary>
    public static void Add(IServiceCollection services, TelemetryOptions options)
    {
        services.AddSingleton<WorkLog>().AddSingleton<PortalGauges>().AddScoped<PortalState>();
        if (!string.IsNullOrEmpty(options.MetricsToken))
        {
            services.AddOpenTelemetry().WithMetrics(metrics => metrics
                .AddMeter(Signals.Name, PortalGauges.MeterName, Server + ".Hosting", Server + ".Server.Kestrel", Server + ".RateLimiting", "System.Runtime")
                .AddPrometheusExporter());
        }

        if (!string.IsNullOrEmpty(options.TracesEndpoint))
        {
            services.AddOpenTelemetry().WithTracing(traces => traces
                .ConfigureResource(resource => resource.AddService(Signals.Name))
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TracesShare)))
                .AddSource(Signals.Name, Server)
                .AddOtlpExporter(exporter =>
                {
                    exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                    exporter.Endpoint = new Uri(options.TracesEndpoint);
                }));
        }
    }

    /// <summary>Names the span of a request after its route: addresses hold links that are secrets.</summary>
    public static Task NameSpan(HttpContext context, RequestDelegate next)
    {
        if (Activity.Current is { IsAllDataRequested: true } span)
        {
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
            span.DisplayName = $"{context.Request.Method} {route}";
            span.SetTag("http.request.method", context.Request.Method).SetTag("http.route", route);
            context.Response.OnCompleted(() =>
            {
                span.SetTag("http.response.status_code", context.Response.StatusCode);
                return Task.CompletedTask;
            });
        }

        return next(context);
    }

    /// <summary>Maps <see cref="MetricsPath"/>, for whoever shows the token; without one in the settings there is no such address.</summary>
    public static void MapMetrics(this WebApplication app, TelemetryOptions options)
    {
        if (string.IsNullOrEmpty(options.MetricsToken))
        {
            return;
        }

        var expected = SHA256.HashData(Encoding.UTF8.GetBytes(options.MetricsToken));
        app.UseWhen(context => context.Request.Path == MetricsPath, metrics => metrics.Use(async (HttpContext context, RequestDelegate next) =>
        {
            if (!IsShown(context.Request.Headers.Authorization.ToString(), expected))
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                context.Response.Headers.WWWAuthenticate = Bearer.Trim();
                return;
            }

            await context.RequestServices.GetRequiredService<PortalGauges>().MeasureAsync(context.RequestServices.GetRequiredService<PortalDbContext>(), context.RequestAborted);
            await next(context);
        }));
        app.MapPrometheusScrapingEndpoint(MetricsPath).DisableRateLimiting();
    }

    // Hashes have one length, so the time of the comparison tells nothing.
    private static bool IsShown(string header, byte[] expected) =>
        header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(header[Bearer.Length..].Trim())), expected);
}
