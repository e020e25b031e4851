using System.Globalization;
using System.Xml.Linq;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>
/// Checks whether the guest CPU's address bits reach all of its memory: RAM, memory devices and the holes that QEMU keeps free.
/// </summary>
internal static class DomainAddressBits
{
    /// <summary>
    /// QEMU 7.2: "Address space limit 0xffffffffff &lt; 0x106bfffffff phys-bits too low (40)". This is an error if the domain alone decides
    /// it: its machine type is of a QEMU with this check, it states the bits, and it has neither a PCI hole nor QEMU arguments of its own.
    /// Otherwise it is a warning, and QEMU refuses the start itself: some distributions give every CPU model more bits, and KVM gives every
    /// model the vendor of the host's CPU.
    /// </summary>
    public static IEnumerable<Finding> Check(Domain domain)
    {
        if (domain.Architecture?.Family is not { } family
            || domain.InitialMemory().Value is not { } ram
            || domain.MaxMemory is not { } element
            || DomainSizes.Read(element, domain.Root, "maxMemory").Value is not { } maximum)
        {
            yield break;
        }

        var (bits, isCertain) = BitsOf(domain.Root.Element("cpu"));
        var room = new GuestRoom(ram.Bytes, maximum.Bytes, DomainMaxMemory.WrittenSlots(domain) ?? 0, IsAmd: domain.HasAmdCpu != false);
        var machine = domain.Machine ?? family.Machine;
        if (family.HighestAddress(room, machine) is not { } highest || highest < Int128.One << bits)
        {
            yield break;
        }

        var lowest = family.HighestAddress(room with { IsAmd = domain.HasAmdCpu == true }, machine);
        var isError = isCertain
            && lowest >= Int128.One << bits
            && family.ChecksAddressBits(domain.Machine)
            && !domain.Root.Descendants("pcihole64").Any()
            && !QemuNamespace.Arguments(domain).Any();
        var severity = isError ? Severity.Error : Severity.Warning;
        yield return DomainRefusals.Of(
            severity,
            NvdimmCodes.XmlAddressBits,
            ("highest", $"0x{highest.ToString("x", CultureInfo.InvariantCulture)}"),
            ("needed", $"{128 - (int)Int128.LeadingZeroCount(highest)}"),
            ("bits", severity == Severity.Error ? $"{bits}" : $"{bits}, unless the host gives it more"));
    }

    /// <summary>The address bits of a guest's CPU, and whether the domain alone decides them.</summary>
    // QEMU v7.2.0 target/i386/cpu.c, x86_cpu_realizefn: TCG_PHYS_ADDR_BITS if neither phys-bits nor host-phys-bits is given.
    private static (int Bits, bool IsCertain) BitsOf(XElement? cpu) => cpu?.Element("maxphysaddr") is { } told
        ? (string?)told.Attribute("mode") == "emulate"
            && int.TryParse((string?)told.Attribute("bits"), NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            && bits is > 0 and <= 64
                ? (bits, (string?)cpu.Attribute("mode") is null or "custom")
                : (X86Family.UsualAddressBits, false)
        : (X86Family.UsualAddressBits, false);
}
