using Nvdimm.Extensions;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Cli.Input;

/// <summary>A VM in a VM file.</summary>
/// <param name="Description">The VM as the policy sees it.</param>
/// <param name="IsUefi">Whether the VM boots with UEFI.</param>
/// <param name="MaxVcpus">The maximum number of vCPUs.</param>
internal sealed record VmOfFile(VmDescription Description, bool IsUefi, int MaxVcpus)
{
    /// <summary>The label size of the VM's NVDIMMs; null if the file names none.</summary>
    public ByteSize? LabelSize { get; init; }
}
