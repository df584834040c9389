using Microsoft.Playwright;
using SelfService.Web.Tests;

namespace SelfService.Browser.Tests;

/// <summary>
/// One portal with the demonstration content and one Chromium of the distribution, shared by every journey. A journey
/// gets a browser profile of its own.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private static readonly string? Artifacts = Environment.GetEnvironmentVariable("SELFSERVICE_TEST_ARTIFACTS");

    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public PortalHost Portal { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // The first time that a page is made takes long on a small machine; what never comes is told all the same.
        Assertions.SetDefaultExpectTimeout(20_000);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Find(),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
        Portal = await PortalHost.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await Portal.DisposeAsync();
    }

    /// <summary>A person sits down at a browser nobody has used.</summary>
    public async Task<Visitor> VisitAsync(Screen? screen = null)
    {
        screen ??= Screen.Desk;
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Portal.Address.ToString(),
            ViewportSize = new ViewportSize { Width = screen.Width, Height = screen.Height },
            ColorScheme = screen.Dark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = screen.Language,
            JavaScriptEnabled = screen.Script,
            ReducedMotion = ReducedMotion.Reduce,
            HasTouch = screen.Width < 600,
        });
        context.SetDefaultTimeout(20_000);
        return new Visitor(context, await context.NewPageAsync(), screen, Artifacts);
    }

    private static string Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("No Chromium on the PATH. Install the package chromium of your distribution; build/test.sh does.");
}

[CollectionDefinition(Name)]
public sealed class ChromiumCollection : ICollectionFixture<Chromium>
{
    public const string Name = "chromium";
}

/// <summary>What a visitor looks at the portal with.</summary>
public sealed record Screen(int Width, int Height, bool Dark = false, string Language = "es-MX", bool Script = true)
{
    public static readonly Screen Desk = new(1280, 900);
    public static readonly Screen Phone = new(360, 740);
}
