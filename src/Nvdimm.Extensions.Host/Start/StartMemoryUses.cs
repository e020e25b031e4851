using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>What a domain uses as memory without an NVDIMM element, where it is an NVDIMM device of the host. Other files are no concern of ours.</summary>
/// <param name="Pmems">The virtio-pmem devices.</param>
/// <param name="Refusals">
/// An error <see cref="NvdimmCodes.XmlArgument"/> for each argument of QEMU: what libvirt does not know has no layout that could be predicted.
/// </param>
public sealed record StartMemoryUses(ValueList<StartPmem> Pmems, ValueList<Finding> Refusals)
{
    /// <summary>Whether there is one.</summary>
    public bool Any => Pmems.Count > 0 || Refusals.Count > 0;

    /// <summary>Looks for the devices behind the uses.</summary>
    /// <param name="uses">The uses of a domain (<see cref="DomainDeviceUses"/>).</param>
    /// <param name="find">The NVDIMM device behind a path, links followed; null where the path leads to none. What it throws is not caught.</param>
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
