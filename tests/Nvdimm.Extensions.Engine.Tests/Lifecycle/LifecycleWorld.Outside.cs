namespace Nvdimm.Extensions.Engine.Tests.Lifecycle;

/// <summary>What happens without the manager.</summary>
internal sealed partial class LifecycleWorld
{
    private async Task OutsideAsync(LifecycleEvent happening, string vm, int device)
    {
        var host = happening.Other % 2;
        switch (happening.Kind)
        {
            case LifecycleKind.OtherClientAttaches:
                await OtherClientAttachesAsync(vm, hosts.Name(device));
                break;
            case LifecycleKind.OtherClientDetaches:
                await OtherClientDetachesAsync(vm, hosts.Name(device));
                break;
            case LifecycleKind.EngineDrops:
                hosts.Report(host, isEmpty: true);
                hosts.Report(host);
                break;
            case LifecycleKind.RebootRenames or LifecycleKind.RebootRenamesUnreported:
                await StopAllOnAsync(host);
                hosts.Renumber(host, happening.Device);
                if (happening.Kind == LifecycleKind.RebootRenames)
                {
                    hosts.Report(host);
                }

                break;
            case LifecycleKind.Report:
                hosts.Report(host);
                break;
            case LifecycleKind.DimmMoves:
                await StopAllOnAsync(0);
                await StopAllOnAsync(1);
                hosts.Move(device, host);
                hosts.Report(0);
                hosts.Report(1);
                break;
            case LifecycleKind.DeviceDisabled or LifecycleKind.DeviceEnabled:
                if (!truth.IsUsed(device))
                {
                    hosts.Disable(device, happening.Kind == LifecycleKind.DeviceDisabled);
                }

                break;
            case LifecycleKind.HostSilent:
                hosts.Silence(host);
                break;
            case LifecycleKind.HostPartial:
                hosts.SayInPart(hosts.HostOf(device), device);
                break;
            case LifecycleKind.HostSpeaks:
                hosts.Say();
                break;
            case LifecycleKind.VmCloned:
                await CloneAsync(vm);
                break;
            case LifecycleKind.VmDeleted:
                engine.RemoveVm(vm);
                Deleted(vm);
                break;
            case LifecycleKind.PinnedElsewhere or LifecycleKind.PinnedHome:
                await StopAsync(vm);
                Pin(vm, happening.Kind == LifecycleKind.PinnedHome ? 0 : 1);
                break;
            case LifecycleKind.RecordLost:
                records.Lose();
                truth.LoseRecord();
                break;
            case LifecycleKind.Stop:
                await StopAsync(vm);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(happening), happening, "No such event");
        }
    }

    private async Task OtherClientAttachesAsync(string vm, string name)
    {
        try
        {
            await engine.AddVmHostDeviceAsync(vm, HostDeviceKey.OfName(name));
            truth.OtherClientAttached(vm, name);
        }
        catch (OvirtException refused) when (refused.Failure == OvirtFailure.Refused)
        {
            // The engine checks less than we do, but something: then nothing has happened.
            Assert.That(refused.Codes, Is.Not.Empty);
        }
    }

    private async Task OtherClientDetachesAsync(string vm, string name)
    {
        try
        {
            await engine.RemoveVmHostDeviceAsync(vm, HostDeviceKey.OfName(name));
        }
        catch (OvirtException refused) when (refused.Failure == OvirtFailure.Refused)
        {
            Assert.That(refused.Codes, Is.Not.Empty);
        }
    }

    /// <summary>The engine copies the host devices of a VM to a clone with the same pinning.</summary>
    private async Task CloneAsync(string vm)
    {
        if (vms.Count >= MaximumVms)
        {
            return;
        }

        var clone = MakeVm(pins[vm]);
        foreach (var name in await ConfiguredAsync(vm))
        {
            await OtherClientAttachesAsync(clone, name);
        }
    }

    private void Deleted(string vm)
    {
        vms.Remove(vm);
        truth.Forget(vm);
        if (vms.Count == 0)
        {
            MakeVm(0);
        }
    }
}
