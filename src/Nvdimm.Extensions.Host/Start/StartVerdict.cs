using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Hypervisor;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>Whether a VM may start with a device in a layout, as far as the host can tell.</summary>
/// <param name="Layout">What the guard says of the ledger and of the labels on the device.</param>
/// <param name="Use">What the host does with the device; null where that could not be read.</param>
/// <param name="Hypervisor">What is known of the installed libvirt and QEMU; null where that could not be read.</param>
/// <param name="HostFindings">
/// What was found beside the guard's findings: <see cref="NvdimmCodes.IdentityChanged"/>, <see cref="NvdimmCodes.ReadOnly"/>,
/// <see cref="NvdimmCodes.InUseByHost"/>, <see cref="NvdimmCodes.HostUseUnknown"/>, <see cref="NvdimmCodes.ClaimHeld"/>,
/// <see cref="NvdimmCodes.ClaimDamaged"/>, <see cref="NvdimmCodes.LedgerUnreadable"/> (the claims), <see cref="NvdimmCodes.HypervisorDrift"/>;
/// and, as a warning, <see cref="NvdimmCodes.HypervisorNotVerified"/>. No administrator can accept one of these.
/// </param>
public sealed record StartVerdict(LayoutCheck Layout, DeviceUse? Use, FingerprintResult? Hypervisor, ValueList<Finding> HostFindings)
{
    /// <summary>All that was found: what the host says first, then what the guard says, each once.</summary>
    public ValueList<Finding> Findings => HostFindings.Concat(Layout.Findings).Distinct().ToValueList();

    /// <summary>The errors that nobody has accepted.</summary>
    public ValueList<Finding> Refusals =>
        HostFindings.Where(finding => finding.Severity == Severity.Error).Concat(Layout.Refusals).Distinct().ToValueList();

    /// <summary>Whether the VM may start with it.</summary>
    public bool IsAllowed => Refusals.Count == 0;

    /// <summary>The use to record in the ledger when the VM starts, with the labels and the versions as they are now.</summary>
    /// <param name="vmName">The VM's name; null where it is not known.</param>
    /// <param name="vmId">The VM's id; null where it is not known.</param>
    public LayoutUse UseBy(string? vmName, string? vmId)
    {
        var (evidence, installed) = (Layout.Evidence, Hypervisor);
        var labels = evidence.Survey.At(evidence.Planned.LabelOffset)?.Area;
        return new LayoutUse(evidence.Identity, evidence.Name, evidence.Survey.Path, evidence.Planned)
        {
            VmName = vmName,
            VmId = vmId,
            LabelHash = labels?.Sum is { } sum && sum == evidence.Recorded.Record?.LabelSum ? evidence.Recorded.Record.LabelHash : labels?.Hash,
            LabelSum = labels?.Sum,
            Hypervisor = installed is { State: FingerprintState.Verified or FingerprintState.Drift, Fingerprint: { } known }
                ? string.Join(", ", known.Programs.Select(program => $"{program.Name} {program.Version}"))
                : null,
        };
    }
}
