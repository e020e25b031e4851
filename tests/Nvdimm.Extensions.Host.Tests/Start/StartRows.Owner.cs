using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using static Nvdimm.Extensions.Host.Tests.Start.RowNames;
using static Nvdimm.Extensions.NvdimmCodes;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>Whose device it is.</summary>
internal static partial class StartRows
{
    private static readonly RowRecord Others = new() { VmName = OtherVm, VmId = OtherVmId };

    private static IEnumerable<StartRow> OwnerRows() => [.. LastUserRows(), .. RawAreaRows()];

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
}
