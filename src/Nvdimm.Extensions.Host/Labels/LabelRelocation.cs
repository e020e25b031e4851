using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>
/// Copies the labels of a device to the offset of a larger layout, so that the guest finds its namespaces again. It only copies upwards:
/// the bytes below the new labels were never the guest's. A smaller layout would cut data off. Measured for layouts that are 2 and 126 MiB
/// larger.
/// </summary>
/// <param name="folder">The ledger's folder; backups go to <c>backups</c> in it.</param>
/// <param name="claims">The claims; the caller must hold one on the device.</param>
/// <param name="useReader">Reads whether the host uses the device.</param>
/// <param name="root">The folder below which <c>sys</c> is; <c>/</c>, except in tests.</param>
public sealed class LabelRelocation(string folder, DeviceClaims claims, IDeviceUseReader useReader, string root = "/")
{
    private readonly LabelBackups backups = new(folder, claims.LockTimeout);

    /// <summary>Plans a copy. It only reads.</summary>
    /// <param name="device">The device; it needs a path.</param>
    /// <param name="labels">The labels that the probe found.</param>
    /// <param name="to">The planned label offset.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The device has no path.</exception>
    public LabelRelocationPlan Plan(NvdimmDevice device, FoundLabels labels, ByteSize to)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(labels);
        var path = device.Path ?? throw new ArgumentException($"{device.Name} has no device file", nameof(device));
        var plan = new LabelRelocationPlan
        {
            Identity = DeviceIdentity.Of(device),
            Name = device.Name,
            Path = path,
            From = labels.Offset,
            To = to,
            LabelSize = labels.Area.Size,
            Hash = labels.Area.Hash,
            TargetHash = null,
            Findings = useReader.FindingsOf(device.Name, path),
        };
        try
        {
            using var content = DeviceContent.Open(device, isWritable: false, root);
            return Look(plan, content);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            var finding = Finding.Error(NvdimmCodes.LayoutUnreadable, ("device", device.Name), ("path", path), ("reason", failure.Message));
            return plan with { IsUnreadable = true, Findings = [.. plan.Findings, finding] };
        }
    }

    /// <summary>
    /// Carries out a plan if it still holds: writes both backups, copies the labels, and verifies them. It writes nothing outside the new
    /// label area. The old labels stay in place; the guard reports two sets of labels as ambiguous until that is accepted.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="claim">The claim on the device.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="LabelRelocationException">
    /// The system refused a read or a write, or other bytes were read back than written.
    /// </exception>
    /// <exception cref="LayoutLedgerException">The claim or the backup folder cannot be used.</exception>
    public LabelRelocationResult Run(LabelRelocationPlan plan, DeviceClaim claim)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(claim);
        if (claim.Identity != plan.Identity || !claims.IsHeld(claim))
        {
            return Refused([Finding.Error(NvdimmCodes.RelocationNotClaimed, ("device", plan.Name))]);
        }

        if (plan.IsUnreadable)
        {
            return Refused(plan.Findings);
        }

        try
        {
            using var content = DeviceContent.Open(plan.Path, isWritable: true, root);
            var current = Look(plan with { TargetHash = null, Findings = useReader.FindingsOf(plan.Name, plan.Path) }, content);
            var isAsPlanned = current.TargetHash == plan.TargetHash && plan.IsAllowed;
            return current.IsAllowed && isAsPlanned
                ? Copy(plan, content)
                : Refused(current.IsAllowed ? [NoLabels(plan)] : current.Findings);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LabelRelocationException(failure.Message, sourceBackup: null, targetBackup: null, failure);
        }
    }

    private static LabelRelocationResult Refused(ValueList<Finding> findings) => new(SourceBackup: null, TargetBackup: null, findings);

    private static LabelRelocationPlan Look(LabelRelocationPlan plan, IDeviceContent content)
    {
        var findings = new List<Finding>(plan.Findings);
        var survey = LabelProbe.Survey(plan.Path, content, LabelSearch.At([new(plan.From, plan.LabelSize), new(plan.To, plan.LabelSize)]));
        if (survey.At(plan.From)?.Area is not { } there || there.Size != plan.LabelSize || there.Hash != plan.Hash)
        {
            findings.Add(NoLabels(plan));
        }
        else if (there.NamespacesEnd > plan.To)
        {
            findings.Add(Finding.Error(
                NvdimmCodes.RelocationIntoNamespaces,
                ("device", plan.Name),
                ("offset", Text(plan.From)),
                ("planned", Text(plan.To)),
                ("end", Text(there.NamespacesEnd))));
        }

        if (plan.To < plan.From + plan.LabelSize)
        {
            findings.Add(Finding.Error(
                NvdimmCodes.RelocationShrinks, ("device", plan.Name), ("offset", Text(plan.From)), ("planned", Text(plan.To))));
        }

        if (plan.To.Bytes > content.Length - plan.LabelSize.Bytes)
        {
            findings.Add(Finding.Error(
                NvdimmCodes.RelocationOutsideDevice,
                ("device", plan.Name),
                ("planned", Text(plan.To)),
                ("labelSize", Text(plan.LabelSize)),
                ("deviceSize", $"{content.Length}")));
            return plan with { Findings = findings.ToValueList() };
        }

        var target = new LabelReader(content, new byte[LabelReader.PieceSize]);
        var isLabelled = survey.At(plan.To) is not null;
        var overwritesData = !isLabelled && !target.IsZero(plan.To.Bytes, plan.LabelSize.Bytes);
        if (isLabelled)
        {
            findings.Add(Finding.Error(NvdimmCodes.RelocationTargetLabelled, ("device", plan.Name), ("planned", Text(plan.To))));
        }
        else if (overwritesData)
        {
            findings.Add(Finding.Warning(NvdimmCodes.RelocationTargetNotEmpty, ("device", plan.Name), ("planned", Text(plan.To))));
        }

        return plan with
        {
            TargetHash = target.HashOf(plan.To.Bytes, plan.LabelSize.Bytes),
            OverwritesData = overwritesData,
            Findings = findings.ToValueList(),
        };
    }

    /// <summary>
    /// Both backups are durable before the first byte of the device is written. All copies go in pieces, whatever the size.
    /// </summary>
    private LabelRelocationResult Copy(LabelRelocationPlan plan, IDeviceContent content)
    {
        var (source, target) = backups.Save(
            plan.Identity,
            plan.Path,
            plan.From.Bytes,
            file => DeviceCopy.Save(content, plan.From.Bytes, plan.LabelSize.Bytes, file),
            plan.To.Bytes,
            file => DeviceCopy.Save(content, plan.To.Bytes, plan.LabelSize.Bytes, file));
        try
        {
            using var labels = FileContent.OpenBackup(source);
            DeviceCopy.Write(labels, content, plan.To.Bytes);
            return new LabelRelocationResult(source, target, []);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LabelRelocationException(
                $"{plan.Path}: {failure.Message.TrimEnd('.')}. What was at {plan.To.Bytes} is in {target}; "
                + "'nvdimm repair --restore-labels' writes it back.",
                source,
                target,
                failure);
        }
    }

    private static Finding NoLabels(LabelRelocationPlan plan) =>
        Finding.Error(NvdimmCodes.RelocationNoLabels, ("device", plan.Name), ("offset", Text(plan.From)));

    private static string Text(ByteSize size) => $"{size.Bytes}";
}
