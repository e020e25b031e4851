using System.Numerics;
using CsCheck;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.Sizing;

/// <summary>
/// The sizer against a second, naive transcription of the same rules in integers without limits, over random inputs.
/// Written from the fact sheet, not from the code.
/// </summary>
public sealed class SizingOracleTests
{
    private static readonly BigInteger Label = 131072;

    private static readonly Gen<SizingRequest> Requests = Gen.Select(
        Gen.OneOf(Gen.Const("x86_64"), Gen.Const("ppc64"), Gen.Const("ppc64le")),
        Gen.OneOf(
            Gen.Long[0, 1L << 33],
            Gen.Long[0, 1L << 62],
            Gen.Select(Gen.Long[0, 64], Gen.Long[-262144, 262144], (blocks, off) => Math.Max(0, (blocks << 27) + off)),
            Gen.Select(Gen.Long[0, 64], Gen.Long[-3, 3], (blocks, off) => Math.Max(0, (blocks << 21) + (off * 512)))),
        Gen.OneOf(Gen.Const(0L), Gen.Int[12, 34].Select(bits => 1L << bits), Gen.Long[1, 1L << 31], Gen.Int[1, 5].Select(times => times * 128L << 20)),
        Gen.Bool,
        Gen.Bool,
        (architecture, device, align, isLargest, isDevdax) => new SizingRequest(GuestArchitecture.FromName(architecture), ByteSize.FromBytes(device))
        {
            Align = align == 0 ? null : Alignment.FromBytes(align),
            Strategy = isLargest ? SizingStrategy.Largest : SizingStrategy.Ovirt,
            IsDevdax = isDevdax,
        });

    [Test]
    public void Ovirt_TargetSize_IsTheEngines() => Requests.Where(request => request.Strategy == SizingStrategy.Ovirt).Sample(
        request => NvdimmSizer.Size(request).TargetSize?.Bytes == EngineSize(request),
        iter: 200_000);

    [Test]
    public void Chain_FromTheTargetSize_IsLibvirtsAndQemus() => Requests.Sample(
        request =>
        {
            var sized = NvdimmSizer.Size(request);
            var guest = sized.TargetSize is { } target ? GuestSize(request, target.Bytes, sized.AlignSize!.Value.Bytes) : null;
            return sized.Layout?.GuestSize.Bytes == guest;
        },
        iter: 200_000);

    [Test]
    public void Largest_IsNeverSmallerThanAWorkingOvirtLayout() => Requests.Sample(
        request =>
        {
            var ovirt = NvdimmSizer.Size(request with { Strategy = SizingStrategy.Ovirt });
            var largest = NvdimmSizer.Size(request with { Strategy = SizingStrategy.Largest });
            return ovirt.Verdict != LayoutVerdict.Ok || (largest.Verdict == LayoutVerdict.Ok && largest.Layout?.GuestSize >= ovirt.Layout?.GuestSize);
        },
        iter: 200_000);

    [Test]
    public void Largest_IsNeverBeatenByAnyTargetSizeThatKeepsTheRules() => Gen.Select(Requests, Gen.Long[0, 1L << 16]).Sample(
        (request, steps) =>
        {
            var largest = NvdimmSizer.Size(request with { Strategy = SizingStrategy.Largest });
            var align = largest.AlignSize!.Value.Bytes;
            var other = request.DeviceSize.Bytes - (steps << 16);
            var guest = other <= 0 ? null : GuestSize(request, other, align);
            var block = IsPpc(request) ? 256L << 20 : 128L << 20;
            return guest is not { } size || size % block != 0 || largest.Layout?.GuestSize.Bytes >= size;
        },
        iter: 200_000);

    [Test]
    public void Layout_ThatStarts_KeepsItsInvariants() => Requests.Where(request => !NvdimmSizer.Size(request).IsRefused).Sample(
        request =>
        {
            var sized = NvdimmSizer.Size(request);
            return sized.Layout is { } layout
                && (layout.Request, layout.AlignSize, layout.TargetSize, layout.BackendSize) == (request, sized.AlignSize, sized.TargetSize, sized.BackendSize)
                && layout.BackendSize <= request.DeviceSize
                && layout.TargetSize <= layout.BackendSize
                && layout.LabelOffset + request.LabelSize == layout.BackendSize
                && layout.GuestSize <= layout.LabelOffset
                && layout.GuestSize + layout.LostSize == request.DeviceSize
                && layout.GuestSize.IsAlignedTo(layout.AlignSize)
                && layout.IsHotPlugMisaligned == (sized.Verdict == LayoutVerdict.Warning)
                && layout.Warnings.Count == (sized.Verdict == LayoutVerdict.Ok ? 0 : 1)
                && SizingResult.Of(layout) == sized;
        },
        iter: 50_000);

    private static bool IsPpc(in SizingRequest request) => request.Architecture.Name.StartsWith("ppc64", StringComparison.Ordinal);

    /// <summary>The engine's formula. BigInteger divides towards zero as Java does.</summary>
    private static long? EngineSize(in SizingRequest request)
    {
        BigInteger block = (IsPpc(request) ? 256 : 128) * 1024 * 1024;
        BigInteger align = request.Align?.Bytes ?? block;
        var size = request.DeviceSize.Bytes / block * block;
        if (IsPpc(request))
        {
            size += Label;
        }

        var memory = (size - Label) / align * align;
        if (block % align == 0)
        {
            size -= memory % block;
        }
        else if (align % block != 0)
        {
            return null;
        }

        return (long)size;
    }

    /// <summary>What the guest sees, or null where libvirt or QEMU refuses.</summary>
    private static long? GuestSize(in SizingRequest request, BigInteger target, BigInteger align)
    {
        if (Label >= target || !BigInteger.IsPow2(align) || align % 4096 != 0)
        {
            return null;
        }

        BigInteger backend;
        if (IsPpc(request))
        {
            BigInteger block = 256 * 1024 * 1024;
            if (target - Label < block)
            {
                return null;
            }

            backend = ((target - Label) / block * block) + Label;
        }
        else
        {
            BigInteger module = 2 * 1024 * 1024;
            backend = (target + module - 1) / module * module;
        }

        var guest = (backend - Label) / align * align;
        var isMappable = !request.IsDevdax || (request.Align is { } dax && backend % dax.Bytes == 0);
        return !isMappable || backend > request.DeviceSize.Bytes || guest == 0 ? null : (long)guest;
    }
}
