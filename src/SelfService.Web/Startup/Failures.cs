using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Web.Startup;

/// <summary>What status an exception answers with.</summary>
public static class Failures
{
    /// <summary>Status for an exception that no page caught.</summary>
    public static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        DbUpdateConcurrencyException => StatusCodes.Status409Conflict,
        _ when DatabaseBusy.CannotWrite(exception) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
