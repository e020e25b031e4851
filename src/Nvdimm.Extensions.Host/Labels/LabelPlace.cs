using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>A place where a label area can be on a device.</summary>
/// <param name="Offset">The offset from the start of the device.</param>
/// <param name="Size">The size of the area.</param>
public readonly record struct LabelPlace(ByteSize Offset, ByteSize Size)
{
    /// <summary>libvirt ends a backend at a multiple of this, except on POWER; it is the same in every profile.</summary>
    internal static readonly Alignment ModuleBlock = HypervisorProfile.Newest.Libvirt.ModuleBlock;

    private static readonly Alignment PowerBlock = HypervisorProfile.Newest.Libvirt.PseriesBlock;

    /// <summary>
    /// The places where libvirt 9.0.0 could have put a label of that size with a backend that ends in the last two hot-plug blocks of the
    /// device (256 MiB on x86, 512 MiB on POWER). On x86 the backend ends at a multiple of 2 MiB; on POWER the label begins at a multiple
    /// of 256 MiB, whatever its size. These are about 130 places on a device of any size. Every layout that a strategy computes for a
    /// device of that size ends there, whatever the alignment; <c>LAYOUTS.md</c> has the proof.
    /// </summary>
    public static IEnumerable<LabelPlace> NearEnd(ByteSize deviceSize, ByteSize labelSize)
    {
        foreach (var start in Steps(PowerBlock, deviceSize, From(GuestFamily.Power) - labelSize.Bytes + PowerBlock.Bytes))
        {
            if (deviceSize - start >= labelSize)
            {
                yield return new LabelPlace(start, labelSize);
            }
        }

        foreach (var end in Steps(ModuleBlock, deviceSize, From(GuestFamily.X86)))
        {
            if (end > labelSize)
            {
                yield return new LabelPlace(end - labelSize, labelSize);
            }
        }

        long From(GuestFamily family) => deviceSize.Bytes - (2 * family.HotPlugBlock.Bytes);
    }

    private static IEnumerable<ByteSize> Steps(Alignment step, ByteSize last, long first)
    {
        for (var at = Math.Max(1, first / step.Bytes) * step.Bytes; at <= last.Bytes; at += step.Bytes)
        {
            yield return ByteSize.FromBytes(at);
        }
    }
}
