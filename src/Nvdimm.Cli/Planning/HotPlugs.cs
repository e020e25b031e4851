using Nvdimm.Extensions;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Planning;

/// <summary>Predicts the effect of plugging DIMMs of the usual sizes, if it can be predicted.</summary>
internal static class HotPlugs
{
    private static readonly ByteSize GiB = ByteSize.FromGiB(1);

    /// <summary>
    /// The RAM limit up to which placement is predicted: small enough for the prediction, and larger than any real guest.
    /// </summary>
    private static readonly ByteSize LargestMemory = ByteSize.FromBytes(1L << 50);

    /// <summary>The plugs beside one NVDIMM, with room for every DIMM; empty if the guest's RAM is unknown.</summary>
    public static ValueList<HotPlug> OfLayout(NvdimmLayout layout)
    {
        var ram = layout.Request.GuestRam;
        return ram > LargestMemory || layout.BackendSize > LargestMemory
            ? []
            : Of(new()
            {
                Architecture = layout.Request.Architecture,
                Ram = ram,
                MaxMemory = ram + layout.BackendSize + (GiB + GiB),
                DimmSize = GiB,
                HidesHypervisor = layout.Request.HidesHypervisor,
                Nvdimms = [layout],
            });
    }

    /// <summary>
    /// The plugs beside the NVDIMMs of a VM that is down. Empty if its RAM or maximum memory is unknown, if it has other memory devices,
    /// whose addresses are unknown, or if its machine type is not q35.
    /// </summary>
    public static ValueList<HotPlug> OfVm(VmDescription vm, string? machine, ByteSize? maxMemory, ValueList<NvdimmLayout> nvdimms)
    {
        var isKnown = vm.MemoryDevices == 0 && vm.Architecture.Family is { } family
            && (machine is null || family.HasUsualStart(machine));
        return isKnown && maxMemory is { } maximum && maximum >= vm.Memory && maximum <= LargestMemory
            ? Of(new()
            {
                Architecture = vm.Architecture,
                Ram = vm.Memory,
                MaxMemory = maximum,
                DimmSize = GiB,
                HidesHypervisor = vm.HidesHypervisor,
                Slots = Math.Min(vm.MemorySlots, 256),
                Nvdimms = nvdimms,
            })
            : [];
    }

    /// <summary>The plan for each DIMM size that makes sense for the guest.</summary>
    private static ValueList<HotPlug> Of(MemoryHotPlugRequest one) =>
        one.Ram == ByteSize.Zero
            ? []
            : new[] { one.Architecture.HotPlugBlock.Size, ByteSize.FromMiB(
                256), GiB, GuestMemoryBlock.Of(one.Architecture, one.Ram, one.HidesHypervisor).Size }
                .Distinct()
                .Order()
                .Select(size => new HotPlug(size, MemoryHotPlug.Plan(one with { DimmSize = size })))
                .ToValueList();
}
