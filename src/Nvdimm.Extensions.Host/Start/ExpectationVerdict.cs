using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>The NVDIMMs that a VM must have and lacks, and the devices that replace others.</summary>
/// <param name="Findings">
/// <see cref="NvdimmCodes.IdentityChanged"/> for a device under the name or path of another device of the VM;
/// <see cref="NvdimmCodes.SilentlyDetached"/> for each missing one; how to decide about a changed one
/// (<see cref="NvdimmCodes.ReplacementToDecide"/>, <see cref="NvdimmCodes.NamesToAccept"/>); <see cref="NvdimmCodes.DeviceRenamed"/> for
/// each that the host shows under another name.
/// </param>
/// <param name="Replaced">The replacements that an administrator has accepted.</param>
public sealed record ExpectationVerdict(ValueList<Finding> Findings, ValueList<ReplacedNvdimm> Replaced)
{
    /// <summary>Nothing is expected.</summary>
    public static ExpectationVerdict Nothing { get; } = new([], []);
}
