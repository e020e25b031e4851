using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Hook.Start;

/// <summary>What a domain uses as memory without an NVDIMM element, looked for in this host's sysfs.</summary>
internal static class HostMemoryUses
{
    /// <exception cref="IOException">A device is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A device may not be read.</exception>
    public static StartMemoryUses Find(ValueList<DomainDeviceUse> uses, HookContext context) =>
        StartMemoryUses.Find(uses, new SysfsNvdimmReader(context.Root).Find);
}
