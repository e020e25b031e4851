using Nvdimm.Extensions;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Cli.Input;

/// <summary>A VM of a VM file.</summary>
/// <param name="Description">What the policy needs.</param>
/// <param name="IsUefi">Whether it boots with UEFI.</param>
/// <param name="MaxVcpus">The largest number of vCPUs.</param>
internal sealed record VmOfFile(VmDescription Description, bool IsUefi, int MaxVcpus)
{
    /// <summary>The size of the label area of its NVDIMMs; null where the file names none.</summary>
    public ByteSize? LabelSize { get; init; }
}
