using System.Collections.Concurrent;

namespace SelfService.Core.People;

/// <summary>
/// How many mails strangers can cause to one address: a form that writes to whatever address is typed must not become a way to
/// flood somebody. Counted by each node; who asked too often is told nothing else than the others.
/// </summary>
public sealed class MailAllowance
{
    /// <summary>Mails to one address within <see cref="Window"/>.</summary>
    public const int Most = 5;

    /// <summary>Length of the window.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private const int SweepAbove = 10_000;

    private readonly ConcurrentDictionary<string, (DateTime Since, int Count)> windows = new(StringComparer.Ordinal);

    /// <summary>Whether one more mail may go to the address; it then counts.</summary>
    public bool Take(string address, DateTime now)
    {
        if (windows.Count > SweepAbove)
        {
            foreach (var over in windows.Where(w => w.Value.Since + Window <= now).Select(w => w.Key).ToList())
            {
                windows.TryRemove(over, out _);
            }
        }

        return windows.AddOrUpdate(address, _ => (now, 1), (_, w) => w.Since + Window <= now ? (now, 1) : (w.Since, w.Count + 1)).Count <= Most;
    }
}
