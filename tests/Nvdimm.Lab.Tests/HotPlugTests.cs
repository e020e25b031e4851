using System.Globalization;
using System.Xml.Linq;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Lab.Tests;

/// <summary>
/// Memory that is plugged beside an NVDIMM comes online in the guest where the plan says so, does not where it warns, and does at the address
/// that it advises. libvirt and QEMU report success each time.
/// </summary>
[Category("hot-plug")]
public sealed class HotPlugTests
{
    /// <summary>Says each change of what the kernel has: the memory blocks that are online, and how often it refused a range.</summary>
    private const string Watch =
        """
        echo online >/sys/devices/system/memory/auto_online_blocks
        say "block 0x$(cat /sys/devices/system/memory/block_size_bytes)"
        last=
        while :; do
          online=$(cat /sys/devices/system/memory/memory*/state | grep -c '^online$')
          refused=$(dmesg | grep -c 'unaligned hotplug range') || true
          now="online $online refused $refused"
          [ "$now" = "$last" ] || say "$now"
          last=$now
          sleep 0.5
        done
        """;

    private static readonly ByteSize Small = ByteSize.FromMiB(128);
    private static readonly ByteSize Large = ByteSize.FromGiB(1);

    [SetUp]
    public void Require() => LabGuest.X86.Require();

    [Test]
    public void Plug_WhereThePlanSaysThatItWorks_ComesOnline()
    {
        using var vm = new LabVm(ByteSize.FromMiB(514), Alignment.FromMiB(2));
        var layout = vm.Plan(SizingStrategy.Ovirt);
        Assert.That(Findings(vm), Does.Not.Contain(NvdimmCodes.MemoryHotPlugMisaligned));
        using var domain = vm.Start(layout, Watch);
        var blocks = Started(domain, layout);
        blocks = AssertComesOnline(vm, domain, layout, Small, blocks, isAdvised: false);
        AssertComesOnline(vm, domain, layout, Large, blocks, isAdvised: false);
    }

    [Test]
    public void Plug_WhereThePlanWarns_DoesNotComeOnline()
    {
        using var vm = new LabVm(ByteSize.FromMiB(514), Alignment.FromKiB(4));
        var layout = vm.Plan(SizingStrategy.Ovirt);
        Assert.That(layout.Warnings.Select(warning => warning.Code), Is.EqualTo([NvdimmCodes.HotPlugMisaligned]));
        Assert.That(Findings(vm), Does.Contain(NvdimmCodes.MemoryHotPlugMisaligned));
        using var domain = vm.Start(layout, Watch);
        var blocks = Started(domain, layout);

        var plan = Plan(vm, layout, Small);
        Assert.That((plan.ComesOnline, plan.Codes), Is.EqualTo((false, new[] { NvdimmCodes.DimmMisaligned }.ToValueList())));
        Plug(vm, Small, at: null);
        Assert.That(MemoryDevices(vm)[^1], Is.EqualTo(plan.Automatic), "QEMU placed it where we said");
        domain.WaitFor($"@@ online {blocks} refused [1-9]");

        // The lost DIMM stays where it is; the next one beside it, at the address that is advised.
        AssertComesOnline(vm, domain, layout, Small, blocks, isAdvised: true);
    }

    [Test]
    public void Plug_AtTheAdvisedAddress_ComesOnline_AndSoDoTheNextOnes()
    {
        using var vm = new LabVm(ByteSize.FromMiB(514), Alignment.FromKiB(4));
        var layout = vm.Plan(SizingStrategy.Ovirt);
        using var domain = vm.Start(layout, Watch);
        var blocks = Started(domain, layout);
        blocks = AssertComesOnline(vm, domain, layout, Small, blocks, isAdvised: true);
        AssertComesOnline(vm, domain, layout, Large, blocks, isAdvised: false);
    }

    /// <summary>The guest's memory block is the one we said, and so is where the NVDIMM is; how many blocks are online.</summary>
    private static int Started(LabDomain domain, NvdimmLayout layout)
    {
        var block = domain.WaitFor("@@ block 0x([0-9a-f]+)\r").Groups[1].Value;
        Assert.That(
            Alignment.FromBytes(long.Parse(block, NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
            Is.EqualTo(GuestMemoryBlock.Of(layout.Request.Architecture, LabVm.Memory)));
        return int.Parse(domain.WaitFor("@@ online ([0-9]+) refused 0\r").Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static int AssertComesOnline(LabVm vm, LabDomain domain, NvdimmLayout layout, ByteSize size, int blocks, bool isAdvised)
    {
        var plan = Plan(vm, layout, size);
        Assert.That(plan.ComesOnline, Is.Not.EqualTo(isAdvised), plan.Findings.ToString());
        Plug(vm, size, isAdvised ? plan.Advised : null);
        Assert.That(MemoryDevices(vm)[^1], Is.EqualTo(isAdvised ? plan.Advised : plan.Automatic), "QEMU placed it where we said");
        var after = blocks + (int)(size.Bytes / plan.MemoryBlock.Bytes);
        domain.WaitFor($"@@ online {after} refused");
        return after;
    }

    private static MemoryHotPlugPlan Plan(LabVm vm, NvdimmLayout layout, ByteSize size)
    {
        var present = MemoryDevices(vm);
        var request = new MemoryHotPlugRequest
        {
            Architecture = layout.Request.Architecture,
            Ram = LabVm.Memory,
            MaxMemory = LabVm.Memory + LabDomain.HotPluggable + layout.BackendSize,
            DimmSize = size,
        };
        var cold = MemoryHotPlug.Plan(request with { Nvdimms = [layout] });
        Assert.That(present[0], Is.EqualTo(cold.Nvdimms.Single()), "QEMU placed the NVDIMM where we said");
        return MemoryHotPlug.Plan(request with { Present = [.. present] });
    }

    private static void Plug(LabVm vm, ByteSize size, GuestMemoryDevice? at)
    {
        var place = at is { } dimm ? $"<address type='dimm' slot='{dimm.Slot}' base='{MemoryHotPlug.Hex(dimm.Address)}'/>" : "";
        var file = vm.Folder.PathOf("dimm.xml");
        File.WriteAllText(file, $"<memory model='dimm'><target><size unit='b'>{size.Bytes}</size><node>0</node></target>{place}</memory>");
        LabDomain.Virsh("attach-device", vm.Name, file, "--live");
    }

    /// <summary>The memory devices of the running domain, the NVDIMM first: what libvirt shows takes the size that QEMU uses of it.</summary>
    private static GuestMemoryDevice[] MemoryDevices(LabVm vm)
    {
        var devices = XDocument.Parse(LabDomain.Virsh("dumpxml", vm.Name)).Descendants("memory").Where(memory => memory.Attribute("model") is not null);
        return [.. devices.Select(memory => Placed(vm, memory))];
    }

    private static GuestMemoryDevice Placed(LabVm vm, XElement memory)
    {
        var address = memory.Element("address")!;
        var size = memory.Attribute("model")!.Value == "nvdimm"
            ? vm.Plan(SizingStrategy.Ovirt).GuestSize
            : ByteSize.FromKiB(long.Parse(memory.Element("target")!.Element("size")!.Value, CultureInfo.InvariantCulture));
        return new GuestMemoryDevice(
            ByteSize.FromBytes(long.Parse(address.Attribute("base")!.Value[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
            size,
            int.Parse(address.Attribute("slot")!.Value, CultureInfo.InvariantCulture));
    }

    private static IEnumerable<string> Findings(LabVm vm) => vm.Check(HostDeviceOperation.MemoryHotPlug).Findings.Select(finding => finding.Code);
}
