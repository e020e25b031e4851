using Nvdimm.Extensions.Host.Start;
using static Nvdimm.Extensions.Host.Tests.Start.RowNames;
using static Nvdimm.Extensions.NvdimmCodes;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>What the labels say, without record.</summary>
internal static partial class StartRows
{
    private static IEnumerable<StartRow> LabelRows()
    {
        foreach (var (size, text, source) in new[]
        {
            (128 * KiB, "128 KiB", "facts/sizing.md, why a wrong size loses data"),
            (256 * KiB, "256 KiB", "F1"),
            (512 * KiB, "512 KiB", "F1"),
            (1 * MiB, "1 MiB", "F1"),
            (2 * MiB, "2 MiB", "F1"),
            (8 * MiB, "8 MiB", "F1"),
            (16 * MiB, "16 MiB", "F1"),
            (32 * MiB, "32 MiB", "F1"),
            (256 * MiB, "256 MiB", "D5"),
        })
        {
            var labels = RowLabels.At(GiB - size, size);
            var guest = (GiB - size) / (2 * MiB) * (2 * MiB);
            string[] misaligned = guest % (128 * MiB) == 0 ? [] : [HotPlugMisaligned];
            foreach (var from in Enum.GetValues<KeepFrom>())
            {
                var row = X86($"labels of {text} at the end, kept from {from}", source).With(labels).Keeping(from);
                yield return from == KeepFrom.RecordThenLabels
                    ? row.Keeps(KeptSource.Labels, GiB - size, guest, [LayoutNotRecorded, .. misaligned])
                    : row.Refuses(LayoutMoved).Advises(GiB - size);
            }

            yield return Whole($"labels of {text} where they are asked for", source).Asks(domain => domain with { Label = size }).With(labels)
                .Starts(GiB - size, guest, [LayoutNotRecorded, .. misaligned]);
            yield return Whole($"labels of {text} where a label of 4 MiB is asked for", source).Asks(domain => domain with { Label = 4 * MiB }).With(labels)
                .Keeps(KeptSource.Labels, GiB - size, guest, [LayoutNotRecorded, .. misaligned]);
        }

        foreach (var name in new[] { "x86-v1.1-initialised", "x86-v1.1-one-namespace", "x86-v1.1-two-namespaces", "x86-v1.2-two-namespaces" })
        {
            var source = $"TestData/labels/{name}";
            yield return X86($"real labels {name} at their place", source).With(RowLabels.Real(EngineOffset, name)).Starts(EngineOffset, EngineGuest, LayoutNotRecorded);
            yield return X86($"real labels {name} at the end", source).With(RowLabels.Real(WholeOffset, name))
                .Keeps(KeptSource.Labels, WholeOffset, WholeGuest, LayoutNotRecorded, HotPlugMisaligned);
        }

        foreach (var from in Enum.GetValues<KeepFrom>())
        {
            const string Case = "F1, field-cases/labels/F1-x86-v1.1-label-size-2MiB";
            var f1 = X86($"the labels of F1, kept from {from}", Case).With(RowLabels.Real(GiB - (2 * MiB), "x86-v1.1-label-size-2MiB")).Keeping(from);
            yield return from == KeepFrom.RecordThenLabels
                ? f1.Keeps(KeptSource.Labels, GiB - (2 * MiB), WholeGuest, LayoutNotRecorded, HotPlugMisaligned)
                : f1.Refuses(LayoutMoved).Advises(GiB - (2 * MiB));
            yield return X86($"labels here and elsewhere, kept from {from}", "LAYOUTS.md, verdict Ambiguous").With(RowLabels.At(EngineOffset), RowLabels.At(WholeOffset)).Keeping(from)
                .Refuses(LayoutAmbiguous).Warns(LayoutNotRecorded, LayoutOfLabels);
            yield return X86($"labels at two other places, kept from {from}", "LAYOUTS.md, verdict Ambiguous").With(RowLabels.At(512 * MiB), RowLabels.At(WholeOffset)).Keeping(from)
                .Refuses(LayoutAmbiguous, LayoutMoved).Warns(LayoutOfLabels);
            yield return X86($"damaged labels at their place, kept from {from}", "A1").With(RowLabels.Damaged(EngineOffset)).Keeping(from).Refuses(LayoutLabelsDamaged);
            yield return X86($"damaged labels elsewhere, kept from {from}", "A1").With(RowLabels.Damaged(WholeOffset)).Keeping(from).Refuses(LayoutLabelsDamaged);
        }

        yield return X86("two sets, the record says which", "LAYOUTS.md, limits: after a relocation").With(new RowRecord()).With(RowLabels.At(EngineOffset), RowLabels.At(WholeOffset))
            .Refuses(LayoutAmbiguous);
        var (recorded, later) = (new RowRecord { Labels = RowLabels.At(EngineOffset, cookies: 1) }, RowLabels.At(EngineOffset, cookies: 2));
        yield return X86("later labels at their place, and a copy of them elsewhere", "LabelWitness: an acceptance of two sets covers no newer copy")
            .With(recorded).With(later, later with { Offset = WholeOffset }).Refuses(LayoutAmbiguous, LayoutStaleLabels);
        yield return X86("later labels at their place, and others elsewhere", "LabelWitness: other labels elsewhere make no copy")
            .With(recorded).With(later, RowLabels.At(WholeOffset, cookies: 3)).Refuses(LayoutAmbiguous).Warns(LayoutLabelsChanged);
        yield return X86("the recorded labels, and later ones at the asked place", "LabelWitness: labels elsewhere are a copy")
            .With(recorded with { Target = GiB }).With(RowLabels.At(WholeOffset, cookies: 1), later).Keeping(KeepFrom.Nowhere)
            .Refuses(LayoutAmbiguous, LayoutChanged, LayoutStaleLabels);
        yield return X86("damaged labels beside whole ones at their place", "LabelWitness: of use to no guest").With(RowLabels.At(EngineOffset), RowLabels.Damaged(WholeOffset))
            .Starts(EngineOffset, EngineGuest, LayoutNotRecorded);
        yield return X86("damaged labels at the asked place, whole ones elsewhere", "A1").With(RowLabels.Damaged(EngineOffset), RowLabels.At(WholeOffset))
            .Keeps(KeptSource.Labels, WholeOffset, WholeGuest, LayoutNotRecorded, HotPlugMisaligned);
        yield return X86("recorded labels are damaged", "A1").With(new RowRecord { Labels = RowLabels.At(EngineOffset) }).With(RowLabels.Damaged(EngineOffset)).Refuses(LayoutLabelsDamaged);

        yield return X86("namespaces end at the guest's end", "A1").With(RowLabels.UpTo(EngineOffset, EngineGuest)).Starts(EngineOffset, EngineGuest, LayoutNotRecorded);
        yield return X86("namespaces end behind the guest, nothing kept", "A1").With(RowLabels.UpTo(EngineOffset, 897 * MiB)).Keeping(KeepFrom.Nowhere)
            .Refuses(LayoutCutsNamespaces).Warns(LayoutNotRecorded).Advises(EngineOffset);
        yield return X86("namespaces end behind the guest, a smaller alignment holds them", "A1").With(RowLabels.UpTo(EngineOffset, 897 * MiB))
            .Keeps(KeptSource.Labels, EngineOffset, 897 * MiB, LayoutNotRecorded, HotPlugMisaligned);
        yield return X86("namespaces end behind the labels", "A1").With(RowLabels.UpTo(EngineOffset, GiB)).Refuses(LayoutCutsNamespaces, LayoutCannotBeKept).Warns(LayoutNotRecorded);
        yield return X86("namespaces end beyond all numbers", "A1").With(RowLabels.UpTo(EngineOffset, -1)).Refuses(LayoutCutsNamespaces, LayoutCannotBeKept).Warns(LayoutNotRecorded);
        yield return X86("namespaces end behind the guest, the record says the same", "A1").With(new RowRecord()).With(RowLabels.UpTo(EngineOffset, 897 * MiB)).Refuses(LayoutCutsNamespaces);

        yield return X86("labels that libvirt's rounding cannot give", "facts/sizing.md, the three steps").With(RowLabels.At((900 * MiB) - (128 * KiB) - (4 * KiB)))
            .Refuses(LayoutMoved, LayoutCannotBeKept);
        yield return X86("labels of 256 KiB at the offset of 128 KiB", "F1").With(RowLabels.At(EngineOffset, 256 * KiB)).Refuses(LayoutMoved, LayoutCannotBeKept);
        yield return X86("labels of an earlier, smaller device", "trials/guard.md, held: grown or shrunk").On(device => device with { Size = ByteSize.FromMiB(2048) })
            .Asks(domain => domain with { Target = 1922 * MiB }).With(RowLabels.At(EngineOffset)).Keeps(KeptSource.Labels, EngineOffset, EngineGuest, LayoutNotRecorded);
        yield return X86("the device cannot be read", "LAYOUTS.md, verdict Unknown")
            .Knows(evidence => evidence with
            {
                Labels = new()
                {
                    Path = "/dev/pmem0",
                    DeviceSize = null,
                    Found = [],
                    UnreadableReason = "Input/output error",
                }
            }).Refuses(LayoutUnreadable);
        yield return X86("the device cannot be read, with a record", "LAYOUTS.md, verdict Unknown").With(new RowRecord())
            .Knows(evidence => evidence with
            {
                Labels = new()
                {
                    Path = "/dev/pmem0",
                    DeviceSize = null,
                    Found = [],
                    UnreadableReason = "Input/output error",
                }
            }).Refuses(LayoutUnreadable);
        yield return X86("the device file has another size than listed", "LAYOUTS.md, verdict Resized")
            .Knows(evidence => evidence with { Labels = evidence.Labels with { DeviceSize = ByteSize.FromMiB(1022) } }).Refuses(LayoutResized);
    }
}
