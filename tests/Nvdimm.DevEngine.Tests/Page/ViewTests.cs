using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Nvdimm.Extensions;

namespace Nvdimm.DevEngine.Tests.Page;

/// <summary>What each view shows.</summary>
public sealed class ViewTests : PageFixture
{
    [Test]
    public async Task Overview_CountsAndDrawsEveryHost()
    {
        await LoginAsync("/");
        Assert.That(await Page.TitleAsync(), Is.EqualTo("Overview · NVDIMM host devices"));
        foreach (var (card, figure) in new[] { ("Hosts", "3 up of 3"), ("Persistent memory", "9.75 GiB"), ("VMs with NVDIMMs", "1 of 8") })
        {
            Assert.That(await Page.GetByRole(AriaRole.Region, new() { Name = card, Exact = true }).InnerTextAsync(), Does.Contain(figure), card);
        }

        foreach (var (host, counts) in new[]
        {
            ("host1", "19 devices, 1 in use, 3 free, 15 too small"), ("host2", "1 device, 1 free"), ("power1", "4 devices, 4 too small"),
        })
        {
            Assert.That(await Page.GetByRole(AriaRole.Region, new() { Name = host, Exact = true }).InnerTextAsync(), Does.Contain(counts), host);
        }

        await Page.GetByRole(AriaRole.Link, new() { Name = "Go to namespace5.0 on host1" }).ClickAsync();
        await HeadingAsync("namespace5.0");
        Assert.That(Complaints, Is.Empty);
    }

    [Test]
    public async Task Overview_DrawsRegionsOnOneScale()
    {
        await LoginAsync("/");
        var largest = await WidthAsync("region6, 5 GiB");
        Assert.That(await WidthAsync("region5, 512 MiB") / largest, Is.EqualTo(0.1).Within(0.005), "one scale");
        var pieces = await Page.Locator("[data-device='namespace6.1']").First.BoundingBoxAsync();
        Assert.That(pieces!.Width / largest, Is.EqualTo(0.4).Within(0.01), "2 of 5 GiB");
        await Page.Locator("[data-device='namespace6.1']").ClickAsync();
        await HeadingAsync("namespace6.1");
    }

    [Test]
    public async Task Host_ListsItsDevicesInTheOrderOfTheirNumbers_WithTheirStates()
    {
        await LoginAsync(Host1);
        var table = Page.GetByRole(AriaRole.Table, new() { Name = "NVDIMM devices of host1" });
        Assert.That(await table.GetByRole(AriaRole.Columnheader).AllInnerTextsAsync(), Is.EqualTo(new[] { "Device", "Mode", "Size", "NUMA", "State" }));
        Assert.That(await table.GetByRole(AriaRole.Row).CountAsync(), Is.EqualTo(20));
        Assert.That(
            (await table.GetByRole(AriaRole.Rowheader).AllInnerTextsAsync()).Take(3),
            Is.EqualTo(new[] { "namespace0.0\n/dev/dax0.0", "namespace1.0\n/dev/pmem1", "namespace1.1\n/dev/pmem1.1" }));
        Assert.That(await RowAsync("namespace4.0"), Is.EqualTo(new[] { "fsdax", "502 MiB\nVM sees 256 MiB", "0", "In use by vm2" }));
        Assert.That(await RowAsync("namespace6.1"), Is.EqualTo(new[] { "devdax", "2 GiB\nVM sees 1 GiB", "0", "Free" }));
        Assert.That((await RowAsync("namespace1.4"))[3], Does.StartWith("Too small\n\nA device of 64 MiB is too small"));
        Assert.That(Complaints, Is.Empty);
    }

    [Test]
    public async Task Host_FiltersAndSorts()
    {
        await LoginAsync(Host1);
        var rows = Page.GetByRole(AriaRole.Rowheader);
        await Page.GetByLabel("Show", new() { Exact = true }).SelectOptionAsync("free");
        Assert.That(await rows.CountAsync(), Is.EqualTo(3));
        await Page.GetByLabel("Sort", new() { Exact = true }).SelectOptionAsync("size");
        Assert.That((await rows.AllInnerTextsAsync())[0], Does.StartWith("namespace6.1"));
        Assert.That(await Page.GetByRole(AriaRole.Columnheader, new() { Name = "Size" }).GetAttributeAsync("aria-sort"), Is.EqualTo("descending"));
        await Page.GetByLabel("Show", new() { Exact = true }).SelectOptionAsync("");
        await Page.Keyboard.PressAsync("Escape");
        await Page.Locator("main h1").FocusAsync();
        await Page.Keyboard.PressAsync("/");
        await Page.Keyboard.TypeAsync("vm2");
        Assert.That((await rows.AllInnerTextsAsync()).Single(), Does.StartWith("namespace4.0"));
        Assert.That(await Page.GetByText("1 of 19 devices.").IsVisibleAsync(), Is.True);
    }

    [Test]
    public async Task Device_ShowsItsLayoutToScale_WithTheLabelEnlarged()
    {
        await LoginAsync($"{Host1}/device/namespace4.0");
        Assert.That(await Page.TitleAsync(), Is.EqualTo("namespace4.0 · NVDIMM host devices"));
        var table = Page.GetByRole(AriaRole.Table, new() { Name = "Layout of namespace4.0" });
        Assert.That((await table.GetByRole(AriaRole.Row).AllInnerTextsAsync()).Select(row => string.Join(' ', row.Split('\t', '\n').Take(3))), Is.EqualTo(new[]
        {
            "Part Offset Size", "guest 0 268435456", "padding 268435456 1966080", "label 270401536 131072", "unused 270532608 255852544",
        }));
        var whole = (await Page.GetByRole(AriaRole.Img, new() { Name = "Layout of namespace4.0" }).BoundingBoxAsync())!.Width;
        var strip = Page.Locator(".strip:not(.lens)");
        Assert.That((await strip.Locator(".guest").BoundingBoxAsync())!.Width / whole, Is.EqualTo(268435456.0 / 526385152).Within(0.01));
        Assert.That((await Page.Locator(".lens .label").BoundingBoxAsync())!.Width, Is.GreaterThan(10), "the label can be seen");

        await Page.GetByRole(AriaRole.Button, new() { Name = "label 128 KiB" }).FocusAsync();
        await Page.GetByText("label, where the guest keeps its namespaces: 128 KiB (131072 B), from 270401536 to 270532608").WaitForAsync();
        Assert.That(await Page.Locator(".lens .label.lit").CountAsync(), Is.EqualTo(1), "the keyboard lights the part in both pictures");
    }

    [Test]
    public async Task Device_ThatNoVmCanHave_IsNotLaidOut_AndTheReasonStandsFirst()
    {
        await LoginAsync($"{Host1}/device/namespace1.4");
        Assert.That(await Page.Locator(".part.guest, .part.label").CountAsync(), Is.Zero, "what is refused is not drawn as a success");
        Assert.That(await Page.GetByText("A device of 64 MiB is too small").CountAsync(), Is.EqualTo(1), "the reason stands once");
        var reason = (await Page.GetByText("A device of 64 MiB is too small").BoundingBoxAsync())!.Y;
        Assert.That(reason, Is.LessThan((await Page.GetByRole(AriaRole.Heading, new() { Name = "Layout" }).BoundingBoxAsync())!.Y));
        Assert.That(await Page.GetByTitle("67108864 bytes").CountAsync(), Is.EqualTo(1), "the exact bytes are in the tooltip");
    }

    [Test]
    public async Task Device_SaysWhereItCanGo_AndShowsItsHistory()
    {
        await Engine.AttachAsync("vm1", "namespace6.1");
        await LoginAsync($"{Host1}/device/namespace6.1");
        var places = Page.GetByRole(AriaRole.Region, new() { Name = "Where it can go" }).GetByRole(AriaRole.Listitem);
        Assert.That((await places.AllInnerTextsAsync())[0], Does.StartWith("vm1").And.Contain("has it"));
        Assert.That(await places.Filter(new() { HasText = "vm-unpinned" }).InnerTextAsync(), Does.Contain("is not pinned to host1. Pin vm-unpinned"));
        Assert.That(await places.Filter(new() { HasText = "vm-host2" }).InnerTextAsync(), Does.Contain("is pinned to another host, host2"));
        Assert.That(await Page.GetByRole(AriaRole.Region, new() { Name = "History" }).InnerTextAsync(), Does.Contain("namespace6.1 were attached to Vm vm1"));
        Assert.That(await Page.GetByLabel("Domain XML").Last.InnerTextAsync(), Does.StartWith("<memory model=\"nvdimm\""));
    }

    [Test]
    public async Task Device_Xml_CanBeCopied()
    {
        await Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await LoginAsync($"{Host1}/device/namespace6.1");
        await Button("Copy").ClickAsync();
        await Page.GetByText("The XML was copied.").WaitForAsync();
        Assert.That(await Page.EvaluateAsync<string>("navigator.clipboard.readText()"), Does.Contain("/dev/dax6.1"));
    }

    [Test]
    public async Task Host_IsPrintedOnOnePage()
    {
        await LoginAsync(Host1);
        var pdf = Encoding.Latin1.GetString(await Page.PdfAsync(new() { Format = "A4" }));
        Assert.That(Regex.Count(pdf, @"/Type /Page\b", RegexOptions.None, TimeSpan.FromSeconds(10)), Is.EqualTo(1));
    }

    [Test]
    public async Task Events_ListWhatWasDone()
    {
        await LoginAsync("/events");
        await Page.GetByText("Nothing has happened yet.").WaitForAsync();
        await Engine.AttachAsync("vm1", "namespace6.1");
        await Button("Refresh").ClickAsync();
        var row = Page.GetByRole(AriaRole.Table, new() { Name = "Events" }).GetByRole(AriaRole.Row).Nth(1);
        await row.WaitForAsync();
        Assert.That(await row.InnerTextAsync(), Does.Contain("Host devices namespace6.1 were attached to Vm vm1 by User admin@internal."));
        await row.GetByRole(AriaRole.Link, new() { Name = "vm1" }).ClickAsync();
        await HeadingAsync("vm1");
    }

    [Test]
    public async Task Audit_OfAnEngineThatHidesNothing_HasNoFindings()
    {
        await LoginAsync("/");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Audit" }).First.ClickAsync();
        await HeadingAsync("Audit");
        await Page.GetByText("No findings.").WaitForAsync();
        Assert.That(Complaints, Is.Empty);
    }

    [Test]
    public async Task Sizes_AreSpelledAsTheLibrarySpellsThem()
    {
        await Page.GotoAsync($"{Engine.Url}");
        long[] sizes = [0, 1, 999, 1000, 1023, 1024, 131072, 1023999, 1024000, 133005312, 133013504, 526385152,
            1073741824, 1207959552, 1L << 40, 999L << 40, 1L << 50, (1L << 53) - 1];
        var shown = await Page.EvaluateAsync<string[]>("async sizes => { const { size } = await import('/text.js'); return sizes.map(size); }", sizes);
        Assert.That(shown, Is.EqualTo(sizes.Select(size => ByteSize.FromBytes(size).ToString())));
    }

    [Test]
    public async Task Page_AsksNobodyElse_AndItsPolicyIsStrict()
    {
        var asked = new List<string>();
        Page.Request += (_, request) => asked.Add(new Uri(request.Url).Authority);
        await LoginAsync($"{Vm("vm1")}/attach");
        await Page.GetByLabel("namespace6.1").CheckAsync();
        await Page.GetByText("The guest will see 1 GiB").WaitForAsync();
        Assert.That(asked, Is.All.EqualTo(Engine.Url.Authority));
        using var answer = await Engine.Anonymous.GetAsync(new Uri("/", UriKind.Relative));
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.That(policy, Does.StartWith("default-src 'none'").And.Not.Contain("unsafe"));
        Assert.That(Complaints, Is.Empty);
    }

    private async Task<IReadOnlyList<string>> RowAsync(string device) => await Page.GetByRole(AriaRole.Row)
        .Filter(new() { Has = Page.GetByRole(AriaRole.Link, new() { Name = device, Exact = true }) }).GetByRole(AriaRole.Cell).AllInnerTextsAsync();

    private async Task<float> WidthAsync(string region) => (await Page.GetByRole(AriaRole.Img, new() { Name = region }).First.BoundingBoxAsync())!.Width;
}
