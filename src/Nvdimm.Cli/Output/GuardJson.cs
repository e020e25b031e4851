using Newtonsoft.Json;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Verdicts;

namespace Nvdimm.Cli.Output;

/// <summary>Writes this host's verdict on a planned device as JSON.</summary>
internal static class GuardJson
{
    /// <summary>The object; members that were not checked are null.</summary>
    public static void Guard(this JsonTextWriter json, GuardedDevice guarded) => json.Object(() =>
    {
        var evidence = guarded.Decision?.Evidence;
        json.Text("verdict", guarded.Check is { } check ? EnumWords.Of(check.Verdict) : null);
        json.Flag("allowed", !guarded.IsRefused);
        json.Text("notChecked", guarded.NotChecked);
        json.Text("keptFrom", EnumWords.Of(guarded.KeptFrom));
        json.Flag("nothingToKeep", guarded.HasNothingToKeep);
        json.Text("identity", DeviceIdentity.Of(guarded.Device).Key);
        json.WritePropertyName("recorded");
        json.Figures(evidence?.RecordedLayout);
        json.Array("labels", evidence?.Labels.Found ?? [], labels => json.Object(() =>
        {
            json.Size("offset", labels.Offset);
            json.Size("size", labels.Area.Size);
            json.Text("hash", labels.Area.Hash);
            json.Number("namespaces", labels.Area.Labels.Count);
        }));
        json.Content(evidence?.Content);
        json.Texts("hostUses", evidence?.Use?.Uses ?? []);
        json.Text("hypervisor", evidence?.Hypervisor is { } hypervisor ? EnumWords.Of(hypervisor.State) : null);
        json.Array("findings", guarded.Findings, finding => json.Object(() =>
        {
            json.FindingMembers(finding);
            json.Flag("acceptable", GuardCodes.IsAcceptable(finding));
            json.Flag("accepted", evidence?.Recorded.Record?.Accepts(finding) ?? false);
        }));
    });

    /// <summary>The figures of a recorded layout, or null.</summary>
    public static void Figures(this JsonTextWriter json, DeviceLayout? layout)
    {
        if (layout is null)
        {
            json.WriteNull();
            return;
        }

        json.Object(() => RecordFormat.Write(layout, new RecordJson(json)));
    }
}
