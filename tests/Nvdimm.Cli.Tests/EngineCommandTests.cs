using Nvdimm.Extensions;
using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Engine.Tests;
using Nvdimm.Extensions.Engine.Tests.Rest;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Cli.Tests;

/// <summary><c>nvdimm engine</c> over a real socket.</summary>
public sealed class EngineCommandTests
{
    /// <summary>Two devices that a VM of <see cref="EngineSamples"/> can use.</summary>
    public const string Listing = """
        [{"dev":"namespace0.0","mode":"fsdax","map":"dev","size":541065216,"uuid":"5f4f7d5a-9a47-4d1e-8d5c-0e6a0ce7b9a1","blockdev":"pmem0","align":2097152,"numa_node":0},
         {"dev":"namespace1.0","mode":"fsdax","map":"dev","size":541065216,"uuid":"9c1b7a55-21f4-4b0f-9a0e-6c1f6d1c2b3d","blockdev":"pmem1","align":2097152,"numa_node":0}]
        """;

    private TemporaryFolder folder = null!;
    private InMemoryEngine engine = null!;
    private StubServer server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        folder = new TemporaryFolder();
        folder.Write("inventory/host1.json", Listing);
        folder.Write("password", $"{StubApi.Password}\n");
        engine = EngineSamples.Engine();
        server = await StubServer.StartAsync(new StubApi(engine));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Test]
    public async Task Hosts_AreListed()
    {
        var run = await RunAsync("hosts", "--json");
        run.AssertStatus(ExitStatus.Good);
        Assert.That(run.Json["hosts"]!.Select(host => $"{host["id"]} {host["name"]} {host["address"]} {host["status"]}"), Is.EqualTo(new[] { "h1 host1 host1.example.org up", "h2 host2 host2.example.org up" }));
        Assert.That((await RunAsync("hosts")).Output, Does.Contain("host2.example.org"));
    }

    [Test]
    public async Task Devices_AreListedWithWhatTheHostSays()
    {
        var run = await RunAsync("devices", "--host", "host1", "--json");
        run.AssertStatus(ExitStatus.Good);
        var device = run.Json["devices"]![0]!;
        Assert.That($"{device["name"]} {device["size"]} {device["usable"]} {device["details"]!["path"]}", Is.EqualTo("namespace0.0 541065216 True /dev/pmem0"));
        Assert.That((await RunAsync("devices", "--host", "host1")).Output, Does.Contain("namespace0.0\tfsdax\t541065216\t402653184\t").And.Contain("\tfree\n"));
    }

    [Test]
    public async Task Devices_OfAHostThatDoesNotAnswer_Is5()
    {
        var run = await RunAsync("devices", "--host", "host2");
        run.AssertStatus(ExitStatus.Failed);
        Assert.That(run.Output, Does.Contain("\tnot usable: host does not answer\n"));
        Assert.That(run.Error, Does.Contain(NvdimmCodes.InventoryUnavailable));
    }

    [Test]
    public async Task Preview_ShowsTheLayout()
    {
        var run = await RunAsync("preview", "--vm", "vm1", "--device", "namespace0.0", "--json");
        run.AssertStatus(ExitStatus.Good);
        Assert.That((bool)run.Json["allowed"]!);
        Assert.That(run.Json["devices"]![0]!["areas"]!.Select(area => (string?)area["name"]), Does.Contain("guest").And.Contain("label"));
        Assert.That((await RunAsync("preview", "--vm", "vm1", "--device", "namespace0.0")).Output, Does.Contain("attach: allowed").And.Contain("start: allowed"));
        Assert.That(await engine.ListVmHostDevicesAsync("v1").ToListAsync(), Is.Empty);
    }

    /// <summary>What a person sees, in real pseudo-terminals of several widths.</summary>
    [TestCase("engine-hosts", "hosts")]
    [TestCase("engine-devices", "devices", "--host", "host1")]
    [TestCase("engine-preview", "preview", "--vm", "vm1", "--device", "namespace0.0", "namespace1.0")]
    [TestCase("engine-preview-unknown", "preview", "--vm", "vm1", "--device", "namespace7.0")]
    [TestCase("engine-attach-refused", "attach", "--vm", "vm1", "--device", "namespace7.0")]
    [TestCase("engine-audit", "audit")]
    public void Terminal(string golden, string command, params string[] arguments)
    {
        folder.Write("inventory/host2.json", "[]");
        TerminalGolden.AssertMatches(golden, folder.Path, [.. Arguments(command, "password", "inventory"), .. arguments]);
    }

    [Test]
    public async Task AttachAuditDetach()
    {
        var record = folder.PathOf("record.json");
        (await RunAsync("attach", "--vm", "vm1", "--device", "5f4f7d5a-9a47-4d1e-8d5c-0e6a0ce7b9a1", "--record", record)).AssertStatus(ExitStatus.Good);
        var refused = await RunAsync("attach", "--vm", "vm2", "--device", "namespace0.0", "--json");
        refused.AssertStatus(ExitStatus.Refused);
        Assert.That(ToolRun.Codes(refused.Json["verdict"]!["violations"]), Does.Contain(NvdimmCodes.UsedByOtherVm));

        folder.Write("inventory/host2.json", """[{"dev":"namespace0.0","mode":"fsdax","size":541065216,"uuid":"11111111-9a47-4d1e-8d5c-0e6a0ce7b9a1","blockdev":"pmem0","align":2097152,"numa_node":0}]""");
        var clean = await RunAsync("audit", "--record", record);
        clean.AssertStatus(ExitStatus.Good);
        Assert.That(clean.Output, Is.EqualTo("no findings\n"));

        await engine.RemoveVmHostDeviceAsync("v1", HostDeviceKey.OfName("namespace0.0"));
        var audit = await RunAsync("audit", "--record", record, "--json", "--post");
        audit.AssertStatus(ExitStatus.Refused);
        Assert.That(ToolRun.Codes(audit.Json["findings"]), Is.EqualTo(new[] { NvdimmCodes.SilentlyDetached }));
        Assert.That(audit.Error, Does.Contain("1 posted, 0 posted earlier today"));
        var again = await RunAsync("audit", "--record", record, "--post");
        again.AssertStatus(ExitStatus.Refused);
        Assert.That(again.Error, Does.Contain("0 posted, 1 posted earlier today"));
        Assert.That((await engine.ListEventsAsync().LastAsync()).Description, Does.StartWith(NvdimmCodes.SilentlyDetached));

        (await RunAsync("attach", "--vm", "vm1", "--device", "namespace0.0", "--record", record)).AssertStatus(ExitStatus.Good);
        var detach = await RunAsync("detach", "--vm", "v1", "--device", "namespace0.0", "--record", record);
        detach.AssertStatus(ExitStatus.Good);
        Assert.That(detach.Output, Does.Contain("detached namespace0.0"));
        (await RunAsync("audit", "--record", record)).AssertStatus(ExitStatus.Good);
    }

    [Test]
    public async Task Detach_ResolvesNamesAsAttachDoes()
    {
        folder.Write("inventory/host1.json", Listing.Replace("\"blockdev\":\"pmem0\"", "\"name\":\"dbdata\",\"blockdev\":\"pmem0\"", StringComparison.Ordinal));
        var record = folder.PathOf("record.json");
        (await RunAsync("attach", "--vm", "vm1", "--device", "dbdata", "--record", record)).AssertStatus(ExitStatus.Good);
        var mistyped = await RunAsync("detach", "--vm", "vm1", "--device", "dbdate", "--record", record);
        mistyped.AssertStatus(ExitStatus.Refused);
        Assert.That(mistyped.Output, Does.Contain(NvdimmCodes.NotAttached).And.Not.Contain("detached"));
        var detach = await RunAsync("detach", "--vm", "vm1", "--device", "dbdata", "--record", record);
        detach.AssertStatus(ExitStatus.Good);
        Assert.That(detach.Output, Does.Contain("detached namespace0.0"));
        Assert.That(await engine.ListVmHostDevicesAsync("v1").ToListAsync(), Is.Empty);
    }

    [Test]
    public async Task Detach_FromADeletedVm_ForgetsWhatWasNoted()
    {
        var record = folder.PathOf("record.json");
        (await RunAsync("attach", "--vm", "vm1", "--device", "namespace0.0", "--record", record)).AssertStatus(ExitStatus.Good);
        engine.RemoveVm("v1");
        (await RunAsync("detach", "--vm", "v1", "--device", "namespace1.0", "--record", record)).AssertStatus(ExitStatus.Refused);
        (await RunAsync("detach", "--vm", "v1", "--device", "namespace0.0")).AssertStatus(ExitStatus.BadInput);
        (await RunAsync("detach", "--vm", "v1", "--device", "namespace0.0", "--record", record)).AssertStatus(ExitStatus.Good);
        Assert.That(await File.ReadAllTextAsync(record), Does.Not.Contain("namespace0.0"));
    }

    [Test]
    public async Task Attach_WhereTheRecordCannotBeWritten_AttachesNothing()
    {
        (await RunAsync("attach", "--vm", "vm1", "--device", "namespace0.0", "--record", folder.PathOf("nowhere/record.json"))).AssertStatus(ExitStatus.Failed);
        Assert.That(await engine.ListVmHostDevicesAsync("v1").ToListAsync(), Is.Empty);
    }

    [Test]
    public async Task Vm_ThatIsNotThere_Is4() => (await RunAsync("preview", "--vm", "nobody", "--device", "namespace0.0")).AssertStatus(ExitStatus.BadInput);

    [Test]
    public async Task WrongPassword_Is5AndNotShown()
    {
        folder.Write("password", "another-secret");
        var run = await RunAsync("hosts");
        run.AssertStatus(ExitStatus.Failed);
        Assert.That(run.Error, Does.Contain("Cannot authenticate").And.Not.Contain("another-secret"));
    }

    [Test]
    public async Task WithoutPassword_Is4()
    {
        var run = await ToolRun.Of("engine", "hosts", "--url", $"{server.Url}");
        run.AssertStatus(ExitStatus.BadInput);
        Assert.That(run.Error, Does.Contain("NVDIMM_ENGINE_PASSWORD"));
    }

    [TestCase("engine", "hosts")]
    [TestCase("engine", "devices", "--url", "http://engine/ovirt-engine")]
    [TestCase("engine", "attach", "--url", "http://engine/ovirt-engine", "--vm", "vm1")]
    [TestCase("engine", "hosts", "--url", "http://engine/", "--ca-file", "a", "--ca-fingerprint", "b")]
    [TestCase("engine", "hosts", "--url", "http://engine/", "--password", "secret")]
    public async Task Usage_Is2(params string[] arguments) => (await ToolRun.Of(arguments)).AssertStatus(ExitStatus.Usage);

    [TestCase("--url", "engine")]
    [TestCase("--url", "ftp://engine/")]
    [TestCase("--url", "https://engine/", "--ca-file", "/nonexistent")]
    [TestCase("--url", "https://engine/", "--ca-fingerprint", "zz")]
    [TestCase("--url", "https://engine/", "--inventory", "/nonexistent")]
    public async Task BadOption_Is4(params string[] arguments) =>
        (await ToolRun.Of([.. new[] { "engine", "hosts", "--password-file", folder.PathOf("password") }, .. arguments])).AssertStatus(ExitStatus.BadInput);

    [TestCase]
    [TestCase("--ca-file", "ca.pem")]
    [TestCase("--ca-fingerprint", "00")]
    public async Task PlainHttp_ToAnotherMachine_Is4AndSendsNothing(params string[] trust)
    {
        var run = await ToolRun.Of(["engine", "hosts", "--url", "http://engine.invalid/ovirt-engine", "--password-file", folder.PathOf("password"), .. trust]);
        run.AssertStatus(ExitStatus.BadInput);
        Assert.That(run.Error, Does.Contain("http://engine.invalid/ovirt-engine/ is plain http").And.Contain("--insecure-http"));
    }

    [Test]
    public async Task PlainHttp_ThatIsAllowed_IsTaken() => (await RunAsync("hosts", "--insecure-http")).AssertStatus(ExitStatus.Good);

    private Task<ToolRun> RunAsync(string command, params string[] arguments) =>
        ToolRun.Of([.. Arguments(command, folder.PathOf("password"), folder.PathOf("inventory")), .. arguments]);

    private string[] Arguments(string command, string password, string inventory) =>
        ["engine", command, "--url", $"{server.Url}", "--password-file", password, "--inventory", inventory];
}
