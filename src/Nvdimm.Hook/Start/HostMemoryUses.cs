using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Sysfs;

namespace Nvdimm.Hook.Start;

/// <summary>What a domain uses as memory without an NVDIMM element, where it is an NVDIMM device of this host. Other files are no concern of ours.</summary>
/// <param name="Pmems">The virtio-pmem devices.</param>
/// <param name="Refusals">An error for each argument of QEMU: what libvirt does not know has no layout that could be predicted.</param>
internal sealed record HostMemoryUses(ValueList<StartPmem> Pmems, ValueList<Finding> Refusals)
{
    /// <summary>Whether there is one.</summary>
    public bool Any => Pmems.Count > 0 || Refusals.Count > 0;

    /// <exception cref="IOException">A device is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A device may not be read.</exception>
    public static HostMemoryUses Find(ValueList<DomainDeviceUse> uses, HookContext context)
    {
        var namespaces = new SysfsNvdimmReader(context.Root);
        var pmems = uses.Select(use => namespaces.Find(use.Path) is { } device ? new StartPmem(use, device) : null).OfType<StartPmem>().ToList();
        return new HostMemoryUses(
            pmems.Where(pmem => pmem.Use.Kind == DomainUseKind.VirtioPmem).ToValueList(),
            pmems.Where(pmem => pmem.Use.Kind == DomainUseKind.Argument)
                .Select(pmem => Finding.Error(NvdimmCodes.XmlArgument, ("device", pmem.Device.Name), ("use", pmem.Use.Description)))
                .ToValueList());
    }
}
