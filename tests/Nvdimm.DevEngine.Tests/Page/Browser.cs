using Microsoft.Playwright;

namespace Nvdimm.DevEngine.Tests.Page;

/// <summary>Debian's Chromium, one for all tests of the page.</summary>
[SetUpFixture]
public sealed class Browser
{
    private const string Chromium = "/usr/bin/chromium";

    private static IPlaywright? playwright;
    private static IBrowser? browser;

    [OneTimeSetUp]
    public static async Task LaunchAsync()
    {
        if (RealProgram.IsFast || !File.Exists(Chromium))
        {
            return;
        }

        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = ["--no-sandbox"], Timeout = 180_000 });
    }

    [OneTimeTearDown]
    public static async Task CloseAsync()
    {
        if (browser is not null)
        {
            await browser.CloseAsync();
        }

        playwright?.Dispose();
    }

    /// <summary>A page of its own, with nothing kept from others.</summary>
    public static async Task<IPage> OpenAsync(ColorScheme scheme = ColorScheme.Light, int width = 1280)
    {
        RealProgram.RequireFile(Chromium, "chromium");
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = 840 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }
}
