using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Whether a VM can have a device with today's figures, and if not, why. The policy decides: a device is <see cref="DeviceState.Free"/> if and only if
/// <see cref="NvdimmPolicy"/> lets it be attached to a new VM on its host. Everything that says "free" or "usable" asks here.
/// </summary>
public sealed record DeviceAvailability
{
    private static readonly string[] TooSmallCodes = [NvdimmCodes.DeviceTooSmall, NvdimmCodes.BelowLibvirtMinimum];

    private DeviceAvailability(NvdimmDevice device) => Device = device;

    /// <summary>The device.</summary>
    public NvdimmDevice Device { get; }

    /// <summary>The state.</summary>
    public DeviceState State { get; private init; }

    /// <summary>
    /// Who has it: the names of VMs for <see cref="DeviceState.InUseByVm"/>, the uses of the host, such as <c>/mnt</c> or <c>held by dm-0</c>, for
    /// <see cref="DeviceState.InUseByHost"/>. Empty for the other states.
    /// </summary>
    public ValueList<string> Users { get; private init; } = [];

    /// <summary>What sizing it comes to, whatever its state; null if its size is not known.</summary>
    public SizingResult? Sized { get; private init; }

    /// <summary>Why no other VM can have it: findings that are errors, with their figures. Empty if and only if it is free.</summary>
    public ValueList<Finding> Reasons { get; private init; } = [];

    /// <summary>What a guest sees of a free device, or of one that a VM has; null for the other states.</summary>
    public ByteSize? GuestSize => State is DeviceState.Free or DeviceState.InUseByVm ? Sized?.Layout?.GuestSize : null;

    /// <summary>Whether a VM can have it: <see cref="DeviceState.Free"/>.</summary>
    public bool IsFree => State == DeviceState.Free;

    /// <summary>
    /// The state in words for people: <c>free</c>, <c>free, no uuid</c>, <c>in use by VM db1</c>, <c>in use by the host (/mnt)</c>, <c>too small</c>,
    /// <c>not usable: disabled</c>.
    /// </summary>
    public string Text => DeviceStateTexts.Of(this);

    /// <summary>Which devices of a host a VM can have, ordered by name (<see cref="DeviceNameComparer"/>). Never throws on a device, whatever it is.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    public static ValueList<DeviceAvailability> Of(AvailabilityRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var owners = request.Vms.Where(vm => vm.Nvdimms.Count > 0 || vm.ExpectedNvdimms is { Count: > 0 } || vm.UsedNvdimms.Count > 0).ToValueList();
        var attach = new PolicyRequest
        {
            Operation = NvdimmOperation.Attach,
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
        // A host without a name is the only rule that speaks of the new VM and not of the device.
        var refusals = NvdimmPolicy.Evaluate(attach, rule => rule is { Severity: Severity.Error, Code: not EngineCodes.VmNotPinnedToHost }).Violations;
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
        : device.FindingOf(NvdimmCodes.DaxSystemRam) is not null || device.DaxDevices.Any(dax => dax.Mode == DaxDeviceMode.SystemRam) ? ["system RAM"]
        : [];

    /// <summary>The refusals, with the findings in place of the codes that stand for them.</summary>
    private static ValueList<Finding> Reasoned(ValueList<Finding> refusals, NvdimmDevice device, SizingResult? sized) => refusals
        .SelectMany(refusal => refusal.Code switch
        {
            NvdimmCodes.SizeRefused => sized?.Findings ?? [],
            NvdimmCodes.Unusable when device.Findings.Any(finding => finding.Severity == Severity.Error) =>
                device.Findings.Where(finding => finding is { Severity: Severity.Error, Code: not (NvdimmCodes.ReadOnly or NvdimmCodes.InUseByHost) }),
            _ => [refusal],
        })
        .Distinct()
        .ToValueList();
}
