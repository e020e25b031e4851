using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Hypervisor;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Sysfs;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>
/// Everything that a host can say of a device before a VM starts with it, in one call: is it the device that was listed, does the host use
/// it, has another VM claimed it, do ledger and labels agree with the planned layout, are the installed libvirt and QEMU the verified ones.
/// </summary>
/// <param name="folder">The state folder: ledger, claims and fingerprint. It need not be there.</param>
/// <param name="time">The clock, for what is written through <see cref="Ledger"/> and <see cref="Claims"/>.</param>
/// <param name="root">The folder below which <c>sys</c> and <c>proc</c> are; <c>/</c>, except in tests.</param>
public sealed class StartCheck(string folder, TimeProvider time, string root = "/")
{
    private readonly SysfsDeviceUseReader useReader = new(root);
    private readonly FingerprintStore fingerprints = new(folder);

    /// <summary>The ledger in the folder.</summary>
    public LayoutLedger Ledger { get; } = new(folder, time);

    /// <summary>The claims in the folder.</summary>
    public DeviceClaims Claims { get; } = new(folder, time);

    /// <summary>What is the same for all devices of one start, to be given to <see cref="Check(NvdimmDevice, DeviceLayout, DeviceClaim?, HostState?)"/>.</summary>
    public HostState ReadHost() => new(root, fingerprints, Ledger);

    /// <summary>
    /// Says what the host does with a device. Null, the default, for sysfs and procfs (<see cref="SysfsDeviceUseReader"/>) and an exclusive
    /// open (<see cref="ExclusiveUseReader"/>), which know block and dax devices only.
    /// </summary>
    public IDeviceUseReader? UseReader { get; init; }

    /// <summary>
    /// Asks all of them. Reads only, and claims nothing: whoever starts a VM claims the device first (<see cref="DeviceClaims.TryClaim"/>)
    /// and names its claim here. What cannot be read is in the result, and refuses.
    /// </summary>
    /// <param name="device">The device as it was listed; it needs a path.</param>
    /// <param name="planned">The layout that it is to be used with (<see cref="DeviceLayout.Of"/>).</param>
    /// <param name="own">The caller's own claim on the device; null where it has none, so that every claim refuses.</param>
    /// <param name="host">What the host says of all devices (<see cref="ReadHost"/>); null to read it now.</param>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> or <paramref name="planned"/> is null.</exception>
    /// <exception cref="ArgumentException">The device has no path, or the label area is above <see cref="LabelProbe.MaximumLabelSize"/>.</exception>
    public StartVerdict Check(NvdimmDevice device, DeviceLayout planned, DeviceClaim? own = null, HostState? host = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(planned);
        host ??= ReadHost();
        var guard = new LayoutGuard(Ledger, new LabelProbe(root));
        var layout = guard.Check(device, planned, identity => host.RecordOf(identity) ?? guard.Find(identity));
        var findings = device.Findings.Where(finding => finding.Severity == Severity.Error).ToList();
        var use = Now(device, host, layout.Evidence.Survey.IsReadable, findings);
        findings.AddRange(Claim(layout.Evidence.Identity, device.Name, own));
        var hypervisor = Hypervisor(device.Name, planned.Architecture, host, findings);
        return new StartVerdict(layout, use, hypervisor, findings.Distinct().ToValueList());
    }

    /// <summary>What the file is now, and what the host does with it; null where that cannot be told.</summary>
    private DeviceUse? Now(NvdimmDevice device, HostState host, bool isReadable, List<Finding> findings)
    {
        try
        {
            var file = DeviceFile.Behind(device.Path!);
            findings.AddRange(Identity(device, file));
            var use = UseReader is { } other ? other.Read(device.Path!) : Use(file, isReadable, host);
            findings.AddRange(new NvdimmDevice { Name = device.Name }.WithUse(use).Findings);
            return use;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            findings.Add(Unknown(device.Name, failure));
            return null;
        }
    }

    /// <summary>A device file is called by its number, which can stand for another namespace after a reboot, or on another host.</summary>
    private IEnumerable<Finding> Identity(NvdimmDevice device, DeviceFile file) =>
        device.Uuid is { } listed && listed != Guid.Empty && SysfsUuid.Read(file, root) is { } now && !(Guid.TryParse(now, out var uuid) && uuid == listed)
            ? [Finding.Error(NvdimmCodes.IdentityChanged, ("device", device.Name), ("attachedUuid", $"{listed:D}"), ("uuid", now.Length == 0 ? "none" : now))]
            : [];

    /// <summary>What cannot be opened cannot be opened exclusively either; the guard has said so, and refuses.</summary>
    private DeviceUse Use(DeviceFile file, bool isReadable, HostState host)
    {
        var tables = useReader.Read(file, () => host.Mounts);
        return isReadable ? ExclusiveUseReader.With(tables, file) : tables;
    }

    private IEnumerable<Finding> Claim(DeviceIdentity identity, string name, DeviceClaim? own)
    {
        try
        {
            var there = Claims.Find(identity, own);
            return there.Claim is { } other && other != own
                ? [Finding.Error(NvdimmCodes.ClaimHeld, ("device", name), ("vm", other.Holder.VmName), ("pid", $"{other.Holder.ProcessId}"))]
                : there.Findings;
        }
        catch (LayoutLedgerException failure)
        {
            return [Finding.Error(NvdimmCodes.LedgerUnreadable, ("reason", failure.Message))];
        }
    }

    private static FingerprintResult? Hypervisor(string name, GuestArchitecture architecture, HostState host, List<Finding> findings)
    {
        try
        {
            var result = host.Hypervisor.For(architecture);
            findings.AddRange(Judge(result, name));
            return result;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            findings.Add(NotVerified(failure.Message));
            return null;
        }
    }

    private static IEnumerable<Finding> Judge(FingerprintResult result, string name) => result.State switch
    {
        FingerprintState.Verified => [],
        FingerprintState.Drift =>
        [
            Finding.Error(
                NvdimmCodes.HypervisorDrift,
                ("device", name),
                ("mismatches", $"{result.Fingerprint!.Mismatches}"),
                ("cases", $"{result.Fingerprint.Cases}")),
        ],
        FingerprintState.Changed => [NotVerified("they are not the ones that were verified")],
        FingerprintState.Missing => [NotVerified("they were never verified")],
        _ => [NotVerified(result.Reason!)],
    };

    private static Finding NotVerified(string reason) => Finding.Warning(NvdimmCodes.HypervisorNotVerified, ("reason", reason));

    private static Finding Unknown(string name, Exception failure) =>
        Finding.Error(NvdimmCodes.HostUseUnknown, ("device", name), ("reason", failure.Message));
}
