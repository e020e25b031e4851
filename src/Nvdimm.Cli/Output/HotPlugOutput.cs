using Newtonsoft.Json;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Output;

/// <summary>Writes where plugged memory is placed, as text and as JSON.</summary>
internal static class HotPlugOutput
{
    /// <summary>The table, one DIMM per row; nothing if the placement is unknown.</summary>
    public static void WriteHotPlugs(this ToolConsole console, IReadOnlyList<HotPlug> plugs)
    {
        if (plugs.Count == 0)
        {
            return;
        }

        var table = new TextTable(
            new("PLUGGED DIMM") { IsNumber = true }, new("LANDS AT") { IsNumber = true }, new("COMES ONLINE"),
            new("BASE TO GIVE IT") { Wraps = true });
        foreach (var (size, plan) in plugs)
        {
            table.Add(
                (ByteSize?)size,
                plan.IsKnown ? Address(plan.Automatic) ?? "refused" : "not known",
                !plan.IsKnown ? "not known" : plan.ComesOnline ? "yes" : "no",
                Address(plan.Advised) ?? string.Join(", ", plan.Codes));
        }

        console.Write(table);
    }

    /// <summary>The member <c>memoryHotPlug</c>, one object per DIMM.</summary>
    public static void HotPlugs(this JsonTextWriter json, IReadOnlyList<HotPlug> plugs) =>
        json.Array("memoryHotPlug", plugs, plug => json.Object(() =>
    {
        json.Size("dimmSize", plug.DimmSize);
        json.Text("address", Address(plug.Plan.Automatic));
        json.Flag("comesOnline", plug.Plan.IsKnown ? plug.Plan.ComesOnline : null);
        json.Text("advisedAddress", Address(plug.Plan.Advised));
        json.Texts("codes", plug.Plan.Codes);
    }));

    /// <summary>An address in libvirt's notation; null if there is none.</summary>
    public static string? Address(GuestMemoryDevice? device) => device is { } placed ? MemoryHotPlug.Hex(placed.Address) : null;
}
