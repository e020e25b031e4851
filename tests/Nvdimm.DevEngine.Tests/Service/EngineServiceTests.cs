using System.Text.Json;
using Nvdimm.DevEngine.Tests.Auth;

namespace Nvdimm.DevEngine.Tests.Service;

/// <summary>The service beside an engine, with users of different rights, over sockets.</summary>
public sealed class EngineServiceTests : EngineTests
{
    private static readonly string Host1 = RunningEngine.HostId(1);
    private static readonly string Vm1 = RunningEngine.IdOf("vm1");

    private RunningService service = null!;
    private string admin = "";
    private string reader = "";

    [SetUp]
    public async Task StartServiceAsync()
    {
        service = await RunningService.StartAsync(Engine);
        admin = await Tokens.GetAsync(Engine, RunningEngine.Admin, RunningEngine.Password);
        reader = await Tokens.GetAsync(Engine, RunningEngine.Reader, RunningEngine.ReaderPassword);
    }

    [TearDown]
    public async Task StopServiceAsync() => await service.DisposeAsync();

    /// <summary>The service and the development engine run the same code: what the page is told differs only in what one of them cannot know.</summary>
    [Test]
    public async Task Host_IsToldAsTheDevelopmentEngineTellsIt()
    {
        var own = await Engine.GetServiceAsync($"hosts/{Host1}");
        var told = await service.GetAsync($"hosts/{Host1}", reader);
        Assert.That(told.GetProperty("categories").ToString(), Is.EqualTo(own.GetProperty("categories").ToString()));
        foreach (var name in new[] { "id", "name", "address", "status", "architecture" })
        {
            Assert.That(told.GetProperty(name).ToString(), Is.EqualTo(own.GetProperty(name).ToString()), name);
        }
    }

    [Test]
    public async Task Device_IsTold_WithTheVmsThatArePinnedToItsHost_AndWithoutAHistory()
    {
        var device = await service.GetAsync($"hosts/{Host1}/devices/namespace6.1", reader);
        var places = device.GetProperty("places").EnumerateArray().ToDictionary(place => place.GetProperty("vm").GetProperty("name").GetString()!, place => place);
        Assert.That(places["vm1"].GetProperty("is_allowed").GetBoolean(), Is.True);
        Assert.That(places["vm-locked"].GetProperty("is_allowed").GetBoolean(), Is.False);
        Assert.That(places.Keys, Does.Not.Contain("vm-unpinned").And.Not.Contain("vm-host2"));
        Assert.That(device.GetProperty("events").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(device.GetProperty("xml").GetString(), Does.Contain("/dev/dax6.1"));
    }

    [TestCase("vm1")]
    [TestCase("vm2")]
    [TestCase("vm-unpinned")]
    [TestCase("vm-no-numa")]
    public async Task Vm_IsToldAsTheDevelopmentEngineTellsIt(string vm)
    {
        foreach (var path in new[] { $"vms/{RunningEngine.IdOf(vm)}", $"vms/{RunningEngine.IdOf(vm)}/choices" })
        {
            Assert.That((await service.GetAsync(path, reader)).ToString(), Is.EqualTo((await Engine.GetServiceAsync(path)).ToString()), path);
        }
    }

    [Test]
    public async Task Devices_ArePreviewed_Attached_AndDetached_WithTheUsersOwnRights()
    {
        var preview = await service.GetAsync($"vms/{Vm1}/preview?device=namespace6.1&device=namespace0.0", reader);
        Assert.That(preview.GetProperty("is_allowed").GetBoolean(), Is.True);

        var (status, body) = await service.SendAsync(HttpMethod.Post, $"vms/{Vm1}/devices", admin, """{"devices":["namespace6.1","namespace0.0"]}""");
        Assert.That(status, Is.EqualTo(200), body.ToString());
        Assert.That(await AttachedAsync(), Is.EqualTo(new[] { "namespace0.0", "namespace6.1" }));

        (status, body) = await service.SendAsync(HttpMethod.Delete, $"vms/{Vm1}/devices/namespace6.1", admin);
        Assert.That(status, Is.EqualTo(200), body.ToString());
        Assert.That(await AttachedAsync(), Is.EqualTo(new[] { "namespace0.0" }));
        var events = await Engine.GetXmlAsync("events");
        Assert.That(
            events.Elements().Select(entry => entry.Element("description")!.Value),
            Has.Exactly(1).EqualTo("Host devices namespace6.1 were detached from Vm vm1 by User admin@internal."), "the engine knows who it was");
    }

    [Test]
    public async Task UserWithoutRights_IsRefusedByTheEngine_AndToldSo()
    {
        Assert.That((await Engine.AttachAsync("vm1", "namespace0.0")).Status, Is.EqualTo(201));
        foreach (var refused in new[]
        {
            await service.RefusalAsync(HttpMethod.Post, $"vms/{Vm1}/devices", reader, """{"devices":["namespace6.1"]}"""),
            await service.RefusalAsync(HttpMethod.Delete, $"vms/{Vm1}/devices/namespace0.0", reader),
        })
        {
            Assert.That(refused, Is.EqualTo((403, "[The engine does not permit it to this user: User is not authorized to perform this action.]")));
        }

        Assert.That(await AttachedAsync(), Is.EqualTo(new[] { "namespace0.0" }));
    }

    [Test]
    public async Task Rule_ThatRefuses_IsOneAnswer_AndNothingIsAttached()
    {
        var refused = await service.RefusalAsync(HttpMethod.Post, $"vms/{Vm1}/devices", admin, """{"devices":["namespace6.1","namespace4.0"]}""");
        Assert.That(refused.Status, Is.EqualTo(409));
        Assert.That(refused.Detail, Does.Contain("namespace4.0").And.Contain("vm2"));
        Assert.That(await AttachedAsync(), Is.Empty);
    }

    [Test]
    public async Task Audit_FindsWhatVanishedBehindTheServicesBack()
    {
        Assert.That((await service.GetAsync("audit", reader)).GetProperty("findings").GetArrayLength(), Is.Zero);
        await service.SendAsync(HttpMethod.Post, $"vms/{Vm1}/devices", admin, """{"devices":["namespace6.1"]}""");
        await Engine.SendAsync(HttpMethod.Delete, $"vms/{Vm1}/hostdevices/{Extensions.Engine.HostDeviceId.FromName("namespace6.1")}");
        var finding = (await service.GetAsync("audit", reader)).GetProperty("findings").EnumerateArray().Single();
        Assert.That((finding.GetProperty("vm").GetString(), finding.GetProperty("device").GetString()), Is.EqualTo((Vm1, "namespace6.1")));
        Assert.That(finding.GetProperty("finding").GetProperty("message").GetString(), Does.Contain("namespace6.1"));
    }

    /// <summary>The engine is not asked for a change of the record alone, so it cannot check the rights.</summary>
    [TestCase("reader")]
    [TestCase("admin")]
    public async Task Detach_OfWhatTheEngineNoLongerHas_LeavesTheRecord(string who)
    {
        await service.SendAsync(HttpMethod.Post, $"vms/{Vm1}/devices", admin, """{"devices":["namespace6.1"]}""");
        await Engine.SendAsync(HttpMethod.Delete, $"vms/{Vm1}/hostdevices/{Extensions.Engine.HostDeviceId.FromName("namespace6.1")}");
        var (status, said) = await service.RefusalAsync(HttpMethod.Delete, $"vms/{Vm1}/devices/namespace6.1", who == "admin" ? admin : reader);
        Assert.That((status, said), Is.EqualTo((409, said)));
        Assert.That(said, Does.Contain("The engine does not have namespace6.1 at this VM any more").And.Contain("nvdimm engine detach"));
        Assert.That((await service.GetAsync("audit", admin)).GetProperty("findings").GetArrayLength(), Is.EqualTo(1), "the record still has it");
        Assert.That((await service.RefusalAsync(HttpMethod.Delete, "vms/gone/devices/namespace6.1", reader)).Item1, Is.EqualTo(404));
    }

    [TestCase("GET", "hosts/x")]
    [TestCase("GET", "vms/x/preview?device=a")]
    [TestCase("POST", "vms/x/devices")]
    [TestCase("DELETE", "vms/x/devices/a")]
    [TestCase("GET", "audit")]
    public async Task Request_WithoutToken_Is401(string method, string path)
    {
        var refused = await service.RefusalAsync(new HttpMethod(method), path, token: null);
        Assert.That(refused, Is.EqualTo((401, "[The request has no token. Send the token of the engine's single sign-on: Authorization: Bearer TOKEN.]")));
    }

    /// <summary>A password or a cookie is nothing that this service passes on: it would act for whoever made the browser send it.</summary>
    [Test]
    public async Task Password_AndCookie_AreNoToken()
    {
        foreach (var path in new[] { "services/host-devices/audit", "api/vms" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/ovirt-engine/{path}", UriKind.Relative));
            request.Headers.Authorization = RunningEngine.Basic(RunningEngine.Admin, RunningEngine.Password);
            request.Headers.Add("Cookie", $"JSESSIONID-{Engine.Url.Port}={admin}");
            using var answer = await service.Client.SendAsync(request);
            Assert.That((int)answer.StatusCode, Is.EqualTo(401), path);
        }
    }

    [Test]
    public async Task Token_ThatIsForeignOrExpired_Is401()
    {
        const string Ended = "[The engine does not accept the token: the session has ended. Log in again.]";
        Assert.That(await service.RefusalAsync(HttpMethod.Get, $"hosts/{Host1}", "foreign"), Is.EqualTo((401, Ended)));
        Engine.Time.Advance(TimeSpan.FromMinutes(31));
        Assert.That(await service.RefusalAsync(HttpMethod.Get, $"hosts/{Host1}", reader), Is.EqualTo((401, Ended)));
        Assert.That(
            await service.RefusalAsync(HttpMethod.Post, $"vms/{Vm1}/devices", admin, """{"devices":["namespace6.1"]}"""), Is.EqualTo((401, Ended)));
    }

    /// <summary>A request does not end the session of the user whose token it has.</summary>
    [Test]
    public async Task Token_IsNotRevoked()
    {
        await service.GetAsync($"hosts/{Host1}", reader);
        await service.GetAsync($"hosts/{Host1}", reader);
    }

    [TestCase("hosts/5eed0002-0000-4000-8000-000000000099", "[Cannot find host 5eed0002-0000-4000-8000-000000000099.]")]
    [TestCase("hosts/5eed0002-0000-4000-8000-000000000001/devices/namespace99.0", "[Cannot find host device namespace99.0.]")]
    [TestCase("vms/5eed0003-0000-4000-8000-000000000099", "[Cannot find VM 5eed0003-0000-4000-8000-000000000099.]")]
    public async Task Entity_ThatIsNotThere_Is404(string path, string said) =>
        Assert.That(await service.RefusalAsync(HttpMethod.Get, path, reader), Is.EqualTo((404, said)));

    [TestCase("{}", 400)]
    [TestCase("""{"devices":[]}""", 400)]
    [TestCase("""{"devices":[null]}""", 400)]
    [TestCase("nonsense", 400)]
    public async Task Body_ThatNamesNoDevice_IsRefused(string body, int status) =>
        Assert.That((await service.RefusalAsync(HttpMethod.Post, $"vms/{Vm1}/devices", admin, body)).Status, Is.EqualTo(status));

    [Test]
    public async Task Body_ThatIsTooLarge_IsRefused() => Assert.That(
        (await service.RefusalAsync(HttpMethod.Post, $"vms/{Vm1}/devices", admin, $$"""{"devices":["{{new string('a', 70_000)}}"]}""")).Status, Is.EqualTo(413));

    [Test]
    public async Task Engine_ThatIsAway_IsSaid()
    {
        await Engine.App.StopAsync();
        var (status, detail) = await service.RefusalAsync(HttpMethod.Get, $"hosts/{Host1}", reader);
        Assert.That(status, Is.EqualTo(502));
        Assert.That(detail, Does.StartWith("[The engine could not be asked: "));
    }

    private async Task<IEnumerable<string?>> AttachedAsync() =>
        (await Engine.GetXmlAsync($"vms/{Vm1}/hostdevices")).Elements().Select(device => device.Element("name")?.Value);
}
