using Microsoft.Playwright;

namespace Nvdimm.DevEngine.Tests.Page;

/// <summary>Attaching and detaching, and what a VM needs first, on the development engine.</summary>
public sealed class AttachTests : AttachContract;

/// <summary>Attaching and detaching, as the page does it whichever server shows it.</summary>
public abstract class AttachContract : PageFixture
{
    private ILocator Panel => Page.GetByRole(AriaRole.Dialog);

    [Test]
    public async Task Attach_OfSeveral_SaysWhatTheyMeanTogether_ThenDetachAsks()
    {
        await LoginAsync(Vm("vm1"));
        await Page.GetByRole(AriaRole.Link, new() { Name = "Attach devices…" }).ClickAsync();
        await Panel.GetByLabel("namespace6.1").CheckAsync();
        await Panel.GetByLabel("namespace0.0").CheckAsync();
        await Panel.GetByText("The guest will see 1.125 GiB (1207959552 B) in 2 new NVDIMMs; vm1 then uses 2 memory slots for NVDIMMs").WaitForAsync();
        Assert.That(
            await Panel.GetByRole(AriaRole.List, new() { Name = "What speaks against it" }).InnerTextAsync(),
            Does.Contain("namespace6.1 is a dax device"));

        await Button("Attach 2 devices").ClickAsync();
        await Page.GetByText("namespace6.1 and namespace0.0 were attached to vm1.").WaitForAsync();
        await FocusIsOnAsync("NVDIMMs");
        Assert.That(await AttachedAsync("vm1"), Is.EqualTo(new[] { "namespace0.0", "namespace6.1" }));
        Assert.That(Page.Url, Does.EndWith(Vm("vm1")));

        await Button("Detach namespace6.1").ClickAsync();
        await FocusIsOnAsync("Cancel");
        Assert.That(
            await Panel.InnerTextAsync(),
            Does.Contain("Detach namespace6.1 from vm1?").And.Contain("The data stays on the device.").And.Contain("The rules allow it."));
        await Button("Cancel").ClickAsync();
        await FocusIsOnAsync("Detach namespace6.1");
        Assert.That((await AttachedAsync("vm1")).Count(), Is.EqualTo(2), "nothing was done");

        await Button("Detach namespace6.1").ClickAsync();
        await Panel.GetByRole(AriaRole.Button, new() { Name = "Detach namespace6.1" }).ClickAsync();
        await Page.GetByRole(AriaRole.Status).GetByText("namespace6.1 was detached from vm1.").WaitForAsync();
        await FocusIsOnAsync("NVDIMMs");
        Assert.That(await AttachedAsync("vm1"), Is.EqualTo(new[] { "namespace0.0" }));
        Assert.That(Complaints, Is.Empty);
    }

    [Test]
    public async Task Attach_SaysBeforeTheChoiceWhatCannotBeChosen()
    {
        await LoginAsync($"{Vm("vm1")}/attach");
        Assert.That(await GroupAsync("Can be attached"), Is.EqualTo("namespace0.0,namespace5.0,namespace6.1"));
        Assert.That(await GroupAsync("Needs a change first"), Is.EqualTo("namespace4.0"));
        Assert.That((await GroupAsync("Cannot be attached")).Split(','), Has.Length.EqualTo(15));
        Assert.That(await Panel.GetByRole(AriaRole.Checkbox).CountAsync(), Is.EqualTo(3), "only what can be attached can be chosen");
        Assert.That(await Button("Attach").IsDisabledAsync(), Is.True);
        await Panel.GetByRole(AriaRole.Link, new() { Name = "Detach it from vm2" }).ClickAsync();
        await HeadingAsync("vm2");
        Assert.That(await Panel.CountAsync(), Is.Zero);
    }

    [TestCase("vm-no-numa", "vm-no-numa has no NUMA node.", "Add a NUMA node with 1 GiB", "vm-no-numa has a NUMA node.")]
    [TestCase("vm-unpinned", "vm-unpinned is not pinned to a host. Its NVDIMMs would come from one host. Pin it to host1", "Pin", "vm-unpinned is pinned to host1.")]
    [TestCase("vm-two-hosts", "vm-two-hosts is pinned to 2 hosts.", "Pin", "vm-two-hosts is pinned to host1.")]
    public async Task Attach_ToAVmThatNeedsAStepFirst_HasTheStepInPlace(string vm, string why, string step, string done)
    {
        await LoginAsync($"{Vm(vm)}/attach");
        await Panel.GetByText(why).WaitForAsync();
        Assert.That(await Panel.GetByRole(AriaRole.Checkbox).CountAsync(), Is.Zero);
        await Panel.GetByRole(AriaRole.Button, new() { Name = step, Exact = true }).ClickAsync();
        await Page.GetByRole(AriaRole.Status).GetByText(done).WaitForAsync();
        await Panel.GetByLabel("namespace6.1").CheckAsync();
        await Button("Attach namespace6.1").ClickAsync();
        await Page.GetByText($"namespace6.1 was attached to {vm}.").WaitForAsync();
        Assert.That(await AttachedAsync(vm), Is.EqualTo(new[] { "namespace6.1" }));
    }

    [Test]
    public async Task Attach_ToAVmThatIsNotDown_SaysTheEnginesReasonOnce()
    {
        await LoginAsync($"{Vm("vm-locked")}/attach");
        await Panel.GetByText("Cannot add Host devices because the VM is in Image Locked status.").WaitForAsync();
        Assert.That(await Panel.GetByText("Image Locked").CountAsync(), Is.EqualTo(1));
        Assert.That(await GroupAsync("Needs a change first"), Is.EqualTo("namespace0.0,namespace4.0,namespace5.0,namespace6.1"));
    }

    [Test]
    public async Task Attach_OfWhatAnotherTookMeanwhile_SaysSo_AndKeepsTheRestOfTheChoice()
    {
        await LoginAsync($"{Vm("vm1")}/attach");
        await Panel.GetByLabel("namespace6.1").CheckAsync();
        await Panel.GetByLabel("namespace0.0").CheckAsync();
        await Panel.GetByText("The guest will see 1.125 GiB").WaitForAsync();
        Assert.That((await Engine.AttachAsync("vm2", "namespace6.1")).Status, Is.EqualTo(201));

        await Button("Attach 2 devices").ClickAsync();
        await Panel.GetByRole(AriaRole.Alert).GetByText("Not attached: namespace6.1 belongs to vm2 too").WaitForAsync();
        Assert.That(await GroupAsync("Needs a change first"), Is.EqualTo("namespace4.0,namespace6.1"));
        Assert.That(await Panel.GetByLabel("namespace0.0").IsCheckedAsync(), Is.True);
        Assert.That(await AttachedAsync("vm1"), Is.Empty);
    }

    [Test]
    public async Task Attach_WithTheConnectionLost_KeepsTheChoice_AndCanBeRetried()
    {
        await LoginAsync($"{Vm("vm1")}/attach");
        await Panel.GetByLabel("namespace6.1").CheckAsync();
        await Panel.GetByText("The guest will see 1 GiB").WaitForAsync();
        await Page.Context.SetOfflineAsync(true);
        await Button("Attach namespace6.1").ClickAsync();
        await Panel.GetByRole(AriaRole.Alert).WaitForAsync();
        await Page.Context.SetOfflineAsync(false);
        await Panel.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        Assert.That(await Panel.GetByLabel("namespace6.1").IsCheckedAsync(), Is.True);
        await Button("Attach namespace6.1").ClickAsync();
        await Page.GetByText("namespace6.1 was attached to vm1.").WaitForAsync();
    }

    [Test]
    public async Task Page_ByKeyboardAlone_LogsIn_Attaches_AndDetaches()
    {
        await Page.GotoAsync($"{Url}#{Vm("vm1")}");
        await FocusIsOnPasswordAsync();
        await Page.Keyboard.TypeAsync(RunningEngine.Password);
        await Page.Keyboard.PressAsync("Enter");
        await FocusIsOnAsync("vm1");
        await TabToAsync("Attach devices…");
        await Page.Keyboard.PressAsync("Enter");
        await FocusIsOnAsync("Attach devices to vm1");
        await Panel.GetByLabel("namespace6.1").WaitForAsync();
        await TabToAsync("namespace6.1");
        await Page.Keyboard.PressAsync("Space");
        await Panel.GetByText("The guest will see 1 GiB").WaitForAsync();
        await TabToAsync("Attach namespace6.1");
        await Page.Keyboard.PressAsync("Enter");
        await FocusIsOnAsync("NVDIMMs");
        await TabToAsync("Detach namespace6.1");
        await Page.Keyboard.PressAsync("Enter");
        await FocusIsOnAsync("Cancel");
        await Page.Keyboard.PressAsync("Escape");
        await FocusIsOnAsync("Detach namespace6.1");
        await Page.Keyboard.PressAsync("Enter");
        await TabToAsync("Detach namespace6.1");
        await Page.Keyboard.PressAsync("Enter");
        await FocusIsOnAsync("NVDIMMs");
        Assert.That(await AttachedAsync("vm1"), Is.Empty);
    }

    [Test]
    public async Task Start_ThatIsRefused_SaysWhyAtTheButton_AndKeepsTheFocus()
    {
        await LoginAsync(Vm("vm1"));
        await Button("Start").ClickAsync();
        await Page.GetByRole(AriaRole.Alert).GetByText("This development engine has no libvirt to run it in").WaitForAsync();
        await FocusIsOnAsync("Start");
    }

    private Task FocusIsOnPasswordAsync() => Page.WaitForFunctionAsync("document.activeElement?.id === 'password'");

    /// <summary>Presses Tab until something has the focus; a name of a checkbox counts as its text.</summary>
    private async Task TabToAsync(string text)
    {
        for (var press = 0; press < 80; press++)
        {
            await Page.Keyboard.PressAsync("Tab");
            var focus = await Page.EvaluateAsync<string>(
                "document.activeElement.name || (document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim()");
            if (focus == text)
            {
                return;
            }
        }

        Assert.Fail($"Tab does not reach '{text}'");
    }

    private async Task<string> GroupAsync(string title)
    {
        var group = Panel.Locator("section").Filter(new() { Has = Page.GetByRole(AriaRole.Heading, new() { Name = title }) });
        await group.WaitForAsync();
        return string.Join(',', await group.Locator("li .what .name").AllInnerTextsAsync());
    }
}
