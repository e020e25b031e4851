namespace Nvdimm.Extensions.Policy;

/// <summary>Warns if the list of the host's devices is incomplete.</summary>
internal sealed class ListingIncompleteRule() : NvdimmRule(
    NvdimmCodes.ListingIncomplete, Severity.Warning, NvdimmOperation.Attach, NvdimmOperation.Detach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context is { Host.IsComplete: false, Wanted.Count: > 0 } ? [Violation(("host", context.HostName))] : [];
}
