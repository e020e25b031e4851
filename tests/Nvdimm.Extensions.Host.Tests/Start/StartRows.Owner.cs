using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Content;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using static Nvdimm.Extensions.Host.Tests.Start.RowNames;
using static Nvdimm.Extensions.NvdimmCodes;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>Whose device it is.</summary>
internal static partial class StartRows
{
    private static readonly RowRecord Others = new() { VmName = OtherVm, VmId = OtherVmId };

    private static IEnumerable<StartRow> OwnerRows() => [.. LastUserRows(), .. RawAreaRows(), .. UncertainRows(), .. HostOfRecordRows()];

    private static IEnumerable<StartRow> LastUserRows()
    {
        const string Guard = "trials/guard.md, held: swaps of two VMs' devices";
        foreach (var from in Enum.GetValues<KeepFrom>())
        {
            yield return X86($"another VM had it last, kept from {from}", Guard).With(Others).Keeping(from).Refuses(UsedByOtherVm);
        }

        yield return X86("another VM had it last with another layout", Guard).With(Others with { Target = GiB }).Refuses(UsedByOtherVm).Warns(HotPlugMisaligned);
        yield return X86("another VM had it last, labels are there", Guard).With(Others).With(RowLabels.At(EngineOffset)).Refuses(UsedByOtherVm);
        yield return X86("both VMs share the device by name", "issue 12 section 1, last row").With(Others with { Sharing = [Vm, OtherVm] }).Starts(EngineOffset, EngineGuest);
        yield return X86("both VMs share the device by id", "issue 12 section 1, last row").With(Others with { Sharing = [VmId.ToUpperInvariant(), OtherVmId] })
            .Starts(EngineOffset, EngineGuest);
        yield return X86("only this VM has the permission", "issue 12 section 1, last row").With(Others with { Sharing = [Vm, "third"] }).Refuses(UsedByOtherVm);
        yield return X86("only the other VM has the permission", "issue 12 section 1, last row").With(Others with { Sharing = ["third", OtherVm] }).Refuses(UsedByOtherVm);
        yield return X86("a shared device keeps one layout", "LAYOUTS.md, several VMs on one device").With(Others with { Sharing = [Vm, OtherVm], Target = GiB })
            .Keeping(KeepFrom.Nowhere).Refuses(LayoutChanged).Advises(WholeOffset);
        yield return X86("the same VM, its id in upper case", "trials/guard.md 12").With(new RowRecord { VmId = VmId.ToUpperInvariant() }).Starts(EngineOffset, EngineGuest);
        yield return X86("one VM shares the device by id, the other by name", "issue 12 section 1, last row")
            .With(Others with { Sharing = [VmId, OtherVm] }).Starts(EngineOffset, EngineGuest);
        yield return X86("the record knows the VM by name only", "DeviceOwner.Is").With(new RowRecord { VmId = null }).Starts(EngineOffset, EngineGuest);
        yield return X86("the record knows the VM by id only", "DeviceOwner.Is").With(new RowRecord { VmName = null }).Starts(EngineOffset, EngineGuest);
        yield return X86("the record knows another VM by name only", "DeviceOwner.Is").With(Others with { VmId = null }).Refuses(UsedByOtherVm);
        yield return X86("one VM shares the device by its id in upper case", "issue 12 section 1, last row")
            .With(Others with { Sharing = [VmId.ToUpperInvariant(), OtherVm] }).Starts(EngineOffset, EngineGuest);
        yield return X86("three VMs share the device", "issue 12 section 1, last row")
            .With(Others with { Sharing = [Vm, OtherVm, "third"] }).Starts(EngineOffset, EngineGuest);
        yield return X86("the record knows another VM by id only", "DeviceOwner.Is").With(Others with { VmName = null }).Refuses(UsedByOtherVm);
        yield return X86("the record has the VM's name and another id", "DeviceOwner.Is").With(new RowRecord { VmId = OtherVmId }).Refuses(UsedByOtherVm);
        yield return X86("another VM's, in a record of version 1", "RecordFormat, version 1").With(Others with { IsVersion1 = true }).Refuses(UsedByOtherVm);
        yield return X86("the same VM under another name", "DeviceOwner.Is").With(new RowRecord { VmName = "renamed" }).Starts(EngineOffset, EngineGuest);
        yield return X86("the record names no VM", "trials/guard.md 1").With(new RowRecord { VmName = null, VmId = null }).Starts(EngineOffset, EngineGuest);
        yield return X86("the VM's id is not known, and its name is another one", "DeviceOwner.Is").With(Others)
            .Knows(evidence => evidence with { Vm = evidence.Vm with { Id = null } }).Refuses(UsedByOtherVm);
        yield return X86("the VM's id is not known, and its name is the owner's", "DeviceOwner.Is").With(new RowRecord())
            .Knows(evidence => evidence with { Vm = evidence.Vm with { Id = null } }).Starts(EngineOffset, EngineGuest);
        yield return X86("nothing is known of the VM", "StartVm.IsUnknown").With(Others).Knows(evidence => evidence with { Vm = new StartVm(null, null) })
            .Starts(EngineOffset, EngineGuest);
    }

    private static IEnumerable<StartRow> RawAreaRows()
    {
        StartRow Row(string name, string source, NamespaceMode mode, Guid? uuid, Guid? raw, Guid? recordedRaw, string recordedName = "namespace0.0", string vm = OtherVmId, bool hasLayout = true) =>
            X86(name, source).On(device => device with { Mode = mode, Uuid = uuid, RawUuid = raw }).Knows(evidence => evidence with
            {
                OtherRecords =
                [
                    new RowRecord { VmName = OtherVm, VmId = vm }.Of(X86("", "")) with
                    {
                        Identity = DeviceIdentity.Of(new NvdimmDevice { Name = recordedName, Uuid = OtherDevice }),
                        Name = recordedName,
                        RawUuid = recordedRaw,
                        Layout = hasLayout ? new RowRecord().Of(X86("", "")).Layout : null,
                        VmName = hasLayout ? OtherVm : null,
                        VmId = hasLayout ? vm : null,
                    },
                ],
            });

        yield return Row("fell back, its uuid is the old raw uuid, another VM", "P10, field-cases/ndctl L16", NamespaceMode.Raw, OtherRaw, null, OtherRaw).Refuses(FellBackToRaw);
        yield return Row("fell back, its uuid is the old raw uuid, the VM itself", "P6, field-cases/ndctl L16", NamespaceMode.Raw, OtherRaw, null, OtherRaw, vm: VmId).Refuses(FellBackToRaw);
        yield return Row("fell back under another name", "P10", NamespaceMode.Raw, OtherRaw, null, OtherRaw, "namespace3.0").Refuses(FellBackToRaw);
        yield return Row("fell back, no uuid, the raw uuid is known", "P10, field-cases/ndctl L41b", NamespaceMode.Raw, null, OtherRaw, OtherRaw, "namespace3.0").Refuses(FellBackToRaw);
        yield return Row("fell back, no uuid at all, same name", "P10, field-cases/ndctl L41b", NamespaceMode.Raw, null, null, OtherRaw).Refuses(FellBackToRaw);
        yield return Row("fell back, an all-zero uuid, same name", "P10", NamespaceMode.Raw, Guid.Empty, null, OtherRaw).Refuses(FellBackToRaw);
        yield return Row("no uuid at all, another name", "P10", NamespaceMode.Raw, null, null, OtherRaw, "namespace3.0").Starts(EngineOffset, EngineGuest);
        yield return Row("no uuid, another raw uuid under the same name", "P10", NamespaceMode.Raw, null, Raw, OtherRaw).Starts(EngineOffset, EngineGuest);
        yield return Row("an old record without raw uuid, raw mode, same name", "P10, RecordFormat versions 1 and 2", NamespaceMode.Raw, Device, null, null).Refuses(FellBackToRaw);
        yield return Row("an old record without raw uuid, raw mode, another name", "P10, RecordFormat versions 1 and 2", NamespaceMode.Raw, Device, null, null, "namespace3.0")
            .Starts(EngineOffset, EngineGuest);
        yield return Row("an old record without raw uuid, no uuid at all, same name", "P10, RecordFormat versions 1 and 2", NamespaceMode.Raw, null, null, null).Refuses(FellBackToRaw);
        yield return Row("a new fsdax namespace under an old name", "P10", NamespaceMode.Fsdax, Device, Raw, null).Starts(EngineOffset, EngineGuest);
        yield return Row("a new namespace, another raw uuid", "P10", NamespaceMode.Fsdax, Device, Raw, OtherRaw).Starts(EngineOffset, EngineGuest);
        yield return Row("the record has acceptances only", "P10", NamespaceMode.Raw, OtherRaw, null, OtherRaw, hasLayout: false).Starts(EngineOffset, EngineGuest);
        yield return Row("fell back, with its own record", "P10", NamespaceMode.Raw, OtherRaw, null, OtherRaw).With(new RowRecord()).Refuses(FellBackToRaw);
        yield return Row("fell back, labels elsewhere", "trials/guard.md 4", NamespaceMode.Raw, OtherRaw, null, OtherRaw).With(RowLabels.At(WholeOffset))
            .Refuses(FellBackToRaw).Warns(LayoutNotRecorded, HotPlugMisaligned);
        yield return Row("fell back, labels elsewhere, nothing kept", "trials/guard.md 4", NamespaceMode.Raw, OtherRaw, null, OtherRaw).With(RowLabels.At(WholeOffset)).Keeping(KeepFrom.Nowhere)
            .Refuses(FellBackToRaw, LayoutMoved);
    }

    /// <summary>Records of other identities, which may be of this device all the same.</summary>
    private static IEnumerable<StartRow> UncertainRows()
    {
        const string Guard8 = "trials/guard.md 8";
        ValueList<Guid> labels = [Namespace(0)];
        StartRow Row(string name, string source, Func<LayoutRecord, LayoutRecord> record, Func<NvdimmDevice, NvdimmDevice>? device = null) =>
            X86(name, source).On(device ?? (same => same)).Knows(evidence => evidence with { OtherRecords = [record(OfOther(OtherDevice, "namespace3.0"))] });

        yield return Row("another VM's labels under another uuid", Guard8, other => other with { LabelUuids = labels }).With(RowLabels.At(EngineOffset))
            .Refuses(IdentityUncertain)
            .Warns(LayoutNotRecorded);
        yield return Row("the VM's own labels under another uuid", Guard8, other => other with { LabelUuids = labels, VmName = Vm, VmId = VmId })
            .With(RowLabels.At(EngineOffset))
            .Starts(EngineOffset, EngineGuest, IdentityUncertain, LayoutNotRecorded);
        yield return Row("nobody's labels under another uuid", Guard8, other => other with { LabelUuids = labels, VmName = null, VmId = null })
            .With(RowLabels.At(EngineOffset))
            .Refuses(IdentityUncertain).Warns(LayoutNotRecorded);
        yield return Row("labels of which only the hash was noted", Guard8, other => other with { LabelHash = RowLabels.At(EngineOffset).Area.Hash })
            .With(RowLabels.At(EngineOffset))
            .Refuses(IdentityUncertain).Warns(LayoutNotRecorded);
        yield return Row("labels of another guest", Guard8, other => other with { LabelUuids = [Stranger] }).With(RowLabels.At(EngineOffset))
            .Starts(EngineOffset, EngineGuest, LayoutNotRecorded);
        yield return Row("another VM's labels, and the administrator has said that it is another device", "nvdimm layout give", other => other with
        {
            LabelUuids = labels,
            DistinctFrom = [DeviceIdentity.Of(X86("", "").Device)],
        }).With(RowLabels.At(EngineOffset)).Starts(EngineOffset, EngineGuest, LayoutNotRecorded);
        yield return Row("another VM's labels, and the device's own record says that it is another one", "nvdimm layout give", other =>
            other with { LabelUuids = labels })
            .With(RowLabels.At(EngineOffset)).Given(OtherDevice).Starts(EngineOffset, EngineGuest);
        yield return Row("made anew on the raw area of another VM's", Guard8, other => other with { RawUuid = Raw }).Refuses(IdentityUncertain);
        yield return Row("made anew on the raw area of the VM's own", Guard8, other => other with { RawUuid = Raw, VmName = Vm, VmId = VmId })
            .Starts(EngineOffset, EngineGuest, IdentityUncertain);
        yield return Row("it got a uuid, and has the name of another VM's without", Guard8, other =>
            other with { Identity = Named("namespace0.0"), Name = "namespace0.0", Mode = NamespaceMode.Fsdax }, Unlabelled)
            .Refuses(IdentityUncertain);
        yield return Row("it got a uuid, and has the name of the VM's own without", Guard8, other => other with
        {
            Identity = Named("namespace0.0"),
            Name = "namespace0.0",
            Mode = NamespaceMode.Fsdax,
            VmName = Vm,
            VmId = VmId,
        }, Unlabelled).Starts(EngineOffset, EngineGuest, IdentityUncertain);
        yield return Row("it has lost its uuid, and has the name of another VM's with one", Guard8, other =>
            other with { Name = "namespace0.0", Mode = NamespaceMode.Fsdax }, device => device with { Uuid = null, RawUuid = null })
            .Refuses(IdentityUncertain);
        yield return Row("another VM's file system under another uuid", Guard8, other => other with { ContentUuid = "of a file system" })
            .Holding(new FoundContent("ext4") { End = ByteSize.FromMiB(1), Uuid = "of a file system" }).Refuses(IdentityUncertain).Warns(ContentFound);
        yield return X86("two namespaces of the host have its uuid", "trials/guard.md 10").Knows(evidence => evidence with { SameIdentityNames = ["namespace1.0"] })
            .Refuses(IdentityTwice);
        yield return X86("two namespaces of the host have the uuid of the VM's own", "trials/guard.md 10").With(new RowRecord())
            .Knows(evidence => evidence with { SameIdentityNames = ["namespace1.0"] }).Refuses(IdentityTwice);
        yield return X86("its own record is of another interleave set", "trials/guard.md 8").On(device =>
            device with { Uuid = null, RawUuid = null, InterleaveSet = "0x2" })
            .Knows(evidence => evidence with
            {
                Recorded = new LayoutRecordResult(OfOther(null, "namespace0.0") with
                {
                    InterleaveSet = "0x1",
                    VmName = Vm,
                    VmId = VmId
                }, [])
            })
            .Refuses(IdentityChanged).Warns(LayoutWeakIdentity);
    }

    /// <summary>Records that another host has written into the same folder, or an export.</summary>
    private static IEnumerable<StartRow> HostOfRecordRows()
    {
        const string Guard6 = "trials/guard.md 6";
        static StartRow Elsewhere(StartRow row, Func<LayoutRecord, LayoutRecord> change) => row.Knows(evidence => evidence with
        {
            Host = "here",
            Recorded = new LayoutRecordResult(change(new RowRecord().Of(row) with { Host = "elsewhere" }), []),
        });

        yield return Elsewhere(X86("its record is of another host, where it was the VM's", Guard6), record => record)
            .Starts(EngineOffset, EngineGuest, RecordOfOtherHost);
        yield return Elsewhere(X86("its record is of another host, where it was another VM's", Guard6), record =>
            record with { VmName = OtherVm, VmId = OtherVmId })
            .Refuses(UsedByOtherVm).Warns(RecordOfOtherHost);
        yield return Elsewhere(X86("its record is of this host", Guard6), record => record with { Host = "here" }).Starts(EngineOffset, EngineGuest);
        yield return Elsewhere(X86("its record does not say of which host it is", "RecordFormat versions 1 to 3"), record => record with { Host = null })
            .Starts(EngineOffset, EngineGuest);
        yield return X86("another host has a device of that name", Guard6).On(Unlabelled).Knows(evidence => evidence with
        {
            Host = "here",
            OtherRecords = [OfOther(null, "namespace0.0") with { Host = "elsewhere" }],
        }).Starts(EngineOffset, EngineGuest);
        yield return X86("another host's VM has written its labels", Guard6).With(RowLabels.At(EngineOffset)).Knows(evidence => evidence with
        {
            Host = "here",
            OtherRecords = [OfOther(OtherDevice, "namespace3.0") with { Host = "elsewhere", LabelUuids = [Namespace(0)] }],
        }).Refuses(IdentityUncertain).Warns(LayoutNotRecorded);
    }

    /// <summary>The device without a raw uuid, as in a region without labels.</summary>
    private static NvdimmDevice Unlabelled(NvdimmDevice device) => device with { RawUuid = null };

    private static DeviceIdentity Named(string name) => DeviceIdentity.Of(new NvdimmDevice { Name = name });

    /// <summary>Another VM's record of a device.</summary>
    private static LayoutRecord OfOther(Guid? uuid, string name) => Others.Of(X86("", "")) with
    {
        Identity = DeviceIdentity.Of(new NvdimmDevice { Name = name, Uuid = uuid }),
        Name = name,
        RawUuid = null,
    };

    /// <summary>The row with a record of the device that an administrator has given to the VM, as another device than that one.</summary>
    private static StartRow Given(this StartRow row, Guid distinct) => row with
    {
        Change = evidence => row.Change!(evidence) with
        {
            Recorded = new LayoutRecordResult(new RowRecord { Labels = row.Labels[0] }.Of(row) with { DistinctFrom = [DeviceIdentity.Of(new NvdimmDevice { Name = "", Uuid = distinct })] }, []),
        },
    };
}
