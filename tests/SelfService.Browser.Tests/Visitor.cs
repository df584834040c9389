using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace SelfService.Browser.Tests;

/// <summary>A person in front of a browser. Whatever the page complains about on the way fails the journey.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private static readonly string AxeScript = new BundledAxeScriptProvider().GetScript();

    private readonly IBrowserContext context;
    private readonly string? artifacts;

    // The browser speaks up on threads of its own while a test looks.
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly ConcurrentQueue<string> requests = new();

    public Visitor(IBrowserContext context, IPage page, Screen screen, string? artifacts)
    {
        (this.context, Page, Screen, this.artifacts) = (context, page, screen, artifacts);
        page.PageError += (_, error) => complaints.Enqueue(error);
        page.Console += (_, message) =>
        {
            // The browser itself reports a page that answers 404 or 400; those are asked for on purpose.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                complaints.Enqueue(message.Text);
            }
        };
        page.Request += (_, request) => requests.Enqueue(request.Url);
    }

    public IPage Page { get; }

    public Screen Screen { get; private set; }

    /// <summary>Address of everything that was asked for.</summary>
    public IReadOnlyCollection<string> Requests => requests;

    public ILocator Search => Page.Locator("form[role=search] input[name=q]");

    public ILocator Title => Page.Locator("h1");

    public async Task<int> OpenAsync(string address)
    {
        var answer = await Page.GotoAsync(address);
        return answer!.Status;
    }

    public async Task SignInAsync(string email)
    {
        await OpenAsync("/cuenta/entrar");
        await Page.Locator("#Email").FillAsync(email);
        await Page.Locator("#Password").FillAsync("colibri-azul-24");
        await Page.Locator("main form [type=submit], main form .form-end button").First.ClickAsync();
        await Assertions.Expect(Page.Locator("header [href='/cuenta']")).ToBeVisibleAsync();
    }

    /// <summary>Turns the light on or off.</summary>
    public async Task DarkAsync(bool dark)
    {
        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
        Screen = Screen with { Dark = dark };
    }

    /// <summary>What axe has to say against the page, one line a finding. In the dark only colours are asked about: nothing else changes.</summary>
    public async Task<IReadOnlyList<string>> AxeAsync()
    {
        // Run in the page itself: the package's own way opens another page for every run, and brings home all that passed.
        if (!await Page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await Page.EvaluateAsync(AxeScript);
        }

        return await Page.EvaluateAsync<string[]>(
            """
            async only => (await axe.run(document, { runOnly: only, resultTypes: ["violations"] })).violations
              .flatMap(v => v.nodes.map(n => `${v.id}: ${n.html}\n    ${v.help}`))
            """,
            Screen.Dark
                ? new { type = "rule", values = new[] { "color-contrast", "link-in-text-block" } }
                : new { type = "tag", values = new[] { "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice" } });
    }

    /// <summary>What reaches beyond the right edge of the window; empty when the page does not scroll sideways.</summary>
    public Task<string[]> SidewaysAsync() => Page.EvaluateAsync<string[]>("""
        () => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
          [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
            .filter(e => { for (let p = e.parentElement; p; p = p.parentElement) if (getComputedStyle(p).overflowX !== "visible") return false; return true; })
            .slice(0, 5).map(e => e.outerHTML.slice(0, 160)).concat(["width " + document.documentElement.scrollWidth])
        """);

    /// <summary>Buttons, fields and links outside running text that are lower than a finger needs.</summary>
    public Task<string[]> SmallTargetsAsync() => Page.EvaluateAsync<string[]>("""
        () => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [role=option]")].filter(e => {
          if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || e.disabled || e.closest("[hidden], [aria-hidden=true]")) return false;
          const box = e.getBoundingClientRect();
          if (box.width <= 1 || box.height <= 1 || box.bottom < 0) return false;
          if (e.matches(".skip-link, .heading-anchor")) return false;
          if (e.matches("a") && e.closest("p, .prose li, .prose td, .prose dd, sup, figcaption") && getComputedStyle(e).display === "inline") return false;
          if (e.matches("input[type=checkbox], input[type=radio]") && e.closest("label")) e = e.closest("label");
          if (e.closest(".search-field")) e = e.closest(".search-field");
          if (e.getBoundingClientRect().height >= 43.5) return false;
          // A link may stretch over its whole card; what counts is what a finger hits.
          e.scrollIntoView({ block: "center" });
          const now = e.getBoundingClientRect(), middle = now.top + now.height / 2, side = now.left + Math.min(now.width, innerWidth) / 2;
          const hit = Array.from({ length: 89 }, (_, step) => middle - 44 + step).filter(y => {
            const under = document.elementFromPoint(side, y);
            return under && (under === e || e.contains(under));
          });
          return hit.length < 43;
        }).map(e => Math.round(e.getBoundingClientRect().height) + "px " + e.outerHTML.replace(/\s+/g, " ").slice(0, 140))
        """);

    /// <summary>A picture for whoever wants to see what the journey saw, in the folder SELFSERVICE_TEST_ARTIFACTS; without one, none is made.</summary>
    public async Task PictureAsync(string name)
    {
        if (artifacts is null)
        {
            return;
        }

        Directory.CreateDirectory(artifacts);
        var path = Path.Combine(artifacts, $"{name}-{Screen.Width}{(Screen.Dark ? "-dark" : "")}.jpg");
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true, Type = ScreenshotType.Jpeg, Quality = 80 });
    }

    /// <summary>Keeps a picture of the page and fails on what must hold for every one: nothing sideways, axe in the light and the dark, targets for a finger.</summary>
    public async Task LookAsync(string name)
    {
        Assert.Empty(await SidewaysAsync());
        await PictureAsync(name);
        if (Screen.Script)
        {
            foreach (var dark in new[] { true, false })
            {
                await DarkAsync(dark);
                Assert.Empty(await AxeAsync());
            }

            Assert.Empty(await SmallTargetsAsync());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        Assert.Empty(complaints);
    }
}
