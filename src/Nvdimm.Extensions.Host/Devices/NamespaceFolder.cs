using System.Globalization;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>The folder of a device in sysfs, with its attributes.</summary>
/// <param name="Path">The folder, without links.</param>
internal readonly record struct NamespaceFolder(string Path)
{
    public string Name => System.IO.Path.GetFileName(Path);

    public NamespaceFolder Parent => new(System.IO.Path.GetDirectoryName(Path)!);

    /// <summary>
    /// The folder behind a link in sysfs, which always leads to the folder itself and never to another link (Linux v6.1
    /// <c>fs/sysfs/symlink.c</c>); null if there is no link.
    /// </summary>
    /// <exception cref="IOException">The link cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the link.</exception>
    public static NamespaceFolder? AtLink(string link) => SmallFile.LinkOrNull(link) switch
    {
        null => null,
        "" => new NamespaceFolder(link),
        var target =>
            new NamespaceFolder(System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(link)!, target))),
    };

    public NamespaceFolder Sibling(string name) => new(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, name));

    public bool Has(string name) => Directory.Exists(System.IO.Path.Combine(Path, name));

    /// <summary>The first folder inside the folder <paramref name="name"/>, which contains only folders; null if there is none.</summary>
    /// <exception cref="IOException">The folder cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to list the folder.</exception>
    public NamespaceFolder? FirstInside(string name) =>
        System.IO.Path.Combine(Path, name) is var folder && SmallFolder.NamesOrNull(folder) is [var first, ..]
        ? new NamespaceFolder(System.IO.Path.Combine(folder, first))
        : null;

    /// <summary>An attribute, trimmed; empty if it does not exist, is empty, or has no value (ENXIO, as for the seed devices).</summary>
    /// <exception cref="IOException">The attribute cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the attribute.</exception>
    public string Text(string name)
    {
        try
        {
            return SmallFile.TextOrNull(System.IO.Path.Combine(Path, name)) ?? "";
        }
        catch (IOException nothing) when (nothing.HResult == NoSuchDeviceOrAddress)
        {
            return "";
        }
    }

    /// <summary>An attribute as a number; null if it is empty.</summary>
    /// <exception cref="IOException">The attribute is not a number.</exception>
    public long? Number(string name) => Text(name) switch
    {
        "" => null,
        var text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new IOException($"{System.IO.Path.Combine(Path, name)} has '{text}', not a number"),
    };

    /// <summary>An attribute as a NUMA node; null if there is none, which the kernel writes as -1.</summary>
    /// <exception cref="IOException">The attribute is not a node.</exception>
    public int? Node(string name) => Number(name) switch
    {
        null or < 0 => null,
        <= int.MaxValue and var node => (int)node,
        var number => throw new IOException($"{System.IO.Path.Combine(Path, name)} has '{number}', not a node"),
    };

    /// <summary>An attribute as a size, in units of <paramref name="unit"/> bytes; null if it is empty.</summary>
    /// <exception cref="IOException">The attribute is not a size, or exceeds 2^62 bytes, the largest size that is accepted.</exception>
    public ByteSize? Size(string name, long unit) => Number(name) switch
    {
        null or < 0 => null,
        var count when count <= LargestSize / unit => ByteSize.FromBytes(count.Value * unit),
        var count => throw new IOException($"{System.IO.Path.Combine(Path, name)} has '{count}', more than a size can be"),
    };

    /// <summary>The attribute <c>uuid</c>; null if it is empty.</summary>
    /// <exception cref="IOException">The attribute is not a uuid.</exception>
    public Guid? Uuid() => Text("uuid") switch
    {
        "" => null,
        var text => Guid.TryParseExact(text, "D", out var uuid)
            ? uuid
            : throw new IOException($"{System.IO.Path.Combine(Path, "uuid")} has '{text}', not a uuid"),
    };

    /// <summary>The name of the bound driver; null if none is bound.</summary>
    /// <exception cref="IOException">The link cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the link.</exception>
    public string? Driver() =>
        SmallFile.LinkOrNull(System.IO.Path.Combine(Path, "driver")) is { Length: > 0 } driver
            ? System.IO.Path.GetFileName(driver)
            : null;

    /// <summary>The number of blocks of 512 bytes in the attribute <c>badblocks</c>, at most the largest number.</summary>
    public long BadBlocks() => Text("badblocks")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ') is [_, var length, ..]
            && long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var blocks)
            ? blocks
            : 1)
        .Aggregate(0L, (sum, blocks) => blocks < long.MaxValue - sum ? sum + blocks : long.MaxValue);

    private const int NoSuchDeviceOrAddress = 6;
    private const long LargestSize = 1L << 62;
}
