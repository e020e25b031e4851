using System.Globalization;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses if the VM needs more memory slots than it has. The engine counts hot-plugged memory devices but not NVDIMMs (oVirt Engine 4.5,
/// <c>HotSetAmountOfMemoryCommand.validate</c>); libvirt counts both.
/// </summary>
internal sealed class NoMemorySlotRule() : NvdimmRule(
    NvdimmCodes.NoMemorySlot, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Start, NvdimmOperation.MemoryHotPlug)
{
    internal override IEnumerable<Finding> Check(PolicyContext context)
    {
        var nvdimms = context.NvdimmsAfterwards.LongCount();
        var needed = nvdimms + (context.Vm?.MemoryDevices ?? 0) + (context.Request.Operation == NvdimmOperation.MemoryHotPlug ? 1 : 0);
        var slots = context.Vm?.MemorySlots ?? DomainMemory.Slots;
        return nvdimms > 0 && needed > slots
            ? [Violation(("vm", context.VmName), ("needed", Text(needed)), ("slots", Text(slots)))]
            : [];
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
