using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SelfService.Benchmarks;

/// <summary>Keeps a number of connections busy with one request after the other; as thin as a client can be.</summary>
internal static class LoadClient
{
    /// <summary>Answers a second over all connections.</summary>
    /// <param name="header">A header sent along, as it is written; empty for none.</param>
    public static async Task<double> RequestsPerSecondAsync(Uri address, int connections, TimeSpan time, string header = "")
    {
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => RunAsync(address, time, header))));
        return counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<long> RunAsync(Uri address, TimeSpan time, string header)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        // A reader who has been here before, another one each time.
        const string cookie = "visita=";
        var request = Encoding.ASCII.GetBytes($"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nAccept-Language: es\r\nCookie: {cookie}{Guid.Empty:N}\r\n{(header.Length > 0 ? header + "\r\n" : "")}\r\n");
        var visitor = request.AsSpan().IndexOf(Encoding.ASCII.GetBytes(cookie)) + cookie.Length;
        var buffer = new byte[256 * 1024];
        var started = Stopwatch.GetTimestamp();
        long count = 0;
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            Guid.CreateVersion7().TryFormat(request.AsSpan(visitor), out _, "N");
            await socket.SendAsync(request);
            await ReadAnswerAsync(socket, buffer);
            count++;
        }

        return count;
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
