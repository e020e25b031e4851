using Newtonsoft.Json;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Cli.Engines;

/// <summary>Writes the engine's answers as JSON.</summary>
internal static class EngineJson
{
    /// <summary>Writes the devices of a host.</summary>
    public static void Listing(this JsonTextWriter json, HostDeviceListing listing, IEnumerable<HostDeviceAvailability> devices) =>
        json.Object(() =>
    {
        json.Text("host", listing.Host.Name);
        json.Text("hostId", listing.Host.Id);
        json.Flag("complete", listing.IsComplete);
        json.Array("devices", devices, device => Device(json, device));
        json.Array("issues", listing.Findings, finding => json.DeviceFinding(device: null, finding));
    });

    /// <summary>Writes the preview of an attachment.</summary>
    public static void Preview(this JsonTextWriter json, AttachmentPreview preview) => json.Object(() =>
    {
        json.Flag("allowed", preview.IsAllowed);
        json.Array("devices", preview.Devices, device => json.Object(() =>
        {
            json.Text("name", device.Device.Name);
            json.Text("identity", device.Device.Identity);
            json.Size("size", device.Device.Size);
            json.Size("guestSize", device.GuestSize);
            json.Size("lostSize", device.LostSize);
            json.Number("guestNode", device.GuestNode);
            json.Array("areas", device.Areas, area => json.Object(() =>
            {
                json.Text("name", area.Name);
                json.Size("offset", area.Offset);
                json.Size("size", area.Size);
            }));
            json.Text("xml", device.Xml);
        }));
        json.WritePropertyName("attach");
        json.PolicyResult(preview.Attach);
        json.WritePropertyName("start");
        json.PolicyResult(preview.Start);
    });

    /// <summary>Writes the findings of an audit.</summary>
    public static void Findings(this JsonTextWriter json, IEnumerable<AuditFinding> findings) => json.Object(() =>
        json.Array("findings", findings, finding => json.Object(() =>
        {
            json.Text("code", finding.Finding.Code);
            json.Text("severity", EnumWords.Of(finding.Finding.Severity));
            json.Text("message", finding.Finding.Message);
            json.Text("host", finding.Host?.Name);
            json.Text("vmId", finding.VmId);
            json.Text("device", finding.Device);
        })));

    private static void Device(JsonTextWriter json, HostDeviceAvailability availability) => json.Object(() =>
    {
        var device = availability.Device;
        json.Text("name", device.Name);
        json.Text("identity", device.Identity);
        json.Size("size", device.Size);
        json.Flag("usable", availability.State == DeviceState.Free);
        json.Text("state", EnumWords.Of(availability.State));
        json.Text("stateText", availability.Text);
        json.Texts("users", availability.Users);
        json.Size("guestSize", availability.GuestSize);
        json.Array("reasons", availability.Reasons, reason => json.Object(() => json.FindingMembers(reason)));
        json.WritePropertyName("details");
        json.Object(() =>
        {
            foreach (var detail in device.Details)
            {
                json.Text(detail.Name, detail.Value);
            }
        });
        json.Array("issues", device.Findings, finding => json.DeviceFinding(device.Name, finding));
    });
}
