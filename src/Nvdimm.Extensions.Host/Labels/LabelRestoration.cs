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
        return claim.Identity != identity || claims.Find(identity).Claim != claim
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

        var plan = new LabelRestorationPlan(backup, ByteSize.FromBytes(read.Offset), ByteSize.FromBytes(read.Overwritten.Length), UseOf(device.Name, path));
        return isWritten && !plan.IsPossible ? plan : OnDevice(device.Name, path, plan, read, isWritten);
    }

    private LabelRestorationPlan OnDevice(string name, string path, LabelRestorationPlan plan, RelocationBackup backup, bool isWritten)
    {
        try
        {
            using var content = DeviceContent.Open(path, isWritten, root);
            if (backup.Offset > content.Length - backup.Overwritten.Length)
            {
                return With(plan, Finding.Error(
                    NvdimmCodes.RelocationOutsideDevice,
                    ("device", name),
                    ("planned", $"{backup.Offset}"),
                    ("labelSize", $"{backup.Overwritten.Length}"),
                    ("deviceSize", $"{content.Length}")));
            }

            var there = LabelProbe.Bytes(content, new(plan.Offset!.Value, plan.Size!.Value));
            if (there.Where((value, index) => value != backup.Labels[index] && value != backup.Overwritten[index]).Any())
            {
                return With(plan, Finding.Error(NvdimmCodes.RestoreChanged, ("device", name), ("offset", $"{backup.Offset}")));
            }

            if (isWritten)
            {
                Write(path, content, backup);
            }

            return plan;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return With(plan, Finding.Error(NvdimmCodes.LayoutUnreadable, ("device", name), ("path", path), ("reason", failure.Message)));
        }
    }

    private static void Write(string path, IDeviceContent content, RelocationBackup backup)
    {
        try
        {
            content.Write(backup.Offset, backup.Overwritten);
            var written = LabelProbe.Bytes(content, new(ByteSize.FromBytes(backup.Offset), ByteSize.FromBytes(backup.Overwritten.Length)));
            if (!written.AsSpan().SequenceEqual(backup.Overwritten))
            {
                throw new IOException("other bytes were read back than written");
            }
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
            return [Finding.Error(NvdimmCodes.HostUseUnknown, ("device", name), ("reason", failure.Message))];
        }
    }

    private static LabelRestorationPlan With(LabelRestorationPlan plan, Finding finding) => plan with { Findings = [.. plan.Findings, finding] };
}
