using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Policy;

/// <summary>A request with the values that several rules derive from it.</summary>
internal sealed class PolicyContext
{
    public PolicyContext(PolicyRequest request)
    {
        Request = request;
        PinnedHosts = (Vm?.PinnedHosts ?? []).Distinct(StringComparer.Ordinal).ToValueList();
        Own = Vm is null ? null : OwnNvdimms.Of(Vm, Host);
        var devices = new WantedDevices(Own, Host?.Devices ?? [], HostOfNames);
        Wanted = request.Operation switch
        {
            HostDeviceOperation.Attach or HostDeviceOperation.HotPlug => devices.ToAdd(request.Devices),
            HostDeviceOperation.Detach or HostDeviceOperation.HotUnplug => devices.ToRemove(request.Devices),
            HostDeviceOperation.Start => devices.Attached(),
            _ => devices.Own(),
        };
    }

    public PolicyRequest Request { get; }

    /// <summary>The VM; null if the request has none.</summary>
    public VmDescription? Vm => Request.Vm;

    /// <summary>The VM's name for use in texts.</summary>
    public string VmName => Vm?.Name ?? "the VM";

    /// <summary>The NVDIMMs that the VM has or should have; null without a VM.</summary>
    public OwnNvdimms? Own { get; }

    /// <summary>The hosts to which the VM is pinned, without duplicates.</summary>
    public ValueList<string> PinnedHosts { get; }

    /// <summary>The devices that the operation concerns, without duplicates: the named ones, or all of the VM's.</summary>
    public ValueList<WantedDevice> Wanted { get; }

    /// <summary>
    /// The devices for which the operation needs the engine. A device that the configuration no longer has is not removed from the engine,
    /// only from the record.
    /// </summary>
    public IEnumerable<WantedDevice> AskedOfEngine => Wanted.Where(wanted => !(wanted.IsMissing && IsRemoval));

    /// <summary>The host's devices that the operation concerns.</summary>
    public IEnumerable<NvdimmDevice> Devices => Wanted.Select(wanted => wanted.Device).OfType<NvdimmDevice>();

    /// <summary>The host, if its devices are known and the VM is pinned to it; otherwise null.</summary>
    public HostDescription? Host => Request.Host is { } host && IsPinnedHost(host) ? host : null;

    /// <summary>The host's name for use in texts.</summary>
    public string HostName => Request.Host?.Name ?? "the host";

    /// <summary>The engine's words for the operation: ${action} and ${type}.</summary>
    public FindingArgument[] EngineWords => OperationWords.Of(Request.Operation);

    /// <summary>The names of the NVDIMMs that the VM has or will have after the operation.</summary>
    public IEnumerable<string> NvdimmsAfterwards =>
        (Own?.Configured ?? []).Select(attached => attached.Name).Union(Wanted.Select(wanted => wanted.Name), StringComparer.Ordinal);

    /// <summary>
    /// The other VMs that have, should have or run with a device, or may. A VM counts if the facts of both devices match, or if its
    /// configuration has the same kernel name and its host may be the same: the engine knows only names, so both VMs would get whatever
    /// device has the name.
    /// </summary>
    public IEnumerable<VmDescription> OtherUsersOf(WantedDevice wanted)
    {
        var facts = wanted.FactsOn(HostOfNames);
        return Request.OtherVms.Where(other => OwnNvdimms.Of(other).MayHave(facts, SharesHost(other)));
    }

    /// <summary>
    /// Whether another VM that may be running has one of the devices. Only these three states guarantee that a VM is not running (oVirt
    /// Engine 4.5, <c>VMStatus.isNotRunning</c>).
    /// </summary>
    public bool IsAnyInUse => Wanted.SelectMany(OtherUsersOf)
        .Any(other => other.Status is not (VmStatus.Down or VmStatus.Suspended or VmStatus.ImageLocked));

    /// <summary>
    /// Whether one of the devices is not on the host to which the VM is pinned, or may not be. For a removal only the engine's report
    /// counts: a device can be removed although its host does not answer.
    /// </summary>
    public bool IsAnyMissing => IsRemoval
        ? AskedOfEngine.Any(wanted => !IsRemovable(wanted))
        : Request.Host is not null && Wanted.Any(wanted => wanted.Matches.Count == 0);

    /// <summary>The result of sizing a device for the VM; null without a VM or if the device's size is not known.</summary>
    public SizingResult? LayoutFor(NvdimmDevice device) => DeviceSizing.LayoutFor(Request, device);

    /// <summary>
    /// For each device whose guest size breaks memory hot plug: the arguments <c>device</c>, <c>guestSize</c> and <c>hotPlugBlock</c>,
    /// which is the guest's memory block. Sizes are in bytes.
    /// </summary>
    public IEnumerable<FindingArgument[]> HotPlugMisaligned =>
        from device in Devices
        let layout = LayoutFor(device)?.Layout
        where layout is not null
        let block = GuestMemoryBlock.Of(Vm!.Architecture, Vm.Memory, Vm.HidesHypervisor)
        where !layout.GuestSize.IsAlignedTo(block)
        select new FindingArgument[]
        {
            ("device", device.Name), ("guestSize", $"{layout.GuestSize.Bytes}"), ("hotPlugBlock", $"{block.Bytes}"),
        };

    /// <summary>Whether the engine can remove a device: it is in the engine's report of the host.</summary>
    public bool IsRemovable(WantedDevice wanted) => Host switch
    {
        null => true,
        { Reported: { } reported } => reported.Contains(wanted.Name, StringComparer.Ordinal),
        var host => wanted.Matches.Count > 0 || (!host.IsComplete && wanted.Attached is not null),
    };

    private bool IsRemoval => Request.Operation is HostDeviceOperation.Detach or HostDeviceOperation.HotUnplug;

    /// <summary>The host whose kernel names the operation uses; null if it is not known.</summary>
    private string? HostOfNames => Host?.Name ?? (PinnedHosts is [var single] ? single : null);

    private bool IsPinnedHost(HostDescription host) =>
        host.Name is null || PinnedHosts.Count == 0 || PinnedHosts.Contains(host.Name, StringComparer.Ordinal);

    /// <summary>Whether a kernel name may mean the same device for both VMs: true unless the hosts of both are known and differ.</summary>
    private bool SharesHost(VmDescription other)
    {
        IReadOnlyCollection<string> hosts = PinnedHosts.Count == 0 && Request.Host?.Name is { } name ? [name] : PinnedHosts;
        return hosts.Count == 0 || other.PinnedHosts.Count == 0 || hosts.Intersect(other.PinnedHosts, StringComparer.Ordinal).Any();
    }
}
