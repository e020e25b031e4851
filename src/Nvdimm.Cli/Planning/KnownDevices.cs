using Nvdimm.Cli.Input;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Cli.Planning;

/// <summary>Finds the one device that an administrator names, in the ledger or on this host.</summary>
internal static class KnownDevices
{
    /// <summary>
    /// The device with that name in the kernel, else in the ledger, else in a listing. The kernel comes first, because the name in a record
    /// may be outdated.
    /// </summary>
    /// <returns>The device; null if none or several match, which is reported.</returns>
    public static async Task<KnownDevice?> FindAsync(
        ToolEnvironment environment, LayoutLedger ledger, string name, string? ndctl, CancellationToken cancellationToken)
    {
        var matches = Matching(new SysfsNvdimmReader(environment.Root).Survey().Devices, name);
        if (matches.Count == 0)
        {
            matches = LedgerSelector.Matches(ledger.List(), name)
                .Select(record => new KnownDevice(record.Identity, record.Name, record.Path))
                .ToValueList();
        }

        if (matches.Count == 0)
        {
            matches = Matching((await Listing.ReadAsync(environment, ndctl, cancellationToken).ConfigureAwait(false)).Devices, name);
        }

        if (matches.Count == 1)
        {
            return matches[0];
        }

        environment.Say(matches.Count == 0
            ? $"neither the ledger nor the listing has a device '{name}'."
            : $"'{name}' stands for more than one device: {string.Join(", ", matches.Select(device => device.Identity))}.");
        return null;
    }

    private static ValueList<KnownDevice> Matching(IEnumerable<NvdimmDevice> devices, string name) => devices
        .Where(device => device.Path is not null)
        .Where(device => device.Path == name || DeviceIdentity.Of(device).Key == name || DeviceSelector.Matches([device], name).Count > 0)
        .Select(device => new KnownDevice(DeviceIdentity.Of(device), device.Name, device.Path!))
        .ToValueList();
}
