using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Checks the addresses of memory devices: slots, bases and types.</summary>
internal static class DomainAddressChecks
{
    /// <summary>
    /// The address types that libvirt 9.0.0 accepts for an NVDIMM or a DIMM although they are wrong (measured): it reads their numbers as
    /// slot and base. It refuses all others ("unknown address type 'fakedimm'", "unknown address type 'none'", "No type specified for
    /// device address").
    /// </summary>
    private static readonly HashSet<string> Misread = new(StringComparer.Ordinal)
    {
        "pci", "drive", "virtio-serial", "ccid", "usb", "spapr-vio", "ccw", "virtio-mmio", "isa", "unassigned",
    };

    public static IEnumerable<Finding> Check(Domain domain, LibvirtProfile? libvirt)
    {
        var places = Places(domain);
        var findings = new List<Finding>();
        foreach (var place in places)
        {
            findings.AddRange(place.Unread);
            if (place.Address is { } address && OfType(place.Device, address) is { } severity)
            {
                findings.Add(
                    DomainRefusals.Of(severity, NvdimmCodes.XmlAddressType, ("path", place.Name), ("type", address.Type ?? "")));
            }
        }

        findings.AddRange(Slots(domain, places));
        findings.AddRange(Bases(places, libvirt));
        return findings;
    }

    /// <summary>
    /// What libvirt makes of the type of an address: an error if it refuses it. It accepts only PCI for virtio devices ("only 'pci'
    /// addresses are supported for the virtio-mem device"), where a later version may accept another bus, and no address for SGX memory.
    /// </summary>
    private static Severity? OfType(DomainMemoryDevice device, NvdimmAddress address) => device switch
    {
        { TakesSlot: true } when address.IsDimm => null,
        { TakesSlot: true } => Misread.Contains(address.Type ?? "") ? Severity.Warning : Severity.Error,
        { Model: "virtio-mem" or "virtio-pmem" } when address.Type == "pci" => null,
        { Model: "virtio-mem" or "virtio-pmem" } => address.Type is "ccw" or "virtio-mmio" ? Severity.Warning : Severity.Error,
        { Model: "sgx-epc" } => Severity.Error,
        _ => null,
    };

    private static List<Place> Places(Domain domain)
    {
        var places = new List<Place>();
        foreach (var (name, memory) in domain.NamedMemoryDevices())
        {
            if (DomainMemoryDevice.Read(memory, domain.Family).Value is { } device)
            {
                var (address, unread) = NvdimmElementReader.ReadAddress(memory.Element("address"));
                var targetAddress = device.TakesSlot ? null : memory.Element("target")?.Element("address");
                var start = address?.Base ?? (targetAddress is null ? null : NvdimmElementReader.ReadBase(targetAddress).Value);
                places.Add(new Place(device, name, address, start, unread));
            }
        }

        return places;
    }

    /// <summary>
    /// libvirt 9.0.0: "memory device slot '0' is already being used by another memory device", "memory device slot '16' exceeds slots count
    /// '16'".
    /// </summary>
    private static IEnumerable<Finding> Slots(Domain domain, List<Place> places)
    {
        var slots = DomainMaxMemory.WrittenSlots(domain);
        var taken = new Dictionary<uint, Place>();
        foreach (var place in places)
        {
            if (place.Address?.Slot is not { } slot)
            {
                continue;
            }

            if (slot >= slots)
            {
                yield return Finding.Error(NvdimmCodes.XmlSlotTooHigh, ("path", place.Name), ("slot", $"{slot}"), ("slots", $"{slots}"));
            }

            if (!taken.TryAdd(slot, place))
            {
                yield return Finding.Error(
                    NvdimmCodes.XmlSlotTaken, ("path", place.Name), ("other", taken[slot].Name), ("slot", $"{slot}"));
            }
        }
    }

    /// <summary>
    /// QEMU 7.2: "address must be aligned to 0x200000 bytes", "address range conflicts with memory device id='nvdimm0'". libvirt 9.0.0
    /// refuses only equal bases, which is one case of the latter.
    /// </summary>
    private static IEnumerable<Finding> Bases(List<Place> places, LibvirtProfile? libvirt)
    {
        Place? before = null;
        foreach (var place in places.Where(place => place.Start is not null).OrderBy(place => place.Start!.Value.Bytes))
        {
            var start = place.Start!.Value.Bytes;
            if (place.Device.TakesSlot && start % place.Device.LeastAlign != 0)
            {
                yield return Finding.Error(
                    NvdimmCodes.XmlAddressMisaligned, ("path", place.Name), ("base", Hex(start)), ("align", $"{place.Device.LeastAlign}"));
            }

            if (before is not null && AreChecked(place, before))
            {
                var severity = start < before.Start!.Value.Bytes + before.Device.Room || start == before.Start!.Value.Bytes
                    ? Severity.Error
                    : start < before.Start!.Value.Bytes + (Int128)before.Device.Written.Bytes
                        ? libvirt.Refuses(row => row.ComparesRanges)
                        : null;
                if (severity is { } overlap)
                {
                    yield return DomainRefusals.Of(
                        overlap,
                        NvdimmCodes.XmlAddressOverlap,
                        ("path", place.Name),
                        ("base", Hex(start)),
                        ("other", before.Name),
                        ("otherBase", Hex(before.Start.Value.Bytes)));
                }
            }

            if (before is null
                || start + (Int128)place.Device.Written.Bytes >= before.Start!.Value.Bytes + (Int128)before.Device.Written.Bytes)
            {
                before = place;
            }
        }
    }

    /// <summary>
    /// Whether an overlap is an error. libvirt before 9.4 ignores the base of two virtio devices, and QEMU chooses other ones.
    /// </summary>
    private static bool AreChecked(Place one, Place other) =>
        one.Device.IsNvdimm || other.Device.IsNvdimm || (one.Device.TakesSlot && other.Device.TakesSlot);

    private static string Hex(long address) => $"0x{address:x}";

    private sealed record Place(
        DomainMemoryDevice Device, string Name, NvdimmAddress? Address, ByteSize? Start, ValueList<Finding> Unread);
}
