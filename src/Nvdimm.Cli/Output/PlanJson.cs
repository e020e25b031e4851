using Newtonsoft.Json;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;

namespace Nvdimm.Cli.Output;

/// <summary>Writes a plan as JSON.</summary>
internal static class PlanJson
{
    /// <summary>The whole document.</summary>
    public static void Plan(this JsonTextWriter json, Plan plan) => json.Object(() =>
    {
        json.Array("devices", plan.Devices, device => Device(json, device));
        json.WritePropertyName("attach");
        json.PolicyResult(plan.Attach);
        json.WritePropertyName("start");
        json.PolicyResult(plan.Start);
        json.Array("issues", plan.Findings, finding => json.DeviceFinding(finding.Device, finding.Finding));
        json.Flag("assumedVm", plan.IsAssumed);
        json.Text("domainXml", plan.DomainXml);
        json.Size("maxMemory", plan.MaxMemory);
        json.Number("memorySlotsLeft", plan.MemorySlotsLeft);
        json.Size("tsegSize", plan.TsegSize);
        json.HotPlugs(plan.HotPlugs);
    });

    private static void Device(JsonTextWriter json, PlannedDevice device) => json.Object(() =>
    {
        json.Text("name", device.Device.Name);
        json.Text("uuid", device.Device.Uuid?.ToString("D"));
        json.Text("path", device.Device.Path);
        json.Number("guestNode", device.GuestNode);
        json.Layout(device.Sized);
        json.Flag("kept", device.Sized is { IsKept: true });
        json.Text("element", device.Element?.ToXml());
        json.WritePropertyName("guard");
        json.Guard(device.Guard);
    });
}
