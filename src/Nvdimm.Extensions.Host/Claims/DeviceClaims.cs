using System.Text;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Claims;

/// <summary>
/// The claims of a host. Each is a symbolic link whose text is the claim, in the folder <c>claims/MACHINE-ID.BOOT-ID</c> of the ledger's
/// folder. Several hosts may share that folder; each only looks at its own devices and processes. A claim whose process has ended is stale,
/// and the next claim replaces it. Every other claim lasts until it is released or the host reboots. So a claim need not survive a crash,
/// and taking one does not wait for the disk: what an earlier boot has left, complete or not, is never read. The first VM gets the link
/// <c>IDENTITY.claim</c>. Another VM is refused, unless the ledger's record permits both to share the device
/// (<see cref="LayoutRecord.Sharing"/>): it then gets its own link in the folder <c>IDENTITY.shared</c>, so that each claim is created in
/// one step and ends independently. Nothing is claimed in a folder that is missing or not this host's (<see cref="StateFolder"/>).
/// </summary>
/// <param name="folder">The ledger's folder.</param>
/// <param name="time">The clock, for the times in the claims.</param>
/// <param name="host">The host; null, the default, for this machine (<see cref="MachineId.Of"/>).</param>
public sealed class DeviceClaims(string folder, TimeProvider time, string? host = null)
{
    private const string End = ".claim";

    private readonly string machine = host ?? MachineId.Of();
    private readonly LayoutLedger ledger = new(folder, time, host);
    private readonly string claims = Path.Combine(folder, "claims", $"{host ?? MachineId.Of()}.{ClaimHolder.CurrentBoot()}");

    /// <summary>The time to wait for others that claim at the same moment. Default: 10 seconds.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Claims a device if nobody holds it, or only VMs that share it with this one. A VM that already holds it is refused, too: one start
    /// is one claim.
    /// </summary>
    /// <param name="identity">The device.</param>
    /// <param name="name">The device's name in findings, such as its kernel name.</param>
    /// <param name="holder">The new holder.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="LayoutLedgerException">The system refuses to write, or others take too long.</exception>
    public DeviceClaimResult TryClaim(DeviceIdentity identity, string name, ClaimHolder holder)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(holder);
        return Locked(() => Claim(All(identity), identity, name, holder));
    }

    /// <summary>
    /// Claims all devices of one start at once, in their order. A claim that a failed earlier start of the same VM has left through the
    /// same process is taken over. A device that is listed twice is refused the second time.
    /// </summary>
    /// <param name="devices">The devices, with their names in findings.</param>
    /// <param name="holder">The new holder.</param>
    /// <returns>A result for each device. Devices that were claimed stay claimed if others were refused.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="LayoutLedgerException">
    /// The system refuses to write a claim, or others take too long; nothing is claimed.
    /// </exception>
    public ValueList<DeviceClaimResult> ClaimForStart(IReadOnlyList<(DeviceIdentity Identity, string Name)> devices, ClaimHolder holder)
    {
        ArgumentNullException.ThrowIfNull(devices);
        ArgumentNullException.ThrowIfNull(holder);
        return Locked(() =>
        {
            var results = new List<DeviceClaimResult>(devices.Count);
            var isDone = false;
            try
            {
                var taken = new HashSet<DeviceIdentity>();
                foreach (var (identity, name) in devices)
                {
                    var all = All(identity);
                    var left = taken.Contains(identity) ? null : LeftOf(all, holder);
                    var result = Claim(all, identity, name, holder, left);
                    results.Add(result);
                    if (result.Claim is not null)
                    {
                        taken.Add(identity);
                    }
                }

                isDone = true;
                return results.ToValueList();
            }
            finally
            {
                if (!isDone)
                {
                    results.ConvertAll(result => result.Claim is { } claim ? LinkOf(claim) : null).ForEach(link => Remove(link));
                }
            }
        });
    }

    /// <summary>
    /// What <see cref="ClaimForStart"/> would return. It claims nothing, writes nothing and does not wait. For a simulation: the answer may
    /// be outdated at once.
    /// </summary>
    /// <param name="devices">The devices, with their names in findings.</param>
    /// <param name="holder">The holder that would claim them.</param>
    /// <returns>
    /// A result for each device: the claim that would be taken over, or be shared with those of other VMs; nothing if the device is free;
    /// or its holder.
    /// </returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="LayoutLedgerException">The system refuses to read a claim.</exception>
    public ValueList<DeviceClaimResult> CheckForStart(IReadOnlyList<(DeviceIdentity Identity, string Name)> devices, ClaimHolder holder)
    {
        ArgumentNullException.ThrowIfNull(devices);
        ArgumentNullException.ThrowIfNull(holder);
        var seen = new HashSet<DeviceIdentity>();
        return Asking(() => devices.Select(device =>
        {
            if (!seen.Add(device.Identity))
            {
                return new DeviceClaimResult(Claim: null, [Held(device.Name, holder)]);
            }

            var all = All(device.Identity, isUnlocked: true);
            var left = LeftOf(all, holder);
            var standing = Standing(all, left);
            var claim = left?.Claim ?? (standing.Count == 0 ? null : new DeviceClaim(device.Identity, holder, time.GetUtcNow()));
            return Refusal(all, standing, device.Name, holder) ?? new DeviceClaimResult(claim, []);
        }).ToValueList());
    }

    /// <summary>The valid claim on a device, the first one if several VMs share it; none if there is none, or only stale ones.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="identity"/> is null.</exception>
    /// <exception cref="LayoutLedgerException">The system refuses to read the claim.</exception>
    public DeviceClaimResult Find(DeviceIdentity identity) => Find(identity, static _ => true);

    /// <summary>
    /// The claim of a VM on a device, whether its process is alive or not; null if it has none, or none that can be read.
    /// </summary>
    /// <param name="identity">The device.</param>
    /// <param name="vmId">The VM's id, in any case. A VM without an id has no claim that can be found by it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="identity"/> is null.</exception>
    /// <exception cref="LayoutLedgerException">The system refuses to read the claim.</exception>
    public DeviceClaim? FindOf(DeviceIdentity identity, string? vmId)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return Asking(() => All(identity, isUnlocked: true)
            .FirstOrDefault(
                link => vmId is not null && string.Equals(link.Claim?.Holder.VmId, vmId, StringComparison.OrdinalIgnoreCase))
            ?.Claim);
    }

    /// <summary>Whether exactly this claim exists, and its process is alive.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="claim"/> is null.</exception>
    /// <exception cref="LayoutLedgerException">The system refuses to read the claim.</exception>
    public bool IsHeld(DeviceClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return Asking(() => claim.Holder.IsAlive && All(claim.Identity, isUnlocked: true).Exists(link => link.Claim == claim));
    }

    /// <summary>
    /// A claim that conflicts with the caller's own: of a VM that does not share the device with the caller's. Without a conflict, the
    /// caller's own claim, without checking whether our own process is alive.
    /// </summary>
    internal DeviceClaimResult Find(DeviceIdentity identity, DeviceClaim? own)
    {
        ArgumentNullException.ThrowIfNull(identity);
        if (own is null)
        {
            return Find(identity);
        }

        var others = Find(identity, claim => claim != own);
        if (others.Findings.Count > 0 || others.Claim is null)
        {
            return others.Findings.Count > 0 ? others : new DeviceClaimResult(own, []);
        }

        var permission = Permission(identity);
        var other = Find(identity, claim => claim != own && !AreSharing(permission, claim.Holder, own.Holder));
        return other.Findings.Count > 0 || other.Claim is not null ? other : new DeviceClaimResult(own, []);
    }

    private DeviceClaimResult Find(DeviceIdentity identity, Func<DeviceClaim, bool> isAsked)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return Asking(() =>
        {
            var all = All(identity, isUnlocked: true);
            return all.Find(link => link.Damage is not null) is { } damaged
                ? new DeviceClaimResult(Claim: null, [damaged.Damage!])
                : new DeviceClaimResult(all.Find(link => isAsked(link.Claim!) && link.Claim!.Holder.IsAlive)?.Claim, []);
        });
    }

    /// <summary>Hands a claim over to another process of the same start: from the hook that started a VM to its QEMU.</summary>
    /// <returns>The new claim; null if the old one no longer exists.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="LayoutLedgerException">The system refuses to write, or others take too long.</exception>
    public DeviceClaim? Transfer(DeviceClaim claim, ClaimHolder holder)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(holder);
        return Locked(() => LinkOf(claim) is { } link ? Write(link.Path, claim with { Holder = holder }) : null);
    }

    /// <summary>Releases a claim.</summary>
    /// <returns>Whether the claim existed; another claim is not touched.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="claim"/> is null.</exception>
    /// <exception cref="LayoutLedgerException">The system refuses to remove the claim, or others take too long.</exception>
    public bool Release(DeviceClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return Locked(() => Remove(LinkOf(claim)));
    }

    private static bool Remove(ClaimLink? link)
    {
        if (link is not null)
        {
            File.Delete(link.Path);
        }

        return link is not null;
    }

    /// <summary>Claims the device, or takes over the claim of an earlier start, unless another claim conflicts.</summary>
    private DeviceClaimResult Claim(List<ClaimLink> all, DeviceIdentity identity, string name, ClaimHolder holder, ClaimLink? left = null)
    {
        var standing = Standing(all, left);
        if (Refusal(all, standing, name, holder) is { } refused)
        {
            return refused;
        }

        var claim = left?.Claim switch
        {
            null => Write(FreePath(identity, holder, standing), new DeviceClaim(identity, holder, time.GetUtcNow())),
            { } known when known.Holder == holder => known,
            { } known => Write(left!.Path, known with { Holder = holder }),
        };
        return new DeviceClaimResult(claim, []);
    }

    /// <summary>The claims whose processes are alive, without the caller's own.</summary>
    private static List<ClaimLink> Standing(List<ClaimLink> all, ClaimLink? own) =>
        all.Where(link => link != own && link.Claim is { Holder.IsAlive: true }).ToList();

    /// <summary>Why a VM cannot have a device; null if it can, alone or shared with other VMs.</summary>
    private DeviceClaimResult? Refusal(List<ClaimLink> all, List<ClaimLink> standing, string name, ClaimHolder holder)
    {
        if (all.Find(link => link.Damage is not null) is { } damaged)
        {
            return new DeviceClaimResult(Claim: null, [damaged.Damage!]);
        }

        if (standing.Count == 0)
        {
            return null;
        }

        var permission = Permission(standing[0].Claim!.Identity);
        return standing.Find(link => IsOf(link, holder) || !AreSharing(permission, link.Claim!.Holder, holder)) is { } other
            ? new DeviceClaimResult(Claim: null, [Held(name, other.Claim!.Holder)])
            : null;
    }

    /// <summary>The record that may permit sharing. A record that cannot be read permits nothing.</summary>
    private LayoutRecord? Permission(DeviceIdentity identity) => ledger.Find(identity).Record;

    private static bool AreSharing(LayoutRecord? permission, ClaimHolder first, ClaimHolder second) =>
        permission?.AreSharing((first.VmName, first.VmId), (second.VmName, second.VmId)) == true;

    /// <summary>The device's own link if it is free, else a link for this VM that no valid claim has.</summary>
    private string FreePath(DeviceIdentity identity, ClaimHolder holder, List<ClaimLink> standing)
    {
        var first = PathOf(identity);
        return standing.Exists(link => link.Path == first) ? Path.Combine(SharedOf(identity), KeyOf(holder) + End) : first;
    }

    /// <summary>Whether a claim is the VM's own, or has the link that would be its own.</summary>
    private static bool IsOf(ClaimLink link, ClaimHolder holder) =>
        KeyOf(link.Claim!.Holder) == KeyOf(holder) || Path.GetFileName(link.Path) == KeyOf(holder) + End;

    /// <summary>The SHA-256 of the VM's id or name, which is always a valid file name.</summary>
    private static string KeyOf(ClaimHolder holder) =>
        Sha256.TextOf(Encoding.UTF8.GetBytes(holder.VmId is { } id ? $"id {id.ToLowerInvariant()}" : $"name {holder.VmName}"));

    private static Finding Held(string name, ClaimHolder holder) =>
        Finding.Error(NvdimmCodes.ClaimHeld, ("device", name), ("vm", holder.VmName), ("pid", $"{holder.ProcessId}"));

    /// <summary>The claim, if an earlier start of the same VM has left it through the same process; else null.</summary>
    private static ClaimLink? LeftOf(List<ClaimLink> all, ClaimHolder holder) => holder.VmId is null
        ? null
        : all.Find(link => link.Claim is { Holder: var left }
            && left.VmId == holder.VmId && left.ProcessId == holder.ProcessId && left.ProcessStart == holder.ProcessStart);

    private ClaimLink? LinkOf(DeviceClaim claim) => All(claim.Identity).Find(link => link.Claim == claim);

    /// <summary>
    /// The claims on a device, stale or not. Without the lock, a missing folder must be told from one that cannot be reached.
    /// </summary>
    private List<ClaimLink> All(DeviceIdentity identity, bool isUnlocked = false)
    {
        var all = new List<ClaimLink>();
        Add(PathOf(identity));
        var shared = SharedOf(identity);
        foreach (var name in SmallFolder.NamesOrNull(shared, end: End) ?? [])
        {
            Add(Path.Combine(shared, name));
        }

        if (all.Count == 0 && isUnlocked)
        {
            MissingFile.Prove(PathOf(identity));
        }

        return all;

        void Add(string path)
        {
            if (SmallFile.LinkOrNull(path) is { } text)
            {
                var claim = ClaimFormat.Read(text) is { } read && read.Identity == identity ? read : null;
                var damage = Finding.Error(NvdimmCodes.ClaimDamaged, ("file", path), ("detail", "it is no claim on this device"));
                all.Add(new ClaimLink(path, claim, claim is null ? damage : null));
            }
        }
    }

    private DeviceClaim Write(string path, DeviceClaim claim)
    {
        var place = Path.GetDirectoryName(path)!;
        if (place != claims)
        {
            // The lock has created the other folder, and removed what killed writers have left there.
            DurableFiles.CreateFolder(place);
            DurableFiles.RemoveLeftovers(place);
        }

        DurableFiles.WriteLink(path, ClaimFormat.Write(claim));
        return claim;
    }

    private T Asking<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LayoutLedgerException(LedgerFailure.ReadFailed, claims, failure.Message, failure);
        }
    }

    private T Locked<T>(Func<T> work)
    {
        StateFolder.Require(folder, machine);
        var isFirst = !Directory.Exists(claims);
        return LockedFolder.Within(claims, LockTimeout, () =>
        {
            if (isFirst)
            {
                RemoveEarlierBoots();
            }

            return work();
        });
    }

    private void RemoveEarlierBoots()
    {
        foreach (var boot in Directory.EnumerateDirectories(Path.GetDirectoryName(claims)!, $"{machine}.*").Where(boot => boot != claims))
        {
            Directory.Delete(boot, recursive: true);
        }
    }

    private string PathOf(DeviceIdentity identity) => Path.Combine(claims, $"{identity}{End}");

    private string SharedOf(DeviceIdentity identity) => Path.Combine(claims, $"{identity}.shared");
}
