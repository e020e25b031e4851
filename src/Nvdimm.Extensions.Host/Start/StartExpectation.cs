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
    public StartReaction Missing { get; init => field = EnumArgument.Checked(value, last: StartReaction.Warn); } = StartReaction.Refuse;

    /// <summary>Compares the present NVDIMMs with the expected ones, one to one. Pure.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="present">The NVDIMMs of the domain.</param>
    /// <param name="records">The ledger's records.</param>
    /// <param name="host">The host (<see cref="LayoutLedger.Host"/>); records of other hosts do not count.</param>
    /// <param name="devices">
    /// The devices that the host shows; empty if unknown. An accepted name does not replace a device that the host shows under another
    /// name; the verdict then names that device.
    /// </param>
    internal ExpectationResult Check(
        StartVm vm, ValueList<PresentNvdimm> present, ValueList<LayoutRecord> records, string host, ValueList<NvdimmDevice> devices) =>
        new ExpectationCheck(this, vm, present, records, host, devices).Check();
}

/// <summary>The advice to accept names that now stand for other devices (<see cref="StartExpectation.AcceptedNames"/>).</summary>
internal static class AcceptedNames
{
    /// <summary>
    /// The one configuration line that accepts names in addition to the accepted ones; a key may appear only once in the configuration.
    /// </summary>
    /// <param name="accepted">The accepted names.</param>
    /// <param name="added">The names to accept, each with the uuid of the device that it stands for.</param>
    /// <returns>A warning with the line; null if no names are added.</returns>
    public static Finding? Advice(IReadOnlyDictionary<string, Guid> accepted, IEnumerable<(string Name, Guid Uuid)> added)
    {
        var names = added.Distinct().OrderBy(pair => pair.Name, StringComparer.Ordinal).ToList();
        var all = accepted.Where(pair => !names.Exists(added => added.Name == pair.Key))
            .Select(pair => (Name: pair.Key, Uuid: pair.Value))
            .Concat(names)
            .OrderBy(pair => pair.Name, StringComparer.Ordinal);
        return names.Count == 0
            ? null
            : Finding.Warning(
                NvdimmCodes.NamesToAccept,
                ("names", string.Join(", ", names.Select(pair => pair.Name))),
                ("line", $"accept-names = {string.Join(' ', all.Select(pair => $"{pair.Name}:{pair.Uuid:D}"))}"));
    }
}

/// <summary>An NVDIMM of a domain.</summary>
/// <param name="Path">The path in the domain.</param>
/// <param name="Device">The device behind the path; null if there is none, or it could not be read.</param>
internal sealed record PresentNvdimm(string Path, NvdimmDevice? Device)
{
    /// <summary>The name in findings.</summary>
    public string Name => Device?.Name ?? Path;
}

/// <summary>The NVDIMMs that a VM must have and lacks, and the devices that replace others.</summary>
/// <param name="Findings">
/// <see cref="NvdimmCodes.IdentityChanged"/> for a device under the name or path of another device of the VM;
/// <see cref="NvdimmCodes.SilentlyDetached"/> for each missing one; how to decide about a changed one
/// (<see cref="NvdimmCodes.ReplacementToDecide"/>, <see cref="NvdimmCodes.NamesToAccept"/>); <see cref="NvdimmCodes.DeviceRenamed"/> for
/// each that the host shows under another name.
/// </param>
/// <param name="Replaced">The replacements that an administrator has accepted.</param>
internal sealed record ExpectationResult(ValueList<Finding> Findings, ValueList<ReplacedNvdimm> Replaced)
{
    /// <summary>Nothing is expected.</summary>
    public static ExpectationResult Nothing { get; } = new([], []);
}
