using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>
/// Attaches and detaches devices, each call as one transaction. Everything that can be refused is refused before a change. A change that
/// has begun is recorded, checked and if necessary undone, even if the caller cancels.
/// </summary>
internal sealed class HostDeviceChanges(
    IOvirtEngine engine,
    IHostDeviceCategory category,
    IAttachmentRecords? records,
    EngineReader reader,
    Func<HostReference, CancellationToken, Task<HostDeviceListing?>> listAsync,
    ChangeReport report)
{
    private readonly AttachmentRecorder recorder = new(records, category);

    /// <summary>Reads the facts for an operation.</summary>
    /// <param name="vmId">The VM.</param>
    /// <param name="asked">The operation with its own values. What the engine and the host know is added.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<HostDeviceRequest> RequestAsync(string vmId, HostDeviceRequest asked, CancellationToken cancellationToken)
    {
        var vm = await reader.FindVmAsync(vmId, cancellationToken).ConfigureAwait(false);
        if (vm is null && asked.Operation == HostDeviceOperation.Detach)
        {
            // A detach also removes the record of a VM that the engine no longer has.
            vm = await reader.FindGoneAsync(vmId, cancellationToken).ConfigureAwait(false);
        }

        var host = vm?.PinnedHosts.Count == 1 ? vm.PinnedHosts[0] : null;
        var listing = host is null ? null : await listAsync(host, cancellationToken).ConfigureAwait(false);
        return asked with
        {
            Vm = vm,
            Listing = listing,
            OtherVms = host is null
                ? []
                : await reader.OthersOnAsync(host, listing?.Reported ?? [], vmId, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>
    /// Attaches devices, and removes them again if a check afterwards finds that they are not the devices that were checked.
    /// </summary>
    public Task<HostDeviceChange> AttachAsync(string vmId, ValueList<string> devices, CancellationToken cancellationToken) =>
        TraceAsync("attach", vmId, () => CheckAndAttachAsync(vmId, devices, cancellationToken));

    /// <summary>Detaches devices, and removes those from the record that the VM should have but no longer has.</summary>
    public Task<HostDeviceChange> DetachAsync(string vmId, ValueList<string> devices, CancellationToken cancellationToken) =>
        TraceAsync("detach", vmId, () => CheckAndDetachAsync(vmId, devices, cancellationToken));

    private static HostDeviceRequest Of(HostDeviceOperation operation, ValueList<string> devices) =>
        new() { Operation = operation, Devices = devices };

    private Task<HostDeviceChange> TraceAsync(string operation, string vmId, Func<Task<HostDeviceChange>> change) =>
        EngineTelemetry.TraceAsync(
            $"{category.Capability} {operation}",
            change,
            result => result is { Failure: not null } or { RecordFailure: not null } or { IsUndone: true },
            vmId);

    private async Task<HostDeviceChange> CheckAndAttachAsync(string vmId, ValueList<string> devices, CancellationToken cancellationToken)
    {
        var request = await RequestAsync(vmId, Of(HostDeviceOperation.Attach, devices), cancellationToken).ConfigureAwait(false);
        var preview = category.Preview(request);
        var result = new PolicyResult(preview.Findings);
        if (!preview.IsAllowed)
        {
            return report.Refused("attach", vmId, devices, new HostDeviceChange(result, []));
        }

        cancellationToken.ThrowIfCancellationRequested();
        var attached = preview.Devices.Select(device => AttachmentOf(device.Device, request.Listing!.Host)).ToArray();
        var change = new Attachment(vmId, request.Vm!, result);
        await AddAsync(change, attached).ConfigureAwait(false);
        var (findings, blind) = await CheckAfterwardsAsync(change).ConfigureAwait(false);
        change.Failure ??= blind;
        if (findings.All(finding => finding.Severity != Severity.Error))
        {
            return report.Ended("attach", vmId, devices, change.Result(findings));
        }

        await UndoAsync(change).ConfigureAwait(false);
        return report.Undone(vmId, devices, change.Result(findings) with { IsUndone = true });
    }

    private async Task<HostDeviceChange> CheckAndDetachAsync(string vmId, ValueList<string> devices, CancellationToken cancellationToken)
    {
        var request = await RequestAsync(vmId, Of(HostDeviceOperation.Detach, devices), cancellationToken).ConfigureAwait(false);
        var result = category.Check(request);
        if (!result.IsAllowed)
        {
            return report.Refused("detach", vmId, devices, new HostDeviceChange(result, []));
        }

        await recorder.EnsureWritableAsync(vmId, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var change = new Attachment(vmId, request.Vm!, result);
        foreach (var attached in category.Find(request))
        {
            if (!await RemoveAsync(change, attached).ConfigureAwait(false))
            {
                break;
            }
        }

        return report.Ended("detach", vmId, devices, change.Result([]));
    }

    private static AttachedHostDevice AttachmentOf(HostDevice device, HostReference host) =>
        new(device.Capability, device.Name, device.Identity) { HostId = host.Id, Details = device.Details };

    private static bool IsIn(ValueList<AttachedHostDevice> devices, AttachedHostDevice device) =>
        devices.Any(other => string.Equals(other.Name, device.Name, StringComparison.Ordinal));

    /// <summary>
    /// Adds the devices one after the other until the engine fails. Each is recorded first: if the record cannot be changed, nothing is
    /// attached; if the process ends in between, the record has a device too many, and a start is refused.
    /// </summary>
    private async Task AddAsync(Attachment change, AttachedHostDevice[] devices)
    {
        foreach (var device in devices)
        {
            try
            {
                change.Begin(device, await recorder.AddAsync(change.VmId, device).ConfigureAwait(false));
            }
            catch (Exception unwritten) when (change.Begun.Count > 0 && IsOfRecord(unwritten))
            {
                change.RecordFailure = unwritten;
                return;
            }

            try
            {
                await UnlessMadeAsync(
                    change.VmId,
                    device,
                    isWanted: true,
                    () => engine.AddVmHostDeviceAsync(change.VmId, HostDeviceKey.OfName(device.Name), CancellationToken.None))
                    .ConfigureAwait(false);
                change.Done.Add(device);
            }
            catch (OvirtException failed)
            {
                change.Failure = failed;
                if (!failed.IsOutcomeUnknown)
                {
                    await RestoreAsync(change, device).ConfigureAwait(false);
                }

                return;
            }
        }
    }

    /// <summary>Removes the devices that the VM did not have before, and restores the record.</summary>
    private async Task UndoAsync(Attachment change)
    {
        foreach (var device in change.Done.ToArray())
        {
            if (!IsIn(change.Vm.HostDevices, device))
            {
                try
                {
                    await RemoveFromEngineAsync(change.VmId, device).ConfigureAwait(false);
                }
                catch (OvirtException stuck)
                {
                    change.Failure = stuck;
                    continue;
                }
            }

            change.Done.Remove(device);

            await RestoreAsync(change, device).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Removes a device from the engine and from the record. A device that the engine's configuration does not have is removed from the
    /// record only.
    /// </summary>
    private async Task<bool> RemoveAsync(Attachment change, OwnHostDevice own)
    {
        try
        {
            if (own.IsConfigured)
            {
                await RemoveFromEngineAsync(change.VmId, own.Device).ConfigureAwait(false);
            }

            change.Done.Add(own.Device);
            await recorder.RemoveAsync(change.VmId, own.Device).ConfigureAwait(false);
            return true;
        }
        catch (OvirtException failed)
        {
            change.Failure = failed;
        }
        catch (Exception unwritten) when (IsOfRecord(unwritten))
        {
            change.RecordFailure = unwritten;
        }

        return false;
    }

    /// <summary>Removes a device from the engine. It succeeds if the VM was deleted meanwhile.</summary>
    private async Task RemoveFromEngineAsync(string vmId, AttachedHostDevice device) => await reader.UnlessDeletedAsync(
        vmId,
        async () =>
        {
            await UnlessMadeAsync(
                vmId,
                device,
                isWanted: false,
                () => engine.RemoveVmHostDeviceAsync(vmId, HostDeviceKey.OfName(device.Name), CancellationToken.None))
                .ConfigureAwait(false);
            return true;
        },
        CancellationToken.None).ConfigureAwait(false);

    /// <summary>
    /// Requests a change. If the answer is lost, it asks the engine whether the VM has the device before it reports a failure.
    /// </summary>
    /// <exception cref="OvirtException">The change was not made, or may have been made.</exception>
    private async Task UnlessMadeAsync(string vmId, AttachedHostDevice device, bool isWanted, Func<Task> change)
    {
        try
        {
            await change().ConfigureAwait(false);
        }
        catch (OvirtException lost) when (lost.IsOutcomeUnknown)
        {
            if (await HasAsync(vmId, device, lost).ConfigureAwait(false) != isWanted)
            {
                throw;
            }

            report.FoundDone(vmId, device.Name, lost);
        }
    }

    private async Task<bool> HasAsync(string vmId, AttachedHostDevice device, OvirtException lost)
    {
        try
        {
            return await engine.ListVmHostDevicesAsync(vmId, CancellationToken.None)
                .AnyAsync(listed => string.Equals(listed.Name, device.Name, StringComparison.Ordinal), CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (OvirtException blind) when (blind.Failure != OvirtFailure.NotFound)
        {
            throw lost.WithoutCheck(blind);
        }
    }

    private async Task RestoreAsync(Attachment change, AttachedHostDevice device)
    {
        try
        {
            await recorder.RestoreAsync(change.VmId, device, change.Begun[device]).ConfigureAwait(false);
        }
        catch (Exception unwritten) when (IsOfRecord(unwritten))
        {
            change.RecordFailure = unwritten;
        }
    }

    /// <summary>
    /// Audits the VM after the change, limited to the devices that were attached. If the host no longer answers, that is a warning; if the
    /// engine does not, that is the failure.
    /// </summary>
    private async Task<(ValueList<Finding> Findings, OvirtException? Blind)> CheckAfterwardsAsync(Attachment change)
    {
        if (change.Done.Count == 0)
        {
            return ([], null);
        }

        try
        {
            var current = await RequestAsync(change.VmId, Of(HostDeviceOperation.Start, []), CancellationToken.None).ConfigureAwait(false);
            if (current.Vm is null)
            {
                return (category.Check(current).Findings, null);
            }

            // Only the attached devices are checked, with or without a record: what the VM lacked before is no reason to undo the change.
            var vm = current.Vm with
            {
                HostDevices = current.Vm.HostDevices.Where(device => change.Done.Exists(done => done.Name == device.Name)).ToValueList(),
                ExpectedHostDevices = change.Done.ToValueList(),
            };
            var audit = new HostDeviceAudit(current.Listing is null ? [] : [current.Listing], [vm, .. current.OtherVms]);
            var findings = category.Audit(audit)
                .Where(finding => string.Equals(finding.VmId, change.VmId, StringComparison.Ordinal))
                .Select(finding => finding.Finding);
            var unread = (current.Listing?.Findings ?? [])
                .Where(finding => finding.Severity == Severity.Error)
                .Select(finding => finding with { Severity = Severity.Warning });
            return (findings.Concat(unread).ToValueList(), null);
        }
        catch (OvirtException blind)
        {
            return ([], blind);
        }
        catch (Exception unread) when (IsOfRecord(unread))
        {
            change.RecordFailure = unread;
            return ([], null);
        }
    }

    private static bool IsOfRecord(Exception exception) => exception is IOException or UnauthorizedAccessException or InvalidDataException;

    /// <summary>A change in progress.</summary>
    private sealed class Attachment(string vmId, ManagedVm vm, PolicyResult result)
    {
        public string VmId { get; } = vmId;

        /// <summary>The VM before the change.</summary>
        public ManagedVm Vm { get; } = vm;

        /// <summary>The recorded devices, each with the record before it.</summary>
        public Dictionary<AttachedHostDevice, ValueList<AttachedHostDevice>> Begun { get; } = [];

        /// <summary>The devices that the engine has changed.</summary>
        public List<AttachedHostDevice> Done { get; } = [];

        public OvirtException? Failure { get; set; }

        public Exception? RecordFailure { get; set; }

        public void Begin(AttachedHostDevice device, ValueList<AttachedHostDevice> before) => Begun[device] = before;

        public HostDeviceChange Result(ValueList<Finding> findings) =>
            new(
                new PolicyResult([.. result.Findings, .. findings.Where(finding => !result.Findings.Contains(finding))]),
                Done.Select(device => device.Name).Distinct(StringComparer.Ordinal).ToValueList())
            {
                Failure = Failure,
                RecordFailure = RecordFailure,
            };
    }
}
