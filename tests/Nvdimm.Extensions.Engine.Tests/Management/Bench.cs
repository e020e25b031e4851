using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Management;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Extensions.Engine.Tests.Management;

/// <summary>Two hosts, whose devices can be renamed, and VMs v1 and v2 that are pinned to the first, beside an engine that has the gaps of oVirt.</summary>
internal sealed class Bench : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeInventory inventory = new();

    public Bench(bool withRecord = true)
    {
        Engine = EngineSamples.Engine();
        Records = withRecord ? new FileAttachmentRecords(RecordPath) : null;
        Manager = new HostDeviceManager(Engine, Category, Records);
        Boot(EngineSamples.Device(0), EngineSamples.Device(1));
        Report("namespace0.0", "namespace1.0");
    }

    public InMemoryEngine Engine { get; }

    public FileAttachmentRecords? Records { get; }

    public HostDeviceManager Manager { get; }

    public NvdimmCategory Category => new(inventory);

    public string RecordPath => folder.PathOf("attachments.json");

    public TemporaryFolder Folder => folder;

    public static NvdimmDevice A { get; } = EngineSamples.Device(0);

    public static NvdimmDevice B { get; } = EngineSamples.Device(1);

    /// <summary>A device under another name.</summary>
    public static NvdimmDevice As(NvdimmDevice device, int number) => device with { Name = $"namespace{number}.0", Path = $"/dev/pmem{number}" };

    /// <summary>What host1 says from now on.</summary>
    public void Boot(params NvdimmDevice[] devices) => Boot("h1", new NvdimmInventory(devices.ToValueList()) { Selinux = SelinuxState.Permissive });

    public void Boot(string host, NvdimmInventory? said) => inventory.Set(host, said);

    /// <summary>What the engine has in its report of host1 from now on.</summary>
    public void Report(params string[] names) => Engine.ReportHost(EngineSamples.Host1, names);

    /// <summary>One bad report: the engine drops the attachments.</summary>
    public void Drop()
    {
        Report();
        Report("namespace0.0", "namespace1.0");
    }

    /// <summary>A manager over the same engine, to which something happens.</summary>
    public HostDeviceManager Watched(Func<string, Task>? before = null, Func<string, Task>? after = null) =>
        new(new WatchedEngine(Engine, before, after), Category, Records);

    public async Task<HostDeviceChange> AttachAsync(string vm, params string[] devices)
    {
        var change = await Manager.AttachAsync(vm, [.. devices]);
        Assert.That(change.IsDone, string.Join('\n', change.Check.Findings));
        return change;
    }

    public async Task<string[]> StartAsync(string vm) => Errors((await Manager.CheckAsync(vm, new HostDeviceRequest { Operation = HostDeviceOperation.Start })).Findings);

    public async Task<string[]> NamesAsync(string vm) => await Engine.ListVmHostDevicesAsync(vm).Select(device => device.Name).ToArrayAsync();

    public async Task<string[]> RecordedAsync(string vm) =>
        [.. (await Records!.ReadAsync()).GetValueOrDefault(vm, []).Select(device => $"{device.Name} {device.Identity?[^2..]}")];

    public async Task<string[]> AuditAsync() => [.. (await Manager.AuditAsync()).Select(finding => $"{finding.Finding.Code} {finding.VmId} {finding.Device}")];

    public static string[] Errors(IEnumerable<Finding> findings) => [.. findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Code)];

    public void Dispose() => folder.Dispose();
}
