namespace Nvdimm.Extensions.Sizing;

/// <summary>
/// Predicts, to the byte, the size that oVirt writes, the size that libvirt gives QEMU, where QEMU puts the label and what the guest sees,
/// and whether any of them refuses. <c>SIZING.md</c> beside this file explains the chain.
/// </summary>
public static class NvdimmSizer
{
    internal const long MaximumSize = 1L << 62;

    /// <summary>Half of the largest size, so that the sum of a size and a label is below 2^63.</summary>
    internal const long MaximumLabelSize = 1L << 61;

    /// <summary>Computes the layout of a device. Never throws and allocates nothing; the result says what is wrong.</summary>
    /// <returns>
    /// The layout, or the reasons why there is none. Refusals: <c>NVDIMM_ARCHITECTURE_UNSUPPORTED</c>, <c>NVDIMM_SIZE_OUT_OF_RANGE</c>,
    /// <c>NVDIMM_LABEL_TOO_SMALL</c>, <c>NVDIMM_LABEL_NOT_KIB</c>, <c>NVDIMM_ALIGN_NOT_POWER_OF_TWO</c>, <c>NVDIMM_ALIGN_BELOW_PAGE</c>,
    /// <c>NVDIMM_ALIGN_INCOMPATIBLE</c>, <c>NVDIMM_DEVICE_TOO_SMALL</c>, <c>NVDIMM_BELOW_LIBVIRT_MINIMUM</c>,
    /// <c>NVDIMM_LARGER_THAN_DEVICE</c>, <c>NVDIMM_DEVDAX_NOT_MULTIPLE</c>, <c>NVDIMM_DEVDAX_ALIGN_UNKNOWN</c>,
    /// <c>NVDIMM_VERSIONS_DIFFER</c>, and <c>NVDIMM_BACKEND_NOT_PAGES</c>, which is only a warning if the versions are not known. Warning:
    /// <c>NVDIMM_HOTPLUG_MISALIGNED</c>.
    /// </returns>
    /// <example>
    /// <code>
    /// var sized = NvdimmSizer.Size(new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromGiB(1)) { Align = Alignment.FromMiB(2) });
    /// Console.WriteLine($"{sized.Verdict}: guest {sized.Layout?.GuestSize}, label at {sized.Layout?.LabelOffset}");
    /// // Ok: guest 896 MiB, label at 897.875 MiB
    /// </code>
    /// </example>
    public static SizingResult Size(in SizingRequest request) => request.Profile is { } profile
        ? SizeBy(request, profile.Libvirt)
        : SizeBetween(request, HypervisorProfile.Oldest.Libvirt, HypervisorProfile.Newest.Libvirt);

    /// <summary>As <see cref="Size"/>, if the host's libvirt may be of any version between two rows.</summary>
    internal static SizingResult SizeBetween(in SizingRequest request, LibvirtProfile oldest, LibvirtProfile newest)
    {
        var sized = SizeBy(request, newest);
        return oldest.Sizes == newest.Sizes || IsSame(sized, SizeBy(request, oldest)) ? sized : Differing(sized);
    }

    private static SizingResult SizeBy(in SizingRequest request, LibvirtProfile libvirt)
    {
        if (request.Architecture.Family is not { } family)
        {
            return new SizingResult
            {
                Request = request,
                Align = request.Align.GetValueOrDefault(),
                Stage = request.Align is null ? SizingStage.None : SizingStage.Align,
                Bits = SizingFindings.ArchitectureUnsupported,
            };
        }

        var reported = request.Align?.Bytes ?? family.HotPlugBlock.Bytes;
        var label = request.LabelSize.Bytes;
        var device = request.DeviceSize.Bytes;
        var isLargest = request.Strategy == SizingStrategy.Largest;
        var align = isLargest ? LargestArithmetic.Align(reported, family, libvirt) : reported;

        var aligned = new SizingResult { Request = request, Align = Alignment.FromBytes(align), Stage = SizingStage.Align };
        var ranges = Ranges(device, label, align);
        if (ranges != SizingFindings.None)
        {
            return aligned with { Bits = ranges };
        }

        var bits = Inputs(request, align) | When(label < libvirt.MinimumLabelSize.Bytes, SizingFindings.LabelTooSmall);
        var target = isLargest
            ? LargestArithmetic.TargetSize(request, align, family, libvirt)
            : OvirtArithmetic.TargetSize(device, align, label, family);
        return target is { } size
            ? Follow(aligned with { Target = ByteSize.FromBytes(size), Stage = SizingStage.Target }, bits, family, libvirt)
            : aligned with { Bits = bits | SizingFindings.AlignIncompatible };
    }

    /// <summary>
    /// Computes the layout that a given target size and alignment lead to: for an existing domain, or for a device that must keep its
    /// layout whatever would be computed for it today. Never throws and allocates nothing; the result says what is wrong.
    /// </summary>
    /// <param name="request">
    /// The device. The strategy is ignored; the alignment is used only for dax devices, which are mapped in multiples of it.
    /// </param>
    /// <param name="targetSize">The target size to keep, from 0 to 2^62 bytes, a whole number of KiB.</param>
    /// <param name="alignSize">
    /// The alignment to keep, up to 2^62; null for a domain without <c>&lt;alignsize&gt;</c>. libvirt then gives QEMU no alignment, and
    /// QEMU takes the page in which the backing is mapped (QEMU v7.2.0, <c>softmmu/physmem.c</c>, <c>file_ram_alloc</c>):
    /// <see cref="SizingRequest.HostPageSize"/>, which for a file on hugetlbfs is the huge page. A dax device whose own alignment is larger
    /// is refused.
    /// </param>
    /// <returns>
    /// The layout, or the reasons why there is none, with <see cref="SizingResult.IsKept"/> set. If no alignment is given,
    /// <see cref="SizingResult.LeavesAlignToQemu"/> is set and the result has the alignment that QEMU takes. Refusals and warnings are
    /// those of <see cref="Size"/> without <c>NVDIMM_ALIGN_INCOMPATIBLE</c>, which only the engine's formula gives, and with
    /// <c>NVDIMM_TARGET_SIZE_NOT_KIB</c> and <c>NVDIMM_DEVDAX_ALIGN_TOO_SMALL</c>.
    /// </returns>
    public static SizingResult Keep(in SizingRequest request, ByteSize targetSize, Alignment? alignSize) => request.Profile is { } profile
        ? KeepBy(request, targetSize, alignSize, profile.Libvirt)
        : KeepBetween(request, targetSize, alignSize, HypervisorProfile.Oldest.Libvirt, HypervisorProfile.Newest.Libvirt);

    /// <summary>As <see cref="Keep"/>, if the host's libvirt may be of any version between two rows.</summary>
    internal static SizingResult KeepBetween(
        in SizingRequest request, ByteSize targetSize, Alignment? alignSize, LibvirtProfile oldest, LibvirtProfile newest)
    {
        var sized = KeepBy(request, targetSize, alignSize, newest);
        return oldest.Sizes == newest.Sizes || IsSame(sized, KeepBy(request, targetSize, alignSize, oldest)) ? sized : Differing(sized);
    }

    private static SizingResult KeepBy(in SizingRequest request, ByteSize targetSize, Alignment? alignSize, LibvirtProfile libvirt)
    {
        var align = alignSize ?? QemuArithmetic.DefaultAlign(request.HostPageSize);
        var given = new SizingResult
        {
            Request = request,
            Align = align,
            LeavesAlignToQemu = alignSize is null,
            Target = targetSize,
            Stage = SizingStage.Target,
            IsKept = true,
        };
        if (request.Architecture.Family is not { } family)
        {
            return given with { Bits = SizingFindings.ArchitectureUnsupported };
        }

        var target = targetSize.Bytes;
        var ranges = Ranges(request.DeviceSize.Bytes, request.LabelSize.Bytes, align.Bytes)
            | When(target > MaximumSize, SizingFindings.TargetSizeOutOfRange);
        return ranges != SizingFindings.None
            ? given with { Bits = ranges }
            : Follow(
                given,
                Inputs(request, align.Bytes)
                | When(target % 1024 != 0, SizingFindings.TargetSizeNotKiB)
                | When(!IsLabelSize(request, family, libvirt), SizingFindings.LabelTooSmall),
                family,
                libvirt);
    }

    private static bool IsSame(in SizingResult one, in SizingResult other) =>
        (one.Stage, one.Target, one.Backend, one.Guest, one.Bits) == (other.Stage, other.Target, other.Backend, other.Guest, other.Bits);

    /// <summary>Refuses from libvirt's step on, since the versions compute different sizes from the target size.</summary>
    private static SizingResult Differing(in SizingResult sized) => sized with
    {
        Stage = (SizingStage)Math.Min((int)sized.Stage, (int)SizingStage.Target),
        Bits = sized.Bits | SizingFindings.VersionsDiffer,
    };

    private static SizingFindings Ranges(long device, long label, long align) =>
        When(device > MaximumSize, SizingFindings.DeviceSizeOutOfRange)
        | When(label > MaximumLabelSize, SizingFindings.LabelSizeOutOfRange)
        | When(align > MaximumSize, SizingFindings.AlignOutOfRange);

    private static SizingFindings Inputs(in SizingRequest request, long align) =>
        When(request.LabelSize.Bytes % 1024 != 0, SizingFindings.LabelNotKiB)
        | When(!long.IsPow2(align), SizingFindings.AlignNotPowerOfTwo)
        | When(!QemuArithmetic.IsPageAligned(align, request.HostPageSize.Bytes), SizingFindings.AlignBelowPage)
        | When(request.IsDevdax && request.Align is null, SizingFindings.DevdaxAlignUnknown)
        | When(request is { IsDevdax: true, Align: { } deviceAlign } && align < deviceAlign.Bytes, SizingFindings.DevdaxAlignTooSmall);

    // QEMU v7.2.0 hw/mem/nvdimm.c, nvdimm_prepare_memory_region: without a label the guest gets the whole backend; hw/ppc/spapr_nvdimm.c,
    // spapr_nvdimm_validate: pseries refuses an NVDIMM without a label.
    private static bool IsLabelSize(in SizingRequest request, GuestFamily family, LibvirtProfile libvirt) =>
        request.LabelSize >= libvirt.MinimumLabelSize || (request.LabelSize == ByteSize.Zero && !family.NeedsLabel);

    /// <summary>Computes the steps of libvirt and QEMU from the target size.</summary>
    private static SizingResult Follow(in SizingResult sized, SizingFindings bits, GuestFamily family, LibvirtProfile libvirt)
    {
        var request = sized.Request;
        var label = request.LabelSize.Bytes;
        var target = sized.Target.Bytes;
        if (target == 0)
        {
            return sized with { Bits = bits | SizingFindings.DeviceTooSmall };
        }

        if (target < LibvirtArithmetic.MinimumTargetSize(label, family, libvirt))
        {
            return sized with { Bits = bits | SizingFindings.BelowLibvirtMinimum };
        }

        var backend = LibvirtArithmetic.BackendSize(target, label, family, libvirt);
        var guest = QemuArithmetic.GuestSize(backend, label, sized.Align.Bytes);
        bits |= When(!QemuArithmetic.Fits(backend, request.HostPageSize.Bytes, request.DeviceSize.Bytes), SizingFindings.LargerThanDevice)
            | When(guest == 0, SizingFindings.DeviceTooSmall)
            | When(IsUnmappable(request, backend), SizingFindings.DevdaxNotMultiple);
        var isPartOfAPage = backend % request.HostPageSize.Bytes != 0;
        bits |= When(isPartOfAPage && request.Profile is { Qemu.NeedsWholePages: true }, SizingFindings.BackendNotPages);

        var backed = sized with { Backend = ByteSize.FromBytes(backend), Stage = SizingStage.Backend, Bits = bits };
        return bits != SizingFindings.None
            ? backed
            : backed with
            {
                Guest = ByteSize.FromBytes(guest),
                Stage = SizingStage.Guest,
                Bits = When(
                        guest % family.MemoryBlock(request.GuestRam, request.HidesHypervisor).Bytes != 0, SizingFindings.HotPlugMisaligned)
                    | When(isPartOfAPage && request.Profile is null, SizingFindings.BackendNotPages),
            };
    }

    private static bool IsUnmappable(in SizingRequest request, long backend) =>
        request is { IsDevdax: true, Align: { } align } && !QemuArithmetic.IsMappable(backend, align.Bytes);

    private static SizingFindings When(bool condition, SizingFindings finding) => condition ? finding : SizingFindings.None;
}
