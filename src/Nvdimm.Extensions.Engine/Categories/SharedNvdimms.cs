using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>Finds devices that more than one VM has configured: by uuid anywhere, by name on what may be the same host.</summary>
internal sealed class SharedNvdimms(List<(ManagedVm Vm, VmDescription Description)> vms, Dictionary<string, NvdimmHostDeviceListing> listings)
{
    /// <summary>One finding for each VM and device, which names the other VMs.</summary>
    public IEnumerable<AuditFinding> Findings()
    {
        var byName = Group(use => use.Name);
        var byUuid = Group(use => use.Uuid is { } uuid ? $"{uuid}" : null);
        foreach (var use in Uses())
        {
            var others = byName[use.Name].Where(other => MayShareHost(use, other))
                .Concat(use.Uuid is { } uuid ? byUuid[$"{uuid}"] : [])
                .Where(other => !string.Equals(other.Vm.Id, use.Vm.Id, StringComparison.Ordinal))
                .Select(other => other.Vm.Name)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .ToArray();
            if (others.Length > 0)
            {
                yield return new AuditFinding(Finding.Error(NvdimmCodes.UsedByOtherVm, ("device", use.Name), ("otherVm", string.Join(", ", others))))
                {
                    VmId = use.Vm.Id,
                    Device = use.Name,
                    Host = use.Host,
                };
            }
        }
    }

    private static bool MayShareHost(Use one, Use other) => one.Host is null || other.Host is null
        || string.Equals(one.Host.Id, other.Host.Id, StringComparison.Ordinal);

    private ILookup<string, Use> Group(Func<Use, string?> key) =>
        Uses().Where(use => key(use) is not null).ToLookup(use => key(use)!, StringComparer.Ordinal);

    private IEnumerable<Use> Uses() =>
        from vm in vms
        from attached in vm.Description.Nvdimms
        let host = vm.Vm.PinnedHosts is [var single] ? single : null
        select new Use(vm.Vm, host, attached.Name, UuidOf(host, attached));

    /// <summary>The uuid that the device has now, otherwise the one that was noted.</summary>
    private Guid? UuidOf(HostReference? host, AttachedNvdimm attached) =>
        host is not null && listings.GetValueOrDefault(host.Id)?.Description.Devices
            .FirstOrDefault(device => string.Equals(device.Name, attached.Name, StringComparison.Ordinal)) is NvdimmDevice { Uuid: { } uuid } ? uuid : attached.Uuid;

    private sealed record Use(ManagedVm Vm, HostReference? Host, string Name, Guid? Uuid);
}
