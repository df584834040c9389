using System.Runtime.CompilerServices;

namespace SelfService.Web.Tests;

/// <summary>Waits for what the portal does in its own time.</summary>
internal static class Eventually
{
    /// <summary>How long is waited at most: long also for a machine that has much else to do.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks again and again until it is so; the test fails when it never is.</summary>
    public static async Task IsTrueAsync(Func<Task<bool>> isTrue, [CallerArgumentExpression(nameof(isTrue))] string what = "")
    {
        for (var began = TimeProvider.System.GetTimestamp(); !await isTrue();)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"Not so in {Patience.TotalSeconds} s: {what}");
            await Task.Delay(BetweenLooks);
        }
    }

    /// <inheritdoc cref="IsTrueAsync(Func{Task{bool}}, string)"/>
    public static Task IsTrueAsync(Func<bool> isTrue, [CallerArgumentExpression(nameof(isTrue))] string what = "") =>
        IsTrueAsync(() => Task.FromResult(isTrue()), what);
}
