using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>
/// What a VM has to have at its start: the NVDIMMs that are named for it, otherwise those that the ledger says are its own. Nothing here opens a
/// device of another VM.
/// </summary>
public sealed record StartExpectation
{
    /// <summary>
    /// The NVDIMMs that somebody has named for the VM, by uuid, kernel name or path: exactly these. Null where nobody has, so that the ledger's word
    /// counts; empty where it shall have none.
    /// </summary>
    public ValueList<string>? Named { get; init; }

    /// <summary>
    /// The names that stand for another device than before, as an administrator has accepted, and the uuid of each. They do not count for a VM for
    /// which another uuid is named.
    /// </summary>
    public IReadOnlyDictionary<string, Guid> AcceptedNames { get; init; } = new Dictionary<string, Guid>(StringComparer.Ordinal);

    /// <summary>What becomes of a start without a device that the ledger expects. Without a named one it is always refused. Default: refuse.</summary>
    public StartReaction Missing { get; init => field = EnumArgument.Checked(value); } = StartReaction.Refuse;

    /// <summary>Compares what is there with what has to be, one to one. Pure.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="present">The NVDIMMs of the domain.</param>
    /// <param name="records">The ledger's records.</param>
    /// <param name="host">The host (<see cref="LayoutLedger.Host"/>): records of others decide nothing.</param>
    /// <param name="devices">
    /// The devices that the host shows; empty where they are not known. An accepted name does not replace a device that the host shows under another
    /// name, and the verdict says that one.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public ExpectationVerdict Judge(
        StartVm vm, ValueList<PresentNvdimm> present, ValueList<LayoutRecord> records, string host, ValueList<NvdimmDevice> devices)
    {
        ArgumentNullException.ThrowIfNull(vm);
        ArgumentNullException.ThrowIfNull(present);
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(devices);
        return new ExpectationJudge(this, vm, present, records, host, devices).Judge();
    }
}
