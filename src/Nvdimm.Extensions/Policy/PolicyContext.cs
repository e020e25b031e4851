using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Policy;

/// <summary>A request, with what several rules derive from it.</summary>
internal sealed class PolicyContext
{
    public PolicyContext(PolicyRequest request)
    {
        Request = request;
        Wanted = request.Operation is NvdimmOperation.Attach or NvdimmOperation.Detach or NvdimmOperation.HotPlug or NvdimmOperation.HotUnplug
            ? [.. request.Devices.Select(Resolve)]
            : [.. (request.Vm?.Nvdimms ?? []).Select(attached => Resolve(attached.Name))];
    }

    public PolicyRequest Request { get; }

    /// <summary>The VM, where there is one.</summary>
    public VmDescription? Vm => Request.Vm;

    /// <summary>The VM's name for texts.</summary>
    public string VmName => Request.Vm?.Name ?? "the VM";

    /// <summary>What the operation is about: the named devices, or all of the VM's.</summary>
    public IReadOnlyList<WantedDevice> Wanted { get; }

    /// <summary>The devices of the host that the operation is about.</summary>
    public IEnumerable<NvdimmDevice> Devices => Wanted.Select(wanted => wanted.Device).OfType<NvdimmDevice>();

    /// <summary>The host, where its devices are known and it is the one that the VM is pinned to.</summary>
    public HostDescription? Host => Request.Host is { } host && IsPinnedHost(host) ? host : null;

    /// <summary>The words of the engine's texts for the operation: ${action} and ${type}.</summary>
    public FindingArgument[] EngineWords => OperationWords.Of(Request.Operation);

    /// <summary>The NVDIMMs the VM has after the operation, by name.</summary>
    public IEnumerable<string> NvdimmsAfterwards =>
        (Vm?.Nvdimms ?? []).Select(attached => attached.Name)
            .Concat(Request.Operation == NvdimmOperation.Attach ? Wanted.Select(wanted => wanted.Name) : [])
            .Distinct(StringComparer.Ordinal);

    /// <summary>The layout of a device for the VM.</summary>
    public NvdimmLayout? LayoutOf(NvdimmDevice device) => device.Size is { } size && Vm is { } vm
        ? NvdimmSizer.Size(new SizingRequest(vm.Architecture, size)
        {
            Align = device.Align,
            IsDevdax = device.IsDevdax,
            Strategy = Request.Strategy,
            HostPageSize = Request.Host?.PageSize ?? Alignment.FromKiB(4),
        })
        : null;

    private bool IsPinnedHost(HostDescription host) =>
        host.Name is null || Vm is null || Vm.PinnedHosts.Count == 0 || Vm.PinnedHosts.Contains(host.Name, StringComparer.Ordinal);

    private WantedDevice Resolve(string name)
    {
        var matches = DeviceSelector.Matches(Host?.Devices ?? [], name);
        return matches.Count == 1 ? new WantedDevice(matches[0].Name, matches[0], matches) : new WantedDevice(name, null, matches);
    }
}
