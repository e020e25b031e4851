using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>Checks what the domain says about an NVDIMM besides its sizes.</summary>
internal static class ElementWitness
{
    public static IEnumerable<Finding> FindingsOf(StartEvidence evidence, NvdimmElement element, StartPolicy policy)
    {
        var device = evidence.Device;
        // If no guest node is pinned, the host can place the guest anywhere, and no node is wrong.
        if (evidence.Vm.NumaNodes.FirstOrDefault(node => node.Index == element.GuestNode) is { } node
            && evidence.Vm.NumaNodes.Any(other => other.HostNodes.Count > 0)
            && NumaPlacement.Mismatch(device, evidence.Vm.NumaNodes, node) is { } mismatch)
        {
            yield return mismatch;
        }

        if (element.IsReadOnly)
        {
            yield return Of(policy.LostWrites, NvdimmCodes.AccessReadOnly, device.Name);
        }

        // Linux v6.1 drivers/dax/device.c, check_vma: a dax device has no private mapping, even for a guest that cannot write.
        if (!element.IsShared && device.IsDevdax)
        {
            yield return Finding.Error(NvdimmCodes.DevdaxNotShared, ("device", device.Name));
        }
        else if (!element.IsShared && !element.IsReadOnly)
        {
            yield return Of(policy.LostWrites, NvdimmCodes.AccessPrivate, device.Name);
        }
    }

    private static Finding Of(StartReaction reaction, string code, string device) =>
        reaction == StartReaction.Refuse ? Finding.Error(code, ("device", device)) : Finding.Warning(code, ("device", device));
}
