using System.Text;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Ndctl.Ssh;

/// <summary>
/// Runs ndctl on another host with OpenSSH's <c>ssh</c>, which handles host keys, agents and certificates. Safe for use by several threads.
/// </summary>
public sealed class SshNdctlRunner : INdctlRunner
{
    private readonly string host;
    private readonly SshNdctlOptions options;

    /// <summary>Creates a runner.</summary>
    /// <param name="host">The host: an address, or a name that <c>ssh</c> knows.</param>
    /// <param name="options">How to reach the host; null for the defaults.</param>
    /// <exception cref="ArgumentException"><paramref name="host"/> is null or empty, or has white space or control characters.</exception>
    public SshNdctlRunner(string host, SshNdctlOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        if (host.Any(character => char.IsWhiteSpace(character) || char.IsControl(character)))
        {
            throw new ArgumentException("No host has white space or control characters in its name", nameof(host));
        }

        this.host = host;
        this.options = options ?? new SshNdctlOptions();
    }

    /// <inheritdoc/>
    public async Task<NdctlListing> ListAsync(CancellationToken cancellationToken = default) =>
        (await ReadAsync(cancellationToken).ConfigureAwait(false)).Listing;

    /// <summary>Reads the listing and the other facts about the host that the policy uses.</summary>
    /// <exception cref="NdctlException">The host could not be reached, its key is not known, or ndctl failed as a whole.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<SshHost> ReadAsync(CancellationToken cancellationToken = default)
    {
        var ndctl = Process($"ndctl {string.Join(' ', NdctlAnswer.Command)}");
        using var run = await ndctl.RunAsync(cancellationToken).ConfigureAwait(false);
        var isRoot = options.UseSudo || string.Equals(options.User, "root", StringComparison.Ordinal);
        var listing = NdctlAnswer.ForUser(NdctlAnswer.Listing(run), isRoot);
        var facts = await FactsAsync(cancellationToken).ConfigureAwait(false);
        var devices = listing.Devices.Select(device => WithUse(device, facts)).ToValueList();
        return new SshHost(listing with { Devices = devices }, facts.PageSize, facts.Selinux);
    }

    private static NvdimmDevice WithUse(NvdimmDevice device, SshHostFacts facts)
    {
        if (device.Path is null)
        {
            return device;
        }

        // A dax device can be neither mounted nor held. If it is system RAM, ndctl reports it.
        var use = device.IsDevdax ? DeviceUse.Free : facts.Uses.GetValueOrDefault(device.Path);
        return use is not null
            ? device.WithUse(use)
            : device.With(DeviceUse.Unknown(device.Name, facts.Reason ?? $"lsblk does not list {device.Path}", Severity.Warning));
    }

    private NdctlProcess Process(string command) => new(options.Program, options.Arguments(host, command), options.TimeLimit);

    private async Task<SshHostFacts> FactsAsync(CancellationToken cancellationToken)
    {
        var process = Process(SshHostFacts.Command);
        using var run = await process.RunAsync(cancellationToken).ConfigureAwait(false);
        return run.ExitStatus == 0
            ? SshHostFacts.Parse(Encoding.UTF8.GetString(run.Output.ToArray()))
            : new SshHostFacts { Reason = $"exit status {run.ExitStatus} {run.Error}".TrimEnd() };
    }
}

/// <summary>The facts about a host that were read over SSH.</summary>
/// <param name="Listing">Its namespaces, with the host's own use of them.</param>
/// <param name="PageSize">Its page size; null if it could not be read.</param>
/// <param name="Selinux">The mode of SELinux.</param>
public sealed record SshHost(NdctlListing Listing, Alignment? PageSize, SelinuxState Selinux)
{
    /// <summary>The mode of SELinux.</summary>
    public SelinuxState Selinux { get; init => field = EnumArgument.Checked(value, last: SelinuxState.Disabled); } =
        EnumArgument.Checked(Selinux, last: SelinuxState.Disabled);
}
