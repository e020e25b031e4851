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
            : Of(layout.Request.Architecture, ram, ram + layout.BackendSize + (GiB + GiB), DomainMemory.Slots, [layout]);
    }

    /// <summary>
    /// Beside the NVDIMMs of a VM that is down. None where its RAM or its maximum memory is not known, where it has other memory
    /// devices, whose place is not known, or where it is no q35.
    /// </summary>
    public static ValueList<HotPlug> Beside(VmDescription vm, string? machine, ByteSize? maxMemory, ValueList<NvdimmLayout> nvdimms)
    {
        var isKnown = vm.MemoryDevices == 0 && vm.Architecture.IsSupported
            && (machine is null || vm.Architecture.IsPower || machine.Contains("q35", StringComparison.Ordinal));
        return isKnown && maxMemory is { } maximum && maximum >= vm.Memory && maximum <= LargestMemory
            ? Of(vm.Architecture, vm.Memory, maximum, Math.Min(vm.MemorySlots, 256), nvdimms)
            : [];
    }

    private static ValueList<HotPlug> Of(GuestArchitecture architecture, ByteSize ram, ByteSize maxMemory, int slots, ValueList<NvdimmLayout> nvdimms) =>
        ram == ByteSize.Zero
            ? []
            : new[] { architecture.HotPlugBlock.Size, ByteSize.FromMiB(256), GiB, GuestMemoryBlock.Of(architecture, ram).Size }
                .Distinct()
                .Order()
                .Select(size => new HotPlug(size, MemoryHotPlug.Plan(new MemoryHotPlugRequest(architecture, ram, maxMemory, size) { Slots = slots, Nvdimms = nvdimms })))
                .ToValueList();
}
