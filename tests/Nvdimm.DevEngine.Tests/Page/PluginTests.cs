using Microsoft.Playwright;

namespace Nvdimm.DevEngine.Tests.Page;

/// <summary>The page as a UI plugin, against a stub of the administration's <c>pluginApi</c> (oVirt Engine 4.5, <c>PluginManager.java</c>).</summary>
public sealed class PluginTests : EngineTests
{
    private const string Administration =
        """
        <!doctype html><title>administration</title>
        <script>
          const calls = [], places = {};
          let handlers = {};
          window.pluginApi = name => ({
            register: given => { handlers = given; calls.push(`register ${name}`); },
            ready: () => { calls.push('ready'); handlers.UiInit(); },
            configObject: () => ({}),
            ssoToken: () => new URLSearchParams(location.search).get('token'),
            engineBaseUrl: () => `${location.origin}/ovirt-engine/`,
            addPrimaryMenuPlace: (label, token, url) => { calls.push(`menu ${label} ${token}`); places[token] = url; },
            addDetailPlace: (entity, label, token, url) => { calls.push(`place ${entity} ${label} ${token}`); places[token] = url; },
            setPlaceContentUrl: (token, url) => { places[token] = url; reveal(token); },
          });
          const reveal = token => {
            const frame = document.getElementById(token) ?? document.body.appendChild(Object.assign(document.createElement('iframe'), { id: token, name: token, width: 1200, height: 700 }));
            frame.src = places[token];
          };
          window.select = (event, entity) => handlers[event](entity);
        </script>
        <body><iframe src="plugin/nvdimm/plugin.html"></iframe></body>
        """;

    private IPage page = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        page = await Browser.OpenAsync();
        var token = await Auth.Tokens.GetAsync(Engine, RunningEngine.Admin, RunningEngine.Password);
        await page.RouteAsync("**/ovirt-engine/webadmin/?token=*", route => route.FulfillAsync(new() { ContentType = "text/html", Body = Administration }));
        await page.RouteAsync("**/ovirt-engine/webadmin/plugin/nvdimm/**", async route =>
        {
            var file = new Uri(route.Request.Url).AbsolutePath["/ovirt-engine/webadmin/plugin/nvdimm/".Length..];
            var answer = await route.FetchAsync(new() { Url = $"{Engine.Url}{(file == "index.html" ? "" : file)}" });
            await route.FulfillAsync(new() { Response = answer });
        });
        await page.GotoAsync($"{Engine.Url}ovirt-engine/webadmin/?token={token}");
        await page.WaitForFunctionAsync("calls.length >= 5");
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
    public async Task Plugin_Announces_ItsTabs() => Assert.That(
        await page.EvaluateAsync<string[]>("calls"),
        Is.EqualTo(new[] { "register nvdimm", "ready", "menu NVDIMM nvdimm", "place Host NVDIMM nvdimm-host", "place VirtualMachine NVDIMM nvdimm-vm" }));

    [Test]
    public async Task HostTab_ShowsTheSelectedHost()
    {
        await page.EvaluateAsync($"select('HostSelectionChange', {{ id: '{RunningEngine.HostId(2)}', name: 'host2' }})");
        var tab = page.FrameLocator("#nvdimm-host");
        await tab.GetByRole(AriaRole.Table, new() { Name = "NVDIMM devices of host2" }).WaitForAsync();
        Assert.That(await tab.GetByRole(AriaRole.Navigation).IsVisibleAsync(), Is.False, "the administration has its own");
        await page.EvaluateAsync($"select('HostSelectionChange', {{ id: '{RunningEngine.HostId(1)}', name: 'host1' }})");
        await tab.GetByRole(AriaRole.Table, new() { Name = "NVDIMM devices of host1" }).WaitForAsync();
    }

    [Test]
    public async Task Tab_WithoutASession_SaysSo_AndAsksForNoPassword()
    {
        await page.GotoAsync($"{Engine.Url}ovirt-engine/webadmin/?token=");
        await page.WaitForFunctionAsync("calls.length >= 5");
        await page.EvaluateAsync($"select('HostSelectionChange', {{ id: '{RunningEngine.HostId(2)}', name: 'host2' }})");
        var tab = page.FrameLocator("#nvdimm-host");
        await tab.GetByRole(AriaRole.Alert).GetByText("The administration portal has no session any more. Log in to it again.").WaitForAsync();
        Assert.That(await tab.GetByLabel("Password").CountAsync(), Is.Zero);
    }

    [Test]
    public async Task VmTab_AttachesWithTheAdministrationsToken()
    {
        await page.EvaluateAsync($"select('VirtualMachineSelectionChange', {{ id: '{RunningEngine.IdOf("vm1")}', name: 'vm1' }})");
        var tab = page.FrameLocator("#nvdimm-vm");
        await tab.GetByRole(AriaRole.Link, new() { Name = "Attach devices…" }).ClickAsync();
        await tab.GetByLabel("namespace6.1").CheckAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Attach namespace6.1" }).ClickAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Detach namespace6.1" }).WaitForAsync();
        Assert.That((await Engine.GetXmlAsync($"vms/{RunningEngine.IdOf("vm1")}/hostdevices")).Elements().Count(), Is.EqualTo(1));
    }
}
