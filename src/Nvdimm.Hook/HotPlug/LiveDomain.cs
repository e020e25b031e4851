using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Hypervisor;
using Nvdimm.Extensions.Sizing;
using Nvdimm.Hook.Configuration;

namespace Nvdimm.Hook.HotPlug;

/// <summary>The memory of a running domain.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Architecture">Its architecture.</param>
/// <param name="Memory">The RAM that it booted with.</param>
/// <param name="Slots">How many memory devices it can have; null where that is not known.</param>
/// <param name="Devices">The memory devices that it has: address and what each takes.</param>
/// <param name="TakenSlots">The slots that they are in.</param>
internal sealed record LiveDomain(
    string Name,
    GuestArchitecture Architecture,
    ByteSize Memory,
    int? Slots,
    ValueList<(ByteSize Address, ByteSize Size)> Devices,
    ValueList<int> TakenSlots)
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);
    private static readonly Alignment OrdinaryAlign = Alignment.FromMiB(2);

    /// <summary>The block in which its guest takes memory online.</summary>
    public Alignment Block => GuestMemoryBlock.Of(Architecture, Memory);

    /// <summary>The first address behind everything at which its guest can bring memory online.</summary>
    public ByteSize? FreeAddress => MemoryPlacement.Behind(Devices, Block);

    /// <summary>The lowest free slot, the one that QEMU would take (QEMU v7.2.0 <c>hw/mem/pc-dimm.c</c>, pc_dimm_get_free_slot).</summary>
    public int FreeSlot => Enumerable.Range(0, TakenSlots.Count + 1).Except(TakenSlots).First();

    /// <summary>Where memory will be: where it says, or where QEMU puts it.</summary>
    public ByteSize? AddressFor(PluggedMemory memory)
    {
        var align = Architecture.IsPower ? Architecture.HotPlugBlock : OrdinaryAlign;
        return memory.Address ?? MemoryPlacement.Chosen(Devices, memory.Size, memory.PageSize is { Bytes: > 0 } page ? Alignment.Max(align, Alignment.FromBytes(page.Bytes)) : align);
    }

    /// <summary>Asks libvirt, read-only.</summary>
    /// <exception cref="HookException">It does not say.</exception>
    public static LiveDomain Read(HookConfiguration configuration, Guid id, string name)
    {
        ProcessOutcome outcome;
        try
        {
            outcome = BoundedProcess.RunAsync(
                configuration.Virsh, ["--readonly", "--connect", configuration.Connection, "dumpxml", id.ToString("D")], "", TimeLimit, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (ProbeException failure)
        {
            throw HookException.Failed($"Asking libvirt for the VM {name}", failure);
        }

        return outcome.ExitStatus == 0 ? Read(outcome.Output, name) : throw HookException.Payload($"Asking libvirt for the VM {name}", $"{outcome.Command} ended with {outcome.ExitStatus}: {outcome.Error}");
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
        var devices = domain.Elements("devices").Elements("memory").ToList();
        return new LiveDomain(
            guest.Name ?? name,
            guest.Architecture ?? default,
            guest.Memory,
            Number(domain.Element("maxMemory")?.Attribute("slots")),
            devices.Select(Device).ToValueList(),
            devices.Select(device => Number(device.Element("address")?.Attribute("slot"))).OfType<int>().ToValueList());
    }

    private static int? Number(XAttribute? attribute) => int.TryParse((string?)attribute, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>An NVDIMM takes what its guest sees, without label; a DIMM takes its size.</summary>
    private static (ByteSize Address, ByteSize Size) Device(XElement memory)
    {
        var size = PluggedMemory.SizeOf(memory.Element("target")?.Element("size"));
        if (PluggedMemory.AddressOf(memory) is not { } address || size is not { } whole)
        {
            throw HookException.Payload("The running domain", "it has a memory device without address or size");
        }

        var label = PluggedMemory.SizeOf(memory.Element("target")?.Element("label")?.Element("size")) ?? ByteSize.Zero;
        var align = PluggedMemory.SizeOf(memory.Element("source")?.Element("alignsize")) is { Bytes: > 0 } written ? Alignment.FromBytes(written.Bytes) : Alignment.FromBytes(1);
        return (address, label < whole ? (whole - label).AlignDown(align) : whole);
    }
}
