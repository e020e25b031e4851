using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Hooks;
using Nvdimm.Extensions.Host.Hypervisor;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Hook.HotPlug;

/// <summary>The memory of a running domain.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Architecture">Its architecture.</param>
/// <param name="Memory">The RAM that it booted with.</param>
/// <param name="MaxMemory">What its RAM and its memory devices may take together.</param>
/// <param name="Slots">How many memory devices it can have.</param>
/// <param name="Devices">The memory devices that it has and whose place is known.</param>
/// <param name="Hidden">The models of those that libvirt shows without their place. SGX memory, which has none, is not among them.</param>
internal sealed record LiveDomain(
    string Name, GuestArchitecture Architecture, ByteSize Memory, ByteSize MaxMemory, int Slots, ValueList<GuestMemoryDevice> Devices, ValueList<string> Hidden)
{
    private const int NoSlot = -1;
    private const string Subject = "The running domain";

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    /// <summary>The machine type; null where it is not known, or where SGX memory is in front of the memory devices.</summary>
    public string? Machine { get; init; }

    /// <summary>Whether its CPU hides that it is virtual.</summary>
    public bool HidesHypervisor { get; init; }

    /// <summary>Whether its CPU is one of AMD's; null where that is not known.</summary>
    public bool? HasAmdCpu { get; init; }

    /// <summary>How libvirt backs its memory.</summary>
    public required MemoryBacking Backing { get; init; }

    /// <summary>How many slots its memory devices take.</summary>
    public int SlotsTaken => Devices.Count(device => device.Slot != NoSlot);

    /// <summary>Where QEMU puts memory that names no address, and where its guest can bring it online; of no meaning beside hidden devices.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="root">The folder below which <c>proc</c> is.</param>
    /// <exception cref="HookException">What the domain or the memory says of itself cannot be.</exception>
    public MemoryHotPlugPlan Plan(PluggedMemory memory, string root)
    {
        var request = new MemoryHotPlugRequest(Architecture, Memory, MaxMemory, memory.Size)
        {
            HidesHypervisor = HidesHypervisor,
            HasAmdCpu = HasAmdCpu,
            Slots = Slots,
            Present = Devices,
            Machine = Machine,
            Start = Devices.Count == 0 ? null : Devices.Min(device => device.Address),
        };
        try
        {
            return MemoryHotPlug.Plan(request with { DimmAlign = Backing.AlignOf(memory, root) ?? request.DimmAlign });
        }
        catch (ArgumentException unfit)
        {
            throw HookException.Payload($"Memory for the VM {Name}", unfit.Message, unfit);
        }
    }

    /// <summary>Asks libvirt, read-only.</summary>
    /// <exception cref="HookException">It does not say.</exception>
    public static LiveDomain Read(HookConfiguration configuration, Guid id, string name)
    {
        ProcessOutcome outcome;
        try
        {
            outcome = BoundedProcess.RunAsync(
                configuration.Virsh,
                ["--readonly", "--connect", configuration.Connection, "dumpxml", id.ToString("D")],
                "",
                TimeLimit,
                CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (ProbeException failure)
        {
            throw HookException.Failed($"Asking libvirt for the VM {name}", failure);
        }

        return outcome.ExitStatus == 0
            ? Read(outcome.Output, name)
            : throw HookException.Payload($"Asking libvirt for the VM {name}", $"{outcome.Command} ended with {outcome.ExitStatus}: {outcome.Error}");
    }

    /// <summary>Reads what libvirt says.</summary>
    /// <exception cref="HookException">It cannot be read.</exception>
    public static LiveDomain Read(string xml, string name)
    {
        try
        {
            return DomainGuest.Read(xml) is { Guest: { } guest } && PluggedMemory.Load(xml) is var domain
                ? Of(guest, domain, name)
                : throw HookException.Payload($"The VM {name}", "libvirt's XML of it cannot be read");
        }
        catch (XmlException malformed)
        {
            throw HookException.Payload($"The VM {name}", malformed.Message, malformed);
        }
    }

    private static LiveDomain Of(DomainGuest guest, XElement domain, string name)
    {
        // SGX memory lies in a range of its own, has no address and takes no slot (libvirt v9.0.0 src/qemu/qemu_command.c, qemuBuildSGXEPCCommandLine).
        var all = domain.Elements("devices").Elements("memory").ToList();
        var memories = all.Where(memory => (string?)memory.Attribute("model") != "sgx-epc").ToList();
        return new LiveDomain(
            guest.Name ?? name,
            guest.Architecture ?? default,
            guest.Memory,
            guest.MaxMemory ?? throw HookException.Payload(Subject, "it has no maximum memory"),
            guest.MemorySlots,
            memories.Where(memory => !IsHidden(memory)).Select(Device).ToValueList(),
            memories.Where(IsHidden).Select(memory => (string?)memory.Attribute("model") ?? "unknown").ToValueList())
        {
            Machine = all.Count == memories.Count ? guest.Machine : null,
            HidesHypervisor = guest.HidesHypervisor,
            HasAmdCpu = guest.HasAmdCpu ?? HostCpu.IsAmd,
            Backing = MemoryBacking.Read(domain),
        };
    }

    /// <summary>
    /// virtio-mem and virtio-pmem sit on PCI, take no slot, and have their memory among that of the DIMMs all the same
    /// (QEMU v7.2.0 <c>hw/virtio/virtio-mem-pci.c</c>, <c>virtio-pmem-pci.c</c>: TYPE_MEMORY_DEVICE).
    /// </summary>
    private static bool IsOnBus(XElement memory) => (string?)memory.Element("address")?.Attribute("type") is { } type && type != "dimm";

    private static bool IsHidden(XElement memory) => PluggedMemory.AddressOf(memory) is null;

    private static int? Number(XAttribute? attribute) =>
        int.TryParse((string?)attribute, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>
    /// An NVDIMM takes what its guest sees: its size without label, aligned down to its alignment. Without alignment QEMU takes the host's page
    /// (QEMU v7.2.0 <c>softmmu/physmem.c</c>, file_ram_alloc). A DIMM takes its size.
    /// </summary>
    private static GuestMemoryDevice Device(XElement memory)
    {
        var size = PluggedMemory.SizeOf(memory.Element("target")?.Element("size"), Subject);
        var number = IsOnBus(memory) ? NoSlot : Number(memory.Element("address")?.Attribute("slot"));
        if (PluggedMemory.AddressOf(memory) is not { } address || number is not { } slot || size is not { } whole)
        {
            throw HookException.Payload(Subject, "it has a memory device without slot or size");
        }

        if ((string?)memory.Attribute("model") != "nvdimm")
        {
            return new GuestMemoryDevice(address, whole, slot);
        }

        var label = PluggedMemory.SizeOf(memory.Element("target")?.Element("label")?.Element("size"), Subject) ?? ByteSize.Zero;
        var asked = PluggedMemory.SizeOf(memory.Element("source")?.Element("alignsize"), Subject);
        var align = asked is { Bytes: > 0 } written ? written.Bytes : Environment.SystemPageSize;
        return new GuestMemoryDevice(
            address, label < whole ? QemuProfile.GuestSize(whole, label, Alignment.FromBytes(align)) : whole, slot);
    }
}
