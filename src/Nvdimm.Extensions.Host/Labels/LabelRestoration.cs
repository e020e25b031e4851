using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>
/// Takes back what <see cref="LabelRelocation"/> has done, whole or interrupted: writes what was there before, as long as every byte there is
/// still the one of before or of the labels. What a guest has changed since is never overwritten.
/// </summary>
/// <param name="claims">The claims; whoever writes has to hold one.</param>
/// <param name="useReader">Tells whether the host uses the device.</param>
/// <param name="root">The folder below which <c>sys</c> is; <c>/</c>, except in tests.</param>
public sealed class LabelRestoration(DeviceClaims claims, IDeviceUseReader useReader, string root = "/")
{
    /// <summary>Which device a backup is of, by the name of its file; null where that is not one's.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="backup"/> is null.</exception>
    public static DeviceIdentity? IdentityOf(string backup)
    {
        ArgumentNullException.ThrowIfNull(backup);
        return RelocationBackup.IdentityOf(backup);
    }

    /// <summary>Looks what restoring would do. Reads only.</summary>
    /// <param name="device">The device; it needs a path.</param>
    /// <param name="backup">One of the two files of the backup.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The device has no path.</exception>
    public LabelRestorationPlan Plan(NvdimmDevice device, string backup) => Work(device, backup, isWritten: false);

    /// <summary>Restores, if nothing stands against it, and reads back what was written.</summary>
    /// <param name="device">The device; it needs a path.</param>
    /// <param name="backup">One of the two files of the backup.</param>
    /// <param name="claim">The claim on the device.</param>
    /// <returns>What was done; with findings, nothing was.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The device has no path.</exception>
    /// <exception cref="LabelRelocationException">The system does not let it be written, or other bytes were read back.</exception>
    /// <exception cref="LayoutLedgerException">The claim cannot be read.</exception>
    public LabelRestorationPlan Run(NvdimmDevice device, string backup, DeviceClaim claim)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(claim);
        var identity = DeviceIdentity.Of(device);
        return claim.Identity != identity || !claims.IsHeld(claim)
            ? new LabelRestorationPlan(backup, Offset: null, Size: null, [Finding.Error(NvdimmCodes.RelocationNotClaimed, ("device", device.Name))])
            : Work(device, backup, isWritten: true);
    }

    private LabelRestorationPlan Work(NvdimmDevice device, string backup, bool isWritten)
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
                backup, Offset: null, Size: null, [Finding.Error(NvdimmCodes.RestoreBadBackup, ("file", backup), ("device", device.Name), ("detail", bad.Message))]);
        }

        var plan = new LabelRestorationPlan(backup, ByteSize.FromBytes(read.Offset), ByteSize.FromBytes(read.Size), UseOf(device.Name, path));
        return isWritten && !plan.IsPossible ? plan : OnDevice(device, path, plan, read, isWritten);
    }

    private LabelRestorationPlan OnDevice(NvdimmDevice device, string path, LabelRestorationPlan plan, RelocationBackup backup, bool isWritten)
    {
        try
        {
            using var content = DeviceContent.Open(device, isWritten, root);
            if (backup.Offset > content.Length - backup.Size)
            {
                return With(plan, Finding.Error(
                    NvdimmCodes.RelocationOutsideDevice,
                    ("device", device.Name),
                    ("planned", $"{backup.Offset}"),
                    ("labelSize", $"{backup.Size}"),
                    ("deviceSize", $"{content.Length}")));
            }

            using var overwritten = new FileContent(backup.Overwritten, isWritable: false);
            if (!IsMixture(content, backup, overwritten))
            {
                return With(plan, Finding.Error(NvdimmCodes.RestoreChanged, ("device", device.Name), ("offset", $"{backup.Offset}")));
            }

            if (isWritten)
            {
                Write(path, content, backup, overwritten);
            }

            return plan;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return With(plan, Finding.Error(NvdimmCodes.LayoutUnreadable, ("device", device.Name), ("path", path), ("reason", failure.Message)));
        }
    }

    /// <summary>Whether every byte of the device is one of before or of the labels.</summary>
    private static bool IsMixture(IDeviceContent content, RelocationBackup backup, FileContent overwritten)
    {
        using var labels = new FileContent(backup.Labels, isWritable: false);
        var before = new byte[LabelReader.PieceSize];
        var at = 0L;
        return DeviceCopy.All(labels, content, backup.Offset, (own, there) =>
        {
            overwritten.Read(at, before.AsSpan(0, own.Length));
            at += own.Length;
            for (var index = 0; index < own.Length; index++)
            {
                if (there[index] != own[index] && there[index] != before[index])
                {
                    return false;
                }
            }

            return true;
        });
    }

    private static void Write(string path, IDeviceContent content, RelocationBackup backup, FileContent overwritten)
    {
        try
        {
            DeviceCopy.Write(overwritten, content, backup.Offset);
        }
        catch (IOException failure)
        {
            throw new LabelRelocationException($"{path}: {failure.Message}; the backup is unchanged", sourceBackup: null, targetBackup: null, failure);
        }
    }

    private ValueList<Finding> UseOf(string name, string path)
    {
        try
        {
            return new NvdimmDevice { Name = name }.WithUse(useReader.Read(path)).Findings;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [DeviceUse.Unknown(name, failure.Message, Severity.Error)];
        }
    }

    private static LabelRestorationPlan With(LabelRestorationPlan plan, Finding finding) => plan with { Findings = [.. plan.Findings, finding] };
}
