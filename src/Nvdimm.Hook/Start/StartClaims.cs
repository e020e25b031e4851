using System.Globalization;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Layouts;

namespace Nvdimm.Hook.Start;

/// <summary>
/// The claims of one start. They are held by the process that runs the hook, VDSM, until <c>after_vm_start</c> hands them to QEMU; a VM
/// whose earlier start failed in between takes its own over.
/// </summary>
internal sealed class StartClaims(DeviceClaims claims, HookContext context)
{
    private readonly List<DeviceClaim> taken = [];

    /// <summary>Claims a device.</summary>
    /// <returns>The claim; null where it is not given, which is a finding.</returns>
    public DeviceClaim? Take(NvdimmDevice device, string vmName, List<Finding> findings)
    {
        var identity = DeviceIdentity.Of(device);
        var holder = ClaimHolder.OfProcess(vmName, context.VmId, Parent());
        if (context.VmId is { } id && claims.Find(identity).Claim is { Holder: var other } earlier && other.VmId == id && other.ProcessId == holder.ProcessId && !taken.Contains(earlier)
            && claims.Transfer(earlier, holder) is { } own)
        {
            taken.Add(own);
            return own;
        }

        var result = claims.TryClaim(identity, device.Name, holder);
        findings.AddRange(result.Findings);
        if (result.Claim is { } claim)
        {
            taken.Add(claim);
        }

        return result.Claim;
    }

    /// <summary>Gives back what was taken: the VM does not start.</summary>
    public void Release() => taken.ForEach(claim => claims.Release(claim));

    /// <summary>Field 4 of <c>/proc/self/stat</c> (<c>proc(5)</c>); the name in field 2 can have blanks and brackets.</summary>
    private static int Parent()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
