using Newtonsoft.Json;
using Nvdimm.Cli.Input;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Cli.Output;

/// <summary>A listing for programs.</summary>
internal static class ListingJson
{
    /// <summary>The whole document.</summary>
    public static void Listing(this JsonTextWriter json, NdctlListing listing, DeviceContents contents) => json.Object(() =>
    {
        json.Array("devices", listing.Devices, device => Device(json, device, contents));
        json.Array("issues", listing.Devices.SelectMany(OfDevice).Concat(OfNone(listing.Findings)), issue => json.Issue(issue.Device, issue.Finding));
    });

    /// <summary>One issue: a finding, and the device that it is about or null.</summary>
    public static void Issue(this JsonTextWriter json, string? device, Finding finding) => json.Object(() =>
    {
        json.Text("code", finding.Code);
        json.Text("device", device);
        json.Text("message", finding.Message);
    });

    private static IEnumerable<(string? Device, Finding Finding)> OfDevice(NvdimmDevice device) =>
        device.Findings.Select(finding => ((string?)device.Name, finding));

    private static IEnumerable<(string? Device, Finding Finding)> OfNone(IEnumerable<Finding> findings) => findings.Select(finding => ((string?)null, finding));

    private static void Device(JsonTextWriter json, NvdimmDevice device, DeviceContents contents) => json.Object(() =>
    {
        json.Text("name", device.Name);
        json.Text("uuid", device.Uuid?.ToString("D"));
        json.Text("path", device.Path);
        json.Text("mode", Words.Of(device.Mode));
        json.Text("map", Words.Of(device.Map));
        json.Size("size", device.Size);
        json.Size("align", device.Align?.Size);
        json.Size("sectorSize", device.SectorSize);
        json.Number("numaNode", device.NumaNode);
        json.Number("targetNode", device.TargetNode);
        json.Text("label", device.Label);
        json.Flag("usable", device.IsUsable);
        json.Content(contents.Of(device));
        json.Texts("issues", device.Findings.Select(finding => finding.Code));
    });
}
