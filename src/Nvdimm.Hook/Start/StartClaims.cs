using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Hook.Start;

/// <summary>
/// The claims of one start. They are held by the process that runs the hook, VDSM, until <c>after_vm_start</c> hands them to QEMU; a VM
/// whose earlier start failed in between takes its own over.
/// </summary>
internal sealed class StartClaims(DeviceClaims claims, HookContext context)
{
    private ValueList<DeviceClaimResult> taken = [];

    /// <summary>Claims the devices; a simulation only looks whether it could.</summary>
    /// <returns>A result for each; with findings where the claim is not given.</returns>
    public ValueList<DeviceClaimResult> Take(IEnumerable<NvdimmDevice> devices, string vmName)
    {
        var wanted = devices.Select(device => (DeviceIdentity.Of(device), device.Name)).ToList();
        var holder = ClaimHolder.OfProcess(vmName, context.VmId, LinuxCalls.ParentProcess());
        if (context.IsSimulation)
        {
            return claims.LookForStart(wanted, holder);
        }

        taken = claims.ClaimForStart(wanted, holder);
        return taken;
    }

    /// <summary>Gives back what was taken: the VM does not start.</summary>
    public void Release()
    {
        foreach (var claim in taken.Select(result => result.Claim).OfType<DeviceClaim>())
        {
            claims.Release(claim);
        }
    }
}
