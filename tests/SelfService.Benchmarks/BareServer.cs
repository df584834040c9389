using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace SelfService.Benchmarks;

/// <summary>
/// A bare Kestrel endpoint that returns the bytes of a file, in a process of its own as the portal is: what a page can at best be
/// answered with on this machine. The command <c>bare FILE PORT</c> is that process and ends with its standard input.
/// </summary>
internal sealed class BareServer : IAsyncDisposable
{
    private readonly System.Diagnostics.Process process;

    private BareServer(System.Diagnostics.Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <param name="file">Where the bytes are put for the process.</param>
    public static async Task<BareServer> StartAsync(byte[] body, string file)
    {
        await File.WriteAllBytesAsync(file, body);
        var port = PortalProcess.FreePort();
        var start = new System.Diagnostics.ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { typeof(BareServer).Assembly.Location, "bare", file, port.ToString(CultureInfo.InvariantCulture) })
        {
            start.ArgumentList.Add(argument);
        }

        var process = System.Diagnostics.Process.Start(start)!;
        _ = await process.StandardOutput.ReadLineAsync();
        return new BareServer(process, new Uri($"http://127.0.0.1:{port}/"));
    }

    public static int Run(string[] args) => RunAsync(args[0], args[1]).GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task<int> RunAsync(string file, string port)
    {
        var body = await File.ReadAllBytesAsync(file);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        await using var app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.ContentLength = body.Length;
            return context.Response.Body.WriteAsync(body).AsTask();
        });
        await app.StartAsync();
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        return 0;
    }
}
