using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using SelfService.Web.Components;
using SelfService.Web.Resources;

namespace SelfService.Web.Startup;

/// <summary>
/// Pages that have to be made are made a few at a time for each network: who asks for a thousand at once waits for herself, and
/// nobody else does. What is kept needs no turn.
/// </summary>
public sealed class Turns(IStringLocalizer<Texts> text) : IMiddleware, IDisposable
{
    /// <summary>Pages made at once for one network: more than its share of the cores, since some wait for the database.</summary>
    public static readonly int AtOnce = Math.Max(8, 4 * Environment.ProcessorCount);

    /// <summary>Requests of one network that wait for a turn; more are refused.</summary>
    public const int Waiting = 1000;

    // SQLite works on the thread that asks it. Without threads to spare, requests would wait for one before they came to their turn.
    private static readonly int Threads = 4 * AtOnce;

    private readonly PartitionedRateLimiter<HttpContext> turns = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        RateLimitPartition.GetConcurrencyLimiter(RateLimits.Network(context.Connection.RemoteIpAddress), _ => new ConcurrencyLimiterOptions { PermitLimit = AtOnce, QueueLimit = Waiting }));

    /// <summary>Sees to it that requests can stand in line here, and not before.</summary>
    public static void Prepare()
    {
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(Math.Max(threads, Threads), ports);
    }

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        // What is sent has limits of its own, and may be long on its way. Who asks whether the portal is well may stand behind the same
        // proxy as everybody, and waits for nobody.
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (!isRead || context.GetEndpoint()?.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null)
        {
            await next(context);
            return;
        }

        var waiting = turns.AcquireAsync(context, permitCount: 1, context.RequestAborted);
        var waited = !waiting.IsCompleted;
        using var turn = await waiting;
        if (!turn.IsAcquired)
        {
            await RefuseAsync(context);
            return;
        }

        if (waited)
        {
            // A turn that was handed on stands in the queue of the thread that had it, before all that have just come: to the end of the
            // line of all networks.
            await Task.Factory.StartNew(static () => { }, CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default);
        }

        // Whoever takes a page or a file over a slow line keeps nobody waiting meanwhile.
        context.Response.OnStarting(static state =>
        {
            ((RateLimitLease)state).Dispose();
            return Task.CompletedTask;
        }, turn);
        await next(context);
    }

    public void Dispose() => turns.Dispose();

    // In one line: making a page of it would be the work that is refused.
    private Task RefuseAsync(HttpContext context)
    {
        context.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.TellToWait(TimeSpan.FromSeconds(1));
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync($"{text["Error.429.Title"]}. {text["Error.429.Line"]}", context.RequestAborted);
    }
}
