using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>
/// Attaches and detaches, each as one transaction: what can be refused is refused before anything changes, and a change that has begun is noted,
/// looked at again, and undone where it has to be, whoever gives up meanwhile.
/// </summary>
internal sealed class HostDeviceChanges(
    IOvirtEngine engine,
    IHostDeviceCategory category,
    IAttachmentRecords? records,
    EngineReader reader,
    Func<HostReference, CancellationToken, Task<HostDeviceListing>> listAsync,
    ChangeReport report)
{
    private readonly AttachmentNotes notes = new(records, category);

    /// <summary>All that is known around an operation.</summary>
    public async Task<HostDeviceRequest> RequestAsync(string vmId, ValueList<string> devices, NvdimmOperation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(devices);
        var vm = await reader.FindVmAsync(vmId, cancellationToken).ConfigureAwait(false);
        if (vm is null && operation == NvdimmOperation.Detach)
        {
            // What is noted for a VM that is gone can be forgotten.
            vm = await reader.FindGoneAsync(vmId, cancellationToken).ConfigureAwait(false);
        }

        var host = vm?.PinnedHosts.Count == 1 ? vm.PinnedHosts[0] : null;
        var listing = host is null ? null : await listAsync(host, cancellationToken).ConfigureAwait(false);
        return new HostDeviceRequest
        {
            Operation = operation,
            Vm = vm,
            Devices = devices,
            Listing = listing,
            OtherVms = listing is null ? [] : await reader.OthersOnAsync(listing, vmId, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Attaches devices, and takes them away again where they turn out not to be what was checked.</summary>
    public async Task<HostDeviceChange> AttachAsync(string vmId, ValueList<string> devices, CancellationToken cancellationToken)
    {
        using var activity = EngineTelemetry.Start($"{category.Capability} attach", vm: vmId);
        var request = await RequestAsync(vmId, devices, NvdimmOperation.Attach, cancellationToken).ConfigureAwait(false);
        var preview = category.Preview(request);
        var verdict = new PolicyVerdict(preview.Violations);
        if (!preview.IsAllowed)
        {
            return report.Refused("attach", vmId, devices, new HostDeviceChange(verdict, []));
        }

        cancellationToken.ThrowIfCancellationRequested();
        var attached = preview.Devices.Select(device => Noted(device.Device, request.Listing!.Host)).ToArray();
        var change = new Attachment(vmId, request.Vm!, verdict);
        await AddAsync(change, attached).ConfigureAwait(false);
        var (findings, blind) = await LookAgainAsync(change).ConfigureAwait(false);
        change.Failure ??= blind;
        if (findings.All(finding => finding.Severity != Severity.Error))
        {
            return report.Ended("attach", vmId, devices, change.Result(findings));
        }

        await UndoAsync(change).ConfigureAwait(false);
        return report.Undone(vmId, devices, change.Result(findings));
    }

    /// <summary>Detaches devices, and forgets those that the VM should have and has no longer.</summary>
    public async Task<HostDeviceChange> DetachAsync(string vmId, ValueList<string> devices, CancellationToken cancellationToken)
    {
        using var activity = EngineTelemetry.Start($"{category.Capability} detach", vm: vmId);
        var request = await RequestAsync(vmId, devices, NvdimmOperation.Detach, cancellationToken).ConfigureAwait(false);
        var verdict = category.Check(request);
        if (!verdict.IsAllowed)
        {
            return report.Refused("detach", vmId, devices, new HostDeviceChange(verdict, []));
        }

        await notes.ProveAsync(vmId, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var change = new Attachment(vmId, request.Vm!, verdict);
        foreach (var own in category.Find(request))
        {
            if (!await RemoveAsync(change, own).ConfigureAwait(false))
            {
                break;
            }
        }

        return report.Ended("detach", vmId, devices, change.Result([]));
    }

    private static AttachedHostDevice Noted(HostDevice device, HostReference host) =>
        new(device.Capability, device.Name, device.Identity) { HostId = host.Id, Details = device.Details };

    private static bool IsIn(ValueList<AttachedHostDevice> devices, AttachedHostDevice device) =>
        devices.Any(other => string.Equals(other.Name, device.Name, StringComparison.Ordinal));

    /// <summary>
    /// Adds one device after the other until the engine fails. Each is noted first: where the record cannot be changed nothing is attached, and
    /// where the process ends in between, the record has a device too many, so that a start is refused.
    /// </summary>
    private async Task AddAsync(Attachment change, AttachedHostDevice[] devices)
    {
        foreach (var device in devices)
        {
            try
            {
                change.Begin(device, await notes.AddAsync(change.VmId, device).ConfigureAwait(false));
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
                    () => engine.AddVmHostDeviceAsync(change.VmId, HostDeviceKey.OfName(device.Name), CancellationToken.None)).ConfigureAwait(false);
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

    /// <summary>Takes away what was not there before, and notes again what was noted before.</summary>
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

    /// <summary>Removes a device, and forgets it. One that the engine's configuration does not have is only forgotten.</summary>
    private async Task<bool> RemoveAsync(Attachment change, OwnHostDevice own)
    {
        try
        {
            if (own.IsConfigured)
            {
                await RemoveFromEngineAsync(change.VmId, own.Device).ConfigureAwait(false);
            }

            change.Done.Add(own.Device);
            await notes.RemoveAsync(change.VmId, own.Device).ConfigureAwait(false);
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

    /// <summary>A VM that was deleted meanwhile has no devices.</summary>
    private async Task RemoveFromEngineAsync(string vmId, AttachedHostDevice device) => await reader.UnlessDeletedAsync(
        vmId,
        async () =>
        {
            await UnlessMadeAsync(
                vmId, device, isWanted: false, () => engine.RemoveVmHostDeviceAsync(vmId, HostDeviceKey.OfName(device.Name), CancellationToken.None)).ConfigureAwait(false);
            return true;
        },
        CancellationToken.None).ConfigureAwait(false);

    /// <summary>Asks for a change. Where the answer is lost it asks the engine whether the VM has the device now, before it reports a failure.</summary>
    /// <exception cref="OvirtException">The change was not made, or nobody knows.</exception>
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
                .AnyAsync(listed => string.Equals(listed.Name, device.Name, StringComparison.Ordinal), CancellationToken.None).ConfigureAwait(false);
        }
        catch (OvirtException blind) when (blind.Failure != OvirtFailure.NotFound)
        {
            throw lost.Unseen(blind);
        }
    }

    private async Task RestoreAsync(Attachment change, AttachedHostDevice device)
    {
        try
        {
            await notes.RestoreAsync(change.VmId, device, change.Begun[device]).ConfigureAwait(false);
        }
        catch (Exception unwritten) when (IsOfRecord(unwritten))
        {
            change.RecordFailure = unwritten;
        }
    }

    /// <summary>
    /// What an audit says of the VM as it is now, as far as it is about the devices that were attached. Where the host does not answer any more
    /// that is said as a warning; where the engine does not, it is the failure.
    /// </summary>
    private async Task<(ValueList<Finding> Findings, OvirtException? Blind)> LookAgainAsync(Attachment change)
    {
        if (change.Done.Count == 0)
        {
            return ([], null);
        }

        try
        {
            var now = await RequestAsync(change.VmId, [], NvdimmOperation.Start, CancellationToken.None).ConfigureAwait(false);
            if (now.Vm is null)
            {
                return (category.Check(now).Violations, null);
            }

            // Only what was attached is looked at, by record or without: what the VM lacked before is no reason to undo anything.
            var vm = now.Vm with
            {
                HostDevices = now.Vm.HostDevices.Where(device => change.Done.Exists(done => done.Name == device.Name)).ToValueList(),
                ExpectedHostDevices = change.Done.ToValueList(),
            };
            var audit = new HostDeviceAudit(now.Listing is null ? [] : [now.Listing], [vm, .. now.OtherVms]);
            var findings = category.Audit(audit)
                .Where(finding => string.Equals(finding.VmId, change.VmId, StringComparison.Ordinal))
                .Select(finding => finding.Finding);
            var unread = (now.Listing?.Findings ?? []).Where(finding => finding.Severity == Severity.Error).Select(finding => finding with { Severity = Severity.Warning });
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

    /// <summary>A change under way.</summary>
    private sealed class Attachment(string vmId, ManagedVm vm, PolicyVerdict verdict)
    {
        public string VmId { get; } = vmId;

        /// <summary>The VM as it was before.</summary>
        public ManagedVm Vm { get; } = vm;

        /// <summary>What is noted, with what was noted before.</summary>
        public Dictionary<AttachedHostDevice, ValueList<AttachedHostDevice>> Begun { get; } = [];

        /// <summary>What the engine has changed.</summary>
        public List<AttachedHostDevice> Done { get; } = [];

        public OvirtException? Failure { get; set; }

        public Exception? RecordFailure { get; set; }

        public void Begin(AttachedHostDevice device, ValueList<AttachedHostDevice> before) => Begun[device] = before;

        public HostDeviceChange Result(ValueList<Finding> findings) =>
            new(new PolicyVerdict([.. verdict.Violations, .. findings.Where(finding => !verdict.Violations.Contains(finding))]), Done.Select(device => device.Name).ToValueList())
            {
                Failure = Failure,
                RecordFailure = RecordFailure,
            };
    }
}
