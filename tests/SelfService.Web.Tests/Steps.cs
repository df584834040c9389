using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace SelfService.Web.Tests;

/// <summary>What people do with a browser, as tests write it.</summary>
public static class Steps
{
    public const string Customer = "lucia@brisal.example";
    public const string Agent = "mateo@brisal.example";
    public const string Password = "colibri-azul-24";

    /// <summary>Sends a form the way a page of the site does: the browser itself says where it comes from.</summary>
    public static Task<HttpResponseMessage> SendFormAsync(
        this HttpClient browser, string address, IEnumerable<(string Name, string Value)> fields, string? accept = null, string? site = "same-origin")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
        };
        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }

        return browser.SendAsync(request);
    }

    /// <summary>Opens a page, fills its form with that action and sends it with everything hidden in it.</summary>
    public static async Task<HttpResponseMessage> FillAsync(
        this HttpClient browser, string address, string formSelector, params (string Name, string Value)[] fields)
    {
        using var page = await browser.PageAsync(address);
        return await browser.FillAsync(page, address, formSelector, fields);
    }

    /// <summary>Fills in the form of a page that was opened before.</summary>
    public static Task<HttpResponseMessage> FillAsync(
        this HttpClient browser, IDocument page, string address, string formSelector, params (string Name, string Value)[] fields)
    {
        var form = page.QuerySelector<IHtmlFormElement>(formSelector);
        Assert.True(form is not null, $"{address} has no form {formSelector}");
        var hidden = form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(i => (i.Name!, i.Value)).Where(i => fields.All(f => f.Name != i.Item1));
        var target = form.GetAttribute("action") is { Length: > 0 } action ? action : address;
        return browser.SendFormAsync(target, [.. hidden, .. fields]);
    }

    /// <summary>Signs in and makes sure that it worked.</summary>
    public static async Task SignInAsync(this HttpClient browser, string email)
    {
        using var answer = await browser.FillAsync("/cuenta/entrar", "main form[method=post]", ("Email", email), ("Password", Password));
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Found, $"sign-in answered {(int)answer.StatusCode}");
        var home = await browser.PageAsync("/");
        Assert.NotNull(home.QuerySelector("header [href='/cuenta']"));
    }

    /// <summary>A browser in which this person has signed in.</summary>
    public static async Task<HttpClient> BrowserOfAsync(this PortalHost host, string email, string language = "es")
    {
        var browser = host.Browser(language: language);
        await browser.SignInAsync(email);
        return browser;
    }

    /// <summary>Addresses of the articles that a page links to from its main part.</summary>
    public static IReadOnlyList<string> Articles(this IHtmlDocument page) =>
        [.. page.QuerySelectorAll("main a[href^='/articulos/']").Select(a => a.GetAttribute("href")!.Split('#')[0]).Distinct()];

    /// <summary>The one value of a header, of the answer or of its content.</summary>
    public static string? Header(this HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    public static void Asks(this HttpClient browser, string encodings)
    {
        browser.DefaultRequestHeaders.AcceptEncoding.Clear();
        foreach (var encoding in encodings.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            browser.DefaultRequestHeaders.AcceptEncoding.Add(StringWithQualityHeaderValue.Parse(encoding));
        }
    }

    /// <summary>Text of an element with its white space collapsed.</summary>
    public static string Words(this IElement? element) =>
        string.Join(' ', (element?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
