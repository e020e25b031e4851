using Microsoft.Playwright;

namespace Nvdimm.DevEngine.Tests.Page;

/// <summary>Tests of the page in a real browser, each with an engine and a page of its own.</summary>
public abstract class PageFixture : EngineTests
{
    private readonly List<string> complaints = [];

    protected IPage Page { get; private set; } = null!;

    /// <summary>What the browser complained about: errors of scripts, violations of the Content-Security-Policy, failed requests.</summary>
    protected IReadOnlyList<string> Complaints => complaints;

    /// <summary>Where the page is.</summary>
    protected virtual Uri Url => Engine.Url;

    protected static string Host1 => $"/host/{RunningEngine.HostId(1)}";

    [SetUp]
    public Task OpenAsync() => OpenAsync(ColorScheme.Light, 1280);

    [TearDown]
    public async Task CloseAsync()
    {
        if (Page is not null)
        {
            await Page.Context.CloseAsync();
        }
    }

    protected static string Vm(string name) => $"/vm/{RunningEngine.IdOf(name)}";

    /// <summary>Opens a fresh page of a width, with light or dark colours.</summary>
    protected async Task OpenAsync(ColorScheme scheme, int width)
    {
        await CloseAsync();
        complaints.Clear();
        Page = await Browser.OpenAsync(scheme, width);
        Page.Console += (_, message) => complaints.Add(message.Text);
        Page.PageError += (_, error) => complaints.Add(error);
    }

    /// <summary>Logs in at a place, and waits until it is shown.</summary>
    protected async Task LoginAsync(string place)
    {
        await Page.GotoAsync($"{Url}#{place}");
        await Page.GetByLabel("Password").FillAsync(RunningEngine.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await Page.Locator(".login").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await ShownAsync();
    }

    /// <summary>Goes to a place, and waits until it is shown.</summary>
    protected async Task GoAsync(string place)
    {
        await Page.EvaluateAsync(
            """
            place => {
              if (location.hash !== `#${place}`) {
                document.querySelector('main').replaceChildren();
                location.hash = place;
              }
            }
            """,
            place);
        await ShownAsync();
    }

    protected Task ShownAsync() => Page.Locator("main:not([aria-busy]) h1").WaitForAsync();

    protected Task HeadingAsync(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true }).WaitForAsync();

    protected ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Waits until something has the focus.</summary>
    protected Task FocusIsOnAsync(string text) => Page.WaitForFunctionAsync(
        "text => (document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim() === text", text);

    protected async Task<IEnumerable<string?>> AttachedAsync(string vm) =>
        (await Engine.GetXmlAsync($"vms/{RunningEngine.IdOf(vm)}/hostdevices")).Elements().Select(device => device.Element("name")?.Value);
}
