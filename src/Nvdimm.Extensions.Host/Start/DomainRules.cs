using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Devices;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>
/// Checks what libvirt and QEMU refuse in a domain, whatever its devices contain, and devices that it names more than once.
/// </summary>
internal static class DomainRules
{
    /// <param name="domain">The domain to start.</param>
    /// <param name="host">The host, which tells whether two paths lead to one device.</param>
    public static IEnumerable<Finding> FindingsOf(Domain domain, HostState host)
    {
        var uses = DomainDeviceUses.Read(domain);
        return [.. DomainRefusals.Check(domain, host.Verified?.Libvirt), .. uses.Findings, .. Duplicates(uses.Uses, host.Storage)];
    }

    /// <summary>
    /// Findings for different paths that lead to the same bytes: a link, a partition, a volume or a loop device on the NVDIMM's device.
    /// Only uses that store bytes are checked. The others are sockets and ports, and VDSM's user lacks the right to enter the folders of
    /// their sockets.
    /// </summary>
    private static List<Finding> Duplicates(ValueList<DomainDeviceUse> uses, SharedStorage storage)
    {
        var unknown = new List<Finding>();
        return [.. DomainDeviceUses.Duplicates(uses, AreSame), .. unknown];

        bool AreSame(DomainDeviceUse one, DomainDeviceUse other)
        {
            try
            {
                return one.Kind != DomainUseKind.Other && other.Kind != DomainUseKind.Other
                    && storage.Between(one.Path, other.Path) != StorageOverlap.None;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                unknown.Add(DeviceUse.Unknown((one.IsMemory ? one : other).Path, failure.Message, Severity.Error));
                return false;
            }
        }
    }
}
