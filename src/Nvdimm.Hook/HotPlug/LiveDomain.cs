using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Hooks;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Hook.HotPlug;

/// <summary>The memory of a running domain, as libvirt shows it.</summary>
/// <param name="Name">The domain's name.</param>
/// <param name="Architecture">The guest's architecture.</param>
/// <param name="Memory">The RAM at boot.</param>
/// <param name="MaxMemory">The limit of RAM and memory devices together.</param>
/// <param name="Slots">The number of slots for memory devices.</param>
/// <param name="Devices">The present memory devices whose address is known.</param>
/// <param name="Hidden">
/// The models of the memory devices that libvirt shows without an address. SGX memory, which has no address, is not among them.
/// </param>
internal sealed record LiveDomain(
    string Name, GuestArchitecture Architecture, ByteSize Memory, ByteSize MaxMemory, int Slots, ValueList<GuestMemoryDevice> Devices,
    ValueList<string> Hidden)
{
    private const int NoSlot = -1;
    private const string Subject = "The running domain";

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    /// <summary>The machine type; null if it is unknown, or if SGX memory precedes the memory devices.</summary>
    public string? Machine { get; init; }

    /// <summary>Whether the CPU hides the hypervisor from the guest.</summary>
    public bool HidesHypervisor { get; init; }

    /// <summary>Whether the CPU is one of AMD's; null if unknown.</summary>
    public bool? HasAmdCpu { get; init; }

    /// <summary>How libvirt backs the domain's memory.</summary>
    public required MemoryBacking Backing { get; init; }

    /// <summary>The number of slots that memory devices occupy.</summary>
    public int SlotsTaken => Devices.Count(device => device.Slot != NoSlot);

    /// <summary>
    /// Where QEMU places memory that names no address, and at which addresses the guest can bring it online. Meaningless if the domain has
    /// <see cref="Hidden"/> devices.
    /// </summary>
    /// <param name="memory">The memory to plug.</param>
    /// <param name="root">The folder below which <c>proc</c> is.</param>
    /// <exception cref="HookException">The domain or the memory contradicts itself.</exception>
    public MemoryHotPlugPlan Plan(PluggedMemory memory, string root)
    {
        var request = new MemoryHotPlugRequest
        {
            Architecture = Architecture,
            Ram = Memory,
            MaxMemory = MaxMemory,
            DimmSize = memory.Size,
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

    /// <summary>Reads the running domain from libvirt over a read-only connection.</summary>
    /// <exception cref="HookException">libvirt does not answer, or its answer cannot be read.</exception>
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
            : throw HookException.Payload(
                $"Asking libvirt for the VM {name}", $"{outcome.Command} ended with {outcome.ExitStatus}: {outcome.Error}");
    }

    /// <summary>Reads a running domain from libvirt's XML.</summary>
    /// <exception cref="HookException">The XML cannot be read.</exception>
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
        // SGX memory lies in its own range, without address or slot (libvirt v9.0.0 src/qemu/qemu_command.c, qemuBuildSGXEPCCommandLine).
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
    /// Whether the device sits on a bus: virtio-mem and virtio-pmem are PCI devices and take no slot. Their memory still lies among the
    /// DIMMs (QEMU v7.2.0 <c>hw/virtio/virtio-mem-pci.c</c>, <c>virtio-pmem-pci.c</c>: TYPE_MEMORY_DEVICE).
    /// </summary>
    private static bool IsOnBus(XElement memory) => (string?)memory.Element("address")?.Attribute("type") is { } type && type != "dimm";

    private static bool IsHidden(XElement memory) => PluggedMemory.AddressOf(memory) is null;

    private static int? Number(XAttribute? attribute) =>
        int.TryParse((string?)attribute, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>
    /// The guest-physical range of a memory device. An NVDIMM takes the size that its guest sees: its size without the label, aligned down
    /// to its alignment. Without an alignment QEMU uses the host's page size (QEMU v7.2.0 <c>softmmu/physmem.c</c>, file_ram_alloc). A DIMM
    /// takes its whole size.
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
