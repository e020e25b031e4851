using Nvdimm.Cli.Input;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Cli.Planning;

/// <summary>Finds the one device that an administrator names, in the ledger, or on this host.</summary>
internal static class KnownDevices
{
    /// <summary>
    /// The device: what the kernel shows under that name, otherwise the ledger's, otherwise that of a listing. A record may have the name of long ago.
    /// </summary>
    /// <returns>The device; null where there is none, or more than one, which is said.</returns>
    public static async Task<KnownDevice?> FindAsync(
        ToolEnvironment environment, LayoutLedger ledger, string name, string? ndctl, CancellationToken cancellationToken)
    {
        var found = Matching(new SysfsNvdimmReader(environment.Root).Survey().Devices, name);
        if (found.Count == 0)
        {
            found = LedgerSelector.Matches(ledger.List(), name).Select(record => new KnownDevice(record.Identity, record.Name, record.Path)).ToValueList();
        }

        if (found.Count == 0)
        {
            found = Matching((await Listing.ReadAsync(environment, ndctl, cancellationToken).ConfigureAwait(false)).Devices, name);
        }

        if (found.Count == 1)
        {
            return found[0];
        }

        environment.Say(found.Count == 0
            ? $"neither the ledger nor the listing has a device '{name}'."
            : $"'{name}' stands for more than one device: {string.Join(", ", found.Select(device => device.Identity))}.");
        return null;
    }

    private static ValueList<KnownDevice> Matching(IEnumerable<NvdimmDevice> devices, string name) => devices
        .Where(device => device.Path is not null)
        .Where(device => device.Path == name || DeviceIdentity.Of(device).Key == name || DeviceSelector.Matches([device], name).Count > 0)
        .Select(device => new KnownDevice(DeviceIdentity.Of(device), device.Name, device.Path!))
        .ToValueList();
}
