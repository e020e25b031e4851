using System.Globalization;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>A device's folder in sysfs and its attributes.</summary>
/// <param name="Path">The folder, without links.</param>
internal readonly record struct NamespaceFolder(string Path)
{
    public string Name => System.IO.Path.GetFileName(Path);

    public NamespaceFolder Parent => new(System.IO.Path.GetDirectoryName(Path)!);

    /// <summary>
    /// The folder behind a link in sysfs, which leads to the folder itself and never to another link (Linux v6.1 <c>fs/sysfs/symlink.c</c>); null where
    /// there is nothing.
    /// </summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be looked at.</exception>
    public static NamespaceFolder? Behind(string link) => SmallFile.LinkOrNull(link) switch
    {
        null => null,
        "" => new NamespaceFolder(link),
        var target => new NamespaceFolder(System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(link)!, target))),
    };

    public NamespaceFolder Beside(string name) => new(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, name));

    public bool Has(string name) => Directory.Exists(System.IO.Path.Combine(Path, name));

    /// <summary>The first folder inside the folder <paramref name="name"/>, which has nothing but folders; null where there is none.</summary>
    /// <exception cref="IOException">It cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be listed.</exception>
    public NamespaceFolder? FirstInside(string name) => System.IO.Path.Combine(Path, name) is var folder && SmallFolder.NamesOrNull(folder) is [var first, ..]
        ? new NamespaceFolder(System.IO.Path.Combine(folder, first))
        : null;

    /// <summary>An attribute, trimmed; empty where it is not there, has nothing, or has nothing to say (ENXIO, as for the seed devices).</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
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

    /// <summary>A number; null where there is none.</summary>
    /// <exception cref="IOException">There is something else.</exception>
    public long? Number(string name) => Text(name) switch
    {
        "" => null,
        var text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new IOException($"{System.IO.Path.Combine(Path, name)} has '{text}', not a number"),
    };

    /// <summary>A NUMA node; null where there is none, which the kernel writes as -1.</summary>
    /// <exception cref="IOException">There is something else.</exception>
    public int? Node(string name) => Number(name) switch
    {
        null or < 0 => null,
        <= int.MaxValue and var node => (int)node,
        var number => throw new IOException($"{System.IO.Path.Combine(Path, name)} has '{number}', not a node"),
    };

    /// <summary>A size in units of so many bytes; null where there is none.</summary>
    /// <exception cref="IOException">There is something else, or more than 2^62 bytes, the largest size that is reckoned with.</exception>
    public ByteSize? Size(string name, long unit) => Number(name) switch
    {
        null or < 0 => null,
        var count when count <= LargestSize / unit => ByteSize.FromBytes(count.Value * unit),
        var count => throw new IOException($"{System.IO.Path.Combine(Path, name)} has '{count}', more than a size can be"),
    };

    /// <summary>A uuid; null where there is none.</summary>
    /// <exception cref="IOException">There is something else.</exception>
    public Guid? Uuid() => Text("uuid") switch
    {
        "" => null,
        var text => Guid.TryParseExact(text, "D", out var uuid)
            ? uuid
            : throw new IOException($"{System.IO.Path.Combine(Path, "uuid")} has '{text}', not a uuid"),
    };

    /// <summary>The name of the driver that it is bound to; null where it is bound to none.</summary>
    public string? Driver() => new FileInfo(System.IO.Path.Combine(Path, "driver")).LinkTarget is { } driver ? System.IO.Path.GetFileName(driver) : null;

    /// <summary>How many blocks of 512 bytes an attribute <c>badblocks</c> lists; the largest number where they are beyond it.</summary>
    public long BadBlocks() => Text("badblocks")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ') is [_, var length, ..] && long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var blocks)
            ? blocks
            : 1)
        .Aggregate(0L, (sum, blocks) => blocks < long.MaxValue - sum ? sum + blocks : long.MaxValue);

    private const int NoSuchDeviceOrAddress = 6;
    private const long LargestSize = 1L << 62;
}
