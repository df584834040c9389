using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent;

/// <summary>
/// /agente/contadores: the numbers beside the filters as a stream of events. Only what changed is sent, at most every ten seconds: 200 bytes
/// a minute where everything moves, and 12 where nothing does.
/// </summary>
public sealed class CountersModel(DeskCounts counts, TimeProvider clock, IHostApplicationLifetime lifetime) : PageModel
{
    // Whoever may no longer look is noticed when the browser asks again.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    // A proxy ends a connection on which nothing comes.
    private const int QuietRounds = 3;

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "cola")] string? queue, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
        var (me, until) = (User.PersonId()!.Value, clock.GetUtcNow() + Longest);
        Response.ContentType = "text/event-stream";
        Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            var (sent, quiet) = ("", 0);
            while (clock.GetUtcNow() < until)
            {
                var now = string.Join(' ', (await counts.OfAsync(queue ?? "", me, stop.Token)).Select(n => n.ToString(CultureInfo.InvariantCulture)));
                if (now != sent || ++quiet >= QuietRounds)
                {
                    await Response.WriteAsync(now == sent ? ":\n\n" : $"data:{now}\n\n", stop.Token);
                    await Response.Body.FlushAsync(stop.Token);
                    (sent, quiet) = (now, 0);
                }

                await Task.Delay(DeskCounts.Age, clock, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // She left the page, or the portal stops.
        }

        return new EmptyResult();
    }
}
