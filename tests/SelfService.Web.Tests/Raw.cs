using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SelfService.Web.Tests;

/// <summary>Requests that no well-behaved client would send.</summary>
public static class Raw
{
    /// <summary>Asks for exactly this address, whatever it contains.</summary>
    public static Task<HttpResponseMessage> GetAsync(Uri host, string target) =>
        SendAsync(host, $"GET {target} HTTP/1.1\r\nHost: {host.Authority}\r\nAccept-Language: es\r\nConnection: close\r\n\r\n");

    /// <summary>Sends exactly this text and reads the answer to its end.</summary>
    public static async Task<HttpResponseMessage> SendAsync(Uri host, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host.Host, host.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var received = new MemoryStream();
        await stream.CopyToAsync(received);
        return Parse(received.ToArray());
    }

    private static HttpResponseMessage Parse(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        var lines = Encoding.Latin1.GetString(bytes, 0, end).Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToLookup(h => h[0], h => h[1], StringComparer.OrdinalIgnoreCase);
        var body = bytes[(end + 4)..];
        if (headers["Transfer-Encoding"].Contains("chunked"))
        {
            body = Unchunk(body);
        }

        var answer = new HttpResponseMessage((HttpStatusCode)int.Parse(lines[0].Split(" ")[1], CultureInfo.InvariantCulture)) { Content = new ByteArrayContent(body) };
        foreach (var header in headers)
        {
            if (!answer.Headers.TryAddWithoutValidation(header.Key, header))
            {
                answer.Content.Headers.TryAddWithoutValidation(header.Key, header);
            }
        }

        return answer;
    }

    private static byte[] Unchunk(byte[] body)
    {
        using var whole = new MemoryStream();
        var at = 0;
        while (at < body.Length)
        {
            var line = body.AsSpan(at).IndexOf("\r\n"u8);
            var size = Convert.ToInt32(Encoding.Latin1.GetString(body, at, line), 16);
            whole.Write(body, at + line + 2, size);
            at += line + 2 + size + 2;
            if (size == 0)
            {
                break;
            }
        }

        return whole.ToArray();
    }
}
