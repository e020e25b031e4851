using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>Runs ndctl on this host, and adds to its listing what only the host can say of each device.</summary>
/// <param name="options">How it is run; null for the defaults.</param>
/// <param name="useReader">Asks the host whether a device is read-only or in use; null where nobody can be asked.</param>
public sealed class NdctlRunner(NdctlRunnerOptions? options = null, IDeviceUseReader? useReader = null) : INdctlRunner
{
    private readonly NdctlRunnerOptions options = options ?? new NdctlRunnerOptions();

    /// <inheritdoc/>
    public async Task<NdctlListing> ListAsync(CancellationToken cancellationToken = default)
    {
        var process = new NdctlProcess(options.Program, NdctlAnswer.Command, options.TimeLimit);
        var (exitStatus, output, errors) = await process.RunAsync(cancellationToken).ConfigureAwait(false);
        var listing = NdctlAnswer.Listing(process, exitStatus, output, errors, Environment.IsPrivilegedProcess);
        return listing with { Devices = listing.Devices.Select(WithUse).ToValueList() };
    }

    private NvdimmDevice WithUse(NvdimmDevice device)
    {
        if (useReader is null || device.Path is null)
        {
            return device;
        }

        try
        {
            return device.WithUse(useReader.Read(device.Path));
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            return device.With(Finding.Warning(NvdimmCodes.HostUseUnknown, ("device", device.Name), ("reason", unread.Message)));
        }
    }
}
