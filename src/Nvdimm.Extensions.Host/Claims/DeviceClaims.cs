using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Claims;

/// <summary>
/// The claims of a host, one symbolic link for each device, whose text is the claim, in the folder <c>claims/MACHINE-ID.BOOT-ID</c> of the
/// ledger's, which several hosts may share: each looks at its own devices and processes only. A claim whose process is over is
/// stale and replaced by the next one; every other one stands until it is released, or the host is booted again. So a claim need not
/// survive a crash, and taking one does not wait for the disk: what an earlier boot has left, torn or whole, is never looked at.
/// </summary>
/// <param name="folder">The ledger's folder.</param>
/// <param name="time">The clock, for the times in the claims.</param>
public sealed class DeviceClaims(string folder, TimeProvider time)
{
    private readonly string claims = Path.Combine(folder, "claims", $"{ThisMachine()}.{ClaimHolder.CurrentBoot()}");

    /// <summary>How long to wait for others who ask at the same time. Default: 10 seconds.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Claims a device, if nobody has it. Whoever has it already is refused, too: one start is one claim.</summary>
    /// <param name="identity">The device.</param>
    /// <param name="name">What a finding calls it, such as its kernel name.</param>
    /// <param name="holder">Who shall have it.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="LayoutLedgerException">The system does not let it be written, or others take too long.</exception>
    public DeviceClaimResult TryClaim(DeviceIdentity identity, string name, ClaimHolder holder)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(holder);
        return Locked(() => Claim(Read(identity), identity, name, holder));
    }

    /// <summary>
    /// Claims all devices of one start, in one go and in their order. What an earlier start of the same VM, through the same process, has
    /// left because it failed is taken over; a device that stands twice is refused the second time.
    /// </summary>
    /// <param name="devices">The devices, and what findings call them.</param>
    /// <param name="holder">Who shall have them.</param>
    /// <returns>A result for each device: those that were given stay claimed where others were not.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="LayoutLedgerException">The system does not let a claim be written, or others take too long; then some may be claimed.</exception>
    public ValueList<DeviceClaimResult> ClaimForStart(IReadOnlyList<(DeviceIdentity Identity, string Name)> devices, ClaimHolder holder)
    {
        ArgumentNullException.ThrowIfNull(devices);
        ArgumentNullException.ThrowIfNull(holder);
        return Locked(() =>
        {
            var taken = new HashSet<DeviceIdentity>();
            var results = new List<DeviceClaimResult>(devices.Count);
            foreach (var (identity, name) in devices)
            {
                var there = Read(identity);
                var left = taken.Contains(identity) ? null : LeftOf(there.Claim, holder);
                var result = left is null ? Claim(there, identity, name, holder) : new DeviceClaimResult(left.Holder == holder ? left : Write(left with { Holder = holder }), []);
                results.Add(result);
                if (result.Claim is not null)
                {
                    taken.Add(identity);
                }
            }

            return results.ToValueList();
        });
    }

    /// <summary>What <see cref="ClaimForStart"/> would say, with nothing claimed, made or waited for: for a simulation, whose answer is old as soon as it is given.</summary>
    /// <param name="devices">The devices, and what findings call them.</param>
    /// <param name="holder">Who would have them.</param>
    /// <returns>A result for each device: the claim that would be taken over, nothing where the device is free, or who has it.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="LayoutLedgerException">The system does not let a claim be read.</exception>
    public ValueList<DeviceClaimResult> LookForStart(IReadOnlyList<(DeviceIdentity Identity, string Name)> devices, ClaimHolder holder)
    {
        ArgumentNullException.ThrowIfNull(devices);
        ArgumentNullException.ThrowIfNull(holder);
        var seen = new HashSet<DeviceIdentity>();
        return devices.Select(device => Find(device.Identity) switch
        {
            _ when !seen.Add(device.Identity) => new DeviceClaimResult(Claim: null, [Held(device.Name, holder)]),
            { Claim: { } other } there => LeftOf(other, holder) is null ? new DeviceClaimResult(Claim: null, [Held(device.Name, other.Holder)]) : there,
            var there => there,
        }).ToValueList();
    }

    /// <summary>The claim on a device that stands; none where there is none, or only a stale one.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="identity"/> is null.</exception>
    /// <exception cref="LayoutLedgerException">The system does not let it be read.</exception>
    public DeviceClaimResult Find(DeviceIdentity identity) => Find(identity, own: null);

    /// <summary>The same for the holder of a claim, who need not ask whether he lives.</summary>
    internal DeviceClaimResult Find(DeviceIdentity identity, DeviceClaim? own)
    {
        ArgumentNullException.ThrowIfNull(identity);
        try
        {
            var there = Read(identity);
            if (there is { Claim: null, Findings.Count: 0 })
            {
                Absence.Require(PathOf(identity));
            }

            return there.Claim == own || there.Claim is not { Holder.IsAlive: false } ? there : there with { Claim = null };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LayoutLedgerException(LedgerFailure.ReadFailed, claims, failure.Message, failure);
        }
    }

    /// <summary>Hands a claim on to another process of the same start: from the hook that started a VM to its QEMU.</summary>
    /// <returns>The new claim; null where the old one does not stand any more.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="LayoutLedgerException">The system does not let it be written, or others take too long.</exception>
    public DeviceClaim? Transfer(DeviceClaim claim, ClaimHolder holder)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(holder);
        return Locked(() => Read(claim.Identity).Claim == claim ? Write(claim with { Holder = holder }) : null);
    }

    /// <summary>Ends a claim.</summary>
    /// <returns>Whether it stood; another one is left alone.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="claim"/> is null.</exception>
    /// <exception cref="LayoutLedgerException">The system does not let it be removed, or others take too long.</exception>
    public bool Release(DeviceClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return Locked(() =>
        {
            var stands = Read(claim.Identity).Claim == claim;
            if (stands)
            {
                File.Delete(PathOf(claim.Identity));
            }

            return stands;
        });
    }

    private DeviceClaimResult Claim(DeviceClaimResult there, DeviceIdentity identity, string name, ClaimHolder holder)
    {
        if (there.Findings.Count > 0)
        {
            return there;
        }

        return there.Claim is { Holder: { IsAlive: true } other }
            ? new DeviceClaimResult(Claim: null, [Held(name, other)])
            : new DeviceClaimResult(Write(new DeviceClaim(identity, holder, time.GetUtcNow())), []);
    }

    private static Finding Held(string name, ClaimHolder holder) =>
        Finding.Error(NvdimmCodes.ClaimHeld, ("device", name), ("vm", holder.VmName), ("pid", $"{holder.ProcessId}"));

    /// <summary>A claim that an earlier start of the same VM, through the same process, has left; null for every other.</summary>
    private static DeviceClaim? LeftOf(DeviceClaim? claim, ClaimHolder holder) =>
        claim is { Holder: var left } && holder.VmId is not null && left.VmId == holder.VmId && left.ProcessId == holder.ProcessId && left.ProcessStart == holder.ProcessStart ? claim : null;

    /// <summary>The claim in its place. Whoever holds no lock makes sure that the folder is not out of reach where there is none.</summary>
    private DeviceClaimResult Read(DeviceIdentity identity)
    {
        var path = PathOf(identity);
        if (SmallFile.LinkOrNull(path) is not { } text)
        {
            return new DeviceClaimResult(Claim: null, []);
        }

        return ClaimFormat.Read(text) is { } claim && claim.Identity == identity
            ? new DeviceClaimResult(claim, [])
            : new DeviceClaimResult(Claim: null, [Finding.Error(NvdimmCodes.ClaimDamaged, ("file", path), ("detail", "it is no claim on this device"))]);
    }

    private DeviceClaim Write(DeviceClaim claim)
    {
        DurableFiles.WriteLink(PathOf(claim.Identity), ClaimFormat.Write(claim));
        return claim;
    }

    private T Locked<T>(Func<T> work)
    {
        var isFirst = !Directory.Exists(claims);
        return FolderLock.Within(claims, LockTimeout, () =>
        {
            if (isFirst)
            {
                RemoveEarlierBoots();
            }

            return work();
        });
    }

    /// <summary>What hosts that share the folder are told apart by (<c>machine-id(5)</c>); the host's name where there is no such file.</summary>
    internal static string ThisMachine() => SmallFile.TextOrNull("/etc/machine-id") is { Length: 32 } id && id.All(char.IsAsciiHexDigitLower) ? id : Environment.MachineName;

    private void RemoveEarlierBoots()
    {
        foreach (var boot in Directory.EnumerateDirectories(Path.GetDirectoryName(claims)!, $"{ThisMachine()}.*").Where(boot => boot != claims))
        {
            Directory.Delete(boot, recursive: true);
        }
    }

    private string PathOf(DeviceIdentity identity) => Path.Combine(claims, $"{identity}.claim");
}
