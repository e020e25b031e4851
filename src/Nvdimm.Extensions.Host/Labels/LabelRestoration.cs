using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>
/// Undoes a complete or interrupted <see cref="LabelRelocation"/>, and writes labels back to where the guest looks for them. It decides by
/// the record: afterwards there are valid labels at the recorded place, or nothing was written. It never overwrites what a guest has
/// changed since.
/// </summary>
/// <param name="ledger">The ledger; its folder contains the backups.</param>
/// <param name="claims">The claims; whoever writes must hold one on the device.</param>
/// <param name="useReader">Reads whether the host uses the device.</param>
/// <param name="root">The folder below which <c>sys</c> is; <c>/</c>, except in tests.</param>
public sealed class LabelRestoration(LayoutLedger ledger, DeviceClaims claims, IDeviceUseReader useReader, string root = "/")
{
    private readonly LabelBackups backups = new(ledger.Folder, claims.LockTimeout);

    /// <summary>The device of a backup, from the name of its file; null if the name is not that of a backup.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="backup"/> is null.</exception>
    public static DeviceIdentity? IdentityOf(string backup)
    {
        ArgumentNullException.ThrowIfNull(backup);
        return RelocationBackup.IdentityOf(backup);
    }

    /// <summary>What each backup of a device in the state folder would restore, newest first. It only reads.</summary>
    /// <param name="device">The device; it needs a path.</param>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> is null.</exception>
    /// <exception cref="ArgumentException">The device has no path.</exception>
    /// <exception cref="LayoutLedgerException">The record cannot be read.</exception>
    public ValueList<LabelRestorationPlan> Plans(NvdimmDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return backups.Of(DeviceIdentity.Of(device)).Select(backup => Plan(device, backup.Overwritten)).ToValueList();
    }

    /// <summary>Plans a restoration. It only reads.</summary>
    /// <param name="device">The device; it needs a path.</param>
    /// <param name="backup">One of the two files of the backup.</param>
    /// <param name="named">
    /// The hash of the labels that the administrator names, or at least its first 12 characters. Named labels are written back even if they
    /// are not the last recorded ones. Null for none.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> or <paramref name="backup"/> is null.</exception>
    /// <exception cref="ArgumentException">The device has no path.</exception>
    /// <exception cref="LayoutLedgerException">The record cannot be read.</exception>
    public LabelRestorationPlan Plan(NvdimmDevice device, string backup, string? named = null) =>
        Work(device, backup, named, isWritten: false);

    /// <summary>Restores, if there is no objection, and verifies what was written. The labels are written first.</summary>
    /// <param name="device">The device; it needs a path.</param>
    /// <param name="backup">One of the two files of the backup.</param>
    /// <param name="claim">The claim on the device.</param>
    /// <param name="named">As in <see cref="Plan"/>.</param>
    /// <returns>What was done; if there are errors, nothing was.</returns>
    /// <exception cref="ArgumentNullException">An argument other than <paramref name="named"/> is null.</exception>
    /// <exception cref="ArgumentException">The device has no path.</exception>
    /// <exception cref="LabelRelocationException">The system refused a write, or other bytes were read back.</exception>
    /// <exception cref="LayoutLedgerException">The claim, the record or the backup folder cannot be used.</exception>
    public LabelRestorationPlan Run(NvdimmDevice device, string backup, DeviceClaim claim, string? named = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(backup);
        ArgumentNullException.ThrowIfNull(claim);
        var identity = DeviceIdentity.Of(device);
        return claim.Identity != identity || !claims.IsHeld(claim)
            ? new LabelRestorationPlan(backup, [Finding.Error(NvdimmCodes.RelocationNotClaimed, ("device", device.Name))])
            : Work(device, backup, named, isWritten: true);
    }

    private LabelRestorationPlan Work(NvdimmDevice device, string backup, string? named, bool isWritten)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(backup);
        var path = device.Path ?? throw new ArgumentException($"{device.Name} has no device file", nameof(device));
        RelocationBackup read;
        try
        {
            read = RelocationBackup.Read(backup);
            if (read.Identity != DeviceIdentity.Of(device))
            {
                throw new InvalidDataException($"it is of {read.Identity}");
            }
        }
        catch (Exception bad) when (bad is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new LabelRestorationPlan(
                backup, [Finding.Error(NvdimmCodes.RestoreBadBackup, ("file", backup), ("device", device.Name), ("detail", bad.Message))]);
        }

        var recorded = ledger.Find(read.Identity);
        var plan = new LabelRestorationPlan(backup, [.. useReader.FindingsOf(device.Name, path), .. recorded.Findings])
        {
            Labels = read.Hash,
            Size = ByteSize.FromBytes(read.Size),
        };
        return isWritten && !plan.IsAllowed
            ? plan
            : OnDevice(device, path, plan, new RestorationState(read, recorded.Record, 0), named, isWritten);
    }

    private LabelRestorationPlan OnDevice(
        NvdimmDevice device, string path, LabelRestorationPlan plan, RestorationState state, string? named, bool isWritten)
    {
        try
        {
            using var content = DeviceContent.Open(device, isWritten, root);
            var backup = state.Backup;
            if (new[] { backup.Offset, backup.Source, state.ExpectedPlace }.FirstOrDefault(
                offset => offset > content.Length - backup.Size) is var outside and > 0)
            {
                return With(plan, Finding.Error(
                    NvdimmCodes.RelocationOutsideDevice,
                    ("device", device.Name),
                    ("planned", $"{outside}"),
                    ("labelSize", $"{backup.Size}"),
                    ("deviceSize", $"{content.Length}")));
            }

            var seen = Look(content, state, named);
            var choice = RestorationChoice.Of(seen);
            var chosen = plan with
            {
                LabelsTo = choice.IsReturned ? ByteSize.FromBytes(seen.ExpectedPlace) : null,
                OverwrittenTo = choice.IsTakenBack ? ByteSize.FromBytes(backup.Offset) : null,
                IsLabelled = choice.IsReturned || seen.HashAtExpectedPlace is not null,
                Findings = [.. plan.Findings, .. Against(device.Name, seen, choice)],
            };
            return isWritten && chosen.IsAllowed ? Write(path, content, seen, chosen) : chosen;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return With(
                plan, Finding.Error(NvdimmCodes.LayoutUnreadable, ("device", device.Name), ("path", path), ("reason", failure.Message)));
        }
    }

    private static IEnumerable<Finding> Against(string device, RestorationState state, RestorationChoice choice)
    {
        if (choice.Code is not { } code)
        {
            return [];
        }

        var error = Finding.Error(
            code,
            ("device", device),
            ("offset", $"{state.Backup.Offset}"),
            ("home", $"{state.ExpectedPlace}"),
            ("labels", state.Backup.Hash));
        return [error with { Severity = choice.IsReturned ? Severity.Warning : Severity.Error }];
    }

    private RestorationState Look(IDeviceContent content, RestorationState state, string? named)
    {
        var (backup, reader) = (state.Backup, new LabelReader(content, new byte[LabelReader.PieceSize]));
        using var overwritten = FileContent.OpenBackup(backup.Overwritten);
        var atHome = reader.Whole(state.ExpectedPlace, backup.Size)?.Hash;
        return state with
        {
            DeviceSize = content.Length,
            HashAtSource = reader.Whole(backup.Source, backup.Size)?.Hash,
            HashAtExpectedPlace = atHome,
            IsBefore = DeviceCopy.All(overwritten, content, backup.Offset, (fromFile, fromDevice) => fromFile.SequenceEqual(fromDevice)),
            IsPartlyWritten = IsPartlyWritten(content, backup, overwritten),
            IsNamed = LabelArea.IsNamed(backup.Hash, named),
            IsExpectedPlaceSaved = atHome is not null && backups.Of(backup.Identity).Exists(other => other.Hash == atHome),
        };
    }

    /// <summary>Whether every byte of the device is either the earlier byte or the byte of the labels.</summary>
    private static bool IsPartlyWritten(IDeviceContent content, RelocationBackup backup, FileContent overwritten)
    {
        using var labels = FileContent.OpenBackup(backup.Labels);
        var before = new byte[LabelReader.PieceSize];
        var at = 0L;
        return DeviceCopy.All(labels, content, backup.Offset, (fromFile, fromDevice) =>
        {
            overwritten.Read(at, before.AsSpan(0, fromFile.Length));
            at += fromFile.Length;
            for (var index = 0; index < fromFile.Length; index++)
            {
                if (fromDevice[index] != fromFile[index] && fromDevice[index] != before[index])
                {
                    return false;
                }
            }

            return true;
        });
    }

    /// <summary>Writes and verifies the labels before it writes back the overwritten bytes.</summary>
    private LabelRestorationPlan Write(string path, IDeviceContent content, RestorationState state, LabelRestorationPlan plan)
    {
        var backup = state.Backup;
        try
        {
            ValueList<string> saved = [];
            if (plan.LabelsTo is not null)
            {
                using var labels = FileContent.OpenBackup(backup.Labels);
                var (first, second) = backups.Save(
                    backup.Identity,
                    path,
                    backup.Source,
                    file => DeviceCopy.Save(labels, 0, backup.Size, file),
                    state.ExpectedPlace,
                    file => DeviceCopy.Save(content, state.ExpectedPlace, backup.Size, file));
                saved = [first, second];
                DeviceCopy.Write(labels, content, state.ExpectedPlace);
            }

            if (plan.OverwrittenTo is not null)
            {
                using var overwritten = FileContent.OpenBackup(backup.Overwritten);
                DeviceCopy.Write(overwritten, content, backup.Offset);
            }

            return plan with { Saved = saved };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LabelRelocationException(
                $"{path}: {failure.Message.TrimEnd('.')}. The backup is unchanged: run the same command again.",
                sourceBackup: null,
                targetBackup: null,
                failure);
        }
    }

    private static LabelRestorationPlan With(LabelRestorationPlan plan, Finding finding) =>
        plan with { Findings = [.. plan.Findings, finding] };
}
