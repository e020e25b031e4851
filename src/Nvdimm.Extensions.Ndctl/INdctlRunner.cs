namespace Nvdimm.Extensions.Ndctl;

/// <summary>Asks ndctl for the namespaces of a host.</summary>
public interface INdctlRunner
{
    /// <summary>
    /// What <c>ndctl list -N -v</c> says. Bad output and namespaces that ndctl could not list are findings of the result;
    /// a listing that is not complete says so.
    /// </summary>
    /// <exception cref="NdctlException">ndctl could not be run, did not end in time, or failed as a whole.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<NdctlListing> ListAsync(CancellationToken cancellationToken = default);
}
