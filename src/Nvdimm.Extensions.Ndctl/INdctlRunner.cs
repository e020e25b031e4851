namespace Nvdimm.Extensions.Ndctl;

/// <summary>
/// Asks ndctl for the namespaces of a host. Implementations must be safe for use by several threads, unless they say otherwise.
/// </summary>
public interface INdctlRunner
{
    /// <summary>
    /// Runs <c>ndctl list -N -v</c>. Bad output, and namespaces that ndctl could not list, are findings of the result; an incomplete
    /// listing is marked as such.
    /// </summary>
    /// <exception cref="NdctlException">ndctl could not be run, did not end in time, or failed as a whole.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<NdctlListing> ListAsync(CancellationToken cancellationToken = default);
}
