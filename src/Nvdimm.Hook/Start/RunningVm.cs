using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Hypervisor;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Sysfs;

namespace Nvdimm.Hook.Start;

/// <summary>What is noted of a VM that runs.</summary>
internal sealed class RunningVm(HookContext context, QemuProcess qemu)
{
    private readonly LayoutLedger ledger = new(context.Configuration.StateFolder, context.Time, MachineId.Of(context.Root));
    private readonly DeviceClaims claims = new(context.Configuration.StateFolder, context.Time, MachineId.Of(context.Root));
    private readonly HostDevices devices = new(context.Root);

    /// <summary>Hands the claim to QEMU, and notes the use.</summary>
    public IEnumerable<Finding> Confirm(NvdimmElement element)
    {
        if (devices.Find(element.Path) is not { } device)
        {
            return [Finding.Error(NvdimmCodes.XmlUnmatched, ("path", element.Path))];
        }

        // The claim first: without it anybody may have the device as soon as VDSM ends, whatever becomes of the note.
        var identity = DeviceIdentity.Of(device);
        var refusals = Claim(identity, device.Name).ToList();
        return [.. refusals, .. Attempt.Of($"Noting the use of {device.Name}", () => Note(element, device, identity, isClaimed: refusals.Count == 0))];
    }

    /// <summary>Hands the claim of a virtio-pmem device to QEMU.</summary>
    public IEnumerable<Finding> Confirm(NvdimmDevice device) => Claim(DeviceIdentity.Of(device), device.Name);

    private IEnumerable<Finding> Note(NvdimmElement element, NvdimmDevice device, DeviceIdentity identity, bool isClaimed)
    {
        if (ledger.Find(identity).Record is not { Layout: not null } record)
        {
            return [];
        }

        var differences = StartConfirmation.Differences(element, record).ToList();
        if (differences.Count > 0)
        {
            return differences;
        }

        return context.IsSimulation || !isClaimed ? [] : LabelNotes.Save(ledger, record, new LabelProbe(context.Root), device);
    }

    private IEnumerable<Finding> Claim(DeviceIdentity identity, string name)
    {
        if (context.IsSimulation)
        {
            return [];
        }

        var holder = ClaimHolder.OfProcess(qemu.VmName, context.VmId, qemu.ProcessId);
        if (claims.FindOf(identity, context.VmId) is { } claim && claims.Transfer(claim, holder) is not null)
        {
            return [];
        }

        return claims.TryClaim(identity, name, holder).Findings;
    }
}
