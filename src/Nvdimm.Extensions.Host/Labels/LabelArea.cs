using System.Security.Cryptography;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>A label area that a guest has initialised, as it was read from a device.</summary>
/// <param name="Size">Its size.</param>
/// <param name="Major">The major version of the labels.</param>
/// <param name="Minor">The minor version: 1 or 2.</param>
/// <param name="Labels">The labels in use; empty where the guest has initialised the area and created no namespace.</param>
/// <param name="Hash">SHA-256 of the whole area, 64 lower-case hexadecimal digits. Booting does not change it; creating a namespace does.</param>
public sealed record LabelArea(ByteSize Size, int Major, int Minor, ValueList<NamespaceLabel> Labels, string Hash)
{
    /// <summary>The distinct cookies of the labels.</summary>
    public ValueList<ulong> Cookies => Labels.Select(label => label.Cookie).Distinct().ToValueList();

    /// <summary>Where the last of the guest's namespaces ends, in bytes: a guest that gets less loses what is behind. Zero without labels.</summary>
    public ByteSize NamespacesEnd => Labels.Select(label => label.End).DefaultIfEmpty().Max();

    /// <summary>
    /// Reads a label area. An index block counts only with the right checksum and offsets, so that data which merely has the signature
    /// is not taken for one.
    /// </summary>
    /// <param name="area">The whole area, at most 2^31 - 1 bytes.</param>
    /// <returns>The area, or null where neither of its two indexes is valid.</returns>
    public static LabelArea? Read(ReadOnlySpan<byte> area)
    {
        if (Current(area) is not { } index)
        {
            return null;
        }

        var labels = new List<NamespaceLabel>();
        for (var slot = 0; slot < index.Slots; slot++)
        {
            if (index.IsInUse(area, slot)
                && NamespaceLabel.Read(area.Slice(index.LabelsOffset + (slot * index.LabelSize), index.LabelSize), slot) is { } label)
            {
                labels.Add(label);
            }
        }

        return new LabelArea(ByteSize.FromBytes(area.Length), index.Major, index.Minor, labels.ToValueList(), HashOf(area));
    }

    /// <summary>The hash of any bytes, in the form of <see cref="Hash"/>.</summary>
    internal static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Where an index can start in an area of that size: at the start, and behind a first index of either version.</summary>
    internal static int[] IndexOffsets(int areaSize)
    {
        var (current, old) = (IndexBlock.SizeIn(areaSize, 256), IndexBlock.SizeIn(areaSize, 128));
        return current == old ? [0, old] : [0, current, old];
    }

    private static IndexBlock? Current(ReadOnlySpan<byte> area)
    {
        var first = IndexBlock.Read(area, 0, 0);
        IndexBlock? second = null;
        if (first is { } known)
        {
            second = IndexBlock.Read(area, known.Size, 1);
        }
        else
        {
            foreach (var offset in IndexOffsets(area.Length)[1..])
            {
                second ??= IndexBlock.Read(area, offset, 1);
            }
        }

        return first is { } one && second is { } two ? (two.IsNewerThan(one) ? two : one) : first ?? second;
    }
}
