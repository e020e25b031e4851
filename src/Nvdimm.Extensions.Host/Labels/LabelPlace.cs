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

    private static IEnumerable<ByteSize> Steps(Alignment step, ByteSize last)
    {
        for (var at = step.Bytes; at <= last.Bytes; at += step.Bytes)
        {
            yield return ByteSize.FromBytes(at);
        }
    }
}
