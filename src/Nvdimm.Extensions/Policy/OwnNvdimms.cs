using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Policy;

/// <summary>
/// The NVDIMMs of a VM from all sources: its configuration, the record of what it should have, and the host's report of what it runs with.
/// All rules use this class, so that they mean the same devices. Immutable; safe for use by several threads.
/// </summary>
public sealed class OwnNvdimms
{
    private readonly VmDescription vm;
    private readonly string? host;

    private readonly ValueList<NvdimmDevice> listed;

    private OwnNvdimms(VmDescription vm, HostDescription? on)
    {
        this.vm = vm;
        host = vm.PinnedHosts.Distinct(StringComparer.Ordinal).ToArray() is [var single] ? single : null;
        listed = on is not null && (on.Name is null || string.Equals(on.Name, host, StringComparison.Ordinal)) ? on.Devices : [];
        var recorded = (vm.ExpectedNvdimms ?? []).ToList();
        Configured = Merge(recorded);
        var used = vm.Status == VmStatus.Down ? [] : vm.UsedNvdimms;
        Missing = Distinct(recorded.Where(expected => !Configured.Any(own => Sameness.Compare(own.Facts, expected.Facts).IsSame))
            .Concat(used.Where(use => !Configured.Any(own => IsNamedAlike(own, use) || Sameness.Compare(own.Facts, use.Facts).IsSame))));
    }

    /// <summary>The configured NVDIMMs, each with its entry of the record.</summary>
    public ValueList<AttachedNvdimm> Configured { get; }

    /// <summary>The NVDIMMs that the VM should have or runs with, but that its configuration no longer has.</summary>
    public ValueList<AttachedNvdimm> Missing { get; }

    /// <summary>Collects the NVDIMMs of a VM.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="host">
    /// The host to which the VM is pinned. Its devices identify a configured name that has no record. Null if it is not known.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="vm"/> is null.</exception>
    public static OwnNvdimms Of(VmDescription vm, HostDescription? host = null)
    {
        ArgumentNullException.ThrowIfNull(vm);
        return new OwnNvdimms(vm, host);
    }

    /// <summary>
    /// Whether a device is, or may be, one of these NVDIMMs. A configured NVDIMM is whatever device has its name on its host. A missing
    /// NVDIMM is the recorded device; if the facts do not tell them apart, the device may be it.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="sharesHost">Whether a kernel name may mean the same device for this VM and for the VM that asks.</param>
    internal bool MayHave(DeviceFacts device, bool sharesHost) =>
        Configured.Any(own => (sharesHost && string.Equals(own.Name, device.Name, StringComparison.Ordinal))
            || IsCertainly(Placed(own, sharesHost), device))
        || Missing.Concat(vm.UsedNvdimms).Any(own => !Sameness.Compare(own.Facts, device).IsOther);

    /// <summary>Whether one of these NVDIMMs may be on a host.</summary>
    /// <param name="name">The name of the host; null if it is not known.</param>
    internal bool MayBeOn(string? name) =>
        (Configured.Count > 0 && (name is null || vm.PinnedHosts.Count == 0 || vm.PinnedHosts.Contains(name, StringComparer.Ordinal)))
        || Missing.Concat(vm.UsedNvdimms).Any(own =>
            name is null || own.RecordedFacts?.Host is null || string.Equals(own.RecordedFacts.Host, name, StringComparison.Ordinal));

    private static bool IsNamedAlike(AttachedNvdimm one, AttachedNvdimm other) =>
        string.Equals(one.Name, other.Name, StringComparison.Ordinal);

    private static bool IsCertainly(DeviceFacts own, DeviceFacts device) =>
        Sameness.Compare(own, device) is { IsSame: true } or { IsRawArea: true };

    private static ValueList<AttachedNvdimm> Distinct(IEnumerable<AttachedNvdimm> devices)
    {
        var distinct = new List<AttachedNvdimm>();
        foreach (var device in devices)
        {
            if (!distinct.Exists(other => !Sameness.Compare(other.Facts, device.Facts).IsOther))
            {
                distinct.Add(device);
            }
        }

        return distinct.ToValueList();
    }

    /// <summary>
    /// Merges each configured device with its entry of the record, one to one, and removes that entry from the record. If several entries
    /// have the same name, the last one belongs to the configuration: the earlier devices of that name were lost.
    /// </summary>
    private ValueList<AttachedNvdimm> Merge(List<AttachedNvdimm> recorded)
    {
        var configured = vm.Nvdimms;
        var merged = new AttachedNvdimm?[configured.Count];
        foreach (var isFit in (Func<AttachedNvdimm, AttachedNvdimm, bool>[])[
            (own, expected) => Sameness.Compare(Here(own), expected.Facts).IsSame,
            (own, expected) => IsNamedAlike(own, expected) && !Sameness.Compare(Here(own), expected.Facts).IsOther,
            IsUnderFormerName])
        {
            for (var index = 0; index < configured.Count; index++)
            {
                var own = configured[index];
                if (merged[index] is null && recorded.FindLast(expected => isFit(own, expected)) is { } entry)
                {
                    recorded.Remove(entry);
                    merged[index] = own with
                    {
                        Uuid = own.Uuid ?? entry.Uuid,
                        RecordedFacts = own.RecordedFacts ?? entry.RecordedFacts,
                        UnreadIdentity = own.UnreadIdentity ?? entry.UnreadIdentity,
                    };
                }
            }
        }

        return configured.Select((own, index) => merged[index] ?? own).ToValueList();
    }

    /// <summary>Whether an attachment without a record names a host device that the record has under its former name.</summary>
    private bool IsUnderFormerName(AttachedNvdimm own, AttachedNvdimm expected) =>
        !own.IsRecorded
        && listed.Where(device => string.Equals(device.Name, own.Name, StringComparison.Ordinal)).ToArray() is { Length: 1 } bearers
        && Sameness.Compare(DeviceFacts.Of(bearers[0], host), expected.Facts).IsSame;

    /// <summary>
    /// The facts of a configured device for comparison. If the VM that asks shares no host with this VM, the device is taken to be on one
    /// of this VM's hosts.
    /// </summary>
    private DeviceFacts Placed(AttachedNvdimm own, bool sharesHost) =>
        sharesHost ? Here(own) : own.Facts with { Host = vm.PinnedHosts is [var first, ..] ? first : null };

    /// <summary>The facts of a configured device on the host to which the VM is pinned.</summary>
    private DeviceFacts Here(AttachedNvdimm own) => own.RecordedFacts?.Host is null ? own.Facts with { Host = host } : own.Facts;
}
