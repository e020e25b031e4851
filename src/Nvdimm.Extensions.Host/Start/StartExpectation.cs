using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>
/// The NVDIMMs that a VM must have at its start: those named for it, else those that the ledger assigns to it. The comparison opens no
/// device of another VM.
/// </summary>
public sealed record StartExpectation
{
    /// <summary>
    /// The NVDIMMs that were named for the VM, by uuid, kernel name or path: it must have exactly these. Null if none were named, so that
    /// the ledger decides; empty if the VM must have none.
    /// </summary>
    public ValueList<string>? Named { get; init; }

    /// <summary>
    /// The names that an administrator has accepted although they now stand for another device, each with the uuid of that device. They do
    /// not count for a VM for which another uuid is named.
    /// </summary>
    public IReadOnlyDictionary<string, Guid> AcceptedNames { get; init; } = new Dictionary<string, Guid>(StringComparer.Ordinal);

    /// <summary>The reaction to a missing device that the ledger expects. A missing named device always refuses. Default: refuse.</summary>
    public StartReaction Missing { get; init => field = EnumArgument.Checked(value); } = StartReaction.Refuse;

    /// <summary>Compares the present NVDIMMs with the expected ones, one to one. Pure.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="present">The NVDIMMs of the domain.</param>
    /// <param name="records">The ledger's records.</param>
    /// <param name="host">The host (<see cref="LayoutLedger.Host"/>); records of other hosts do not count.</param>
    /// <param name="devices">
    /// The devices that the host shows; empty if unknown. An accepted name does not replace a device that the host shows under another
    /// name; the verdict then names that device.
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
