using System.Globalization;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses if the VM needs more memory slots than it has. The engine counts hot-plugged memory devices but not NVDIMMs (oVirt Engine 4.5,
/// <c>HotSetAmountOfMemoryCommand.validate</c>); libvirt counts both.
/// </summary>
internal sealed class NoMemorySlotRule() : NvdimmRule(
    NvdimmCodes.NoMemorySlot, Severity.Error, HostDeviceOperation.Attach, HostDeviceOperation.Start, HostDeviceOperation.MemoryHotPlug)
{
    internal override IEnumerable<Finding> Check(PolicyContext context)
    {
        var nvdimms = context.NvdimmsAfterwards.LongCount();
        var needed = nvdimms + (context.Vm?.MemoryDevices ?? 0) + (context.Request.Operation == HostDeviceOperation.MemoryHotPlug ? 1 : 0);
        var slots = context.Vm?.MemorySlots ?? DomainMemory.Slots;
        return nvdimms > 0 && needed > slots
            ? [FindingOf(("vm", context.VmName), ("needed", Text(needed)), ("slots", Text(slots)))]
            : [];
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// Refuses a device that cannot be sized for the VM. The engine accepts the attach. If the size is missing or cannot be aligned, it then
/// cannot start the VM: <c>VmInfoBuildUtils.getNvdimmTotalSize</c> throws while <c>LibvirtVmXmlBuilder.writeMaxMemory</c> writes the sum,
/// before any device is written (oVirt Engine 4.4.4 to 4.5.7).
/// </summary>
internal sealed class SizeRefusedRule()
    : NvdimmRule(NvdimmCodes.SizeRefused, Severity.Error, HostDeviceOperation.Attach, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        let sized = context.LayoutFor(device)
        where sized is { IsRefused: true }
        let findings = sized.Value.Findings
        select FindingOf(
            ("device", device.Name),
            ("vm", context.VmName),
            ("codes", Reasons.Codes(findings)),
            ("reasons", Reasons.Texts(findings)));
}

/// <summary>Warns if the guest cannot take memory online that is plugged after the device.</summary>
internal sealed class HotPlugMisalignedRule() : NvdimmRule(
    NvdimmCodes.HotPlugMisaligned, Severity.Warning, HostDeviceOperation.Attach, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from arguments in context.HotPlugMisaligned
        select FindingOf(arguments);
}

/// <summary>
/// Refuses to plug memory that the guest cannot take online. The engine does not check it, and the host does not see the failure: QEMU and
/// libvirt report success.
/// </summary>
internal sealed class MemoryHotPlugMisalignedRule() : NvdimmRule(
    NvdimmCodes.MemoryHotPlugMisaligned, Severity.Error, HostDeviceOperation.MemoryHotPlug)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from arguments in context.HotPlugMisaligned
        select FindingOf([("vm", context.VmName), .. arguments]);
}

/// <summary>
/// Refuses to plug memory if the guest size of an NVDIMM is not known: the address of the memory depends on all of them. The engine does
/// not check it.
/// </summary>
internal sealed class MemoryHotPlugUnknownRule() : NvdimmRule(
    NvdimmCodes.MemoryHotPlugUnknown, Severity.Error, HostDeviceOperation.MemoryHotPlug)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Vm is null ? [] : context.Wanted
        where wanted.Device is not { } device || context.LayoutFor(device)?.Layout is null
        select FindingOf(("vm", context.VmName), ("device", wanted.Name));
}
