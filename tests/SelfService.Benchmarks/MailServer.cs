using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace SelfService.Benchmarks;

/// <summary>A mail server that takes everything and remembers for whom.</summary>
internal sealed class MailServer : IDisposable
{
    private readonly TcpListener listener;

    public MailServer(int port)
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Who was written to, in the order it came.</summary>
    public ConcurrentQueue<string> Recipients { get; } = new();

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = TalkAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            using var reader = new StreamReader(client.GetStream());
            await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
            await writer.WriteLineAsync("220 ready");
            var isBody = false;
            while (await reader.ReadLineAsync() is { } line)
            {
                if (isBody && line != ".")
                {
                    continue;
                }

                if (line.StartsWith("RCPT", StringComparison.Ordinal))
                {
                    Recipients.Enqueue(line);
                }

                (isBody, var answer) = line == "DATA" ? (true, "354 go on") : (false, line == "QUIT" ? "221 bye" : "250 ok");
                await writer.WriteLineAsync(answer);
            }
        }
    }
}
