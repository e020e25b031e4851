using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Policy;

/// <summary>A request, with what several rules derive from it.</summary>
internal sealed class PolicyContext
{
    public PolicyContext(PolicyRequest request)
    {
        Request = request;
        PinnedHosts = (Vm?.PinnedHosts ?? []).Distinct(StringComparer.Ordinal).ToValueList();
        var devices = new WantedDevices(Nvdimms, Host?.Devices ?? []);
        Wanted = request.Operation switch
        {
            NvdimmOperation.Attach or NvdimmOperation.HotPlug => devices.ToAdd(request.Devices),
            NvdimmOperation.Detach or NvdimmOperation.HotUnplug => devices.ToRemove(request.Devices),
            _ => devices.Attached(),
        };
    }

    public PolicyRequest Request { get; }

    /// <summary>The VM, where there is one.</summary>
    public VmDescription? Vm => Request.Vm;

    /// <summary>The VM's name for texts.</summary>
    public string VmName => Vm?.Name ?? "the VM";

    /// <summary>The NVDIMMs in the VM's configuration.</summary>
    public ValueList<AttachedNvdimm> Nvdimms => Vm?.Nvdimms ?? [];

    /// <summary>The hosts that the VM is pinned to, each once.</summary>
    public ValueList<string> PinnedHosts { get; }

    /// <summary>What the operation is about: the named devices, or all of the VM's; each once.</summary>
    public ValueList<WantedDevice> Wanted { get; }

    /// <summary>The devices of the host that the operation is about.</summary>
    public IEnumerable<NvdimmDevice> Devices => Wanted.Select(wanted => wanted.Device).OfType<NvdimmDevice>();

    /// <summary>The host, where its devices are known and it is the one that the VM is pinned to.</summary>
    public HostDescription? Host => Request.Host is { } host && IsPinnedHost(host) ? host : null;

    /// <summary>The host's name for texts.</summary>
    public string HostName => Request.Host?.Name ?? "the host";

    /// <summary>The words of the engine's texts for the operation: ${action} and ${type}.</summary>
    public FindingArgument[] EngineWords => OperationWords.Of(Request.Operation);

    /// <summary>The NVDIMMs that the VM has or is to get, by name.</summary>
    public IEnumerable<string> NvdimmsAfterwards =>
        Nvdimms.Select(attached => attached.Name).Union(Wanted.Select(wanted => wanted.Name), StringComparer.Ordinal);

    /// <summary>
    /// The other VMs that have a device: the same uuid anywhere, or the same kernel name on what may be the same host, since a
    /// name is all that the engine knows: whatever bears it today is what both get.
    /// </summary>
    public IEnumerable<VmDescription> OtherUsersOf(WantedDevice wanted) => Request.OtherVms.Where(other =>
        other.Nvdimms.Any(attached =>
            (wanted.Uuid is { } uuid && attached.Uuid == uuid)
            || (string.Equals(attached.Name, wanted.Name, StringComparison.Ordinal) && SharesHost(other))));

    /// <summary>
    /// Whether another VM that may be running has one of the devices (oVirt Engine 4.5, <c>VMStatus.isNotRunning</c>: only these three
    /// mean that a VM is surely not running).
    /// </summary>
    public bool IsAnyInUse => Wanted.SelectMany(OtherUsersOf)
        .Any(other => other.Status is not (VmStatus.Down or VmStatus.Suspended or VmStatus.ImageLocked));

    /// <summary>
    /// Whether one of the devices is not on the host that the VM is pinned to, or cannot be known to be there: the listing of another
    /// host is no reason to add or use a device, but none to keep it either.
    /// </summary>
    public bool IsAnyMissing => (Request.Operation is NvdimmOperation.Detach or NvdimmOperation.HotUnplug ? Host : Request.Host) is not null
        && Wanted.Any(wanted => wanted.Matches.Count == 0);

    /// <summary>What sizing a device for the VM comes to; null without a VM, or where the device's size is not known.</summary>
    public SizingResult? LayoutFor(NvdimmDevice device) => DeviceSizing.LayoutFor(Request, device);

    /// <summary>
    /// For each device whose guest size breaks memory hot plug: the arguments <c>device</c>, <c>guestSize</c> and <c>hotPlugBlock</c>, the
    /// block in which this guest takes memory.
    /// </summary>
    public IEnumerable<FindingArgument[]> HotPlugMisaligned =>
        from device in Devices
        let layout = LayoutFor(device)?.Layout
        where layout is not null
        let block = GuestMemoryBlock.Of(Vm!.Architecture, Vm.Memory)
        where !layout.GuestSize.IsAlignedTo(block)
        select new FindingArgument[] { ("device", device.Name), ("guestSize", $"{layout.GuestSize.Bytes}"), ("hotPlugBlock", $"{block.Bytes}") };

    private bool IsPinnedHost(HostDescription host) =>
        host.Name is null || PinnedHosts.Count == 0 || PinnedHosts.Contains(host.Name, StringComparer.Ordinal);

    /// <summary>Whether a kernel name may mean the same device for both: unless the hosts of both are known and none is the same.</summary>
    private bool SharesHost(VmDescription other)
    {
        IReadOnlyCollection<string> mine = PinnedHosts.Count == 0 && Request.Host?.Name is { } name ? [name] : PinnedHosts;
        return mine.Count == 0 || other.PinnedHosts.Count == 0 || mine.Intersect(other.PinnedHosts, StringComparer.Ordinal).Any();
    }
}
