namespace Nvdimm.Extensions.DomainXml;

/// <summary>Reads sizes as libvirt reads them in a domain XML.</summary>
internal static class LibvirtSize
{
    /// <summary>The unit in which libvirt counts memory, also if no unit is written: 1,024 bytes.</summary>
    public const long KiB = 1024;

    private const string Scales = "kmgtpe";

    /// <summary>
    /// Reads a number (<see cref="LibvirtNumber"/>) and its unit, rounded up to whole KiB as libvirt does.
    /// </summary>
    /// <returns>Whether it is a size from 0 to 2^63 - 1 bytes in a unit that libvirt knows.</returns>
    public static bool TryParse(string? number, string? unit, out ByteSize size)
    {
        size = default;
        if (!LibvirtNumber.TryDecimal(number, out var count) || Factor(unit) is not { } factor)
        {
            return false;
        }

        var kibibytes = (((UInt128)count * (ulong)factor) + (KiB - 1)) / KiB;
        if (kibibytes > long.MaxValue / KiB)
        {
            return false;
        }

        size = ByteSize.FromKiB((long)kibibytes);
        return true;
    }

    // libvirt v9.0.0 src/util/virutil.c, virScaleInteger: any case; b, byte and bytes are 1; a letter alone or with iB is a power of 1,024,
    // a letter with B a power of 1,000. src/conf/domain_conf.c, virDomainParseMemory: KiB if there is no unit.
    public static long? Factor(string? unit)
    {
        if (string.IsNullOrEmpty(unit))
        {
            return KiB;
        }

        var lower = unit.ToLowerInvariant();
        if (lower is "b" or "byte" or "bytes")
        {
            return 1;
        }

        var power = Scales.IndexOf(lower[0], StringComparison.Ordinal) + 1;
        var step = lower[1..] switch
        {
            "" or "ib" => 1024L,
            "b" => 1000L,
            _ => 0L,
        };
        return power == 0 || step == 0 ? null : Power(step, power);
    }

    private static long Power(long step, int power)
    {
        var factor = 1L;
        for (var i = 0; i < power; i++)
        {
            factor *= step;
        }

        return factor;
    }
}
