using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Cli.Input;

/// <summary>Reads the host's devices from a file or from this host.</summary>
internal static class Listing
{
    /// <summary>
    /// Reads the named file; without one, lists this host's devices with ndctl, and adds from the kernel what ndctl does not list.
    /// </summary>
    /// <exception cref="BadInputException">The file cannot be read.</exception>
    /// <exception cref="NdctlException">ndctl failed on this host.</exception>
    public static Task<NdctlListing> ReadAsync(ToolEnvironment environment, string? path, CancellationToken cancellationToken) =>
        path is null
        ? Progress.WaitAsync(environment, "Asking ndctl", OfHostAsync(environment, cancellationToken), cancellationToken)
        : InputFiles.ReadAsync(environment, path, NdctlParser.Parse, cancellationToken);

    /// <summary>
    /// As above, followed by the regular files of this host that are named by path, which no listing contains. If nothing else is named,
    /// ndctl does not run.
    /// </summary>
    /// <exception cref="BadInputException">The listing's file or a named file cannot be read.</exception>
    /// <exception cref="NdctlException">ndctl failed on this host.</exception>
    public static async Task<NdctlListing> ReadAsync(
        ToolEnvironment environment, string? path, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var files = Files(environment, names);
        var listing = path is null && names.Count > 0 && files.Count == names.Count
            ? new NdctlListing { Devices = [], Findings = [], Shape = NdctlListingShape.Namespaces, IsComplete = true }
            : await ReadAsync(environment, path, cancellationToken).ConfigureAwait(false);
        return listing with { Devices = [.. listing.Devices, .. files.DistinctBy(file => file.Name, StringComparer.Ordinal)] };
    }

    private static async Task<NdctlListing> OfHostAsync(ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var listing = await environment.Runner().ListAsync(cancellationToken).ConfigureAwait(false);
        var kernel = new SysfsNvdimmReader(environment.Root);
        return listing with
        {
            Devices = listing.Devices.Select(WithPromise).ToValueList(),
            Findings = [.. listing.Findings, .. OtherDaxDevices(environment.Root) is { } others ? [others] : Array.Empty<Finding>()],
        };

        // If the persistence cannot be read, none is promised.
        NvdimmDevice WithPromise(NvdimmDevice device)
        {
            try
            {
                return kernel.WithPromise(device);
            }
            catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
            {
                return device;
            }
        }
    }

    private static Finding? OtherDaxDevices(string root)
    {
        try
        {
            return DaxDevices.WithoutNamespace(root);
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            return DeviceUse.Unknown("the host's DAX devices", unread.Message, Severity.Warning);
        }
    }

    private static List<NvdimmDevice> Files(ToolEnvironment environment, IReadOnlyCollection<string> names)
    {
        var host = new HostDevices(environment.Root);
        try
        {
            return names.Where(host.IsFile).Select(host.Find).OfType<NvdimmDevice>().ToList();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(failure.Message, failure);
        }
    }

    /// <summary>
    /// The exit status for a listing alone: <see cref="ExitStatus.BadInput"/> if it is truncated, comes from another program, or has values
    /// that cannot be read, such as rounded sizes; <see cref="ExitStatus.Failed"/> if ndctl could not list every namespace.
    /// </summary>
    public static int StatusOf(NdctlListing listing)
    {
        var worst = listing.AllFindings.Select(finding => StatusOf(finding.Code)).Append(ExitStatus.Good).Max();
        return worst == ExitStatus.Good && !listing.IsComplete ? ExitStatus.BadInput : worst;
    }

    /// <summary>The exit status for a listing in a command about some of its devices: faults of the other devices do not count.</summary>
    public static int StatusOf(NdctlListing listing, IEnumerable<string> devices)
    {
        var named = devices.SelectMany(name => DeviceSelector.Matches(listing.Devices, name)).Select(device => device.Name).ToHashSet(
            StringComparer.Ordinal);
        return StatusOf(listing with { Devices = listing.Devices.Where(device => named.Contains(device.Name)).ToValueList() });
    }

    /// <summary>The host, with the devices of its listing.</summary>
    public static HostDescription HostWith(HostDescription? host, NdctlListing listing) =>
        (host ?? new HostDescription()) with { Devices = listing.Devices, IsComplete = listing.IsComplete };

    /// <summary>The exit status for one finding of a listing.</summary>
    public static int StatusOf(string code) => code switch
    {
        NvdimmCodes.NdctlPartial => ExitStatus.Failed,
        NvdimmCodes.NdctlMalformed or NvdimmCodes.NdctlTooLarge or NvdimmCodes.NdctlHumanSize or NvdimmCodes.NdctlBadValue
            or NvdimmCodes.NdctlOtherProgram => ExitStatus.BadInput,
        _ => ExitStatus.Good,
    };
}
