using System.Globalization;

namespace Nvdimm.Extensions.Sizing;

/// <summary>
/// Predicts where QEMU places a DIMM that is plugged beside NVDIMMs, whether the guest can use it there, and which address works instead.
/// The host cannot see a failure: QEMU and libvirt report success, and the guest's kernel refuses the memory.
/// </summary>
public static class MemoryHotPlug
{
    private const int MaximumSlots = 256;

    /// <summary>2^52 bytes, so that no sum of sizes overflows: x86 processors have 52 address bits, and POWER has fewer.</summary>
    private static readonly ByteSize Limit = ByteSize.FromBytes(1L << 52);

    /// <summary>
    /// Computes where QEMU places the DIMM, and where it should be placed. The figures are those of QEMU 7.2 with machine q35 or pseries.
    /// i440fx has its memory devices elsewhere; for it set <see cref="MemoryHotPlugRequest.Start"/>. <c>nvdimm verify</c> compares the
    /// figures with the installed QEMU.
    /// </summary>
    /// <remarks>
    /// A Linux guest takes memory online in whole blocks: address and size must be multiples of <see cref="GuestMemoryBlock"/> (Linux v6.1
    /// <c>mm/memory_hotplug.c</c>, <c>check_hotplug_memory_range</c>).
    /// </remarks>
    /// <returns>The addresses and the findings.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// A size or address is above 2^52 (4 PiB), a size is zero, the maximum memory is below the RAM, the number of slots or of present
    /// devices is above 256, the alignment of the DIMM is not a power of two or is above 1 TiB, or the architecture is not supported.
    /// </exception>
    public static MemoryHotPlugPlan Plan(MemoryHotPlugRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Validate(request);
        var block = GuestMemoryBlock.Of(request.Architecture, request.Ram, request.HidesHypervisor);
        var space = new GuestAddressSpace(request);
        if (!space.IsCertain)
        {
            return new MemoryHotPlugPlan(block, [])
            {
                IsKnown = false,
                Findings = [Finding.Error(NvdimmCodes.DimmAddressUnknown, ("end", Hex(space.End)))],
            };
        }

        var nvdimms = new List<GuestMemoryDevice>();
        foreach (var layout in request.Nvdimms)
        {
            // QEMU v7.2.0 hw/mem/nvdimm.c, nvdimm_prepare_memory_region, and softmmu/physmem.c, file_ram_alloc: at least the host's page
            // size.
            var align = Alignment.Max(layout.AlignSize, layout.Request.HostPageSize);
            if (space.Add(layout.GuestSize, align) is not { } placed)
            {
                return new MemoryHotPlugPlan(block, nvdimms.ToValueList())
                {
                    Findings = [NoRoom(space, $"NVDIMM {nvdimms.Count + 1}", layout.GuestSize)],
                };
            }

            nvdimms.Add(placed);
        }

        return WithDimm(new MemoryHotPlugPlan(block, nvdimms.ToValueList()), request, space);
    }

    /// <summary>Formats an address as libvirt writes it: <c>0x118200000</c>.</summary>
    public static string Hex(ByteSize address) => $"0x{address.Bytes.ToString("x", CultureInfo.InvariantCulture)}";

    private static MemoryHotPlugPlan WithDimm(MemoryHotPlugPlan plan, MemoryHotPlugRequest request, GuestAddressSpace space)
    {
        var step = Alignment.Max(plan.MemoryBlock, request.DimmAlign);
        var size = request.DimmSize;
        var isUsable = size.IsAlignedTo(step);
        var placed = plan with
        {
            Automatic = space.FindDimm(size, request.DimmAlign),
            Advised = isUsable ? space.FindDimm(size, step) : null,
        };
        var findings = new List<Finding>();
        if (!isUsable)
        {
            findings.Add(Finding.Error(NvdimmCodes.DimmSize, ("dimmSize", Text(size)), ("step", Text(step.Size))));
        }
        else if (placed.Advised is null)
        {
            findings.Add(NoRoom(space, $"a DIMM of {Text(size)} bytes", size));
        }
        else if (!placed.ComesOnline)
        {
            findings.Add(Finding.Warning(
                NvdimmCodes.DimmMisaligned,
                ("dimmSize", Text(size)),
                ("address", Hex(placed.Automatic!.Value.Address)),
                ("memoryBlock", Text(plan.MemoryBlock.Size)),
                ("advised", Hex(placed.Advised.Value.Address))));
        }

        return placed with { Findings = findings.ToValueList() };
    }

    private static Finding NoRoom(GuestAddressSpace space, string what, ByteSize size) =>
        Finding.Error(NvdimmCodes.DimmNoRoom, ("what", what), ("reason", space.WhyNoRoom(size)));

    private static string Text(ByteSize size) => size.Bytes.ToString(CultureInfo.InvariantCulture);

    private static void Validate(MemoryHotPlugRequest request)
    {
        if (!request.Architecture.IsSupported)
        {
            throw new ArgumentException($"No sizing rules are known for {request.Architecture}", nameof(request));
        }

        ArgumentOutOfRangeException.ThrowIfEqual(request.Ram, ByteSize.Zero, nameof(request));
        ArgumentOutOfRangeException.ThrowIfLessThan(request.MaxMemory, request.Ram, nameof(request));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.MaxMemory, Limit, nameof(request));
        ArgumentOutOfRangeException.ThrowIfEqual(request.DimmSize, ByteSize.Zero, nameof(request));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.DimmSize, Limit, nameof(request));
        ArgumentOutOfRangeException.ThrowIfNegative(request.Slots, nameof(request));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Slots, MaximumSlots, nameof(request));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Present.Count, MaximumSlots, nameof(request));
        if (!request.DimmAlign.IsPowerOfTwo || request.DimmAlign > Alignment.FromMiB(1 << 20))
        {
            throw new ArgumentException("The alignment of a DIMM is a power of two up to 1 TiB", nameof(request));
        }

        if (request.Start > Limit)
        {
            throw new ArgumentException("Memory devices begin beyond 2^52", nameof(request));
        }

        if (request.Present.Any(device => device.Size > Limit || device.Address > Limit))
        {
            throw new ArgumentException("A memory device is beyond 2^52", nameof(request));
        }
    }
}
