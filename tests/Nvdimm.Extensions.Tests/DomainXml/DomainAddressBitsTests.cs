using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Extensions.Tests.DomainXml;

/// <summary>Where QEMU says "phys-bits too low". Each row was started with QEMU 7.2 (TCG): 4 GiB of RAM, 16 slots, an NVDIMM in the maximum memory.</summary>
public sealed class DomainAddressBitsTests
{
    private const string Intel = "<model>Skylake-Server</model>";
    private const string Amd = "<model>EPYC</model>";

    [TestCase("pc-q35-7.2", Intel, 900, null)]
    [TestCase("pc-q35-7.2", Intel, 960, null)]
    [TestCase("pc-q35-7.2", Intel, 974, null)]
    [TestCase("pc-q35-7.2", Intel, 975, Severity.Warning)]
    [TestCase("pc-q35-7.2", Intel, 992, Severity.Warning)]
    [TestCase("pc-q35-7.2", Amd, 900, null)]
    [TestCase("pc-q35-7.2", Amd, 962, null)]
    [TestCase("pc-q35-7.2", Amd, 963, Severity.Warning)]
    [TestCase("pc-q35-7.2", "", 963, Severity.Warning)]
    [TestCase("pc-q35-6.2", Amd, 963, null)]
    [TestCase("pc-q35-6.2", Amd, 992, Severity.Warning)]
    [TestCase("pc-i440fx-7.2", Intel, 1000, null)]
    [TestCase("pc-i440fx-7.2", Intel, 1008, Severity.Warning)]
    [TestCase("pc-q35-7.2", Intel + "<maxphysaddr mode='emulate' bits='46'/>", 2048, null)]
    [TestCase("pc-q35-7.2", Intel + "<maxphysaddr mode='emulate' bits='41'/>", 2048, Severity.Error)]
    [TestCase("pc-q35-7.0", Intel + "<maxphysaddr mode='emulate' bits='41'/>", 2048, Severity.Warning)]
    [TestCase("pc-q35-7.2", Intel + "<maxphysaddr mode='passthrough'/>", 2048, Severity.Warning)]
    [TestCase("pc-q35-rhel9.2.0", Intel, 2048, Severity.Warning)]
    [TestCase("q35", Intel, 2048, Severity.Warning)]
    [TestCase("microvm", Intel, 2048, null)]
    public void Check_MemoryBehindTheAddressesOfTheCpu(string machine, string model, int maxMemoryGiB, Severity? severity)
    {
        var findings = DomainRefusals.Check(Domain(machine, "custom", model, maxMemoryGiB, type: "qemu"));
        Assert.That(findings.Select(finding => (finding.Code, finding.Severity)), Is.EqualTo(
            severity is { } known ? new[] { (NvdimmCodes.XmlAddressBits, known) } : []));
    }

    /// <summary>KVM gives every model the vendor of the host's CPU: where only AMD's reaches too far, it is not certain.</summary>
    [TestCase(Intel, 962, null)]
    [TestCase(Intel, 963, Severity.Warning)]
    [TestCase(Intel + "<maxphysaddr mode='emulate' bits='40'/>", 963, Severity.Warning)]
    [TestCase(Amd + "<maxphysaddr mode='emulate' bits='40'/>", 963, Severity.Warning)]
    [TestCase(Intel + "<maxphysaddr mode='emulate' bits='40'/>", 975, Severity.Error)]
    public void Check_WithKvm_TheVendorIsTheHosts(string model, int maxMemoryGiB, Severity? severity)
    {
        var findings = DomainRefusals.Check(Domain("pc-q35-7.2", "custom", model, maxMemoryGiB));
        Assert.That(findings.Select(finding => finding.Severity), Is.EqualTo(severity is { } known ? new[] { known } : []));
    }

    /// <summary>What changes the hole or the bits past what the domain says of its CPU.</summary>
    [TestCase("<devices>", "<devices><controller type='pci' index='0' model='pcie-root'><pcihole64 unit='KiB'>1048576</pcihole64></controller>")]
    [TestCase("</domain>", "<commandline xmlns='http://libvirt.org/schemas/domain/qemu/1.0'><arg value='-cpu'/></commandline></domain>")]
    public void Check_WhereTheDomainChangesIt_Warns(string old, string now)
    {
        var domain = Domain("pc-q35-7.2", "custom", Intel + "<maxphysaddr mode='emulate' bits='41'/>", 2048);
        Assert.That(DomainRefusals.Check(domain).Single().Severity, Is.EqualTo(Severity.Error));
        Assert.That(DomainRefusals.Check(domain.Replace(old, now, StringComparison.Ordinal)).Single().Severity, Is.EqualTo(Severity.Warning));
    }

    [TestCase("host-passthrough")]
    [TestCase("host-model")]
    [TestCase("maximum")]
    public void Check_ACpuOfTheHost_Warns(string mode)
    {
        var finding = DomainRefusals.Check(Domain("pc-q35-7.2", mode, "", 2048)).Single();
        Assert.That((finding.Code, finding.Severity), Is.EqualTo((NvdimmCodes.XmlAddressBits, Severity.Warning)));
        Assert.That(finding.Message, Does.Contain("bits='42'").And.Contain("40, unless the host gives it more"));
    }

    private static string Domain(string machine, string mode, string model, int maxMemoryGiB, string type = "kvm") =>
        $"""
        <domain type='{type}'>
          <name>large</name>
          <maxMemory slots='16' unit='GiB'>{maxMemoryGiB}</maxMemory>
          <memory unit='GiB'>4</memory>
          <os><type arch='x86_64' machine='{machine}'>hvm</type></os>
          <features><acpi/></features>
          <cpu mode='{mode}'>{model}<numa><cell id='0' cpus='0' memory='4' unit='GiB'/></numa></cpu>
          <devices>
            <memory model='nvdimm' access='shared'>
              <source><path>/dev/pmem0</path><alignsize unit='MiB'>2</alignsize><pmem/></source>
              <target><size unit='MiB'>1026</size><node>0</node><label><size unit='KiB'>128</size></label></target>
            </memory>
          </devices>
        </domain>
        """;
}
