using System.Net;
using Nvdimm.Extensions.Engine.Faults;
using Nvdimm.Extensions.Engine.Models;

namespace Nvdimm.Extensions.Engine.Tests.Contract;

/// <summary>
/// What every engine does, whatever is behind the interface: the in-memory one, one over a real socket, a live one. It needs a VM that is
/// down, pinned to one host that has an NVDIMM which the VM does not have, and has a guest NUMA node; it leaves things as it finds them, but for an event.
/// </summary>
[TestFixtureSource(typeof(EngineBackends), nameof(EngineBackends.Names))]
public sealed class EngineContractTests(string backendName)
{
    private readonly EngineBackend backend = EngineBackends.Of(backendName);
    private IOvirtEngine engine = null!;
    private OvirtVm vm = null!;
    private OvirtHostDevice device = null!;

    private HostDeviceKey Key => HostDeviceKey.OfName(device.Name);

    [SetUp]
    public async Task FindAsync()
    {
        (engine, var name) = await backend.OpenAsync();
        vm = await engine.ListVmsAsync($"name={name}").SingleAsync();
        var attached = await engine.ListVmHostDevicesAsync(vm.Id).Select(had => had.Name).ToListAsync();
        device = await engine.ListHostDevicesAsync(vm.PinnedHostIds[0]).FirstAsync(free => free.Capability == "nvdimm" && !attached.Contains(free.Name));
    }

    [TearDown]
    public async Task CloseAsync()
    {
        if (device is not null)
        {
            await engine.RemoveVmHostDeviceAsync(vm.Id, Key);
        }

        await (engine is IAsyncDisposable disposable ? disposable.DisposeAsync() : ValueTask.CompletedTask);
        await backend.EndAsync();
    }

    [Test]
    public async Task Host_IsListedAndFound()
    {
        var host = await engine.GetHostAsync(vm.PinnedHostIds[0]);
        Assert.That(await engine.ListHostsAsync().ToListAsync(), Does.Contain(host));
        Assert.That(await engine.GetHostAsync("00000000-0000-0000-0000-000000000001"), Is.Null);
    }

    [Test]
    public async Task Vm_IsListedAndFound()
    {
        Assert.That(await engine.GetVmAsync(vm.Id), Is.EqualTo(vm));
        Assert.That((await engine.ListVmsAsync().ToListAsync()).Select(listed => listed.Id), Does.Contain(vm.Id).And.Unique);
        Assert.That(await engine.GetVmAsync("00000000-0000-0000-0000-000000000001"), Is.Null);
        Assert.That(await engine.ListNumaNodesAsync(vm.Id).ToListAsync(), Is.Not.Empty);
    }

    [Test]
    public void Device_HasTheIdOfItsName()
    {
        Assert.That(device.Id, Is.EqualTo(HostDeviceId.FromName(device.Name)));
        Assert.That(device.Parent, Is.EqualTo("computer"));
        Assert.That(device.VmId, Is.Null, "the VM is down");
    }

    [Test]
    public async Task Attach_Twice_IsThereOnce()
    {
        var before = await LastEventAsync();
        Assert.That((await engine.AddVmHostDeviceAsync(vm.Id, Key)).Name, Is.EqualTo(device.Name));
        Assert.That((await engine.AddVmHostDeviceAsync(vm.Id, HostDeviceKey.OfId(device.Id))).Name, Is.EqualTo(device.Name));
        Assert.That((await engine.ListVmHostDevicesAsync(vm.Id).ToListAsync()).Count(had => had.Name == device.Name), Is.EqualTo(1));
        Assert.That((await engine.ListEventsAsync(before).ToListAsync()).Select(found => found.Code), Does.Contain(10800));
    }

    [Test]
    public async Task Detach_Twice_IsGone()
    {
        await engine.AddVmHostDeviceAsync(vm.Id, Key);
        await engine.RemoveVmHostDeviceAsync(vm.Id, Key);
        await engine.RemoveVmHostDeviceAsync(vm.Id, Key);
        Assert.That((await engine.ListVmHostDevicesAsync(vm.Id).ToListAsync()).Select(had => had.Name), Does.Not.Contain(device.Name));
    }

    [Test]
    public async Task Attach_OfNoSuchDevice_IsRefusedWithTheEnginesCode()
    {
        var refused = await Assert.ThrowsAsync<OvirtException>(() => engine.AddVmHostDeviceAsync(vm.Id, HostDeviceKey.OfName("namespace99.9")));
        Assert.That(refused!.Failure, Is.EqualTo(OvirtFailure.Refused));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(refused.Reason, Is.EqualTo("Operation Failed"));
        Assert.That(refused.Codes, Does.Contain(EngineCodes.HostDeviceNotFound));
        Assert.That(refused.IsOutcomeUnknown, Is.False);
    }

    /// <summary>The engine makes a node where memory or vCPUs can be plugged (oVirt Engine 4.5, <c>VmInfoBuildUtils.getVmNumaNodes</c>).</summary>
    [Test]
    public async Task Attach_ToAVmWithoutNumaNodes_IsDone()
    {
        var other = await OtherAsync(backend.WithoutNodes);
        Assert.That(await engine.ListNumaNodesAsync(other.Id).ToListAsync(), Is.Empty);
        await engine.AddVmHostDeviceAsync(other.Id, Key);
        Assert.That((await engine.ListVmHostDevicesAsync(other.Id).ToListAsync()).Select(had => had.Name), Is.EqualTo(new[] { device.Name }));
        await engine.RemoveVmHostDeviceAsync(other.Id, Key);
        Assert.That(await engine.ListVmHostDevicesAsync(other.Id).ToListAsync(), Is.Empty);
    }

    [Test]
    public async Task Attach_ToAVmIntoWhichNothingCanBePlugged_WithoutNumaNodes_IsRefused()
    {
        var other = await OtherAsync(backend.WithoutAnyNode);
        Assert.That((other.CanPlugCpus, other.MaxMemory), Is.EqualTo((false, other.Memory)));
        var refused = await Assert.ThrowsAsync<OvirtException>(() => engine.AddVmHostDeviceAsync(other.Id, Key));
        Assert.That((refused!.Status, refused.Codes), Is.EqualTo((HttpStatusCode.BadRequest, (ValueList<string>)[EngineCodes.NumaUnavailable])));
    }

    /// <summary>oVirt Engine 4.5, <c>AddExternalEventCommand</c>.</summary>
    [Test]
    public async Task Event_OfACustomIdThatItsOriginHas_IsRefused()
    {
        var id = (int)(await LastEventAsync() % int.MaxValue);
        await engine.AddEventAsync(new NewOvirtEvent
        {
            Description = "contract: first",
            Severity = OvirtEventSeverity.Normal,
            Origin = "Nvdimm.Extensions.Tests.Twice",
            CustomId = id,
        });
        await engine.AddEventAsync(new NewOvirtEvent
        {
            Description = "contract: of another origin",
            Severity = OvirtEventSeverity.Normal,
            Origin = "Nvdimm.Extensions.Tests.Thrice",
            CustomId = id,
        });
        var refused = await Assert.ThrowsAsync<OvirtException>(
            () => engine.AddEventAsync(new NewOvirtEvent
            {
                Description = "contract: second",
                Severity = OvirtEventSeverity.Alert,
                Origin = "Nvdimm.Extensions.Tests.Twice",
                CustomId = id,
            }));
        Assert.That((refused!.Failure, refused.Status), Is.EqualTo((OvirtFailure.Refused, HttpStatusCode.BadRequest)));
        Assert.That(EngineFault.IsDuplicateEvent(refused.Detail), refused.Detail);
    }

    [Test]
    public async Task SnapshotWithMemory_OfAVmWithNvdimm_IsRefused()
    {
        await engine.AddVmHostDeviceAsync(vm.Id, Key);
        var refused = await Assert.ThrowsAsync<OvirtException>(() => engine.AddSnapshotAsync(vm.Id, "contract", withMemory: true));
        Assert.That(refused!.Codes, Does.Contain(EngineCodes.VmHasAttachedNvdimmDevices));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task UnknownVm_IsNotFound()
    {
        var missing = await Assert.ThrowsAsync<OvirtException>(async () => await engine.ListVmHostDevicesAsync("00000000-0000-0000-0000-000000000001").ToListAsync());
        Assert.That(missing!.Failure, Is.EqualTo(OvirtFailure.NotFound));
    }

    [Test]
    public async Task Event_IsPostedAndListed()
    {
        var before = await LastEventAsync();
        await engine.AddEventAsync(new NewOvirtEvent
        {
            Description = "contract: <event> & \"quotes\"",
            Severity = OvirtEventSeverity.Normal,
            Origin = "Nvdimm.Extensions.Tests",
            CustomId = (int)(before % int.MaxValue),
            VmId = vm.Id,
        });
        var listed = await engine.ListEventsAsync(before).SingleAsync(found => found.Origin == "Nvdimm.Extensions.Tests");
        Assert.That(listed.Description, Is.EqualTo("contract: <event> & \"quotes\""));
        Assert.That(listed.VmId, Is.EqualTo(vm.Id));
        Assert.That(listed.Id, Is.GreaterThan(before));
    }

    [Test]
    public void Cancelled_BeforeItBegins_IsCancelled() =>
        Assert.That(() => engine.GetVmAsync(vm.Id, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());

    private async Task<OvirtVm> OtherAsync(string? name)
    {
        Assume.That(name, Is.Not.Null, "the live engine has no such VM");
        return await engine.ListVmsAsync($"name={name}").SingleAsync();
    }

    private async Task<long> LastEventAsync() => (await engine.ListEventsAsync().LastOrDefaultAsync())?.Id ?? 0;
}
