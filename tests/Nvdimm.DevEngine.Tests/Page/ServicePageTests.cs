using Microsoft.Playwright;
using Nvdimm.DevEngine.Tests.Service;

namespace Nvdimm.DevEngine.Tests.Page;

/// <summary>The page as the service shows it beside an engine: attaching and detaching go as they do on the development engine.</summary>
public sealed class ServicePageTests : AttachContract
{
    private RunningService service = null!;

    protected override Uri Url => service.Url;

    [SetUp]
    public async Task StartServiceAsync() => service = await RunningService.StartAsync(Engine);

    [TearDown]
    public async Task StopServiceAsync() => await service.DisposeAsync();

    [Test]
    public async Task Login_SaysWhosePasswordItIs()
    {
        await Page.GotoAsync($"{Url}");
        await Page.GetByText($"As in the engine's administration portal at {Engine.Url.Authority}.").WaitForAsync();
        Assert.That(await Page.GetByText("DEVENGINE_PASSWORD").CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Views_AskNobodyElse_AndHaveNothingThatTheServiceDoesNotKnow()
    {
        var asked = new List<string>();
        Page.Request += (_, request) => asked.Add(new Uri(request.Url).Authority);
        await LoginAsync("/");
        foreach (var (host, counts) in new[] { ("host1", "19 devices, 1 in use, 3 free, 15 too small"), ("host2", "1 device, 1 free") })
        {
            Assert.That(await Page.GetByRole(AriaRole.Region, new() { Name = host, Exact = true }).InnerTextAsync(), Does.Contain(counts), host);
        }

        await GoAsync($"{Host1}/device/namespace6.1");
        await HeadingAsync("namespace6.1");
        Assert.That(await Page.GetByRole(AriaRole.Heading, new() { Name = "History" }).CountAsync(), Is.Zero);
        await GoAsync("/events");
        await HeadingAsync("Events");
        Assert.That(asked, Is.All.EqualTo(Url.Authority));
        Assert.That(Complaints, Is.Empty);
    }

    [Test]
    public async Task Audit_NamesWhatVanished_AndLeadsThere()
    {
        await LoginAsync($"{Vm("vm1")}/attach");
        await Page.GetByLabel("namespace6.1").CheckAsync();
        await Button("Attach namespace6.1").ClickAsync();
        await Page.GetByText("namespace6.1 was attached to vm1.").WaitForAsync();
        await Engine.SendAsync(HttpMethod.Delete, $"vms/{RunningEngine.IdOf("vm1")}/hostdevices/{Extensions.Engine.HostDeviceId.FromName("namespace6.1")}");
        await GoAsync("/audit");
        await Page.GetByText("1 finding.").WaitForAsync();
        var findings = Page.GetByRole(AriaRole.List, new() { Name = "Findings of the audit" });
        Assert.That(await findings.InnerTextAsync(), Does.Contain("namespace6.1"));
        await findings.GetByRole(AriaRole.Link, new() { Name = "Go to vm1" }).ClickAsync();
        await HeadingAsync("vm1");
        Assert.That(Complaints, Is.Empty);
    }
}
