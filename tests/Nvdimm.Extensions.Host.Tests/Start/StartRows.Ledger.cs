using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Sizing;
using static Nvdimm.Extensions.Host.Tests.Start.RowNames;
using static Nvdimm.Extensions.NvdimmCodes;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>What the ledger says.</summary>
internal static partial class StartRows
{
    private static readonly RowRecord WholeRecord = new() { Target = GiB };

    private static IEnumerable<StartRow> LedgerRows()
    {
        const string Rule = "issue 12 section 2, the rule of the decision";
        foreach (var from in Enum.GetValues<KeepFrom>())
        {
            var isKept = from != KeepFrom.Nowhere;
            yield return X86($"no record, no labels, kept from {from}", Rule).Keeping(from).Starts(EngineOffset, EngineGuest);
            yield return X86($"record says the same, kept from {from}", Rule).With(new RowRecord()).Keeping(from).Starts(EngineOffset, EngineGuest);

            var whole = X86($"record of the whole device, kept from {from}", "facts/sizing.md, why a wrong size loses data").With(WholeRecord).Keeping(from);
            yield return isKept
                ? whole.Keeps(KeptSource.Record, WholeOffset, WholeGuest, HotPlugMisaligned)
                : whole.Refuses(LayoutChanged).Advises(WholeOffset);

            var aligned = X86($"record with 16 MiB, same sizes, kept from {from}", "facts/sizing.md, why a wrong size loses data")
                .With(new RowRecord { Align = 16 * MiB }).Keeping(from);
            yield return isKept ? aligned.Keeps(KeptSource.Record, EngineOffset, EngineGuest) : aligned.Refuses(LayoutChanged).Advises(EngineOffset);

            var label = X86($"record with a label of 2 MiB, kept from {from}", "F1").With(new RowRecord { Target = GiB, Label = 2 * MiB }).Keeping(from);
            yield return isKept
                ? label.Keeps(KeptSource.Record, GiB - (2 * MiB), WholeGuest, HotPlugMisaligned)
                : label.Refuses(LayoutChanged).Advises(GiB - (2 * MiB));

            var none = X86($"record without label, kept from {from}", "field-cases/domains/X01-djwong-no-label")
                .With(new RowRecord { Target = GiB, Align = 4 * KiB, Label = 0 }).Keeping(from);
            yield return isKept ? none.Keeps(KeptSource.Record, GiB, GiB) : none.Refuses(LayoutChanged).Advises(GiB);
        }

        foreach (var (what, code) in new[] { ("damaged", LedgerDamaged), ("newer", LedgerNewer), ("unreadable", LedgerUnreadable) })
        {
            foreach (var from in Enum.GetValues<KeepFrom>())
            {
                yield return X86($"{what} record, kept from {from}", "LAYOUTS.md, verdict Unknown").Keeping(from)
                    .Knows(evidence => evidence with { Recorded = new LayoutRecordResult(null, [Finding.Error(code, ("path", "/state/x.json"))]) })
                    .Refuses(code);
            }

            yield return X86($"{what} record, labels elsewhere", "LAYOUTS.md, verdict Unknown").With(RowLabels.At(WholeOffset))
                .Knows(evidence => evidence with { Recorded = new LayoutRecordResult(null, [Finding.Error(code, ("path", "/state/x.json"))]) })
                .Refuses(code).Warns(LayoutNotRecorded, HotPlugMisaligned);
        }

        yield return X86("device shrunk, record still fits", "trials/guard.md, held: grown or shrunk").With(new RowRecord { DeviceSize = 2 * GiB }).Refuses(LayoutResized);
        yield return X86("device shrunk, nothing kept", "trials/guard.md, held: grown or shrunk").With(new RowRecord { DeviceSize = 2 * GiB })
            .Keeping(KeepFrom.Nowhere).Refuses(LayoutResized);
        yield return X86("device shrunk, record does not fit", "trials/guard.md, held: grown or shrunk")
            .With(new RowRecord { DeviceSize = 2 * GiB, Target = 1922 * MiB }).Refuses(LayoutResized, LayoutChanged, LayoutCannotBeKept);
        yield return X86("device grown", "trials/guard.md, held: grown or shrunk").On(device => device with { Size = ByteSize.FromMiB(2048) })
            .With(new RowRecord { DeviceSize = GiB }).Refuses(LayoutResized);
        yield return X86("record of a POWER guest", "facts/sizing.md, the three steps").On(device => device with { Size = ByteSize.FromMiB(513) })
            .Asks(domain => domain with { Target = 386 * MiB })
            .With(new RowRecord { Architecture = GuestArchitecture.Ppc64, Target = PowerTarget, Uuid = OfDomain }).Refuses(LayoutChanged, LayoutCannotBeKept);
        yield return X86("record with acceptances only", "RecordFormat: layout null")
            .Knows(evidence => evidence with
            {
                Recorded = new LayoutRecordResult(new LayoutRecord
                {
                    Identity = evidence.Identity,
                    Name = "namespace0.0",
                    Path = "/dev/pmem0",
                    FirstRecorded = DateTimeOffset.UnixEpoch,
                }, [])
            })
            .Starts(EngineOffset, EngineGuest);
        yield return X86("device without uuid, with a record", "LAYOUTS.md, limits").On(device => device with { Uuid = null, RawUuid = null })
            .With(new RowRecord()).Starts(EngineOffset, EngineGuest, LayoutWeakIdentity);
        yield return X86("device without uuid, without record", "LAYOUTS.md, limits").On(device => device with { Uuid = null, RawUuid = null })
            .Starts(EngineOffset, EngineGuest);

        var here = RowLabels.At(EngineOffset);
        yield return X86("recorded labels are there", "LAYOUTS.md, verdict Same").With(new RowRecord { Labels = here }).With(here).Starts(EngineOffset, EngineGuest);
        yield return X86("labels are there, the record has none", "LAYOUTS.md, verdict Same").With(new RowRecord()).With(here).Starts(EngineOffset, EngineGuest);
        yield return X86("labels are others than recorded", "LAYOUTS.md: labels that changed only warn")
            .With(new RowRecord { Labels = RowLabels.At(EngineOffset, cookies: 8) }).With(here).Starts(EngineOffset, EngineGuest, LayoutLabelsChanged);
        yield return X86("record of version 1, labels are the recorded ones", "RecordFormat: version 1 has no sum")
            .With(new RowRecord { Labels = here, IsVersion1 = true }).With(here).Starts(EngineOffset, EngineGuest);
        yield return X86("record of version 1, labels are others", "RecordFormat: version 1 has no sum")
            .With(new RowRecord { Labels = RowLabels.At(EngineOffset, cookies: 8), IsVersion1 = true }).With(here).Starts(EngineOffset, EngineGuest, LayoutLabelsChanged);
        foreach (var from in Enum.GetValues<KeepFrom>())
        {
            yield return X86($"recorded labels are gone, kept from {from}", "trials/guard.md 9").With(new RowRecord { Labels = here }).Keeping(from).Refuses(LayoutLabelsMissing);
        }

        yield return X86("record says the same, labels elsewhere", "LAYOUTS.md, verdict Moved").With(new RowRecord()).With(RowLabels.At(WholeOffset)).Refuses(LayoutMoved);
        yield return X86("record and labels elsewhere, together", "F1").With(WholeRecord with { Labels = RowLabels.At(WholeOffset) }).With(RowLabels.At(WholeOffset))
            .Keeps(KeptSource.Record, WholeOffset, WholeGuest, HotPlugMisaligned);
        yield return X86("record elsewhere, labels at the asked place", "LAYOUTS.md, verdict Moved").With(WholeRecord).With(here)
            .Refuses(LayoutMoved).Warns(HotPlugMisaligned);
    }
}
