using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>
/// Runs ndctl on this host, and adds to each device of its listing the host's own use of it. Safe for use by several threads.
/// </summary>
/// <param name="options">The options of the run; null for the defaults.</param>
/// <param name="useReader">Reads whether a device is read-only or in use; null to leave that unknown.</param>
/// <example>
/// <code>
/// var listing = await new NdctlRunner().ListAsync();
/// Console.WriteLine($"{listing.Devices.Count} devices");
/// </code>
/// </example>
public sealed class NdctlRunner(NdctlRunnerOptions? options = null, IDeviceUseReader? useReader = null) : INdctlRunner
{
    /// <summary>The arguments to list everything that ndctl can: buses, DIMMs, regions and namespaces, idle ones included.</summary>
    private static readonly string[] KeyArguments = ["list", "-B", "-D", "-R", "-N", "-i", "-v"];

    /// <summary>The arguments to list buses, regions, DIMMs with their health, and namespaces.</summary>
    private static readonly string[] HealthArguments = ["list", "-B", "-R", "-D", "-H", "-N", "-v"];

    private static readonly string[] VersionArguments = ["--version"];

    private readonly NdctlRunnerOptions options = options ?? new NdctlRunnerOptions();

    /// <inheritdoc/>
    public async Task<NdctlListing> ListAsync(CancellationToken cancellationToken = default)
    {
        var listing = await RunAsync(NdctlAnswer.Command, NdctlAnswer.Listing, cancellationToken).ConfigureAwait(false);
        return NdctlAnswer.ForUser(listing, Environment.IsPrivilegedProcess) with
        {
            Devices = listing.Devices.Select(WithUse).ToValueList(),
        };
    }

    /// <summary>
    /// As <see cref="ListAsync"/>, with the health of the DIMMs. It takes longer, since ndctl asks each DIMM. A DIMM's finding is in the
    /// devices of its region; a finding without a device is in the listing.
    /// </summary>
    /// <exception cref="NdctlException">ndctl could not be run, did not end in time, or failed as a whole.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<NdctlListing> ListWithHealthAsync(CancellationToken cancellationToken = default)
    {
        var listing = await RunAsync(HealthArguments, NdctlAnswer.Listing, cancellationToken).ConfigureAwait(false);
        return NdctlAnswer.ForUser(listing, Environment.IsPrivilegedProcess) with
        {
            Devices = listing.Devices.Select(WithUse).ToValueList(),
        };
    }

    /// <summary>
    /// Checks whether the parser knows everything that the installed ndctl prints: its version, and every key of its listing of this host,
    /// idle devices included.
    /// </summary>
    /// <exception cref="NdctlException">ndctl could not be run, did not end in time, or failed as a whole.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<NdctlCheckResult> CheckAsync(CancellationToken cancellationToken = default)
    {
        var version = await RunAsync(VersionArguments, NdctlAnswer.Version, cancellationToken).ConfigureAwait(false);
        var listing = await RunAsync(KeyArguments, NdctlAnswer.Listing, cancellationToken).ConfigureAwait(false);
        return NdctlCheckResult.Of(version, listing);
    }

    private async Task<T> RunAsync<T>(string[] arguments, Func<FinishedRun, T> read, CancellationToken cancellationToken)
    {
        var process = new NdctlProcess(options.Program, arguments, options.TimeLimit);
        using var run = await process.RunAsync(cancellationToken).ConfigureAwait(false);
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

/// <summary>The options of a run of ndctl.</summary>
public sealed record NdctlRunnerOptions
{
    private static readonly TimeSpan MaximumTimeLimit = TimeSpan.FromDays(1);

    /// <summary>The program: a path, or a name that is searched for in the absolute folders of PATH. Default: <c>ndctl</c>.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string Program
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            field = value;
        }
    } = "ndctl";

    /// <summary>The time after which ndctl is killed: above zero, at most a day. Default: 30 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or above a day.</exception>
    public TimeSpan TimeLimit
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaximumTimeLimit);
            field = value;
        }
    } = TimeSpan.FromSeconds(30);
}
