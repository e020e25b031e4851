using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>
/// What a domain uses as memory without an NVDIMM element, if it is an NVDIMM device of the host. Other files do not matter.
/// </summary>
/// <param name="Pmems">The virtio-pmem devices.</param>
/// <param name="Refusals">
/// An error <see cref="NvdimmCodes.XmlArgument"/> for each QEMU argument: libvirt does not know these devices, so their layout cannot be
/// predicted.
/// </param>
public sealed record StartMemoryUses(ValueList<StartPmem> Pmems, ValueList<Finding> Refusals)
{
    /// <summary>Whether there are any.</summary>
    public bool Any => Pmems.Count > 0 || Refusals.Count > 0;

    /// <summary>Finds the devices behind the uses.</summary>
    /// <param name="uses">The uses of a domain (<see cref="DomainDeviceUses"/>).</param>
    /// <param name="find">
    /// Returns the NVDIMM device behind a path, after following links; null if there is none. Its exceptions are not caught.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static StartMemoryUses Find(IEnumerable<DomainDeviceUse> uses, Func<string, NvdimmDevice?> find)
    {
        ArgumentNullException.ThrowIfNull(uses);
        ArgumentNullException.ThrowIfNull(find);
        var pmems = uses.Where(use => use is { IsMemory: true, Kind: DomainUseKind.VirtioPmem or DomainUseKind.Argument })
            .Select(use => find(use.Path) is { } device ? new StartPmem(use, device) : null)
            .OfType<StartPmem>()
            .ToList();
        return new StartMemoryUses(
            pmems.Where(pmem => pmem.Use.Kind == DomainUseKind.VirtioPmem).ToValueList(),
            pmems.Where(pmem => pmem.Use.Kind == DomainUseKind.Argument)
                .Select(pmem => Finding.Error(NvdimmCodes.XmlArgument, ("device", pmem.Device.Name), ("use", pmem.Use.Description)))
                .ToValueList());
    }
}
