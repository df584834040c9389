using System.Text.Json;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace SelfService.Browser.Tests;

/// <summary>What a first visit costs the customer's data plan, and whom it talks to.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class WeightTests(Chromium chromium, ITestOutputHelper output)
{
    private const int MaxBytes = 50 * 1024;

    [Theory]
    [InlineData("/articulos/luces-del-nodo-6")]
    [InlineData("/articulos/devolver-un-producto")]
    [InlineData("/")]
    public async Task First_view_is_light_and_talks_to_nobody_else(string address)
    {
        await using var visitor = await chromium.VisitAsync(Screen.Phone);
        var bytes = new Dictionary<string, double>();
        var names = new Dictionary<string, string>();
        var wire = await visitor.Page.Context.NewCDPSessionAsync(visitor.Page);
        await wire.SendAsync("Network.enable");
        wire.Event("Network.requestWillBeSent").OnEvent += (_, e) => names[Text(e, "requestId")] = e!.Value.GetProperty("request").GetProperty("url").GetString()!;
        wire.Event("Network.loadingFinished").OnEvent += (_, e) => bytes[Text(e, "requestId")] = e!.Value.GetProperty("encodedDataLength").GetDouble();

        await visitor.Page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });

        foreach (var (id, size) in bytes.OrderByDescending(b => b.Value))
        {
            output.WriteLine($"{size,8:0} {names.GetValueOrDefault(id)}");
        }

        output.WriteLine($"{bytes.Values.Sum(),8:0} {address}");
        Assert.True(bytes.Count >= 3, "the page, its stylesheet and its script");
        Assert.True(bytes.Values.Sum() <= MaxBytes, $"{address} weighs {bytes.Values.Sum():0} bytes");
        Assert.All(visitor.Requests, url => Assert.Equal(chromium.Portal.Address.Authority, new Uri(url).Authority));
    }

    private static string Text(JsonElement? e, string name) => e!.Value.GetProperty(name).GetString()!;
}
