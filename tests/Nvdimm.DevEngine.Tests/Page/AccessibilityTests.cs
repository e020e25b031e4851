using Microsoft.Playwright;

namespace Nvdimm.DevEngine.Tests.Page;

/// <summary>Every view and state at three widths, light and dark: nothing violates WCAG 2.2 AA, and nothing is cut off.</summary>
public sealed class AccessibilityTests : PageFixture
{
    /// <summary>What is wider than the window, outside of what scrolls by itself; and texts that are longer than their place.</summary>
    private const string CutOff =
        """
        () => {
          const scrolls = '.scroll, pre, .strip, .memory .bar, .offsets, .spoken, .skip, #places, .rays';
          const name = element => `${element.tagName}.${element.className} ${element.textContent.slice(0, 60)}`;
          const isOutside = element => {
            const box = element.getBoundingClientRect();
            return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1);
          };
          const isCut = element => element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === 'hidden';
          const all = [...document.querySelectorAll('body *')].filter(element => element.checkVisibility() && !element.closest(scrolls));
          return [
            ...(document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['the document scrolls sideways'] : []),
            ...all.filter(element => isOutside(element) || isCut(element)).map(name),
          ];
        }
        """;

    private static readonly int[] Widths = [1280, 800, 390];

    [Test]
    public async Task EveryViewAndState_IsWholeAndAccessible([ValueSource(nameof(Widths))] int width, [Values] ColorSchemeChoice colours)
    {
        await OpenAsync(colours == ColorSchemeChoice.Dark ? ColorScheme.Dark : ColorScheme.Light, width);
        var problems = new List<string>();
        async Task LookAsync(string state)
        {
            problems.AddRange((await Page.EvaluateAsync<string[]>(CutOff)).Select(cut => $"{state}, cut off: {cut}"));
            problems.AddRange((await Axe.ViolationsAsync(Page)).Select(finding => $"{state}: {finding}"));
        }

        await Page.GotoAsync($"{Engine.Url}");
        await LookAsync("login");
        await Page.GetByLabel("Password").FillAsync("wrong");
        await Button("Log in").ClickAsync();
        await Page.GetByRole(AriaRole.Alert).WaitForAsync();
        await LookAsync("login refused");
        await LoginAsync("/");
        foreach (var (place, state) in Places)
        {
            await GoAsync(place);
            await LookAsync(state);
        }

        await GoAsync(Host1);
        await Page.Locator(".user summary").ClickAsync();
        await LookAsync("user menu");
        await Page.Locator(".user summary").ClickAsync();
        if (width < 1024)
        {
            await Button("Places").ClickAsync();
            await LookAsync("drawer");
            await Page.Keyboard.PressAsync("Escape");
        }

        await GoAsync(Vm("vm2"));
        await Button("Detach namespace4.0").ClickAsync();
        await LookAsync("detach");
        await Button("Cancel").ClickAsync();
        await Button("Start").ClickAsync();
        await Page.GetByRole(AriaRole.Alert).WaitForAsync();
        await LookAsync("start refused");

        await GoAsync($"{Vm("vm1")}/attach");
        await Page.GetByLabel("namespace6.1").CheckAsync();
        await Page.GetByText("The guest will see 1 GiB").WaitForAsync();
        await LookAsync("attach");
        await Button("Attach namespace6.1").ClickAsync();
        await Page.GetByText("namespace6.1 was attached to vm1.").WaitForAsync();
        await LookAsync("attached, with the note");
        await GoAsync("/events");
        await LookAsync("events");

        await Page.Context.SetOfflineAsync(true);
        await Button("Refresh").ClickAsync();
        await Page.GetByText("No connection to the engine.").WaitForAsync();
        await LookAsync("offline");
        Assert.That(problems, Is.Empty);
    }

    private static IEnumerable<(string Place, string State)> Places =>
    [
        ("/", "overview"),
        (Host1, "host"),
        ($"/host/{RunningEngine.HostId(3)}", "host without free devices"),
        ($"{Host1}/device/namespace4.0", "device in use"),
        ($"{Host1}/device/namespace6.1", "free device"),
        ($"{Host1}/device/namespace1.4", "device that is too small"),
        ($"{Host1}/device/namespace5.0", "device without uuid"),
        (Vm("vm2"), "VM with an NVDIMM"),
        (Vm("vm-unpinned"), "VM without host"),
        (Vm("vm-no-numa"), "VM without NUMA node"),
        (Vm("vm-locked"), "VM that is locked"),
        ("/audit", "audit"),
        ("/events", "no events"),
        ("/vm/nothing", "no such VM"),
    ];

    /// <summary>What the system asks for.</summary>
    public enum ColorSchemeChoice
    {
        Light,
        Dark,
    }
}
