using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Hook.Start;

/// <summary>Finds what a domain uses as memory without an NVDIMM element, with the help of this host's sysfs.</summary>
internal static class HostMemoryUses
{
    /// <exception cref="IOException">A device exists and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read a device.</exception>
    public static StartMemoryUses Find(ValueList<DomainDeviceUse> uses, HookContext context) =>
        StartMemoryUses.Find(uses, new SysfsNvdimmReader(context.Root).Find);
}
