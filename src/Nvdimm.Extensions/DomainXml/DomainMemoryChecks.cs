using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Checks the domain's memory, its maximum and its slots.</summary>
internal static class DomainMemoryChecks
{
    public static IEnumerable<Finding> Check(Domain domain, LibvirtProfile? libvirt)
    {
        var findings = new List<Finding>();
        var read = domain.MemoryDevices.Select(device => DomainMemoryDevice.Read(device, domain.Family)).ToArray();
        var devices = read.Select(device => device.Value).ToArray();
        findings.AddRange(read.SelectMany(device => device.Findings));
        var areKnown = !devices.Contains(null);

        // libvirt 9.0.0 reads the memory also if the cells say it: "Invalid value '-1' for element or attribute './memory[1]'".
        var (written, ofWritten) = DomainSizes.ReadOptional(domain.Root.Element("memory"), "memory");
        var (memory, ofMemory) = domain.InitialMemory();
        findings.AddRange(ofWritten);
        findings.AddRange(ofMemory);
        if (areKnown && memory is null && !domain.Cells.Any() && written is { } all)
        {
            // libvirt 9.0.0: "Total size of memory devices exceeds the total memory size".
            var taken = DomainMaxMemory.Enough(ByteSize.Zero, devices!);
            findings.Add(Finding.Error(NvdimmCodes.XmlMemoryTooSmall, ("memory", $"{all.Bytes}"), ("devices", $"{taken}")));
        }

        var enough = areKnown && memory is { } ram
            ? (DomainMaxMemory.Enough(ram, devices!) + LibvirtSize.KiB - 1) / LibvirtSize.KiB
            : (Int128?)null;
        if (domain.MaxMemory is not { } element)
        {
            // libvirt 9.0.0: "cannot use/hotplug a memory device when domain 'maxMemory' is not defined".
            findings.Add(Finding.Error(NvdimmCodes.XmlNoMaxMemory, ("needed", $"{enough}")));
            return findings;
        }

        findings.AddRange(Slots(domain, libvirt));
        var (ofDomain, unread) = DomainSizes.Read(element, domain.Root, "maxMemory");
        findings.AddRange(unread);
        if (ofDomain is { } maximum
            && areKnown && memory is { } initial && !DomainMaxMemory.Suffices(initial, devices!, maximum.Bytes, domain.Family))
        {
            // libvirt 9.0.0: "maximum memory size must be equal or greater than the actual memory size"; QEMU 7.2: "not enough space".
            findings.Add(Finding.Error(NvdimmCodes.XmlMaxMemory, ("maxMemory", $"{maximum.Bytes}"), ("needed", $"{enough}")));
        }

        return findings;
    }

    /// <summary>
    /// libvirt 9.0.0: "both maximum memory size and memory slot count must be specified" (also for 0), "memory device count '4' exceeds
    /// slots count '2'". libvirt 11.3.0 without slots, for a DIMM or an NVDIMM: "failed to find an empty memory slot", "memory device slot
    /// '15' exceeds slots count '0'".
    /// </summary>
    private static IEnumerable<Finding> Slots(Domain domain, LibvirtProfile? libvirt)
    {
        if ((string?)domain.MaxMemory!.Attribute("slots") is { } text && DomainMaxMemory.WrittenSlots(domain) is null)
        {
            yield return Domain.BadValue(domain.MaxMemory, "maxMemory slots", text, "a decimal number of slots");
            yield break;
        }

        var slots = DomainMaxMemory.WrittenSlots(domain) ?? 0;
        var (fewest, most) = (domain.SlotDevices.Count(), domain.MemoryDevices.Count());
        if (slots == 0)
        {
            if ((fewest > 0 ? Severity.Error : libvirt.Refuses(row => !row.IsSlotForDimmsOnly)) is { } severity)
            {
                yield return DomainRefusals.Of(severity, NvdimmCodes.XmlNoSlots, ("needed", $"{most}"));
            }

            yield break;
        }

        var isTooFew = fewest > slots ? Severity.Error : most > slots ? libvirt.Refuses(row => !row.IsSlotForDimmsOnly) : null;
        if (isTooFew is { } tooFew)
        {
            var needed = fewest > slots ? fewest : most;
            yield return DomainRefusals.Of(
                tooFew, NvdimmCodes.NoMemorySlot, ("vm", domain.Name), ("needed", $"{needed}"), ("slots", $"{slots}"));
        }
    }
}
