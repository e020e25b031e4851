using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Extensions.Testing;

/// <summary>The NVDIMMs of a real host, captured with the real ndctl.</summary>
public static class SampleDevices
{
    /// <summary>The output of <c>ndctl list -N -v</c> on a host with namespaces of every mode.</summary>
    public static string AllModesJson { get; } = Resource("all-modes.json");

    /// <summary>The same output, parsed: 19 namespaces, some of them unusable.</summary>
    public static NdctlListing AllModes { get; } = NdctlParser.Parse(AllModesJson);

    /// <summary>
    /// Creates a namespace that a VM can use, with a size, an alignment and a NUMA node that every rule accepts. Each number gives another
    /// namespace. Its name, such as <c>namespace0.9</c>, is not in <see cref="AllModes"/>.
    /// </summary>
    /// <param name="number">The number, from 0 to 65,535.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="number"/> is out of range.</exception>
    public static NvdimmDevice Usable(int number = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, ushort.MaxValue);
        return new NvdimmDevice
        {
            Name = $"namespace{number}.9",
            Uuid = new Guid(0x6e76_6469, 0x6d6d, 0x4000, 0x80, 0, 0, 0, 0, 0, (byte)(number >> 8), (byte)number),
            Path = $"/dev/pmem{number}.9",
            Mode = NamespaceMode.Fsdax,
            ReportedMode = "fsdax",
            Map = NamespaceMap.Device,
            Size = ByteSize.FromMiB(516),
            Align = Alignment.FromMiB(2),
            SectorSize = ByteSize.FromBytes(512),
            NumaNode = 0,
        };
    }

    private static string Resource(string name)
    {
        using var stream = typeof(SampleDevices).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly has no resource {name}");
        using var text = new StreamReader(stream);
        return text.ReadToEnd();
    }
}
