using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Hypervisor;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Sysfs;

namespace Nvdimm.Hook.Start;

/// <summary>What is noted of a VM that runs.</summary>
internal sealed class RunningVm(HookContext context, QemuProcess qemu)
{
    private readonly LayoutLedger ledger = new(context.Configuration.StateFolder, context.Time);
    private readonly DeviceClaims claims = new(context.Configuration.StateFolder, context.Time);
    private readonly SysfsNvdimmReader sysfs = new(context.Root);

    /// <summary>Hands the claim to QEMU, and notes the use.</summary>
    public IEnumerable<Finding> Confirm(NvdimmElement element)
    {
        if (sysfs.Find(element.Path) is not { } device)
        {
            return [Finding.Error(NvdimmCodes.XmlUnmatched, ("path", element.Path))];
        }

        // The claim first: without it anybody may have the device as soon as VDSM ends, whatever becomes of the note.
        var identity = DeviceIdentity.Of(device);
        return [.. Claim(identity, device.Name), .. Attempt.Of($"Noting the use of {device.Name}", () => Note(element, device, identity))];
    }

    private IEnumerable<Finding> Note(NvdimmElement element, NvdimmDevice device, DeviceIdentity identity)
    {
        if (ledger.Find(identity).Record is not { Layout: { } layout } record)
        {
            return [];
        }

        // libvirt shows what it has given QEMU. Anything else than predicted means that the labels are elsewhere.
        if (element.TargetSize != layout.BackendSize)
        {
            return
            [
                Finding.Error(
                    NvdimmCodes.LayoutChanged,
                    ("device", device.Name),
                    ("what", "the size that libvirt gave QEMU"),
                    ("recorded", $"{layout.BackendSize.Bytes}"),
                    ("planned", $"{element.TargetSize.Bytes}")),
            ];
        }

        return context.IsSimulation ? [] : LabelNotes.Save(ledger, record, new LabelProbe(context.Root), device);
    }

    private IEnumerable<Finding> Claim(DeviceIdentity identity, string name)
    {
        if (context.IsSimulation)
        {
            return [];
        }

        var holder = ClaimHolder.OfProcess(qemu.VmName, context.VmId, qemu.ProcessId);
        var there = claims.Find(identity);
        if (there.Claim is { } claim && string.Equals(claim.Holder.VmId, context.VmId, StringComparison.OrdinalIgnoreCase) && claims.Transfer(claim, holder) is not null)
        {
            return [];
        }

        return claims.TryClaim(identity, name, holder).Findings;
    }
}
