using Microsoft.Playwright;

namespace Nvdimm.DevEngine.Tests.Page;

/// <summary>The page in a real browser.</summary>
public sealed class PageTests : EngineTests
{
    private readonly List<string> complaints = [];
    private IPage page = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        complaints.Clear();
        page = await Browser.OpenAsync();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        if (page is not null)
        {
            await page.Context.CloseAsync();
        }
    }

    [Test]
    public async Task Host_ListsItsDevices()
    {
        await LoginAsync("#host/" + RunningEngine.HostId(1));
        var table = page.GetByRole(AriaRole.Table, new() { Name = "NVDIMM devices of host1" });
        await table.WaitForAsync();
        Assert.That(await table.GetByRole(AriaRole.Row).CountAsync(), Is.EqualTo(20));
        var device = table.GetByRole(AriaRole.Row, new() { Name = "namespace4.0" });
        Assert.That(
            await device.GetByRole(AriaRole.Cell).AllInnerTextsAsync(),
            Is.EqualTo(new[] { "502 MiB", "8b522314-1362-4541-b870-9bd4bb8f3111", "fsdax", "2 MiB", "0", "/dev/pmem4", "vm2", "yes" }));
        Assert.That(complaints, Is.Empty);
    }

    [Test]
    public async Task Vm_AttachesAfterThePreviewAndDetaches()
    {
        await LoginAsync("#vm/" + RunningEngine.IdOf("vm1"));
        var attach = page.GetByRole(AriaRole.Button, new() { Name = "Attach", Exact = true });
        await attach.WaitForAsync();
        Assert.That(await attach.IsDisabledAsync(), Is.True);

        await page.GetByRole(AriaRole.Combobox, new() { Name = "Device" }).SelectOptionAsync("namespace6.1");
        await page.GetByRole(AriaRole.Heading, new() { Name = "What the VM would get" }).WaitForAsync();
        Assert.That(await page.Locator("#preview").InnerTextAsync(), Does.Contain("1 GiB (1073741824 B)"));
        await AssertPictureIsToScaleAsync("namespace6.1", guest: 1073741824, size: 2147483648);

        await attach.ClickAsync();
        var detach = page.GetByRole(AriaRole.Button, new() { Name = "Detach namespace6.1" });
        await detach.WaitForAsync();
        Assert.That(await AttachedAsync("vm1"), Is.EqualTo(new[] { "namespace6.1" }));
        Assert.That(await page.GetByRole(AriaRole.Status).InnerTextAsync(), Is.EqualTo("namespace6.1 was attached to vm1."));
        Assert.That(await page.GetByRole(AriaRole.Columnheader).AllInnerTextsAsync(), Is.EqualTo(new[] { "Name", "Category", "Size", "Action" }), "every column has a name to be read out");

        await detach.ClickAsync();
        await detach.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.That(await AttachedAsync("vm1"), Is.Empty);
        Assert.That(complaints, Is.Empty);
    }

    [TestCase("vm1", "namespace4.0", "namespace4.0 belongs to vm2 too, by configuration, record or use: two VMs on one device destroy each other's data.")]
    [TestCase("vm1", "namespace1.5", "namespace1.5 cannot be sized for vm1")]
    [TestCase("vm-no-numa", "namespace6.1", "Cannot use an NVDIMM device without NUMA.")]
    [TestCase("vm-locked", "namespace6.1", "Cannot add Host devices because the VM is in Image Locked status.")]
    public async Task Vm_WhatIsRefused_CannotBePressed(string vm, string device, string reason)
    {
        await LoginAsync("#vm/" + RunningEngine.IdOf(vm));
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Device" }).SelectOptionAsync(device);
        await page.GetByRole(AriaRole.Heading, new() { Name = "This is refused" }).WaitForAsync();
        Assert.That(await page.GetByRole(AriaRole.List, new() { Name = "What speaks against it" }).InnerTextAsync(), Does.Contain(reason));
        Assert.That(await page.GetByRole(AriaRole.Button, new() { Name = "Attach", Exact = true }).IsDisabledAsync(), Is.True);
    }

    [Test]
    public async Task Vm_TakenByAnotherAfterThePreview_SaysSo()
    {
        await LoginAsync("#vm/" + RunningEngine.IdOf("vm1"));
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Device" }).SelectOptionAsync("namespace6.1");
        await page.GetByRole(AriaRole.Heading, new() { Name = "What the VM would get" }).WaitForAsync();
        await Engine.SendAsync(HttpMethod.Delete, $"vms/{RunningEngine.IdOf("vm2")}");
        var (_, thief, _) = await Engine.SendAsync(
            HttpMethod.Post, "vms", $"<vm><name>thief</name><cluster><name>Default</name></cluster><placement_policy><hosts><host id='{RunningEngine.HostId(1)}'/></hosts></placement_policy></vm>");
        var id = thief.Attribute("id")!.Value;
        await Engine.SendAsync(HttpMethod.Post, $"vms/{id}/numanodes", "<vm_numa_node><index>0</index><memory>1024</memory></vm_numa_node>");
        Assert.That((await Engine.SendAsync(HttpMethod.Post, $"vms/{id}/hostdevices", "<host_device><name>namespace6.1</name></host_device>")).Status, Is.EqualTo(201));

        await page.GetByRole(AriaRole.Button, new() { Name = "Attach", Exact = true }).ClickAsync();
        await page.GetByText("namespace6.1 belongs to thief too").WaitForAsync();
        Assert.That(await AttachedAsync("vm1"), Is.Empty);
    }

    [Test]
    public async Task Page_ByKeyboardAlone_Attaches()
    {
        await LoginAsync("#vm/" + RunningEngine.IdOf("vm1"));
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Device" }).WaitForAsync();
        Assert.That(await page.EvaluateAsync<string>("document.activeElement.id"), Is.EqualTo("content"), "the focus is where the new content begins");
        await page.Keyboard.PressAsync("Tab");
        Assert.That(await page.EvaluateAsync<string>("document.activeElement.id"), Is.EqualTo("device"));
        await page.Keyboard.TypeAsync("namespace6.1");
        await page.GetByRole(AriaRole.Heading, new() { Name = "What the VM would get" }).WaitForAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Detach namespace6.1" }).WaitForAsync();
    }

    [Test]
    public async Task Login_WithWrongPassword_SaysSo()
    {
        await page.GotoAsync($"{Engine.Url}");
        await page.GetByLabel("Password").FillAsync("wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await page.GetByText("The user name or password is incorrect.").WaitForAsync();
    }

    [Test]
    public async Task Session_ThatHasEnded_AsksAgain()
    {
        await LoginAsync("#host/" + RunningEngine.HostId(2));
        await page.GetByRole(AriaRole.Heading, new() { Name = "host2" }).WaitForAsync();
        Engine.Time.Advance(TimeSpan.FromHours(1));
        await page.GetByRole(AriaRole.Link, new() { Name = "host1" }).ClickAsync();
        await page.GetByText("The session has ended. Log in again.").WaitForAsync();
    }

    [Test]
    public async Task Page_AsksNobodyElse()
    {
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(new Uri(request.Url).Authority);
        await LoginAsync("#vm/" + RunningEngine.IdOf("vm1"));
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Device" }).SelectOptionAsync("namespace6.1");
        await page.GetByRole(AriaRole.Heading, new() { Name = "What the VM would get" }).WaitForAsync();
        Assert.That(asked, Is.All.EqualTo(Engine.Url.Authority));
        using var answer = await Engine.Anonymous.GetAsync(new Uri("/", UriKind.Relative));
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.That(policy, Does.StartWith("default-src 'none'").And.Not.Contain("unsafe"));
    }

    [TestCase(ColorScheme.Light, "light")]
    [TestCase(ColorScheme.Dark, "dark")]
    public async Task Page_InBothSchemes_CanBeRead(ColorScheme scheme, string name)
    {
        await page.Context.CloseAsync();
        page = await Browser.OpenAsync(scheme);
        await LoginAsync("#vm/" + RunningEngine.IdOf("vm1"));
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Device" }).SelectOptionAsync("namespace0.0");
        await page.GetByRole(AriaRole.Heading, new() { Name = "What the VM would get" }).WaitForAsync();
        foreach (var selector in new[] { "main h2", "dt", "nav small", ".findings strong", "button:not(:disabled)", "code" })
        {
            Assert.That(await page.EvaluateAsync<double>(Contrast, selector), Is.GreaterThanOrEqualTo(4.5), $"{selector} in {name}");
        }

        if (Environment.GetEnvironmentVariable("NVDIMM_UPDATE_GOLDEN") == "1")
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(TestFiles.RepositoryRoot, "src", "Nvdimm.DevEngine", "Page", $"page-{name}.png") });
        }
    }

    private const string Contrast =
        """
        selector => {
          const parse = color => color.match(/[\d.]+/g).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const element = document.querySelector(selector);
          let back = element;
          while (back && parse(getComputedStyle(back).backgroundColor)[3] === 0) { back = back.parentElement; }
          const [one, two] = [light(parse(getComputedStyle(element).color)), light(parse(getComputedStyle(back ?? document.body).backgroundColor))].sort((a, b) => b - a);
          return (one + 0.05) / (two + 0.05);
        }
        """;

    private async Task LoginAsync(string place)
    {
        await page.GotoAsync($"{Engine.Url}{place}");
        await page.GetByLabel("Password").FillAsync(RunningEngine.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await page.GetByRole(AriaRole.Navigation).WaitForAsync();
    }

    private async Task AssertPictureIsToScaleAsync(string device, double guest, double size)
    {
        var picture = page.GetByRole(AriaRole.Img, new() { Name = $"Layout of {device}" });
        var whole = (await picture.BoundingBoxAsync())!.Width;
        var areas = picture.Locator("rect");
        var widths = new List<(string Name, double Width)>();
        for (var index = 0; index < await areas.CountAsync(); index++)
        {
            widths.Add(((await areas.Nth(index).GetAttributeAsync("class"))!, (await areas.Nth(index).BoundingBoxAsync())!.Width));
        }

        Assert.That(widths.Sum(area => area.Width), Is.EqualTo(whole).Within(4));
        Assert.That(widths.Single(area => area.Name == "area guest").Width / whole, Is.EqualTo(guest / size).Within(0.01));
    }

    private async Task<IEnumerable<string?>> AttachedAsync(string vm) =>
        (await Engine.GetXmlAsync($"vms/{RunningEngine.IdOf(vm)}/hostdevices")).Elements().Select(device => device.Element("name")?.Value);
}
