using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SelfService.Benchmarks;

/// <summary>What a load was answered with.</summary>
/// <param name="Times">Milliseconds of each answer, ascending.</param>
internal sealed record Load(double PerSecond, IReadOnlyList<double> Times)
{
    /// <summary>Milliseconds within which a share of the answers came.</summary>
    public double Percentile(double share) => Math.Round(Times[(int)((Times.Count - 1) * share)], 3);
}

/// <summary>Keeps a number of connections busy with one request after the other; as thin as a client can be.</summary>
internal static class LoadClient
{
    // A reader who has been here before, another one each time.
    private static readonly byte[] Cookie = "visita="u8.ToArray();

    /// <summary>Answers a second over all connections.</summary>
    /// <param name="header">A header sent along, as it is written; empty for none.</param>
    public static async Task<double> RequestsPerSecondAsync(Uri address, int connections, TimeSpan time, string header = "") =>
        (await RunAsync([address], connections, time, header)).PerSecond;

    /// <summary>Asks for addresses of one server in turn, each connection beginning elsewhere.</summary>
    /// <param name="header">A header sent along, as it is written; empty for none.</param>
    public static async Task<Load> RunAsync(IReadOnlyList<Uri> addresses, int connections, TimeSpan time, string header = "")
    {
        // Written down before the clock runs: there may be hundreds of thousands.
        var requests = addresses.Select(address => Encoding.ASCII.GetBytes(
            $"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nAccept-Language: es\r\nCookie: visita={Guid.Empty:N}\r\n{(header.Length > 0 ? header + "\r\n" : "")}\r\n")).ToList();
        var started = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(Enumerable.Range(0, connections).Select(connection => Task.Run(() =>
            RunOneAsync(addresses[0].Port, requests, requests.Count * connection / connections, time))));
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new Load(times.Sum(t => t.Count) / elapsed, [.. times.SelectMany(t => t).Order()]);
    }

    private static async Task<List<double>> RunOneAsync(int port, IReadOnlyList<byte[]> requests, int first, TimeSpan time)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var (request, buffer) = (new byte[requests.Max(r => r.Length)], new byte[256 * 1024]);
        var started = Stopwatch.GetTimestamp();
        var times = new List<double>();
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            var next = requests[(first + times.Count) % requests.Count];
            next.CopyTo(request, 0);
            Guid.CreateVersion7().TryFormat(request.AsSpan(request.AsSpan().IndexOf(Cookie) + Cookie.Length), out _, "N");
            var sent = Stopwatch.GetTimestamp();
            await socket.SendAsync(request.AsMemory(0, next.Length));
            await ReadAnswerAsync(socket, buffer);
            times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }

        return times;
    }

    private static async Task ReadAnswerAsync(Socket socket, byte[] buffer)
    {
        var (read, head) = (0, -1);
        while (head < 0 || !IsWhole(buffer.AsSpan(0, read), head))
        {
            var more = await socket.ReceiveAsync(buffer.AsMemory(read));
            if (more == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            read += more;
            if (head < 0 && buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8) is var end and >= 0)
            {
                head = end + 4;
            }
        }
    }

    // A page that has just left the cache comes in pieces, the last of which is empty.
    private static bool IsWhole(ReadOnlySpan<byte> answer, int head) =>
        BodyLength(answer[..head]) is { } length ? answer.Length >= head + length : answer.EndsWith("\r\n0\r\n\r\n"u8);

    private static int? BodyLength(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("HTTP/1.1 200"u8))
        {
            throw new IOException(Encoding.ASCII.GetString(head));
        }

        var text = Encoding.ASCII.GetString(head);
        var at = text.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var from = at + "Content-Length: ".Length;
        var end = text.IndexOf('\r', from);
        return int.Parse(end < 0 ? text.AsSpan(from) : text.AsSpan(from, end - from), System.Globalization.CultureInfo.InvariantCulture);
    }
}
