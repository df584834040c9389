using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SelfService.Core.Tests.Mail;

/// <summary>What the server does with the next mails.</summary>
public enum SmtpMood
{
    Accepts,

    /// <summary>421 instead of a greeting.</summary>
    Busy,

    /// <summary>451 after the mail.</summary>
    Defers,

    /// <summary>550 for the recipient.</summary>
    KnowsNobody,

    /// <summary>No greeting.</summary>
    StallsAtOnce,

    /// <summary>Takes the mail and says nothing.</summary>
    StallsAtTheEnd,

    /// <summary>Takes the mail, keeps it, and the line breaks before it says so.</summary>
    DropsAfterAcceptance,
}

/// <summary>An SMTP server on a loopback port that does what the test wants.</summary>
public sealed class ScriptedSmtpServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<ReceivedMail> mails = new();
    private readonly ConcurrentQueue<string> commands = new();
    private readonly Task serving;

    public ScriptedSmtpServer()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public SmtpMood Mood { get; set; }

    /// <summary>Extensions it offers besides its name.</summary>
    public IReadOnlyList<string> Extensions { get; set; } = [];

    /// <summary>Mails it has kept, whether or not it could say so.</summary>
    public IReadOnlyList<ReceivedMail> Mails => [.. mails];

    /// <summary>Every line a client sent before its data.</summary>
    public IReadOnlyList<string> Commands => [.. commands];

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await serving;
        stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                talks.Add(TalkAsync(await listener.AcceptTcpClientAsync(stopping.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, new UTF8Encoding(false), false, leaveOpen: true);
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n", AutoFlush = true };
            await TalkAsync(reader, writer, Mood);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone, or the test is over.
        }
    }

    private async Task TalkAsync(StreamReader reader, StreamWriter writer, SmtpMood mood)
    {
        if (mood == SmtpMood.StallsAtOnce)
        {
            await Task.Delay(Timeout.Infinite, stopping.Token);
        }

        await writer.WriteLineAsync(mood == SmtpMood.Busy ? "421 later" : "220 test");
        while (mood != SmtpMood.Busy && await reader.ReadLineAsync(stopping.Token) is { } command)
        {
            commands.Enqueue(command);
            switch (command.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO":
                    var lines = new[] { "test" }.Concat(Extensions).ToList();
                    await writer.WriteAsync(string.Concat(lines.Select((line, i) => $"250{(i == lines.Count - 1 ? ' ' : '-')}{line}\r\n")));
                    break;
                case "RCPT" when mood == SmtpMood.KnowsNobody:
                    await writer.WriteLineAsync($"550 5.1.1 no {command[8..]} here");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    var mail = await ReadDataAsync(reader);
                    if (mood == SmtpMood.StallsAtTheEnd)
                    {
                        await Task.Delay(Timeout.Infinite, stopping.Token);
                    }

                    if (mood == SmtpMood.Defers)
                    {
                        await writer.WriteLineAsync("451 4.3.0 try later");
                        break;
                    }

                    mails.Enqueue(mail);
                    if (mood == SmtpMood.DropsAfterAcceptance)
                    {
                        return;
                    }

                    await writer.WriteLineAsync("250 kept");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 ok");
                    break;
            }
        }
    }

    private async Task<ReceivedMail> ReadDataAsync(StreamReader reader)
    {
        var data = new StringBuilder();
        for (var line = await LineAsync(); line != "."; line = await LineAsync())
        {
            // RFC 5321, 4.5.2.
            data.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        async Task<string> LineAsync() => await reader.ReadLineAsync(stopping.Token) ?? throw new IOException("The client left in the middle of a mail.");
        return ReceivedMail.Read(Encoding.UTF8.GetBytes(data.ToString()));
    }
}
