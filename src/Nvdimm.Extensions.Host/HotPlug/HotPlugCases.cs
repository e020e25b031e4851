using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.HotPlug;

/// <summary>The memory hot plugs of a check.</summary>
internal static class HotPlugCases
{
    private const long GiB = 1024;

    /// <summary>Creates the cases of each family; each family has some (<c>HotPlugTests</c>).</summary>
    private static readonly Dictionary<GuestFamily, Func<GuestArchitecture, IEnumerable<HotPlugCase>>> ByFamily = new()
    {
        [GuestFamily.X86] = X86,
        [GuestFamily.Power] = Power,
        [GuestFamily.Arm] = Arm,
    };

    /// <summary>The cases of an architecture. Memory blocks are 128 MiB, 1 GiB and 2 GiB on x86 and always 256 MiB on POWER.</summary>
    public static IReadOnlyList<HotPlugCase> Of(GuestArchitecture architecture) =>
        [.. ByFamily[architecture.Family!](architecture)];

    private static IEnumerable<HotPlugCase> X86(GuestArchitecture architecture)
    {
        // Guest sizes of 384, 385.875 and 2048 MiB.
        var multiple = Layout(architecture, 512, 2048, SizingStrategy.Ovirt);
        var odd = Layout(architecture, 512, 4, SizingStrategy.Ovirt);
        var large = Layout(architecture, 2176, 2048, SizingStrategy.Largest);
        NvdimmLayout[][] nvdimms = [[multiple], [odd], [large], [odd, multiple]];
        foreach (var ram in new[] { 512, 63 * GiB, 64 * GiB })
        {
            var dimms = ram == 64 * GiB ? new[] { 128, 256, GiB, 2 * GiB } : [128, 256, GiB];
            foreach (var (devices, dimm) in nvdimms.SelectMany(devices => dimms.Select(dimm => (devices, dimm))))
            {
                yield return Case(architecture, ram, devices, dimm, nodes: devices.Length);
            }
        }

        // Around the RAM size from which on a part lies above 4 GiB; then QEMU's refusals: a size, the maximum memory, the slots,
        // addresses.
        yield return Case(architecture, 2815, [odd], 128);
        yield return Case(architecture, 2816, [odd], 128);
        yield return Case(architecture, 512, [multiple], 127);
        yield return Limited(Case(architecture, 512, [odd], 256), ByteSize.FromMiB(255), slots: 16);
        yield return Limited(Case(architecture, 512, [odd], 128), ByteSize.FromMiB(128), slots: 16);
        yield return Limited(Case(architecture, 512, [odd, odd], 128), ByteSize.FromGiB(4), slots: 2);
        yield return Case(architecture, 512, [multiple, Layout(architecture, 3 * GiB, GiB * 1024, SizingStrategy.Ovirt)], GiB);

        // As much memory as an emulated CPU has addresses for, in a guest whose CPU is none of AMD's.
        foreach (var device in new[] { multiple, odd })
        {
            var huge = Limited(Case(architecture, 512, [device], 128), ByteSize.FromGiB(969), slots: 16);
            yield return huge with { Request = huge.Request with { HasAmdCpu = false } };
        }
    }

    private static IEnumerable<HotPlugCase> Arm(GuestArchitecture architecture)
    {
        // Guest sizes of 384 and 385.9375 MiB: the second has an alignment of 64 KiB, the page of some kernels.
        var multiple = Layout(architecture, 512, 2048, SizingStrategy.Ovirt);
        var odd = Layout(architecture, 512, 64, SizingStrategy.Ovirt);
        foreach (var ram in new[] { 512, 3 * GiB, (3 * GiB) + 512 })
        {
            foreach (var dimm in new[] { 128, 256, GiB })
            {
                yield return Case(architecture, ram, [multiple], dimm);
                yield return Case(architecture, ram, [odd], dimm);
                yield return Case(architecture, ram, [odd, multiple], dimm, nodes: 2);
            }
        }

        yield return Limited(Case(architecture, 512, [odd], 128), ByteSize.FromMiB(128), slots: 16);
        yield return Limited(Case(architecture, 512, [odd, odd], 128), ByteSize.FromGiB(4), slots: 2);
        yield return Case(architecture, 512, [multiple, Layout(architecture, 3 * GiB, GiB * 1024, SizingStrategy.Ovirt)], GiB);
    }

    private static IEnumerable<HotPlugCase> Power(GuestArchitecture architecture)
    {
        var small = Layout(architecture, 257, 2048, SizingStrategy.Ovirt);
        var large = Layout(architecture, 600, 64, SizingStrategy.Ovirt);
        foreach (var ram in new[] { GiB, GiB + 256 })
        {
            foreach (var dimm in new[] { 128, 256, GiB })
            {
                yield return Case(architecture, ram, [small], dimm);
                yield return Case(architecture, ram, [small, large], dimm);
            }
        }

        var aligned = Layout(architecture, GiB + 1, GiB * 1024, SizingStrategy.Ovirt);
        yield return Case(architecture, GiB, [small, aligned], 256);
        yield return Limited(Case(architecture, GiB, [small, aligned], 256), ByteSize.Zero, slots: 16);
        yield return Limited(Case(architecture, GiB, [small], 512), ByteSize.Zero, slots: 16);
    }

    private static HotPlugCase Case(GuestArchitecture architecture, long ramMiB, NvdimmLayout[] nvdimms, long dimmMiB, int nodes = 1)
    {
        var ram = ByteSize.FromMiB(ramMiB);
        var request = new MemoryHotPlugRequest
        {
            Architecture = architecture,
            Ram = ram,
            MaxMemory = ram,
            DimmSize = ByteSize.FromMiB(dimmMiB),
            Nvdimms = [.. nvdimms],
        };
        return Limited(new HotPlugCase(request, nodes), ByteSize.FromGiB(8), DomainMemory.Slots);
    }

    /// <summary>As above with this much memory left beside the NVDIMMs, rounded up as libvirt passes it to QEMU.</summary>
    private static HotPlugCase Limited(HotPlugCase plugged, ByteSize left, int slots)
    {
        var step = HypervisorProfile.Newest.MaxMemoryBlock(plugged.Request.Architecture.Family!);
        var maxMemory = DomainMemory.MaxMemory(plugged.Request.Ram + left, plugged.Request.Nvdimms).AlignUp(step);
        return plugged with { Request = plugged.Request with { MaxMemory = maxMemory, Slots = slots } };
    }

    private static NvdimmLayout Layout(GuestArchitecture architecture, long deviceMiB, long alignKiB, SizingStrategy strategy) =>
        NvdimmSizer.Size(new SizingRequest(architecture, ByteSize.FromMiB(deviceMiB))
        {
            Align = Alignment.FromBytes(Math.Max(alignKiB * 1024, Environment.SystemPageSize)),
            HostPageSize = Alignment.FromBytes(Environment.SystemPageSize),
            Strategy = strategy,
        }).Layout ?? throw new InvalidOperationException("Every NVDIMM of a hot plug starts");
}
