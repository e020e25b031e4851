using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>Attaches and detaches.</summary>
internal sealed class HostDeviceChanges(
    IOvirtEngine engine,
    IHostDeviceCategory category,
    IAttachmentRecords? records,
    EngineReader reader,
    Func<HostReference, CancellationToken, Task<HostDeviceListing>> listAsync)
{
    /// <summary>All that is known around an operation.</summary>
    public async Task<HostDeviceRequest> RequestAsync(string vmId, ValueList<string> devices, NvdimmOperation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(devices);
        var vm = await reader.FindVmAsync(vmId, cancellationToken).ConfigureAwait(false);
        var host = vm?.PinnedHosts.Count == 1 ? vm.PinnedHosts[0] : null;
        return new HostDeviceRequest
        {
            Operation = operation,
            Vm = vm,
            Devices = devices,
            Listing = host is null ? null : await listAsync(host, cancellationToken).ConfigureAwait(false),
            OtherVms = host is null ? [] : await reader.OthersOnAsync(host, vmId, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Attaches devices, and takes them away again where they turn out not to be what was checked.</summary>
    public async Task<HostDeviceChange> AttachAsync(string vmId, ValueList<string> devices, CancellationToken cancellationToken)
    {
        using var activity = EngineTelemetry.Start($"{category.Capability} attach", vm: vmId);
        var request = await RequestAsync(vmId, devices, NvdimmOperation.Attach, cancellationToken).ConfigureAwait(false);
        var preview = category.Preview(request);
        if (!preview.IsAllowed)
        {
            EngineTelemetry.Changed("attach", "refused");
            return new HostDeviceChange(new PolicyVerdict(preview.Violations), []);
        }

        var verdict = new PolicyVerdict(preview.Violations);
        var attached = preview.Devices
            .Select(device => new AttachedHostDevice(category.Capability, device.Device.Name, device.Device.Identity)).ToArray();
        var (done, failure) = await EachAsync(attached, async device =>
        {
            await engine.AddVmHostDeviceAsync(vmId, HostDeviceKey.OfName(device.Name), cancellationToken).ConfigureAwait(false);
            await NoteAsync(vmId, device, isAttached: true, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);

        var doubts = await DoubtsAsync(request.Vm!, done, cancellationToken).ConfigureAwait(false);
        if (doubts.Count == 0)
        {
            EngineTelemetry.Changed("attach", failure is null ? "done" : "failed");
            return new HostDeviceChange(verdict, Names(done)) { Failure = failure };
        }

        var fresh = done.Where(device => !IsIn(request.Vm!.HostDevices, device)).ToArray();
        var (undone, stuck) = await EachAsync(fresh, device => RemoveAsync(vmId, device, cancellationToken)).ConfigureAwait(false);
        EngineTelemetry.Changed("attach", "undone");
        return new HostDeviceChange(new PolicyVerdict([.. verdict.Violations, .. doubts]), Names(done.Except(undone))) { Failure = stuck };
    }

    /// <summary>Detaches devices.</summary>
    public async Task<HostDeviceChange> DetachAsync(string vmId, ValueList<string> devices, CancellationToken cancellationToken)
    {
        using var activity = EngineTelemetry.Start($"{category.Capability} detach", vm: vmId);
        var request = await RequestAsync(vmId, devices, NvdimmOperation.Detach, cancellationToken).ConfigureAwait(false);
        var wanted = devices.Select(device => Resolve(request, device)).DistinctBy(device => device.Name, StringComparer.Ordinal).ToArray();
        await ForgetAsync(request.Vm, wanted, cancellationToken).ConfigureAwait(false);
        var verdict = category.Check(request);
        if (!verdict.IsAllowed)
        {
            EngineTelemetry.Changed("detach", "refused");
            return new HostDeviceChange(verdict, []);
        }

        var (done, failure) = await EachAsync(wanted, device => RemoveAsync(vmId, device, cancellationToken)).ConfigureAwait(false);
        EngineTelemetry.Changed("detach", failure is null ? "done" : "failed");
        return new HostDeviceChange(verdict, Names(done)) { Failure = failure };
    }

    /// <summary>Does something with one device after the other, until the engine fails.</summary>
    private static async Task<(List<AttachedHostDevice> Done, OvirtException? Failure)> EachAsync(AttachedHostDevice[] devices, Func<AttachedHostDevice, Task> change)
    {
        var done = new List<AttachedHostDevice>();
        foreach (var device in devices)
        {
            try
            {
                await change(device).ConfigureAwait(false);
                done.Add(device);
            }
            catch (OvirtException failed)
            {
                return (done, failed);
            }
        }

        return (done, null);
    }

    private static bool IsIn(ValueList<AttachedHostDevice> devices, AttachedHostDevice device) =>
        devices.Any(other => string.Equals(other.Name, device.Name, StringComparison.Ordinal));

    private static ValueList<string> Names(IEnumerable<AttachedHostDevice> devices) => devices.Select(device => device.Name).ToValueList();

    /// <summary>What the VM calls so, by name or identity; otherwise what the host calls so.</summary>
    private static AttachedHostDevice Resolve(HostDeviceRequest request, string device) =>
        request.Vm?.HostDevices.FirstOrDefault(attached => string.Equals(attached.Name, device, StringComparison.Ordinal))
        ?? request.Vm?.HostDevices.FirstOrDefault(attached => string.Equals(attached.Identity, device, StringComparison.OrdinalIgnoreCase))
        ?? (request.Listing?.Devices.FirstOrDefault(listed => string.Equals(listed.Identity, device, StringComparison.OrdinalIgnoreCase)) is { } listed
            ? new AttachedHostDevice(listed.Capability, listed.Name, listed.Identity)
            : new AttachedHostDevice("", device));

    private async Task RemoveAsync(string vmId, AttachedHostDevice device, CancellationToken cancellationToken)
    {
        await engine.RemoveVmHostDeviceAsync(vmId, HostDeviceKey.OfName(device.Name), cancellationToken).ConfigureAwait(false);
        await NoteAsync(vmId, device, isAttached: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An attachment that vanished and is not wanted any more is not missed any longer.</summary>
    private async Task ForgetAsync(ManagedVm? vm, AttachedHostDevice[] devices, CancellationToken cancellationToken)
    {
        foreach (var device in devices.Where(device => vm is not null && IsIn(vm.ExpectedHostDevices ?? [], device) && !IsIn(vm.HostDevices, device)))
        {
            await NoteAsync(vm!.Id, device, isAttached: false, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task NoteAsync(string vmId, AttachedHostDevice device, bool isAttached, CancellationToken cancellationToken)
    {
        if (records is not null)
        {
            await records.ChangeAsync(
                vmId,
                noted => [.. noted.Where(other => !string.Equals(other.Name, device.Name, StringComparison.Ordinal)), .. isAttached ? [device] : Array.Empty<AttachedHostDevice>()],
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What an audit of the host says of the devices that were just attached.</summary>
    private async Task<ValueList<Finding>> DoubtsAsync(ManagedVm vm, List<AttachedHostDevice> attached, CancellationToken cancellationToken)
    {
        if (attached.Count == 0)
        {
            return [];
        }

        var host = vm.PinnedHosts[0];
        var listing = await listAsync(host, cancellationToken).ConfigureAwait(false);
        var others = await reader.OthersOnAsync(host, vm.Id, cancellationToken).ConfigureAwait(false);
        var now = vm with { HostDevices = attached.ToValueList(), ExpectedHostDevices = null };
        return category.Audit(new HostDeviceAudit([listing], [now, .. others]))
            .Where(finding => string.Equals(finding.VmId, vm.Id, StringComparison.Ordinal))
            .Select(finding => finding.Finding)
            .ToValueList();
    }
}
