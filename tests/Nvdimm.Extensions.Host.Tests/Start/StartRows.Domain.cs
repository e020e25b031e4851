using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Start;
using static Nvdimm.Extensions.Host.Tests.Start.RowNames;
using static Nvdimm.Extensions.NvdimmCodes;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>What the domain says: access, node, sizes.</summary>
internal static partial class StartRows
{
    private static IEnumerable<StartRow> DomainRows() => [.. AccessRows(), .. SizeRows(), .. NodeRows(), .. FieldRows()];

    private static IEnumerable<StartRow> AccessRows()
    {
        foreach (var reaction in Enum.GetValues<StartReaction>())
        {
            StartRow Row(string name, string? access, string? inherited, bool isReadOnly, string source = "D2") => X86($"{name}, policy {reaction}", source)
                .Asks(domain => domain with { Access = access, BackingAccess = inherited, IsReadOnly = isReadOnly }) with
            { Policy = new StartPolicy { LostWrites = reaction } };

            StartRow Lost(StartRow row, string code) => reaction == StartReaction.Refuse ? row.Refuses(code) : row.Starts(EngineOffset, EngineGuest, code);

            yield return Row("shared", "shared", null, isReadOnly: false).Starts(EngineOffset, EngineGuest);
            yield return Row("shared by memoryBacking", null, "shared", isReadOnly: false, "D9, field-cases/domains/tp-access-backing-shared").Starts(EngineOffset, EngineGuest);
            yield return Row("shared although memoryBacking is private", "shared", "private", isReadOnly: false, "D9").Starts(EngineOffset, EngineGuest);
            yield return Lost(Row("private", "private", null, isReadOnly: false), AccessPrivate);
            yield return Lost(Row("private although memoryBacking is shared", "private", "shared", isReadOnly: false, "D9"), AccessPrivate);
            yield return Lost(Row("private by memoryBacking", null, "private", isReadOnly: false, "D9"), AccessPrivate);
            yield return Lost(Row("no access at all", null, null, isReadOnly: false, "D9"), AccessPrivate);
            yield return Lost(Row("read-only", "shared", null, isReadOnly: true), AccessReadOnly);
            yield return Lost(Row("read-only and private", "private", null, isReadOnly: true, "D2, field-cases/domains/golden-readonly-private"), AccessReadOnly);

            yield return Row("dax device, private", "private", null, isReadOnly: false, "Linux v6.1 check_vma").On(Dax).Refuses(DevdaxNotShared);
            yield return Row("dax device, no access at all", null, null, isReadOnly: false, "Linux v6.1 check_vma").On(Dax).Refuses(DevdaxNotShared);
            yield return Row("dax device, shared", "shared", null, isReadOnly: false, "Linux v6.1 check_vma").On(Dax).Starts(EngineOffset, EngineGuest);
            yield return Lost(Row("dax device, read-only", "shared", null, isReadOnly: true, "Linux v6.1 check_vma").On(Dax), AccessReadOnly);
            var both = Row("dax device, read-only and private", "private", null, isReadOnly: true, "Linux v6.1 check_vma").On(Dax);
            yield return reaction == StartReaction.Refuse ? both.Refuses(DevdaxNotShared, AccessReadOnly) : both.Refuses(DevdaxNotShared).Warns(AccessReadOnly);
        }
    }

    private static NvdimmDevice Dax(NvdimmDevice device) => device with { Mode = NamespaceMode.Devdax, Path = "/dev/dax0.0" };

    private static IEnumerable<StartRow> SizeRows()
    {
        const string Steps = "facts/sizing.md, the three steps";
        yield return Whole("no alignsize", "F3, D12").Asks(domain => domain with { Align = null }).Starts(WholeOffset, WholeOffset, HotPlugMisaligned);
        yield return Whole("alignsize of a page", "F3").Asks(domain => domain with { Align = 4 * KiB }).Starts(WholeOffset, WholeOffset, HotPlugMisaligned);
        yield return Whole("alignsize of 2 MiB", Steps).Starts(WholeOffset, WholeGuest, HotPlugMisaligned);
        yield return Whole("alignsize of 16 MiB", Steps).Asks(domain => domain with { Align = 16 * MiB }).Starts(WholeOffset, 1008 * MiB, HotPlugMisaligned);
        yield return Whole("alignsize of 128 MiB", Steps).Asks(domain => domain with { Align = 128 * MiB }).Starts(WholeOffset, 896 * MiB);
        yield return Whole("alignsize of 1 GiB", Steps).On(device => device with { Size = ByteSize.FromMiB(3072) }).Asks(domain => domain with { Target = 3 * GiB, Align = GiB })
            .Starts((3 * GiB) - (128 * KiB), 2 * GiB);
        yield return Whole("alignsize of 3 MiB", Steps).Asks(domain => domain with { Align = 3 * MiB }).Refuses(AlignNotPowerOfTwo);
        yield return Whole("no alignsize, the record has 2 MiB", "F3").Asks(domain => domain with { Align = null }).With(WholeRecord)
            .Keeps(KeptSource.Record, WholeOffset, WholeGuest, HotPlugMisaligned);
        yield return Whole("alignsize of 2 MiB, the record is of a guest without", "F3").With(WholeRecord with { Align = 4 * KiB })
            .Keeps(KeptSource.Record, WholeOffset, WholeOffset, HotPlugMisaligned);
        yield return Whole("no alignsize, labels there", "F3").Asks(domain => domain with { Align = null }).With(RowLabels.At(WholeOffset))
            .Starts(WholeOffset, WholeOffset, LayoutNotRecorded, HotPlugMisaligned);

        var bare = Whole("", "field-cases/domains/X01-djwong-no-label").Asks(domain => domain with { Label = null, Align = null });
        yield return (bare with { Name = "no label" }).Starts(GiB, GiB);
        yield return (bare with { Name = "no label, the record has one" }).With(WholeRecord).Keeps(KeptSource.Record, WholeOffset, WholeGuest, HotPlugMisaligned);
        yield return (bare with { Name = "no label, the device has some" }).With(RowLabels.At(WholeOffset))
            .Keeps(KeptSource.Labels, WholeOffset, WholeOffset, LayoutNotRecorded, HotPlugMisaligned);
        yield return (bare with { Name = "no label, the device has some, nothing kept" }).With(RowLabels.At(WholeOffset)).Keeping(KeepFrom.Nowhere)
            .Refuses(LayoutMoved).Advises(WholeOffset);
        yield return (bare with { Name = "no label, the record has none" }).With(new RowRecord { Target = GiB, Align = 4 * KiB, Label = 0 }).Starts(GiB, GiB);

        yield return X86("label of 64 KiB", Steps).Asks(domain => domain with { Label = 64 * KiB }).Refuses(LabelTooSmall);
        yield return X86("a label as large as the NVDIMM", Steps).Asks(domain => domain with { Target = 128 * KiB }).Refuses(BelowLibvirtMinimum);
        yield return X86("larger than the device", Steps).Asks(domain => domain with { Target = GiB + (2 * MiB) }).Refuses(LargerThanDevice);
        yield return X86("larger than the device, with a record", "S1").Asks(domain => domain with { Target = GiB + (2 * MiB) }).With(new RowRecord())
            .Keeps(KeptSource.Record, EngineOffset, EngineGuest);
        yield return X86("larger than the device, with labels", "S1").Asks(domain => domain with { Target = GiB + (2 * MiB) }).With(RowLabels.At(EngineOffset))
            .Keeps(KeptSource.Labels, EngineOffset, EngineGuest, LayoutNotRecorded);
        yield return X86("rounded up to 2 MiB by libvirt", Steps).Asks(domain => domain with { Target = (897 * MiB) + (4 * KiB) }).Starts(EngineOffset, EngineGuest);

        // The alignment of an earlier namespace is not known: the guest gets all up to its labels (KeptLayout.At, the first candidate: 4 KiB).
        foreach (var from in Enum.GetValues<KeepFrom>())
        {
            StartRow Asked(string name) => X86($"{name}, kept from {from}", "S1").Asks(domain => domain with { Target = GiB, Align = GiB }).On(device => device with { Align = Alignment.FromMiB(1024) })
                .Keeping(from);
            yield return Asked("the asked layout is refused, nothing is there").Refuses(DeviceTooSmall);
            yield return from == KeepFrom.RecordThenLabels
                ? Asked("the asked layout is refused, labels are there").With(RowLabels.At(EngineOffset)).Keeps(KeptSource.Labels, EngineOffset, EngineOffset, LayoutNotRecorded, HotPlugMisaligned)
                : Asked("the asked layout is refused, labels are there").With(RowLabels.At(EngineOffset)).Refuses(DeviceTooSmall).Advises(EngineOffset);
            yield return from == KeepFrom.Nowhere
                ? Asked("the asked layout is refused, a record is there").With(new RowRecord()).Refuses(DeviceTooSmall).Advises(EngineOffset)
                : Asked("the asked layout is refused, a record is there").With(new RowRecord()).Keeps(KeptSource.Record, EngineOffset, EngineGuest);
        }

        yield return X86("64 GiB of RAM", "A4").Asks(domain => domain with { Ram = 64 * GiB }).Starts(EngineOffset, EngineGuest, HotPlugMisaligned);
        yield return X86("62 GiB of RAM, guest of 2 GiB", "A4").On(device => device with { Size = ByteSize.FromMiB(2050) })
            .Asks(domain => domain with { Ram = 62 * GiB, Target = 2050 * MiB }).Starts((2050 * MiB) - (128 * KiB), 2 * GiB);
        yield return X86("dax device, size no multiple of its alignment", Steps).On(Dax).On(device => device with { Align = Alignment.FromMiB(16) })
            .Asks(domain => domain with { Align = 16 * MiB }).Refuses(DevdaxNotMultiple);
        yield return X86("dax device, alignsize below its own", Steps).On(Dax).On(device => device with { Align = Alignment.FromMiB(16) })
            .Asks(domain => domain with { Target = GiB }).Refuses(DevdaxAlignTooSmall);
        yield return X86("dax device without known alignment", Steps).On(Dax).On(device => device with { Align = null }).Refuses(DevdaxAlignUnknown);
    }

    private static IEnumerable<StartRow> NodeRows()
    {
        StartRow Row(string name, int? host, int node, ValueList<int>? pins, string source = "F4") => X86(name, source)
            .On(device => device with { NumaNode = host }).Asks(domain => domain with { Node = node, Pins = pins });

        yield return Row("the guest node of the device's host node", 1, 1, [0, 1]).Starts(EngineOffset, EngineGuest);
        yield return Row("another guest node", 1, 0, [0, 1]).Starts(EngineOffset, EngineGuest, NumaMismatch);
        yield return Row("no guest node is pinned there", 2, 0, [0, 1]).Starts(EngineOffset, EngineGuest, NumaMismatch);
        yield return Row("the guest is pinned nowhere", 1, 0, null).Starts(EngineOffset, EngineGuest);
        yield return Row("the kernel knows no node of the device", null, 0, [0, 1]).Starts(EngineOffset, EngineGuest);
        yield return Row("a node that the guest has not", 1, 5, [0, 1], "field-cases/domains/tp-invalid-unexisted-node: DomainRefusals says it").Starts(EngineOffset, EngineGuest);
        yield return Row("another guest node, kept layout", 1, 0, [0, 1]).With(WholeRecord).Keeps(KeptSource.Record, WholeOffset, WholeGuest, NumaMismatch, HotPlugMisaligned);
        yield return Row("another guest node, refused layout", 1, 0, [0, 1]).With(WholeRecord).Keeping(KeepFrom.Nowhere).Refuses(LayoutChanged).Warns(NumaMismatch).Advises(WholeOffset);
    }

    private static IEnumerable<StartRow> FieldRows()
    {
        StartRow Field(string file, long mebibytes) => X86($"field case {file}", $"field-cases/domains/{file}").Asks(domain => domain with { File = $"{file}.xml" })
            .On(device => device with { Size = ByteSize.FromMiB(mebibytes) });

        yield return Field("X01-djwong-no-label-10487808KiB", 10242).Starts(10242 * MiB, 10242 * MiB, HotPlugMisaligned);
        yield return Field("X02-famfs-GiB-units-label16M-memory-is-sum", 8192).Starts(8176 * MiB, 8176 * MiB, HotPlugMisaligned);
        yield return Field("X06-nova-vpmem-no-units-pmem-on", 4096).Starts(4092 * MiB, 4092 * MiB, HotPlugMisaligned);
        yield return Field("X07-virt-install-all-memdevs", 512).Starts((512 * MiB) - (128 * KiB), 510 * MiB, AccessReadOnly, HotPlugMisaligned);
        yield return Field("X10-units-M-and-KB", 512).Starts((512 * MiB) - (256 * KiB), (512 * MiB) - (256 * KiB), HotPlugMisaligned);
        yield return Field("X12-hana-hugepages-4-cells", 1024).On(device => device with { NumaNode = 2 }).Starts(EngineOffset, EngineGuest, NumaMismatch);
        yield return Field("X21-virt-install-label-no-alignsize", 512).Starts((512 * MiB) - (128 * KiB), (512 * MiB) - (128 * KiB), AccessPrivate, HotPlugMisaligned);
        yield return Field("tp-nvdimm-no-label", 512).Starts(512 * MiB, 512 * MiB);
        yield return Field("tp-nvdimm-no-label-private", 512).Starts(512 * MiB, 512 * MiB, AccessPrivate);
        yield return Field("tp-nvdimm-label-256k", 512).Starts((512 * MiB) - (256 * KiB), (512 * MiB) - (256 * KiB), HotPlugMisaligned);
        yield return Field("tp-access-backing-shared", 512).Starts(512 * MiB, 512 * MiB);
        yield return Field("tp-lifecycle-private-align-readonly", 512).Starts(512 * MiB, 512 * MiB, AccessReadOnly);
        yield return Field("golden-readonly-private", 512).Starts((512 * MiB) - (128 * KiB), 510 * MiB, AccessReadOnly, HotPlugMisaligned);
        yield return Field("tpq-align-1.5g", 8192).Refuses(AlignNotPowerOfTwo);
        yield return Field("tpq-align-4g", 8192).Starts((8 * GiB) - (128 * KiB), 4 * GiB);
        yield return Field("tp-invalid-alignsize-2k", 512).Refuses(AlignBelowPage).Warns(AccessPrivate);
        yield return Field("tp-invalid-small-label", 512).Refuses(LabelTooSmall).Warns(AccessPrivate);
        yield return Field("tp-invalid-bigger-label", 512).Refuses(BelowLibvirtMinimum).Warns(AccessPrivate);
        yield return Field("tp-invalid-bigger-target", 512).Refuses(LargerThanDevice).Warns(AccessPrivate);
        yield return Field("virtinstall-alignsize-2g-label-128m", 512).Refuses(DeviceTooSmall).Warns(AccessReadOnly);
    }
}
