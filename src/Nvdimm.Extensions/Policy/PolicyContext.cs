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
        Own = Vm is null ? null : OwnNvdimms.Of(Vm, Host);
        var devices = new WantedDevices(Own, Host?.Devices ?? [], HostOfNames);
        Wanted = request.Operation switch
        {
            NvdimmOperation.Attach or NvdimmOperation.HotPlug => devices.ToAdd(request.Devices),
            NvdimmOperation.Detach or NvdimmOperation.HotUnplug => devices.ToRemove(request.Devices),
            NvdimmOperation.Start => devices.Attached(),
            _ => devices.Own(),
        };
    }

    public PolicyRequest Request { get; }

    /// <summary>The VM, where there is one.</summary>
    public VmDescription? Vm => Request.Vm;

    /// <summary>The VM's name for texts.</summary>
    public string VmName => Vm?.Name ?? "the VM";

    /// <summary>The NVDIMMs that the VM has or should have; null without a VM.</summary>
    public OwnNvdimms? Own { get; }

    /// <summary>The hosts that the VM is pinned to, each once.</summary>
    public ValueList<string> PinnedHosts { get; }

    /// <summary>What the operation is about: the named devices, or all of the VM's; each once.</summary>
    public ValueList<WantedDevice> Wanted { get; }

    /// <summary>
    /// What of it the engine is asked for. It is not asked to remove what its configuration has no longer: that is only forgotten.
    /// </summary>
    public IEnumerable<WantedDevice> AskedOfEngine => Wanted.Where(wanted => !(wanted.IsMissing && IsRemoval));

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
        (Own?.Configured ?? []).Select(attached => attached.Name).Union(Wanted.Select(wanted => wanted.Name), StringComparer.Ordinal);

    /// <summary>
    /// The other VMs that have, should have or run with a device, or may: the same device by what is known of both, or the same kernel name in a
    /// configuration on what may be the same host, since a name is all that the engine knows: whatever bears it today is what both get.
    /// </summary>
    public IEnumerable<VmDescription> OtherUsersOf(WantedDevice wanted)
    {
        var facts = wanted.FactsOn(HostOfNames);
        return Request.OtherVms.Where(other => OwnNvdimms.Of(other).MayHave(facts, SharesHost(other)));
    }

    /// <summary>
    /// Whether another VM that may be running has one of the devices (oVirt Engine 4.5, <c>VMStatus.isNotRunning</c>: only these three
    /// mean that a VM is surely not running).
    /// </summary>
    public bool IsAnyInUse => Wanted.SelectMany(OtherUsersOf)
        .Any(other => other.Status is not (VmStatus.Down or VmStatus.Suspended or VmStatus.ImageLocked));

    /// <summary>
    /// Whether one of the devices is not on the host that the VM is pinned to, or cannot be known to be there. What is to be removed only has to be
    /// in the engine's report: the listing of another host, or of one that does not answer, is no reason to keep it.
    /// </summary>
    public bool IsAnyMissing => IsRemoval
        ? AskedOfEngine.Any(wanted => !IsRemovable(wanted))
        : Request.Host is not null && Wanted.Any(wanted => wanted.Matches.Count == 0);

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
        let block = GuestMemoryBlock.Of(Vm!.Architecture, Vm.Memory, Vm.HidesHypervisor)
        where !layout.GuestSize.IsAlignedTo(block)
        select new FindingArgument[] { ("device", device.Name), ("guestSize", $"{layout.GuestSize.Bytes}"), ("hotPlugBlock", $"{block.Bytes}") };

    /// <summary>Whether the engine finds a device where it is asked to remove it.</summary>
    public bool IsRemovable(WantedDevice wanted) => Host switch
    {
        null => true,
        { Reported: { } reported } => reported.Contains(wanted.Name, StringComparer.Ordinal),
        var host => wanted.Matches.Count > 0 || (!host.IsComplete && wanted.Attached is not null),
    };

    private bool IsRemoval => Request.Operation is NvdimmOperation.Detach or NvdimmOperation.HotUnplug;

    /// <summary>The host whose kernel names the operation speaks of; null where it is not known.</summary>
    private string? HostOfNames => Host?.Name ?? (PinnedHosts is [var single] ? single : null);

    private bool IsPinnedHost(HostDescription host) =>
        host.Name is null || PinnedHosts.Count == 0 || PinnedHosts.Contains(host.Name, StringComparer.Ordinal);

    /// <summary>Whether a kernel name may mean the same device for both: unless the hosts of both are known and none is the same.</summary>
    private bool SharesHost(VmDescription other)
    {
        IReadOnlyCollection<string> mine = PinnedHosts.Count == 0 && Request.Host?.Name is { } name ? [name] : PinnedHosts;
        return mine.Count == 0 || other.PinnedHosts.Count == 0 || mine.Intersect(other.PinnedHosts, StringComparer.Ordinal).Any();
    }
}
