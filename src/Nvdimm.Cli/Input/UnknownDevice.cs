using Nvdimm.Cli.Help;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Cli.Input;

/// <summary>Reports a name that matches no device.</summary>
internal static class UnknownDevice
{
    /// <summary>Reports that no device has this name, with the nearest names; does nothing if a device has it.</summary>
    /// <returns>Whether no device has the name.</returns>
    public static bool Say(ToolEnvironment environment, NdctlListing listing, string name)
    {
        if (DeviceSelector.Matches(listing.Devices, name).Count > 0)
        {
            return false;
        }

        var hint = Nearest.Hint(name, listing.Devices.Select(device => device.Name).Order(DeviceNameComparer.Instance));
        environment.Say($"no device is named '{name}'.{hint}");
        environment.Error.WriteLine(Printable.Text(listing.IsComplete
            ? $"'nvdimm list' shows all {listing.Devices.Count}."
            : $"The list of devices is not complete. 'nvdimm list' shows {listing.Devices.Count}, and why there may be more."));
        return true;
    }
}
