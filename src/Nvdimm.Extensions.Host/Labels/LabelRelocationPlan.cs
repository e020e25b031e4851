using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>What copying a label area would do, for a dry run; nothing is written by making it.</summary>
/// <param name="Identity">The device.</param>
/// <param name="Name">Its kernel name.</param>
/// <param name="Path">Its device file.</param>
/// <param name="From">Where the labels are.</param>
/// <param name="To">Where they would go.</param>
/// <param name="LabelSize">How many bytes are copied. What is at <paramref name="From"/> stays.</param>
/// <param name="Hash">The hash of the labels.</param>
/// <param name="TargetHash">The hash of what is at <paramref name="To"/> now; null where that is not on the device.</param>
/// <param name="Findings">
/// What stands against it: <see cref="NvdimmCodes.RelocationNoLabels"/>, <see cref="NvdimmCodes.RelocationShrinks"/>,
/// <see cref="NvdimmCodes.RelocationOutsideDevice"/>, <see cref="NvdimmCodes.RelocationIntoNamespaces"/>,
/// <see cref="NvdimmCodes.RelocationTargetLabelled"/>, <see cref="NvdimmCodes.InUseByHost"/>,
/// <see cref="NvdimmCodes.ReadOnly"/>, <see cref="NvdimmCodes.HostUseUnknown"/>, <see cref="NvdimmCodes.LayoutUnreadable"/>; and, as a warning,
/// <see cref="NvdimmCodes.RelocationTargetNotEmpty"/>.
/// </param>
public sealed record LabelRelocationPlan(
    DeviceIdentity Identity,
    string Name,
    string Path,
    ByteSize From,
    ByteSize To,
    ByteSize LabelSize,
    string Hash,
    string? TargetHash,
    ValueList<Finding> Findings)
{
    /// <summary>Whether it can be done: nothing but warnings was found.</summary>
    public bool IsPossible => !Findings.Any(finding => finding.Severity == Severity.Error);
}
