using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace SelfService.Web.Tests.Filters;

/// <summary>Every page there is, asked in a way that it has no handler for or about what does not exist.</summary>
[Collection(DemonstrationPortalCollection.Name)]
public sealed class OwnHandlersTests(DemonstrationPortal portal)
{
    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PAGE")]
    [InlineData("POST")]
    public async Task Every_page_refuses_a_method_that_it_has_no_handler_for(string method)
    {
        using var browser = portal.Host.Browser(followRedirects: false);
        await browser.SignInAsync("julian@brisal.example");
        var token = await TokenAsync(browser);
        var (found, refused) = (new List<string>(), 0);
        foreach (var (address, isForm) in await PagesAsync())
        {
            if (isForm && method == HttpMethods.Post)
            {
                continue;
            }

            using var answer = await AskAsync(browser, method, address + "?handler=HandlerExecution", token);
            refused += answer.StatusCode == HttpStatusCode.MethodNotAllowed ? 1 : 0;
            // An address made up for a page of one thing leads to nothing.
            if (answer.StatusCode is not (HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotFound))
            {
                found.Add($"{method} {address}: {(int)answer.StatusCode}");
            }
        }

        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
        Assert.True(refused > 25, $"only {refused} were refused");
    }

    [Theory]
    [InlineData("1")]
    [InlineData("no-hay")]
    [InlineData("C-2026-000001")]
    [InlineData("0198c0de-0000-7000-8000-000000000000")]
    [InlineData("%F0%9F%A6%9C%00'%3Cb%3E")]
    public async Task Every_page_of_a_thing_that_is_not_there_says_so(string thing)
    {
        using var stranger = portal.Host.Browser(followRedirects: false);
        using var administrator = portal.Host.Browser(followRedirects: false);
        await administrator.SignInAsync("julian@brisal.example");
        var found = new List<string>();
        foreach (var (address, _) in await PagesAsync(thing))
        {
            foreach (var (who, browser) in new[] { ("a stranger", stranger), ("an administrator", administrator) })
            {
                // One of them tells what is new for as long as it is listened to.
                using var answer = await browser.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
                if ((int)answer.StatusCode >= 500)
                {
                    found.Add($"{who} gets {(int)answer.StatusCode} from {address}");
                }
            }
        }

        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }

    [Fact]
    public async Task What_a_page_allows_is_said()
    {
        using var browser = portal.Host.Browser();

        using var answer = await AskAsync(browser, "PUT", "/solicitudes/llamada", await TokenAsync(browser));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "POST"], answer.Content.Headers.Allow);
    }

    private static async Task<string> TokenAsync(HttpClient browser) =>
        (await browser.PageAsync("/solicitudes/llamada")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    private static Task<HttpResponseMessage> AskAsync(HttpClient browser, string method, string address, string token)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]) };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return browser.SendAsync(request);
    }

    // Parts of an address that name a thing are made up.
    private async Task<List<(string Address, bool IsForm)>> PagesAsync(string thing = "1")
    {
        var services = portal.Host.Services;
        var pages = new List<(string, bool)>();
        foreach (var endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page && !page.ViewEnginePath.StartsWith("/Errors/", StringComparison.Ordinal))
            {
                var compiled = await services.GetRequiredService<PageLoader>().LoadAsync(page, endpoint.Metadata);
                var address = string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => s.IsSimple && s.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : thing));
                pages.Add(("/" + address, compiled.HandlerMethods.Any(h => string.Equals(h.HttpMethod, HttpMethods.Post, StringComparison.OrdinalIgnoreCase))));
            }
        }

        return pages;
    }
}
