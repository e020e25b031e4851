using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Whether a VM can have a device at its present size and state, and if not, why. The policy decides: a device is
/// <see cref="DeviceState.Free"/> if and only if <see cref="NvdimmPolicy"/> allows attaching it to a new VM on its host. Every list that
/// says "free" or "usable" uses this class.
/// </summary>
public sealed record DeviceAvailability
{
    private static readonly string[] TooSmallCodes = [NvdimmCodes.DeviceTooSmall, NvdimmCodes.BelowLibvirtMinimum];

    private DeviceAvailability(NvdimmDevice device) => Device = device;

    /// <summary>The device.</summary>
    public NvdimmDevice Device { get; }

    /// <summary>Whether a VM can have the device, or the kind of reason that prevents it.</summary>
    public DeviceState State { get; private init; }

    /// <summary>
    /// The users of the device: names of VMs for <see cref="DeviceState.InUseByVm"/>; uses by the host, such as <c>/mnt</c> or
    /// <c>held by dm-0</c>, for <see cref="DeviceState.InUseByHost"/>. Empty for the other states.
    /// </summary>
    public ValueList<string> Users { get; private init; } = [];

    /// <summary>The result of sizing the device, whatever its state; null if its size is not known.</summary>
    public SizingResult? Sized { get; private init; }

    /// <summary>
    /// The errors that keep every other VM from having the device, with their figures. Empty if and only if the device is free.
    /// </summary>
    public ValueList<Finding> Reasons { get; private init; } = [];

    /// <summary>The size that a guest sees of a device that is free or that a VM has; null for the other states.</summary>
    public ByteSize? GuestSize => State is DeviceState.Free or DeviceState.InUseByVm ? Sized?.Layout?.GuestSize : null;

    /// <summary>Whether a VM can have the device: its state is <see cref="DeviceState.Free"/>.</summary>
    public bool IsFree => State == DeviceState.Free;

    /// <summary>
    /// The state in words: <c>free</c>, <c>free, no uuid</c>, <c>in use by VM db1</c>, <c>in use by the host (/mnt)</c>, <c>too small</c>,
    /// <c>not usable: disabled</c>.
    /// </summary>
    public string Text => DeviceStateTexts.Of(this);

    /// <summary>
    /// Returns the availability of each device of a host, ordered by name (<see cref="DeviceNameComparer"/>). No device makes it throw.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    public static ValueList<DeviceAvailability> Of(AvailabilityRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var owners = request.Vms
            .Where(vm => vm.Nvdimms.Count > 0 || vm.ExpectedNvdimms is { Count: > 0 } || vm.UsedNvdimms.Count > 0)
            .ToValueList();
        var attach = new PolicyRequest
        {
            Operation = HostDeviceOperation.Attach,
            Vm = new VmDescription
            {
                Name = "a new VM",
                Architecture = request.Architecture,
                PinnedHosts = request.Host.Name is { } host ? [host] : [],
                NumaNodes = [new GuestNumaNode(0, [])],
            },
            Host = request.Host,
            OtherVms = owners,
            Strategy = request.Strategy,
            LabelSize = request.LabelSize,
        };
        return request.Host.Devices
            .OrderBy(device => device.Name, DeviceNameComparer.Instance)
            .Select(device => Of(attach with { Devices = [device.Name] }, device))
            .ToValueList();
    }

    private static DeviceAvailability Of(PolicyRequest attach, NvdimmDevice device)
    {
        // VmNotPinnedToHost applies to a host without a name. It is the only refusal that concerns the new VM and not the device.
        var refusals = NvdimmPolicy
            .Check(attach, rule => rule is { Severity: Severity.Error, Code: not EngineCodes.VmNotPinnedToHost })
            .Findings;
        var sized = DeviceSizing.LayoutFor(attach, device);
        var others = OtherUsers(attach, device);
        var uses = HostUses(device);
        var reasons = Reasoned(refusals, device, sized);
        return new DeviceAvailability(device)
        {
            State = others.Count > 0 ? DeviceState.InUseByVm
                : uses.Count > 0 ? DeviceState.InUseByHost
                : reasons.Count == 0 ? DeviceState.Free
                : reasons.All(reason => TooSmallCodes.Contains(reason.Code)) ? DeviceState.TooSmall
                : DeviceState.NotUsable,
            Users = others.Count > 0 ? others : uses,
            Sized = sized,
            Reasons = reasons,
        };
    }

    private static ValueList<string> OtherUsers(PolicyRequest attach, NvdimmDevice device)
    {
        var context = new PolicyContext(attach);
        return context.OtherUsersOf(new WantedDevice(device.Name, device.Uuid, [device], null)).Select(vm => vm.Name).ToValueList();
    }

    private static ValueList<string> HostUses(NvdimmDevice device) =>
        device.Use is { Uses.Count: > 0 } use ? use.Uses.Select(DeviceUse.Short).ToValueList()
        : device.FindingOf(NvdimmCodes.InUseByHost) is { } used ? [DeviceUse.Short(used["use"] ?? "unknown")]
        : device.FindingOf(NvdimmCodes.DaxSystemRam) is not null || device.DaxDevices.Any(dax => dax.Mode == DaxDeviceMode.SystemRam)
            ? ["system RAM"]
        : [];

    /// <summary>The refusals. A refusal that only names other findings is replaced by them.</summary>
    private static ValueList<Finding> Reasoned(ValueList<Finding> refusals, NvdimmDevice device, SizingResult? sized) => refusals
        .SelectMany(refusal => refusal.Code switch
        {
            NvdimmCodes.SizeRefused => sized?.Findings ?? [],
            NvdimmCodes.Unusable => UnusableRule.Findings(device),
            _ => [refusal],
        })
        .Distinct()
        .ToValueList();
}

/// <summary>Whether a VM can have a device, and if not, the kind of reason. <see cref="DeviceAvailability"/> computes it.</summary>
public enum DeviceState
{
    /// <summary>A VM can have it: nothing uses it, and its size leaves the guest something.</summary>
    Free,

    /// <summary>A VM has it, should have it, or is running with it.</summary>
    InUseByVm,

    /// <summary>The host itself uses it: as a mount, a volume, swap or system RAM.</summary>
    InUseByHost,

    /// <summary>The sizes that oVirt, libvirt and QEMU compute leave the guest nothing, or less than libvirt accepts.</summary>
    TooSmall,

    /// <summary>A finding prevents its use: it is disabled, read-only, damaged or ambiguous, or its alignment does not work.</summary>
    NotUsable,
}
