using System.ComponentModel.DataAnnotations;

namespace SelfService.Web.Operations;

/// <summary>What operators are told, and who may ask.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Who asks for <c>/metrics</c> shows this as a bearer token; empty: there are none.</summary>
    [StringLength(200, MinimumLength = 16, ErrorMessage = "SelfService:Telemetry:MetricsToken must have 16 characters or more.")]
    public string? MetricsToken { get; set; }

    /// <summary>Where spans are sent (OTLP over HTTP); empty: nowhere.</summary>
    [Url(ErrorMessage = "SelfService:Telemetry:TracesEndpoint must be an address such as http://localhost:4318/v1/traces.")]
    public string? TracesEndpoint { get; set; }

    /// <summary>Which share of requests is traced, 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double TracesShare { get; set; } = 1;
}
