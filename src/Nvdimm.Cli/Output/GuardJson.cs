using Newtonsoft.Json;
using Nvdimm.Cli.Planning;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Cli.Output;

/// <summary>What this host says of a planned device, for programs.</summary>
internal static class GuardJson
{
    /// <summary>The object; what was not asked is null.</summary>
    public static void Guard(this JsonTextWriter json, GuardedDevice guarded) => json.Object(() =>
    {
        var verdict = guarded.Verdict;
        json.Text("verdict", verdict is null ? null : Words.Of(verdict.Layout.Verdict));
        json.Flag("allowed", !guarded.IsRefused);
        json.Text("notChecked", guarded.NotChecked);
        json.Text("keptFrom", Words.Of(guarded.KeptFrom));
        json.Flag("nothingToKeep", guarded.HasNothingToKeep);
        json.Text("identity", DeviceIdentity.Of(guarded.Device).Key);
        json.WritePropertyName("recorded");
        json.Figures(verdict?.Layout.Evidence.Recorded.Record?.Layout);
        json.Array("labels", verdict?.Layout.Evidence.Survey.Found ?? [], labels => json.Object(() =>
        {
            json.Size("offset", labels.Offset);
            json.Size("size", labels.Area.Size);
            json.Text("hash", labels.Area.Hash);
            json.Number("namespaces", labels.Area.Labels.Count);
        }));
        json.Texts("hostUses", verdict?.Use?.Uses ?? []);
        json.Text("hypervisor", verdict?.Hypervisor is { } known ? Words.Of(known.State) : null);
        json.Array("findings", guarded.KeepFindings.Concat(verdict?.Findings ?? []), finding => json.Object(() =>
        {
            json.FindingMembers(finding);
            json.Flag("acceptable", LayoutGuard.IsAcceptable(finding));
            json.Flag("accepted", verdict?.Layout.Evidence.Recorded.Record?.Accepts(finding) ?? false);
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

        json.Object(() =>
        {
            json.Text("architecture", layout.Architecture.Name);
            json.Text("strategy", Words.Of(layout.Strategy));
            json.Size("deviceSize", layout.DeviceSize);
            json.Size("alignSize", layout.AlignSize.Size);
            json.Size("labelSize", layout.LabelSize);
            json.Size("targetSize", layout.TargetSize);
            json.Size("backendSize", layout.BackendSize);
            json.Size("labelOffset", layout.LabelOffset);
            json.Size("guestSize", layout.GuestSize);
            json.Text("guestUuid", layout.GuestUuid?.ToString("D"));
        });
    }
}
