using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Sizing;
using static Nvdimm.Extensions.Host.Tests.Start.RowNames;
using static Nvdimm.Extensions.NvdimmCodes;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>POWER: the guest's uuid is part of the layout (facts/sizing.md, last chapter).</summary>
internal static partial class StartRows
{
    private static IEnumerable<StartRow> PowerRows() => [.. UuidRows(), .. PowerSizeRows()];

    private static StartRow WithoutUuid(string name, string source = "D1") => Power(name, source).Asks(domain => domain with { Uuid = null });

    private static StartRow Gives(this StartRow row, Guid uuid) => row with { GuestUuid = uuid };

    private static RowRecord Recorded(Guid uuid) => new() { Target = PowerTarget, Uuid = uuid };

    private static IEnumerable<StartRow> UuidRows()
    {
        yield return Power("the domain's uuid, nothing is there", "D1").Starts(PowerGuest, PowerGuest).Gives(OfDomain);
        yield return Power("ppc64le", "D1").Starts(PowerGuest, PowerGuest).Gives(OfDomain) with { Architecture = GuestArchitecture.Ppc64Le };
        yield return WithoutUuid("no uuid, nothing is there").Starts(PowerGuest, PowerGuest).Gives(Derived);
        yield return WithoutUuid("no uuid, the device has none").On(device => device with { Uuid = null }).Refuses(NoStableGuestUuid);
        yield return WithoutUuid("no uuid, the device's is all zero").On(device => device with { Uuid = Guid.Empty }).Refuses(NoStableGuestUuid);
        yield return Power("the domain's uuid, the device has none", "D1").On(device => device with { Uuid = null }).Starts(PowerGuest, PowerGuest).Gives(OfDomain);

        foreach (var minor in new[] { 1, 2 })
        {
            yield return Power($"labels 1.{minor} of the domain's uuid", "D1, field-cases/domains/own-ppc-uuid-of-the-domain")
                .With(RowLabels.At(PowerGuest, minor: minor, cookies: Cookie(OfDomain, minor))).Starts(PowerGuest, PowerGuest, LayoutNotRecorded).Gives(OfDomain);
            yield return WithoutUuid($"no uuid, labels 1.{minor} of the derived uuid")
                .With(RowLabels.At(PowerGuest, minor: minor, cookies: Cookie(Derived, minor))).Starts(PowerGuest, PowerGuest, LayoutNotRecorded).Gives(Derived);
            yield return WithoutUuid($"no uuid, labels 1.{minor} of a stranger's uuid")
                .With(RowLabels.At(PowerGuest, minor: minor, cookies: Cookie(Stranger, minor))).Starts(PowerGuest, PowerGuest, LayoutNotRecorded)
                .Gives(WithHalfOf(Derived, Stranger, minor));
            foreach (var from in Enum.GetValues<KeepFrom>())
            {
                var isKept = from == KeepFrom.RecordThenLabels;
                var derived = Power($"the domain's uuid, labels 1.{minor} of the derived uuid, kept from {from}", "D1")
                    .With(RowLabels.At(PowerGuest, minor: minor, cookies: Cookie(Derived, minor))).Keeping(from);
                yield return isKept
                    ? derived.Keeps(KeptSource.Labels, PowerGuest, PowerGuest, LayoutNotRecorded).Gives(Derived)
                    : derived.Refuses(LayoutForeign).Warns(LayoutNotRecorded).Advises(PowerGuest);
                var stranger = Power($"the domain's uuid, labels 1.{minor} of a stranger's uuid, kept from {from}", "D1")
                    .With(RowLabels.At(PowerGuest, minor: minor, cookies: Cookie(Stranger, minor))).Keeping(from);
                yield return isKept
                    ? stranger.Keeps(KeptSource.Labels, PowerGuest, PowerGuest, LayoutNotRecorded).Gives(WithHalfOf(Derived, Stranger, minor))
                    : stranger.Refuses(LayoutForeign).Warns(LayoutNotRecorded).Advises(PowerGuest);
            }
        }

        yield return Power("labels of a stranger's uuid, the device has none", "D1").On(device => device with { Uuid = null })
            .With(RowLabels.At(PowerGuest, cookies: Cookie(Stranger))).Refuses(NoStableGuestUuid).Warns();
        yield return Power("labels of two uuids", "D1").With(RowLabels.At(PowerGuest, cookies: [Cookie(OfDomain), Cookie(Stranger)])).Refuses(LayoutForeign).Warns(LayoutNotRecorded);
        yield return Power("an initialised label area without labels", "D1").With(RowLabels.Real(PowerGuest, "x86-v1.1-initialised"))
            .Starts(PowerGuest, PowerGuest, LayoutNotRecorded).Gives(OfDomain);

        yield return Power("the domain's uuid is the recorded one", "D1").With(Recorded(OfDomain)).Starts(PowerGuest, PowerGuest).Gives(OfDomain);
        yield return Power("the recorded architecture is the other byte order", "LedgerWitness: POWER").With(Recorded(OfDomain) with { Architecture = GuestArchitecture.Ppc64Le })
            .Starts(PowerGuest, PowerGuest).Gives(OfDomain);
        yield return WithoutUuid("no uuid, the record has one").With(Recorded(OfDomain)).Starts(PowerGuest, PowerGuest).Gives(OfDomain);
        yield return WithoutUuid("no uuid, the record has one, the device none", "trials/newworld.md, small").On(device => device with { Uuid = null }).With(Recorded(OfDomain))
            .Starts(PowerGuest, PowerGuest).Gives(OfDomain);
        foreach (var from in Enum.GetValues<KeepFrom>())
        {
            var changed = Power($"the domain's uuid is not the recorded one, kept from {from}", "D1").With(Recorded(Derived)).Keeping(from);
            yield return from == KeepFrom.Nowhere
                ? changed.Refuses(LayoutUuidChanged).Advises(PowerGuest)
                : changed.Keeps(KeptSource.Record, PowerGuest, PowerGuest).Gives(Derived);
            var none = WithoutUuid($"no uuid, the record has one and another size, kept from {from}", "A3").With(new RowRecord { Target = (256 * MiB) + (128 * KiB), Uuid = OfDomain }).Keeping(from);
            yield return from == KeepFrom.Nowhere
                ? none.Refuses(LayoutChanged).Advises(256 * MiB)
                : none.Keeps(KeptSource.Record, 256 * MiB, 256 * MiB).Gives(OfDomain);
        }

        yield return Power("domain, record and labels agree", "D1").With(Recorded(OfDomain)).With(RowLabels.At(PowerGuest, cookies: Cookie(OfDomain)))
            .Starts(PowerGuest, PowerGuest).Gives(OfDomain);
        yield return Power("record and labels agree, the domain does not", "D1").With(Recorded(Derived)).With(RowLabels.At(PowerGuest, cookies: Cookie(Derived)))
            .Keeps(KeptSource.Record, PowerGuest, PowerGuest).Gives(Derived);
        yield return Power("domain and labels agree, the record does not", "D1").With(Recorded(Stranger)).With(RowLabels.At(PowerGuest, cookies: Cookie(OfDomain)))
            .Refuses(LayoutForeign);
        yield return Power("domain and record agree, the labels do not", "D1").With(Recorded(OfDomain)).With(RowLabels.At(PowerGuest, cookies: Cookie(Derived)))
            .Refuses(LayoutForeign);
        yield return WithoutUuid("no uuid, record and labels disagree").With(Recorded(OfDomain)).With(RowLabels.At(PowerGuest, cookies: Cookie(Derived))).Refuses(LayoutForeign);
        yield return WithoutUuid("no uuid, another VM had it last", "P10").With(Recorded(OfDomain) with { VmName = OtherVm, VmId = OtherVmId }).Refuses(UsedByOtherVm);
    }

    private static IEnumerable<StartRow> PowerSizeRows()
    {
        const string Steps = "facts/sizing.md, the three steps";
        yield return Power("labels one block before", Steps).With(RowLabels.At(256 * MiB, cookies: Cookie(OfDomain)))
            .Keeps(KeptSource.Labels, 256 * MiB, 256 * MiB, LayoutNotRecorded).Gives(OfDomain);
        yield return WithoutUuid("no uuid, labels of a stranger one block before", "A3").With(RowLabels.At(256 * MiB, cookies: Cookie(Stranger)))
            .Keeps(KeptSource.Labels, 256 * MiB, 256 * MiB, LayoutNotRecorded).Gives(WithHalfOf(Derived, Stranger));
        yield return Power("moved and foreign, nothing kept", "D1").With(RowLabels.At(256 * MiB, cookies: Cookie(Stranger))).Keeping(KeepFrom.Nowhere)
            .Refuses(LayoutMoved, LayoutForeign).Advises(256 * MiB);
        yield return Power("labels of 2 MiB at the place of 128 KiB", "F1").On(device => device with { Size = ByteSize.FromMiB(515) })
            .With(RowLabels.At(PowerGuest, 2 * MiB, cookies: Cookie(OfDomain))).Keeps(KeptSource.Labels, PowerGuest, PowerGuest, LayoutNotRecorded).Gives(OfDomain);
        yield return Power("no whole block beside the label", "field-cases/domains/tp-nvdimm-ppc-255m").Asks(domain => domain with { Target = 255 * MiB }).Refuses(BelowLibvirtMinimum);
        yield return Power("rounded down by libvirt", Steps).Asks(domain => domain with { Target = 512 * MiB }).Starts(256 * MiB, 256 * MiB).Gives(OfDomain);
        yield return Power("larger than the device", Steps).On(device => device with { Size = ByteSize.FromMiB(512) }).Refuses(LargerThanDevice);
        yield return Power("larger than the device, with a record", "S1").On(device => device with { Size = ByteSize.FromMiB(512) })
            .With(new RowRecord { Target = (256 * MiB) + (128 * KiB), Uuid = OfDomain }).Keeps(KeptSource.Record, 256 * MiB, 256 * MiB).Gives(OfDomain);
        yield return Power("no label", "field-cases/domains/tp-nvdimm-ppc-no-label").Asks(domain => domain with { Label = null }).Refuses(LabelTooSmall);
        yield return Power("no label, with labels there", "S1").Asks(domain => domain with { Label = null }).With(RowLabels.At(PowerGuest, cookies: Cookie(OfDomain)))
            .Keeps(KeptSource.Labels, PowerGuest, PowerGuest, LayoutNotRecorded).Gives(OfDomain);
        yield return Power("no alignsize", "F3").Asks(domain => domain with { Align = null }).Starts(PowerGuest, PowerGuest).Gives(OfDomain);
        yield return Power("label of 256 MiB", "D5, field-cases/domains/tpq-ppc-label-256m").On(device => device with { Size = ByteSize.FromMiB(1024) })
            .Asks(domain => domain with { File = "tpq-ppc-label-256m.xml" }).Starts(805306368, 805306368).Gives(Derived);
        yield return Power("field case own-ppc-uuid-of-the-domain", "D1, field-cases/domains/own-ppc-uuid-of-the-domain").Asks(domain => domain with { File = "own-ppc-uuid-of-the-domain.xml" })
            .With(RowLabels.At(PowerGuest, cookies: Cookie(OfDomain))).Starts(PowerGuest, PowerGuest, LayoutNotRecorded).Gives(OfDomain);
        yield return Power("field case tp-nvdimm-ppc-255m", "field-cases/domains/tp-nvdimm-ppc-255m").Asks(domain => domain with { File = "tp-nvdimm-ppc-255m.xml" }).Refuses(BelowLibvirtMinimum);
        yield return Power("field case tp-nvdimm-ppc-no-label", "field-cases/domains/tp-nvdimm-ppc-no-label").Asks(domain => domain with { File = "tp-nvdimm-ppc-no-label.xml" }).Refuses(LabelTooSmall);
    }
}
