using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Content;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Fingerprints;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>
/// Gathers the evidence about a device before a VM starts with it: whether it is the device that was listed; whether the host or a running
/// VM uses it; whether somebody has claimed it; what the ledger, the labels and the other content say about its layout; and whether the
/// installed libvirt and QEMU are verified. It only reads, and claims nothing. If something cannot be read, that is part of the evidence.
/// </summary>
public sealed class StartEvidenceReader
{
    private readonly string root;
    private readonly SysfsDeviceUseReader useReader;
    private readonly FingerprintStore fingerprints;
    private readonly LabelProbe labels;
    private readonly ContentProbe content;

    /// <param name="folder">
    /// The state folder: ledger, claims and fingerprint. Reading works without it; a start (<see cref="StartSession"/>) does not.
    /// </param>
    /// <param name="time">The clock, for what is written through <see cref="Ledger"/> and <see cref="Claims"/>.</param>
    /// <param name="root">The folder below which <c>sys</c>, <c>proc</c> and <c>run</c> are; <c>/</c>, except in tests.</param>
    public StartEvidenceReader(string folder, TimeProvider time, string root = "/")
    {
        this.root = root;
        var host = MachineId.Of(root);
        (useReader, fingerprints, labels, content) = (new(root), new(folder, host), new(root), new(root));
        (Ledger, Claims) = (new(folder, time, host), new(folder, time, host));
    }

    /// <summary>The ledger in the folder.</summary>
    public LayoutLedger Ledger { get; }

    /// <summary>The claims in the folder.</summary>
    public DeviceClaims Claims { get; }

    /// <summary>
    /// Reads the host's use of a device. Null, the default, for sysfs and procfs (<see cref="SysfsDeviceUseReader"/>) and an exclusive open
    /// (<see cref="ExclusiveUseReader"/>).
    /// </summary>
    public IDeviceUseReader? UseReader { get; init; }

    /// <summary>The state of the host, for all devices of one start.</summary>
    public HostState ReadHost() => new(root, fingerprints, Ledger);

    /// <summary>Gathers the evidence about a device.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="device">The device as it was listed; it needs a path.</param>
    /// <param name="asked">The layout that the start asks for.</param>
    /// <param name="host">The state of the host (<see cref="ReadHost"/>).</param>
    /// <param name="own">The caller's own claim on the device; null for none, so that every claim counts as a conflict.</param>
    /// <exception cref="ArgumentNullException">An argument other than <paramref name="own"/> is null.</exception>
    /// <exception cref="ArgumentException">The device has no path.</exception>
    public StartEvidence Read(StartVm vm, NvdimmDevice device, AskedNvdimm asked, HostState host, DeviceClaim? own = null)
    {
        ArgumentNullException.ThrowIfNull(vm);
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(host);
        _ = device.Path ?? throw new ArgumentException($"{device.Name} has no device file", nameof(device));
        asked = asked.On(host.Verified?.ProfileFor(asked.Sizing.Request.Architecture));
        var identity = DeviceIdentity.Of(device);
        var (records, ofRecords) = Records(host);
        var recorded = records.FirstOrDefault(record => record.Identity == identity && IsOfThisHost(record)) is { } ownRecord
            ? new LayoutRecordResult(ownRecord, [])
            : Find(identity);
        var search = LabelSearch.For(LayoutOf(asked), recorded.Record?.Layout, LabelSizeOf(asked));
        var (survey, use, ofUse) = Look(device, search, host);
        ValueList<Finding> ofFolder = host.FolderRefusal is { Code: not NvdimmCodes.StateFolderMissing } foreign ? [foreign] : [];
        var (ofRunning, ofOwnQemus) = Running(vm, device, recorded.Record, host);
        var (ofClaim, ofOwnClaim) = Claim(vm, identity, device.Name, own);
        var (others, ofOthers) = Others(device, host);
        var surveyed = IsContentNeeded(asked, recorded.Record?.Layout)
            ? content.Survey(device, GuestSizes(asked, recorded.Record?.Layout))
            : null;
        var (hypervisor, ofHypervisor) = Hypervisor(device.Name, asked.Sizing.Request.Architecture, host);
        var ofDevice = device.Findings.Where(finding => finding.Severity == Severity.Error || finding.Code == NvdimmCodes.FileSparse);
        Finding[] findings =
            [.. ofDevice, .. ofRecords, .. ofUse, .. ofFolder, .. ofRunning, .. ofClaim, .. ofOthers, .. ofHypervisor];
        return new StartEvidence
        {
            Vm = vm,
            Device = device,
            Asked = asked,
            Host = Ledger.Host,
            SameIdentityNames = others.Where(other => other.Identity == identity).Select(other => other.Name).ToValueList(),
            OtherDevices = others.Select(other => other.Identity).ToValueList(),
            Recorded = recorded,
            OtherRecords = records.Where(record => record.Identity != identity).ToValueList(),
            Labels = survey,
            Content = surveyed,
            Use = use,
            Hypervisor = hypervisor,
            HostFindings = findings.Distinct().ToValueList(),
            OwnUses = [.. ofOwnQemus, .. ofOwnClaim],
        };
    }

    /// <summary>Whether the other content must be read. A guest that starts with the recorded layout finds whatever it has left.</summary>
    private static bool IsContentNeeded(AskedNvdimm asked, DeviceLayout? recorded) =>
        recorded is null || asked.Sizing.Layout is not { } layout || layout.BackendSize != recorded.BackendSize
            || layout.GuestSize != recorded.GuestSize;

    private static IEnumerable<ByteSize> GuestSizes(AskedNvdimm asked, DeviceLayout? recorded) =>
        new[] { asked.Sizing.Layout?.GuestSize, recorded?.GuestSize }.OfType<ByteSize>().Distinct();

    private static ByteSize? LabelSizeOf(AskedNvdimm asked) =>
        asked.Sizing.Request.LabelSize is var size && size > ByteSize.Zero ? size : null;

    /// <summary>The asked layout, for the place of its labels; the uuid does not matter for that.</summary>
    private static DeviceLayout? LayoutOf(AskedNvdimm asked) => asked.Sizing.Layout is { } layout
        ? DeviceLayout.Of(layout, layout.Request.Architecture.Family!.HasUuid ? asked.GuestUuid ?? Guid.Empty : null)
        : null;

    /// <summary>
    /// All other records. One that cannot be read is a finding: it may be the only one that tells this device from another.
    /// </summary>
    private static (ValueList<LayoutRecord> Records, ValueList<Finding> Findings) Records(HostState host)
    {
        try
        {
            return (host.Ledger.Records, host.Ledger.Findings);
        }
        catch (LayoutLedgerException failure)
        {
            return ([], [Unreadable(failure)]);
        }
    }

    /// <summary>
    /// Whether a record counts on this host. A record by kernel name must be this host's; a uuid identifies the device itself, wherever it
    /// was.
    /// </summary>
    private bool IsOfThisHost(LayoutRecord record) => record.Identity.IsStable || record.IsOf(Ledger.Host);

    /// <summary>The host's other namespaces; none for a regular file.</summary>
    private static (ValueList<(string Name, DeviceIdentity Identity)> Others, ValueList<Finding> Findings) Others(
        NvdimmDevice device, HostState host)
    {
        if (device.File is not null)
        {
            return ([], []);
        }

        try
        {
            return (host.Identities.Where(other => other.Name != device.Name).ToValueList(), []);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return ([], [UseUnknown(device.Name, failure)]);
        }
    }

    private LayoutRecordResult Find(DeviceIdentity identity)
    {
        try
        {
            return Ledger.Find(identity);
        }
        catch (LayoutLedgerException failure)
        {
            return new LayoutRecordResult(Record: null, [Unreadable(failure)]);
        }
    }

    /// <summary>
    /// The labels on the device, and the host's use of it. Both are read from the same file: the links of the path are resolved once.
    /// </summary>
    private (LabelSurvey Labels, DeviceUse? Use, ValueList<Finding> Findings) Look(NvdimmDevice device, LabelSearch search, HostState host)
    {
        try
        {
            var file = DeviceFile.Resolve(device.Path!);
            var survey = labels.Survey(device, file, search);
            var (use, findings) = Use(device, file, host, survey.IsReadable);
            return (survey, use, findings);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (LabelSurvey.Unreadable(device.Path!, failure.Message), null, [UseUnknown(device.Name, failure)]);
        }
    }

    /// <summary>Compares the file with the listed device, and reads the host's use of it; null if the use cannot be read.</summary>
    private (DeviceUse? Use, ValueList<Finding> Findings) Use(NvdimmDevice device, DeviceFile file, HostState host, bool isReadable)
    {
        ValueList<Finding> ofIdentity = [];
        try
        {
            ofIdentity = Identity(device, file);
            var use = UseReader is { } other ? other.Read(device.Path!) : Use(file, isReadable, host);
            return (use, [.. ofIdentity, .. new NvdimmDevice { Name = device.Name }.WithUse(use).Findings]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, [.. ofIdentity, UseUnknown(device.Name, failure)]);
        }
    }

    /// <summary>A finding if the device file now stands for another namespace, as can happen after a reboot or on another host.</summary>
    private ValueList<Finding> Identity(NvdimmDevice device, DeviceFile file) =>
        device.Uuid is { } listed && listed != Guid.Empty && SysfsUuid.Read(file, root) is { } present
            && !(Guid.TryParse(present, out var uuid) && uuid == listed)
            ? [Finding.Error(
                NvdimmCodes.IdentityChanged,
                ("device", device.Name),
                ("attachedUuid", $"{listed:D}"),
                ("uuid", present.Length == 0 ? "none" : present))]
            : [];

    /// <summary>
    /// The use of the device. A device that cannot be opened is not opened exclusively either; the label survey reports and refuses it.
    /// </summary>
    private DeviceUse Use(DeviceFile file, bool isReadable, HostState host)
    {
        var tables = useReader.Read(file, () => host.Mounts);
        return isReadable ? ExclusiveUseReader.With(tables, file) : tables;
    }

    /// <summary>
    /// Findings for running QEMUs that have the device open, even if nobody has claimed it; and those that are the VM's own.
    /// </summary>
    private static (ValueList<Finding> Findings, ValueList<Finding> Own) Running(
        StartVm vm, NvdimmDevice device, LayoutRecord? record, HostState host)
    {
        try
        {
            var running = host.Qemus
                .Where(qemu => qemu.Files.Has(device.Path!)
                    && record?.AreSharing((vm.Name, vm.Id), (qemu.Process.VmName, qemu.Process.VmId?.ToString("D"))) != true)
                .Select(qemu => (IsOwn: qemu.Process.VmName == vm.Name, Finding: Finding.Error(
                    NvdimmCodes.UsedByOtherVm,
                    ("device", device.Name),
                    ("otherVm", $"{qemu.Process.VmName}, which is running (process {qemu.Process.ProcessId})"))))
                .ToList();
            return (
                running.Select(qemu => qemu.Finding).ToValueList(),
                running.Where(qemu => qemu.IsOwn).Select(qemu => qemu.Finding).ToValueList());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return ([UseUnknown(device.Name, failure)], []);
        }
    }

    /// <summary>Findings for a claim on the device that is not the caller's; and those that are the VM's own.</summary>
    private (ValueList<Finding> Findings, ValueList<Finding> Own) Claim(
        StartVm vm, DeviceIdentity identity, string name, DeviceClaim? own)
    {
        try
        {
            var result = Claims.Find(identity, own);
            if (result.Claim is not { } other || other == own)
            {
                return (result.Findings, []);
            }

            ValueList<Finding> held =
                [Finding.Error(NvdimmCodes.ClaimHeld, ("device", name), ("vm", other.Holder.VmName), ("pid", $"{other.Holder.ProcessId}"))];
            return (held, other.Holder.VmName == vm.Name ? held : []);
        }
        catch (LayoutLedgerException failure)
        {
            return ([Unreadable(failure)], []);
        }
    }

    private static (FingerprintResult? Result, ValueList<Finding> Findings) Hypervisor(
        string name, GuestArchitecture architecture, HostState host)
    {
        try
        {
            var result = host.Hypervisor.For(architecture);
            return (result, Check(result, name, architecture, host));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, [FingerprintResult.NotVerified(failure.Message)]);
        }
    }

    private static ValueList<Finding> Check(FingerprintResult result, string name, GuestArchitecture architecture, HostState host) =>
        result.State switch
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
            _ when result.MayBeKnown && host.Near(architecture) is { } rows =>
                [Finding.Warning(NvdimmCodes.HypervisorKnown, ("reason", result.WhyNotVerified), ("rows", rows))],
            _ => [FingerprintResult.NotVerified(result.WhyNotVerified)],
        };

    private static Finding Unreadable(LayoutLedgerException failure) =>
        Finding.Error(NvdimmCodes.LedgerUnreadable, ("reason", failure.Message));

    private static Finding UseUnknown(string name, Exception failure) => DeviceUse.Unknown(name, failure.Message, Severity.Error);
}
