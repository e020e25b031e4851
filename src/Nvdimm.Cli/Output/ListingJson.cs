using Newtonsoft.Json;
using Nvdimm.Cli.Input;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Cli.Output;

/// <summary>Writes a listing as JSON.</summary>
internal static class ListingJson
{
    /// <summary>The whole document.</summary>
    public static void Listing(this JsonTextWriter json, DeviceOverview overview) => json.Object(() =>
    {
        json.Array("devices", overview.Devices, device => json.Object(() => json.DeviceMembers(device, overview.Contents)));
        json.Array(
            "issues",
            overview.Devices.SelectMany(device => OfDevice(device.Device)).Concat(OfNone(overview.Listing.Findings)),
            finding => json.DeviceFinding(finding.Device, finding.Finding));
        json.Texts("notChecked", overview.NotChecked);
    });

    /// <summary>One finding: a finding, and the device that it concerns, or null.</summary>
    public static void DeviceFinding(this JsonTextWriter json, string? device, Finding finding) => json.Object(() =>
    {
        json.Text("code", finding.Code);
        json.Text("device", device);
        json.Text("message", finding.Message);
    });

    private static IEnumerable<(string? Device, Finding Finding)> OfDevice(NvdimmDevice device) =>
        device.Findings.Select(finding => ((string?)device.Name, finding));

    private static IEnumerable<(string? Device, Finding Finding)> OfNone(IEnumerable<Finding> findings) =>
        findings.Select(finding => ((string?)null, finding));

    /// <summary>The members of a device.</summary>
    public static void DeviceMembers(this JsonTextWriter json, DeviceAvailability availability, DeviceContents contents)
    {
        var device = availability.Device;
        json.Text("name", device.Name);
        json.Text("uuid", device.Uuid?.ToString("D"));
        json.Text("path", device.Path);
        json.Text("mode", EnumWords.Of(device.Mode));
        json.Text("map", EnumWords.Of(device.Map));
        json.Size("size", device.Size);
        json.Size("align", device.Align?.Size);
        json.Size("sectorSize", device.SectorSize);
        json.Number("numaNode", device.NumaNode);
        json.Number("targetNode", device.TargetNode);
        json.Text("label", device.Label);
        json.Text("bus", device.BusProvider);
        json.Flag("usable", availability.IsFree);
        json.Text("state", EnumWords.Of(availability.State));
        json.Text("stateText", availability.Text);
        json.Texts("users", availability.Users);
        json.Size("guestSize", availability.GuestSize);
        json.Array("reasons", availability.Reasons, reason => json.Object(() => json.FindingMembers(reason)));
        json.Content(contents.Of(device));
        json.Texts("issues", device.Findings.Select(finding => finding.Code));
    }
}
