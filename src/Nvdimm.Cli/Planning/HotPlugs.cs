using Nvdimm.Extensions;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Planning;

/// <summary>What would come of plugging DIMMs of the usual sizes, where that can be told.</summary>
internal static class HotPlugs
{
    private static readonly ByteSize GiB = ByteSize.FromGiB(1);

    /// <summary>Where no more is said than here, a guest is small enough to be predicted, and large enough to be a real one.</summary>
    private static readonly ByteSize LargestMemory = ByteSize.FromBytes(1L << 50);

    /// <summary>Beside one NVDIMM, with room for every DIMM; none where the guest's RAM is not known.</summary>
    public static ValueList<HotPlug> BesideOne(NvdimmLayout layout)
    {
        var ram = layout.Request.GuestRam;
        return ram > LargestMemory || layout.BackendSize > LargestMemory
            ? []
            : Of(new(layout.Request.Architecture, ram, ram + layout.BackendSize + (GiB + GiB), GiB)
            {
                HidesHypervisor = layout.Request.HidesHypervisor,
                Nvdimms = [layout],
            });
    }

    /// <summary>
    /// Beside the NVDIMMs of a VM that is down. None where its RAM or its maximum memory is not known, where it has other memory
    /// devices, whose place is not known, or where it is no q35.
    /// </summary>
    public static ValueList<HotPlug> Beside(VmDescription vm, string? machine, ByteSize? maxMemory, ValueList<NvdimmLayout> nvdimms)
    {
        var isKnown = vm.MemoryDevices == 0 && vm.Architecture.Family is { } family
            && (machine is null || family.HasUsualStart(machine));
        return isKnown && maxMemory is { } maximum && maximum >= vm.Memory && maximum <= LargestMemory
            ? Of(new(vm.Architecture, vm.Memory, maximum, GiB)
            {
                HidesHypervisor = vm.HidesHypervisor,
                Slots = Math.Min(vm.MemorySlots, 256),
                Nvdimms = nvdimms,
            })
            : [];
    }

    /// <summary>The sizes that make sense for a guest, each planned as the request says for one.</summary>
    private static ValueList<HotPlug> Of(MemoryHotPlugRequest one) =>
        one.Ram == ByteSize.Zero
            ? []
            : new[] { one.Architecture.HotPlugBlock.Size, ByteSize.FromMiB(256), GiB, GuestMemoryBlock.Of(one.Architecture, one.Ram, one.HidesHypervisor).Size }
                .Distinct()
                .Order()
                .Select(size => new HotPlug(size, MemoryHotPlug.Plan(one with { DimmSize = size })))
                .ToValueList();
}
