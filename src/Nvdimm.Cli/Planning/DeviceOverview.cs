using Nvdimm.Cli.Input;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Ownership;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Planning;

/// <summary>The devices of a host with everything known about them.</summary>
/// <param name="Listing">The listing.</param>
/// <param name="Devices">The devices by name, each with whether a VM can use it.</param>
/// <param name="Contents">What the devices contain, as far as it was read.</param>
/// <param name="Records">The readable records of the ledger; empty for a listing from a file.</param>
internal sealed record DeviceOverview(
    NdctlListing Listing, ValueList<DeviceAvailability> Devices, DeviceContents Contents, ValueList<LayoutRecord> Records)
{
    /// <summary>The assumptions behind the figures, as a sentence.</summary>
    public required string Basis { get; init; }

    /// <summary>What was not checked, and why; each a sentence.</summary>
    public ValueList<string> NotChecked { get; init; } = [];

    /// <summary>Checks the devices of a listing; with a state folder also by this host's ledger and devices.</summary>
    /// <param name="environment">The tool's environment.</param>
    /// <param name="listing">The listing.</param>
    /// <param name="folder">The state folder; null if the listing is from a file and may be another host's.</param>
    /// <param name="architecture">The guest's architecture; null for the host's.</param>
    /// <param name="strategy">The sizing strategy; null for oVirt's.</param>
    public static DeviceOverview Of(
        ToolEnvironment environment, NdctlListing listing, string? folder, GuestArchitecture? architecture, SizingStrategy? strategy)
    {
        var (records, notChecked) = folder is null
            ? ([], ["which VMs have the devices, and whether the host uses them; the list is from a file."])
            : ReadRecords(environment, folder);
        var request = new AvailabilityRequest
        {
            Host = Input.Listing.HostWith(host: null, listing),
            Vms = Owners(listing, records),
            Architecture = architecture ?? environment.Architecture,
            Strategy = strategy ?? SizingStrategy.Ovirt,
        };
        return new DeviceOverview(
            listing,
            DeviceAvailability.Of(request),
            folder is null ? DeviceContents.Unknown : DeviceContents.Read(environment, listing.Devices),
            records)
        {
            Basis = request.Strategy == SizingStrategy.Ovirt
                ? $"Sizes are those of oVirt on {request.Architecture}."
                : $"Sizes are the largest that work on {request.Architecture}.",
            NotChecked = notChecked,
        };
    }

    /// <summary>The record of a device; null if there is none, or none was read.</summary>
    public LayoutRecord? RecordOf(DeviceAvailability device) =>
        Records.FirstOrDefault(record => record.Identity == DeviceIdentity.Of(device.Device));

    private static (ValueList<LayoutRecord> Records, ValueList<string> NotChecked) ReadRecords(ToolEnvironment environment, string folder)
    {
        try
        {
            var ledger = environment.Ledger(folder).List();
            return (ledger.Records, ledger.Findings.Select(finding => $"which VM has a device. {finding.Message}").ToValueList());
        }
        catch (Exception failure) when (failure is LayoutLedgerException or IOException or UnauthorizedAccessException)
        {
            return ([], [$"which VMs have the devices. {failure.Message}"]);
        }
    }

    /// <summary>The VMs that own or share a device by the ledger, each with its devices.</summary>
    private static ValueList<VmDescription> Owners(NdctlListing listing, ValueList<LayoutRecord> records)
    {
        var owned = from device in listing.Devices
                    let identity = DeviceIdentity.Of(device)
                    from record in records
                    where record.IsExpected && record.Identity == identity
                    from owner in (record.Sharing?.Vms ?? []).Prepend($"{record.Owner}").Distinct(StringComparer.Ordinal)
                    select (owner, Nvdimm: new AttachedNvdimm(device.Name, device.Uuid) { RecordedFacts = DeviceFacts.Of(device) });
        return owned.GroupBy(pair => pair.owner, pair => pair.Nvdimm, StringComparer.Ordinal)
            .Select(owner => new VmDescription { Name = owner.Key, UsedNvdimms = owner.ToValueList() })
            .ToValueList();
    }
}
