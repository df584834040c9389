using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using SelfService.Web.Resources;
using SelfService.Web.Startup;

namespace SelfService.Web.Tests.Startup;

/// <summary>A flood of one network waits for itself, and nobody else does.</summary>
[Collection(TrialPortalCollection.Name)]
public sealed class TurnsTests(TrialPortal portal) : IDisposable
{
    private readonly Turns turns = new(portal.Host.Services.GetRequiredService<IStringLocalizer<Texts>>());

    public void Dispose() => turns.Dispose();

    [Fact]
    public async Task Get_MoreThanHaveATurn_WaitInTheirOwnLineAndAnotherNetworkDoesNot()
    {
        var flood = Enumerable.Range(0, Turns.AtOnce + 3).Select(_ => new Asked(turns, "203.0.113.5")).ToList();
        await Eventually.IsTrueAsync(() => flood.Count(f => f.IsBeingMade) == Turns.AtOnce);

        var other = new Asked(turns, "198.51.100.7");

        Assert.True(other.IsBeingMade);
        await other.FinishAsync();
        Assert.Equal(Turns.AtOnce, flood.Count(f => f.IsBeingMade));
        await flood[0].FinishAsync();
        await Eventually.IsTrueAsync(() => flood.Count(f => f.IsBeingMade) == Turns.AtOnce + 1);
        foreach (var asked in flood)
        {
            await Eventually.IsTrueAsync(() => asked.IsBeingMade);
            await asked.FinishAsync();
        }
    }

    [Fact]
    public async Task Get_AnswerThatIsOnItsWay_KeepsNobodyWaiting()
    {
        var slow = Enumerable.Range(0, Turns.AtOnce).Select(_ => new Asked(turns, "203.0.113.5")).ToList();
        var next = new Asked(turns, "203.0.113.5");
        Assert.False(next.IsBeingMade);

        await slow[0].StartSendingAsync();

        await Eventually.IsTrueAsync(() => next.IsBeingMade);
    }

    [Fact]
    public async Task Get_ByOneWhoWaitedAndLeft_TakesNoTurn()
    {
        var flood = Enumerable.Range(0, Turns.AtOnce).Select(_ => new Asked(turns, "203.0.113.5")).ToList();
        var gone = new Asked(turns, "203.0.113.5");
        var next = new Asked(turns, "203.0.113.5");

        gone.Leave();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone.Answered.WaitAsync(Eventually.Patience));
        await flood[0].FinishAsync();

        await Eventually.IsTrueAsync(() => next.IsBeingMade);
        Assert.False(gone.IsBeingMade);
    }

    [Fact]
    public async Task Get_WhenTheLineIsFull_IsRefusedInOneLineThatSaysWhen()
    {
        var flood = Enumerable.Range(0, Turns.AtOnce + Turns.Waiting).Select(_ => new Asked(turns, "203.0.113.5")).ToList();

        var refused = new Asked(turns, "203.0.113.5");

        await refused.Answered.WaitAsync(Eventually.Patience);
        Assert.False(refused.IsBeingMade);
        Assert.Equal((429, "1", "text/plain; charset=utf-8"), (refused.Context.Response.StatusCode, refused.Context.Response.Headers.RetryAfter.ToString(), refused.Context.Response.ContentType));
        Assert.True(new Asked(turns, "198.51.100.7").IsBeingMade);
        Assert.Equal(Turns.AtOnce, flood.Count(f => f.IsBeingMade));
    }

    [Fact]
    public void Post_NeedsNoTurn()
    {
        var flood = Enumerable.Range(0, Turns.AtOnce + 1).Select(_ => new Asked(turns, "203.0.113.5")).ToList();

        Assert.Equal((Turns.AtOnce, true), (flood.Count(f => f.IsBeingMade), new Asked(turns, "203.0.113.5", "POST").IsBeingMade));
    }

    [Fact]
    public void Get_OfWhoeverWatchesThePortal_NeedsNoTurn()
    {
        var flood = Enumerable.Range(0, Turns.AtOnce + 1).Select(_ => new Asked(turns, "203.0.113.5")).ToList();
        var watched = portal.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.RoutePattern.RawText!.StartsWith("/health", StringComparison.Ordinal)).ToList();

        Assert.Equal(Turns.AtOnce, flood.Count(f => f.IsBeingMade));
        Assert.Equal(2, watched.Count);
        Assert.All(watched, endpoint => Assert.True(new Asked(turns, "203.0.113.5", endpoint: endpoint).IsBeingMade));
    }

    // A request, which is made for as long as the test wishes.
    private sealed class Asked
    {
        private readonly TaskCompletionSource made = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly CancellationTokenSource left = new();
        private readonly Sent sent = new();

        public Asked(Turns turns, string network, string method = "GET", Endpoint? endpoint = null)
        {
            Context.Features.Set<IHttpResponseFeature>(sent);
            Context.Connection.RemoteIpAddress = IPAddress.Parse(network);
            Context.Request.Method = method;
            Context.SetEndpoint(endpoint);
            Context.RequestAborted = left.Token;
            Answered = turns.InvokeAsync(Context, _ =>
            {
                IsBeingMade = true;
                return made.Task;
            });
        }

        public DefaultHttpContext Context { get; } = new();

        public Task Answered { get; }

        public bool IsBeingMade { get; private set; }

        public Task StartSendingAsync() => sent.Starting();

        public void Leave() => left.Cancel();

        public async Task FinishAsync()
        {
            made.TrySetResult();
            await Answered.WaitAsync(Eventually.Patience);
        }
    }

    private sealed class Sent : HttpResponseFeature
    {
        public Func<Task> Starting { get; private set; } = () => Task.CompletedTask;

        public override void OnStarting(Func<object, Task> callback, object state) => Starting = () => callback(state);
    }
}
