using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Policy;

/// <summary>
/// The NVDIMMs of a VM from all that is known: its configuration, the record of what it should have, and what its host says that it runs with.
/// Every rule decides with these, so that all of them mean the same devices.
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

    /// <summary>The configured ones, each with what the record says of it.</summary>
    public ValueList<AttachedNvdimm> Configured { get; }

    /// <summary>Those that the VM should have, or runs with, and that are not configured any more.</summary>
    public ValueList<AttachedNvdimm> Missing { get; }

    /// <summary>The NVDIMMs of a VM.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="host">The host that it is pinned to, which says what bears a name that nobody has noted; null where it is not known.</param>
    /// <exception cref="ArgumentNullException"><paramref name="vm"/> is null.</exception>
    public static OwnNvdimms Of(VmDescription vm, HostDescription? host = null)
    {
        ArgumentNullException.ThrowIfNull(vm);
        return new OwnNvdimms(vm, host);
    }

    /// <summary>
    /// Whether a device is, or may be, one of these. A configured one is whatever bears its name on its host. A missing one is the device that was
    /// noted; where that cannot be told, it may be.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="sharesHost">Whether a kernel name may mean the same device for the VM and for the one that asks.</param>
    internal bool MayHave(DeviceFacts device, bool sharesHost) =>
        Configured.Any(own => (sharesHost && string.Equals(own.Name, device.Name, StringComparison.Ordinal)) || IsSurely(Placed(own, sharesHost), device))
        || Missing.Concat(vm.UsedNvdimms).Any(own => !Sameness.Compare(own.Facts, device).IsOther);

    /// <summary>Whether one of these may be on a host.</summary>
    /// <param name="name">The name of the host; null where it is not known.</param>
    internal bool MayBeOn(string? name) =>
        (Configured.Count > 0 && (name is null || vm.PinnedHosts.Count == 0 || vm.PinnedHosts.Contains(name, StringComparer.Ordinal)))
        || Missing.Concat(vm.UsedNvdimms).Any(own => name is null || own.Noted?.Host is null || string.Equals(own.Noted.Host, name, StringComparison.Ordinal));

    private static bool IsNamedAlike(AttachedNvdimm one, AttachedNvdimm other) => string.Equals(one.Name, other.Name, StringComparison.Ordinal);

    private static bool IsSurely(DeviceFacts own, DeviceFacts device) => Sameness.Compare(own, device) is { IsSame: true } or { IsRawArea: true };

    private static ValueList<AttachedNvdimm> Distinct(IEnumerable<AttachedNvdimm> devices)
    {
        var distinct = new List<AttachedNvdimm>();
        foreach (var device in devices)
        {
            if (!distinct.Exists(known => !Sameness.Compare(known.Facts, device.Facts).IsOther))
            {
                distinct.Add(device);
            }
        }

        return distinct.ToValueList();
    }

    /// <summary>
    /// Gives each configured device the entry of the record that is of it, one to one, and takes that entry out of the record. Of several entries
    /// under one name the last is that of the configuration: what bore the name earlier was lost.
    /// </summary>
    private ValueList<AttachedNvdimm> Merge(List<AttachedNvdimm> recorded)
    {
        var configured = vm.Nvdimms;
        var merged = new AttachedNvdimm?[configured.Count];
        foreach (var isFit in (Func<AttachedNvdimm, AttachedNvdimm, bool>[])[
            (own, expected) => Sameness.Compare(Here(own), expected.Facts).IsSame,
            (own, expected) => IsNamedAlike(own, expected) && !Sameness.Compare(Here(own), expected.Facts).IsOther,
            IsBorneBy])
        {
            for (var index = 0; index < configured.Count; index++)
            {
                var own = configured[index];
                if (merged[index] is null && recorded.FindLast(expected => isFit(own, expected)) is { } entry)
                {
                    recorded.Remove(entry);
                    merged[index] = own with { Uuid = own.Uuid ?? entry.Uuid, Noted = own.Noted ?? entry.Noted, UnreadIdentity = own.UnreadIdentity ?? entry.UnreadIdentity };
                }
            }
        }

        return configured.Select((own, index) => merged[index] ?? own).ToValueList();
    }

    /// <summary>Whether the device that bears the name of an attachment that nobody has noted is one of the record, under its new name.</summary>
    private bool IsBorneBy(AttachedNvdimm own, AttachedNvdimm expected) => own.Uuid is null && own.Noted is null && own.UnreadIdentity is null
        && listed.Where(device => string.Equals(device.Name, own.Name, StringComparison.Ordinal)).ToArray() is { Length: 1 } bearers
        && Sameness.Compare(DeviceFacts.Of(bearers[0], host), expected.Facts).IsSame;

    /// <summary>What is known of a configured device, where names of the VM's hosts mean nothing to the one that asks: as on any of those hosts.</summary>
    private DeviceFacts Placed(AttachedNvdimm own, bool sharesHost) => sharesHost ? Here(own) : own.Facts with { Host = vm.PinnedHosts is [var first, ..] ? first : null };

    /// <summary>What is known of a configured device, which is on the host that the VM is pinned to.</summary>
    private DeviceFacts Here(AttachedNvdimm own) => own.Noted?.Host is null ? own.Facts with { Host = host } : own.Facts;
}
