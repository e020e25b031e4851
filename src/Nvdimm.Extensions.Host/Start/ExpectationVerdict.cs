using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>What is missing of the NVDIMMs that a VM has to have, and what has taken whose place.</summary>
/// <param name="Findings">
/// <see cref="NvdimmCodes.IdentityChanged"/> for a device under the name or path of another one of the VM's; <see cref="NvdimmCodes.SilentlyDetached"/>
/// for each that is missing; what decides about a changed one (<see cref="NvdimmCodes.ReplacementToDecide"/>, <see cref="NvdimmCodes.NamesToAccept"/>);
/// <see cref="NvdimmCodes.DeviceRenamed"/> for each that the host shows under another name.
/// </param>
/// <param name="Replaced">What takes the place of what, as an administrator has accepted.</param>
public sealed record ExpectationVerdict(ValueList<Finding> Findings, ValueList<ReplacedNvdimm> Replaced)
{
    /// <summary>Nothing is expected.</summary>
    public static ExpectationVerdict Nothing { get; } = new([], []);
}
