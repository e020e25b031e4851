using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>Runs ndctl on this host, and adds to its listing what only the host can say of each device.</summary>
/// <param name="options">How it is run; null for the defaults.</param>
/// <param name="useReader">Asks the host whether a device is read-only or in use; null where nobody can be asked.</param>
/// <example>
/// <code>
/// var listing = await new NdctlRunner().ListAsync();
/// Console.WriteLine($"{listing.Devices.Count} devices");
/// </code>
/// </example>
public sealed class NdctlRunner(NdctlRunnerOptions? options = null, IDeviceUseReader? useReader = null) : INdctlRunner
{
    /// <summary>Everything that ndctl can list: buses, DIMMs, regions, namespaces, idle ones included.</summary>
    private static readonly string[] KeyArguments = ["list", "-B", "-D", "-R", "-N", "-i", "-v"];

    /// <summary>Buses, regions, DIMMs with their health, and namespaces.</summary>
    private static readonly string[] HealthArguments = ["list", "-B", "-R", "-D", "-H", "-N", "-v"];

    private static readonly string[] VersionArguments = ["--version"];

    private readonly NdctlRunnerOptions options = options ?? new NdctlRunnerOptions();

    /// <inheritdoc/>
    public async Task<NdctlListing> ListAsync(CancellationToken cancellationToken = default)
    {
        var listing = await RunAsync(NdctlAnswer.Command, NdctlAnswer.Listing, cancellationToken).ConfigureAwait(false);
        return NdctlAnswer.ForUser(listing, Environment.IsPrivilegedProcess) with { Devices = listing.Devices.Select(WithUse).ToValueList() };
    }

    /// <summary>
    /// The same with what the DIMMs say of their health. It takes longer, since each DIMM is asked. A DIMM's finding is at the devices of its region; one
    /// without a device is among the listing's own.
    /// </summary>
    /// <exception cref="NdctlException">ndctl could not be run, did not end in time, or failed as a whole.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<NdctlListing> ListWithHealthAsync(CancellationToken cancellationToken = default)
    {
        var listing = await RunAsync(HealthArguments, NdctlAnswer.Listing, cancellationToken).ConfigureAwait(false);
        return NdctlAnswer.ForUser(listing, Environment.IsPrivilegedProcess) with { Devices = listing.Devices.Select(WithUse).ToValueList() };
    }

    /// <summary>
    /// Whether the installed ndctl prints what the parser knows: its version, and every key of what it lists of this host, idle devices
    /// included.
    /// </summary>
    /// <exception cref="NdctlException">ndctl could not be run, did not end in time, or failed as a whole.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<NdctlCheck> CheckAsync(CancellationToken cancellationToken = default)
    {
        var version = await RunAsync(VersionArguments, NdctlAnswer.Version, cancellationToken).ConfigureAwait(false);
        var listing = await RunAsync(KeyArguments, NdctlAnswer.Listing, cancellationToken).ConfigureAwait(false);
        return NdctlCheck.Of(version, listing);
    }

    private async Task<T> RunAsync<T>(string[] arguments, Func<FinishedRun, T> read, CancellationToken cancellationToken)
    {
        using var run = await new NdctlProcess(options.Program, arguments, options.TimeLimit).RunAsync(cancellationToken).ConfigureAwait(false);
        return read(run);
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
            return device.With(DeviceUse.Unknown(device.Name, unread.Message, Severity.Warning));
        }
    }
}
