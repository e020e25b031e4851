using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.DomainXml;

/// <summary>
/// Predictions beside what libvirt 9.0.0 and QEMU 7.2 said. DomainRefusalsWithLibvirtTests asks libvirt again.
/// </summary>
public sealed class DomainRefusalsTests
{
    private static readonly LibvirtProfile Debian12 = LibvirtProfile.For(new Version(9, 0))!;
    private static readonly LibvirtProfile Newest = LibvirtProfile.For(new Version(12, 9))!;

    private static IEnumerable<RefusalRow> Rows => RefusalRows.All;

    /// <summary>The domains of the field. The text is what libvirt 9.0.0 or QEMU 7.2 said; empty where the domain started.</summary>
    private static readonly object[][] Field =
    [
        ["X01-djwong-no-label-10487808KiB", "NVDIMM_XML_ADDRESS_BITS", "Address space limit 0xffffffffff < 0x1107fffffff phys-bits too low (40)"],
        ["X09-uuid-on-x86-access-private", "NVDIMM_XML_UUID", "UUID is not supported for NVDIMM device"],
        ["X10b-no-numa-no-maxmemory", "NVDIMM_XML_NO_MAX_MEMORY,NVDIMM_XML_NO_NUMA", "cannot use/hotplug a memory device when domain 'maxMemory' is not defined"],
        ["X11-aarch64-virt-label-1M", "NVDIMM_XML_MAX_MEMORY", "maximum memory size must be equal or greater than the actual memory size"],
        ["golden-multiple-slots-2", "NVDIMM_NO_MEMORY_SLOT", "memory device count '4' exceeds slots count '2'"],
        ["tp-alloc-no-maxmemory", "NVDIMM_XML_NO_MAX_MEMORY", "cannot use/hotplug a memory device when domain 'maxMemory' is not defined"],
        ["tp-alloc-no-maxmemory-no-numa", "NVDIMM_XML_NO_MAX_MEMORY,NVDIMM_XML_NO_NUMA", "cannot use/hotplug a memory device when domain 'maxMemory' is not defined"],
        ["tp-alloc-no-slot", "NVDIMM_XML_NO_SLOTS", "both maximum memory size and memory slot count must be specified"],
        ["tp-alloc-numa-no-node", "NVDIMM_XML_NODE_MISSING", "target NUMA node needs to be specified for memory device"],
        ["tp-alloc-with-slot-no-numa", "NVDIMM_XML_NO_NUMA", "At least one numa node has to be configured when enabling memory hotplug"],
        ["tp-alloc-with-slot-no-numa-node0", "NVDIMM_XML_NO_NUMA", "At least one numa node has to be configured when enabling memory hotplug"],
        ["tp-duplicate-slot", "NVDIMM_XML_SLOT_TAKEN", "memory device slot '0' is already being used by another memory device"],
        ["tp-exceed-maxmemory", "NVDIMM_XML_MAX_MEMORY", "maximum memory size must be equal or greater than the actual memory size"],
        ["tp-invalid-addr-type", "NVDIMM_XML_ADDRESS_TYPE", "unknown address type 'fakedimm'"],
        ["tp-invalid-alignsize-2k", "NVDIMM_XML_ALIGN_SIZE", "alignment 0x800 must be multiples of page size 0x1000"],
        ["tp-invalid-bigger-label", "NVDIMM_XML_LABEL_SIZE", "label size must be smaller than NVDIMM size"],
        ["tp-invalid-discard", "NVDIMM_XML_DISCARD", "discard is not supported for nvdimms"],
        ["tp-invalid-exceed-slot", "NVDIMM_XML_SLOT_TOO_HIGH", "memory device slot '4294967295' exceeds slots count '16'"],
        ["tp-invalid-small-label", "NVDIMM_XML_LABEL_SIZE", "nvdimm label must be at least 128KiB"],
        ["tp-invalid-unexisted-node", "NVDIMM_XML_NO_GUEST_NODE", "can't add memory backend for guest node '6' as the guest has only '2' NUMA nodes configured"],
        ["tp-nvdimm-discard", "NVDIMM_XML_DISCARD", "discard is not supported for nvdimms"],
        ["tp-nvdimm-ppc-no-label", "NVDIMM_XML_LABEL_MISSING", "label size is required for NVDIMM device"],
        ["tpq-align-1.5g", "NVDIMM_XML_ALIGN_SIZE", "alignment 0x60000000 must be a power of two"],
        ["vdsm-running-12g-8g", "NVDIMM_XML_NO_MAX_MEMORY,NVDIMM_XML_NO_NUMA", "cannot use/hotplug a memory device when domain 'maxMemory' is not defined"],
        ["virtinstall-build-xml-1g-label", "NVDIMM_XML_UUID", "UUID is not supported for NVDIMM device"],
    ];

    [TestCaseSource(nameof(Rows))]
    public void Check_PredictsWhatDebian12Says(RefusalRow row)
    {
        var errors = DomainRefusals.Check(row.Xml, Debian12);
        Assert.That(errors.Any(finding => finding.Severity == Severity.Error), Is.EqualTo(row.IsRefused), row.Libvirt ?? row.Qemu ?? "it starts");

        // A row that starts here and has a code is one that another version refuses.
        var findings = row.IsRefused ? errors : DomainRefusals.Check(row.Xml);
        Assert.That(DomainSamples.Codes(findings), Is.EqualTo(row.Code is null ? [] : new[] { row.Code }));
        Assert.That(findings.Select(finding => finding.Message), Has.None.Contains("${"));
    }

    [TestCaseSource(nameof(Field))]
    public void Check_DomainsOfTheField(string name, string codes, string said)
    {
        var findings = DomainRefusals.Check(FieldDomains.Text(name), Debian12);
        Assert.That(string.Join(',', findings.Select(finding => finding.Code).Distinct().Order(StringComparer.Ordinal)), Is.EqualTo(codes), said);
        Assert.That(findings.Select(finding => finding.Severity), Is.All.EqualTo(codes == NvdimmCodes.XmlAddressBits ? Severity.Warning : Severity.Error));
    }

    /// <summary>Every other domain of the field starts, or does not for reasons that have nothing to do with its NVDIMMs.</summary>
    [Test]
    public void Check_EveryOtherDomainOfTheField_HasNoError()
    {
        var refused = Field.Select(row => (string)row[0]).ToHashSet(StringComparer.Ordinal);
        var others = FieldDomains.All.Where(file => !file.Contains("field-live", StringComparison.Ordinal) && !refused.Contains(Path.GetFileNameWithoutExtension(file))).ToList();
        var wrong = others.Where(file => DomainRefusals.Check(File.ReadAllText(file), Debian12).Any(finding => finding.Severity == Severity.Error)).Select(Path.GetFileName);
        Assert.That(others, Has.Count.EqualTo(46));
        Assert.That(wrong, Is.Empty);
    }

    [TestCase("no NUMA cell", "NVDIMM_XML_NO_NUMA", Severity.Warning, null)]
    [TestCase("maxMemory without slots", "NVDIMM_XML_NO_SLOTS", Severity.Error, Severity.Error)]
    [TestCase("one slot beside a virtio-mem", "NVDIMM_NO_MEMORY_SLOT", Severity.Warning, null)]
    [TestCase("one slot for two", "NVDIMM_NO_MEMORY_SLOT", Severity.Error, Severity.Error)]
    [TestCase("base behind another one, aligned", "NVDIMM_XML_ADDRESS_OVERLAP", Severity.Warning, Severity.Error)]
    [TestCase("base in another one", "NVDIMM_XML_ADDRESS_OVERLAP", Severity.Error, Severity.Error)]
    [TestCase("address of type pci", "NVDIMM_XML_ADDRESS_TYPE", Severity.Warning, Severity.Warning)]
    public void Check_WhatDependsOnTheVersion(string name, string code, Severity? unknown, Severity? newest)
    {
        var xml = RefusalRows.All.Single(row => row.Name == name).Xml;
        Assert.That(Of(DomainRefusals.Check(xml)), Is.EqualTo(unknown));
        Assert.That(Of(DomainRefusals.Check(xml, Newest)), Is.EqualTo(newest));

        Severity? Of(ValueList<Finding> findings) => findings.FirstOrDefault(finding => finding.Code == code)?.Severity;
    }

    [Test]
    public void Check_NamesTheElementsAndWhatToWrite()
    {
        Assert.That(Said("slot of another NVDIMM"), Is.EqualTo("/dev/pmem1 has slot 0, which /dev/pmem0 already has; libvirt refuses that. Write another slot, or remove the <address>."));
        Assert.That(Said("slot of a DIMM"), Does.StartWith("/dev/pmem0 has slot 3, which dimm 1 already has"));
        Assert.That(Said("maximum less 1 KiB"), Does.EndWith("Write 786432 KiB or more."));
        Assert.That(Said("no maxMemory"), Does.EndWith("Write <maxMemory slots='16' unit='KiB'>786432</maxMemory>, or more."));
        Assert.That(Said("node that the guest has not"), Does.StartWith("The memory device /dev/pmem0 is on NUMA cell 1, which the domain does not have; libvirt refuses that.").And.EndsWith(": 0."));
        Assert.That(Said("base in another one"), Does.StartWith("The memory device /dev/pmem1 at 0x110000000 overlaps /dev/pmem0 at 0x100000000"));

        static string Said(string name) => DomainRefusals.Check(RefusalRows.All.Single(row => row.Name == name).Xml, Debian12).Single().Message;
    }

    /// <summary>What the texts advise is accepted.</summary>
    [TestCase("maximum less 1 KiB", ">786431<", ">786432<")]
    [TestCase("size that is rounded up, no room", ">787456<", ">788480<")]
    [TestCase("one slot for two", "slots='1'", "slots='2'")]
    public void Check_AfterTheAdvice_IsSilent(string name, string old, string now)
    {
        var xml = RefusalRows.All.Single(row => row.Name == name).Xml;
        Assert.That(xml, Does.Contain(old));
        Assert.That(DomainRefusals.Check(xml.Replace(old, now, StringComparison.Ordinal), Debian12), Is.Empty);
    }

    [Test]
    public void Check_WithoutNvdimms_FindsNothing() => Assert.That(DomainRefusals.Check(FieldDomains.Text("own-plain-q35").Replace("<maxMemory", "<x").Replace("</maxMemory", "</x"), Debian12), Is.Empty);

    [TestCase("<domain", NvdimmCodes.XmlMalformed)]
    [TestCase("<network/>", NvdimmCodes.XmlNotDomain)]
    public void Check_NoDomain_SaysWhy(string xml, string code) => Assert.That(DomainSamples.Codes(DomainRefusals.Check(xml)), Is.EqualTo(new[] { code }));

    [Test]
    public void Check_Null_Throws() => Assert.That(() => DomainRefusals.Check(null!), Throws.ArgumentNullException);

    /// <summary>As many devices and cells as a text of a few megabytes holds: no pair is looked at.</summary>
    [Test]
    public void Check_ManyDevices_CostNoMoreThanTheirText()
    {
        var cells = string.Concat(Enumerable.Range(0, 20_000).Select(cell => $"<cell id='{cell}' memory='1' memAccess='shared'/>"));
        var devices = string.Concat(Enumerable.Range(0, 10_000).Select(number => RefusalRows.Nvdimm($"/dev/pmem{number}", node: $"<node>{number}</node>", attributes: "", address: $"<address type='dimm' slot='{number}' base='0x{0x100000000 + (number * 0x20000000L):x}'/>")));
        var xml = RefusalRows.Domain(devices, "<maxMemory slots='100000' unit='TiB'>1000</maxMemory>", $"<cpu><numa>{cells}</numa></cpu>");
        Assert.That(DomainRefusals.Check(xml).Select(finding => finding.Code), Is.EqualTo(new[] { NvdimmCodes.XmlAddressBits }));
        Assert.That(DomainDeviceUses.Read(xml).Uses, Has.Count.EqualTo(10_000));
    }
}
