using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Guard;

/// <summary>Compares a plan with the ledger's record.</summary>
internal static class LedgerWitness
{
    public static IEnumerable<Finding> FindingsOf(LayoutEvidence evidence)
    {
        foreach (var finding in evidence.Recorded.Findings)
        {
            yield return finding;
        }

        if (evidence.Recorded.Record?.Layout is not { } recorded)
        {
            yield break;
        }

        if (!evidence.Identity.IsStable)
        {
            yield return Finding.Warning(NvdimmCodes.LayoutWeakIdentity, ("device", evidence.Name));
        }

        var planned = evidence.Planned;
        if (recorded.DeviceSize != planned.DeviceSize)
        {
            yield return Finding.Error(
                NvdimmCodes.LayoutResized,
                ("device", evidence.Name),
                ("actual", Text(planned.DeviceSize)),
                ("recorded", Text(recorded.DeviceSize)));
        }

        var differences = recorded == planned
            ? []
            : Figures(recorded).Zip(Figures(planned)).Where(pair => pair.First.Value != pair.Second.Value).ToList();
        if (differences.Count > 0)
        {
            yield return Finding.Error(
                NvdimmCodes.LayoutChanged,
                ("device", evidence.Name),
                ("what", string.Join(
                    "; ", differences.Select(pair => $"{pair.First.Name} was {pair.First.Shown}, would be {pair.Second.Shown}"))),
                ("fields", string.Join(", ", differences.Select(pair => pair.First.Field))),
                ("recorded", string.Join(", ", differences.Select(pair => pair.First.Value))),
                ("planned", string.Join(", ", differences.Select(pair => pair.Second.Value))));
        }

        if (recorded.GuestUuid is { } uuid && planned.GuestUuid is { } asked && uuid != asked)
        {
            yield return Finding.Error(
                NvdimmCodes.LayoutUuidChanged, ("device", evidence.Name), ("recorded", $"{uuid:D}"), ("planned", $"{asked:D}"));
        }
    }

    /// <summary>The compared figures: the field of the record, its name in messages, the value, and the value in messages.</summary>
    private static IEnumerable<(string Field, string Name, string Value, string Shown)> Figures(DeviceLayout layout)
    {
        var architecture = NameOf(layout.Architecture);
        return
        [
            ("architecture", "the architecture", architecture, architecture),
            Figure("alignSize", "the alignment", layout.AlignSize.Size),
            Figure("labelSize", "the label size", layout.LabelSize),
            Figure("labelOffset", "the label offset", layout.LabelOffset),
            Figure("guestSize", "the guest size", layout.GuestSize),
        ];
    }

    /// <summary>The name for comparison: a family sizes its architectures alike, so that one can replace another.</summary>
    private static string NameOf(GuestArchitecture architecture) =>
        architecture.Family is { Architectures.Count: > 1 } family ? family.Name : architecture.Name;

    private static (string Field, string Name, string Value, string Shown) Figure(string field, string name, ByteSize size) =>
        (field, name, Text(size), Shown(size));

    /// <summary>A size with a unit, and its exact bytes.</summary>
    internal static string Shown(ByteSize size) => $"{size} ({size.Bytes})";

    private static string Text(ByteSize size) => $"{size.Bytes}";
}
