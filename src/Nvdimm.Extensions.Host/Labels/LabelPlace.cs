namespace Nvdimm.Extensions.Host.Labels;

/// <summary>Where a label area can be on a device.</summary>
/// <param name="Offset">Its offset from the start of the device.</param>
/// <param name="Size">Its size.</param>
public readonly record struct LabelPlace(ByteSize Offset, ByteSize Size)
{
    private static readonly Alignment ModuleBlock = Alignment.FromMiB(2);
    private static readonly Alignment PowerBlock = Alignment.FromMiB(256);

    /// <summary>
    /// Every place at which libvirt 9.0.0 could have had a label of that size put on a device of that size: on x86 it ends at a multiple
    /// of 2 MiB, on POWER it starts at one of 256 MiB. 500 places for each GiB; at most the first 2^20, for a device of 2 TiB.
    /// </summary>
    public static IEnumerable<LabelPlace> Everywhere(ByteSize deviceSize, ByteSize labelSize)
    {
        const int Limit = 1 << 20;
        var ends = Steps(ModuleBlock, deviceSize).Where(end => end > labelSize).Select(end => new LabelPlace(end - labelSize, labelSize));
        var starts = Steps(PowerBlock, deviceSize).Where(start => deviceSize - start >= labelSize).Select(start => new LabelPlace(start, labelSize));
        return starts.Take(Limit).Concat(ends.Take(Limit));
    }

    /// <summary>
    /// The places of <see cref="Everywhere"/> in the last two hot-plug blocks of the device, 256 MiB on x86 and 512 MiB on POWER: about 130,
    /// however large the device is. Every layout that a strategy asks for on a device of that size ends there, whatever the alignment;
    /// <c>LAYOUTS.md</c> has the proof.
    /// </summary>
    public static IEnumerable<LabelPlace> NearEnd(ByteSize deviceSize, ByteSize labelSize)
    {
        foreach (var start in Steps(PowerBlock, deviceSize, From(GuestArchitecture.Ppc64Le)))
        {
            if (deviceSize - start >= labelSize)
            {
                yield return new LabelPlace(start, labelSize);
            }
        }

        foreach (var end in Steps(ModuleBlock, deviceSize, From(GuestArchitecture.X86_64)))
        {
            if (end > labelSize)
            {
                yield return new LabelPlace(end - labelSize, labelSize);
            }
        }

        ByteSize From(GuestArchitecture architecture) => ByteSize.FromBytes(Math.Max(0, deviceSize.Bytes - (2 * architecture.HotPlugBlock.Bytes)));
    }

    private static IEnumerable<ByteSize> Steps(Alignment step, ByteSize last, ByteSize first = default)
    {
        for (var at = Math.Max(1, first.Bytes / step.Bytes) * step.Bytes; at <= last.Bytes; at += step.Bytes)
        {
            yield return ByteSize.FromBytes(at);
        }
    }
}
