using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Layouts;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Hook.Start;

/// <summary>
/// The claims of one start. They are held by the process that runs the hook, VDSM, until <c>after_vm_start</c> hands them to QEMU; a VM
/// whose earlier start failed in between takes its own over.
/// </summary>
internal sealed class StartClaims(DeviceClaims claims, HookContext context)
{
    private ValueList<DeviceClaimResult> results = [];

    /// <summary>Claims the devices.</summary>
    /// <returns>The claim on each; null where it is not given, which is a finding.</returns>
    public IEnumerable<DeviceClaim?> Take(IEnumerable<NvdimmDevice> devices, string vmName, List<Finding> findings)
    {
        results = claims.ClaimForStart(
            devices.Select(device => (DeviceIdentity.Of(device), device.Name)).ToList(),
            ClaimHolder.OfProcess(vmName, context.VmId, LinuxCalls.ParentProcess()));
        findings.AddRange(results.SelectMany(result => result.Findings));
        return results.Select(result => result.Claim);
    }

    /// <summary>Gives back what was taken: the VM does not start.</summary>
    public void Release()
    {
        foreach (var claim in results.Select(result => result.Claim).OfType<DeviceClaim>())
        {
            claims.Release(claim);
        }
    }
}
