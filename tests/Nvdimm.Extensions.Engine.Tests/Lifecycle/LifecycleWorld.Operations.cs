using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Management;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Tests.Lifecycle;

/// <summary>What is done through the manager, and what is looked at then.</summary>
internal sealed partial class LifecycleWorld
{
    private static readonly HostDeviceOperation[] Saving =
        [HostDeviceOperation.Migrate, HostDeviceOperation.Hibernate, HostDeviceOperation.SnapshotWithMemory, HostDeviceOperation.Clone, HostDeviceOperation.Template];

    private static readonly string[] OwnershipCodes = [NvdimmCodes.UsedByOtherVm, NvdimmCodes.IdentityChanged, NvdimmCodes.SilentlyDetached];

    private async Task<string?> AttachAsync(string vm, int[] devices, bool byName, CancellationToken cancellationToken = default)
    {
        HostDeviceChange change;
        string[] asked = [.. devices.Select(device => byName ? hosts.Name(device) : $"{PhysicalHosts.Uuid(device)}")];
        if (byName)
        {
            // A name means what bears it on the VM's own host.
            devices = [.. asked.Select(name => hosts.Bearer(PhysicalHosts.HostId(pins[vm]), name)).OfType<int>()];
        }

        try
        {
            change = await manager.AttachAsync(vm, [.. asked], cancellationToken);
        }
        catch (Exception failed) when (failed is IOException or OperationCanceledException)
        {
            return (await ConfiguredAsync(vm)).All(name => truth.IsForeign(vm, name) || truth.OwnedBy(vm).Any())
                ? null
                : $"an attachment to {vm} that threw has left a device attached and not noted";
        }

        foreach (var device in devices.Distinct())
        {
            // An answer that is lost leaves it open: then what is noted counts.
            if (change.Devices.Contains(hosts.Name(device)) || (!change.IsDone && !truth.IsOwned(vm, device) && records.Has(vm, PhysicalHosts.Uuid(device))))
            {
                if (change.IsDone && truth.IsOwnedByAnother(vm, device))
                {
                    return $"device {device} is given to {vm}, but is another VM's";
                }

                truth.Own(vm, device, hosts.Name(device));
            }
        }

        Count = Count with { Attached = Count.Attached + (change.IsDone ? 1 : 0) };
        return null;
    }

    private async Task<string?> AttachUnderFaultAsync(LifecycleKind kind, string vm, int device, string other)
    {
        var name = hosts.Name(device);
        var isAdded = false;
        using var cancel = new CancellationTokenSource();
        before = async request =>
        {
            switch (kind, request, isAdded)
            {
                case (LifecycleKind.EngineRefuses, "AddVmHostDevice", _):
                case (LifecycleKind.EngineFailsAfterwards, _, true):
                    throw new OvirtException(request, OvirtFailure.ServerFailed, "the engine fails");
                case (LifecycleKind.UndoFails, "RemoveVmHostDevice", _):
                    throw new OvirtException(request, OvirtFailure.ServerFailed, "the engine fails");
                case (LifecycleKind.OtherClientRaces or LifecycleKind.UndoFails, "AddVmHostDevice", false) when other != vm:
                    await OtherClientAttachesAsync(other, name);
                    break;
            }
        };
        after = async request =>
        {
            if (request != "AddVmHostDevice" || isAdded)
            {
                return;
            }

            isAdded = true;
            switch (kind)
            {
                case LifecycleKind.EngineAnswerLost:
                    throw new OvirtException(request, OvirtFailure.TimedOut, "no answer");
                case LifecycleKind.CancelledMeanwhile:
                    await cancel.CancelAsync();
                    break;
                case LifecycleKind.VmDeletedMeanwhile:
                    engine.RemoveVm(vm);
                    break;
                case LifecycleKind.DroppedMeanwhile:
                    hosts.Report(pins[vm], isEmpty: true);
                    hosts.Report(pins[vm]);
                    break;
            }
        };
        records.Writes = kind == LifecycleKind.RecordFails ? 1 : int.MaxValue;
        try
        {
            var wrong = await AttachAsync(vm, [device], byName: false, cancel.Token);
            if (await engine.GetVmAsync(vm) is null)
            {
                Deleted(vm);
            }

            return wrong;
        }
        finally
        {
            (before, after, records.Writes) = (null, null, int.MaxValue);
        }
    }

    private async Task<string?> DetachAsync(string vm, string text, int? device = null)
    {
        var configured = await ConfiguredAsync(vm);
        var change = await manager.DetachAsync(vm, [text]);
        if (!change.IsDone)
        {
            return null;
        }

        if (device is { } named)
        {
            truth.RollBack(vm, named);
        }
        else
        {
            truth.GiveUpName(vm, text, configured, hosts.Bearer(PhysicalHosts.HostId(pins[vm]), text));
        }

        // A name that another device of the VM was attached under stays.
        var left = (await ConfiguredAsync(vm)).Where(name => change.Devices.Contains(name) && truth.OwnedAs(vm, name) is null).ToArray();
        return left.Length == 0 ? null : $"{text} is said to be detached from {vm}, but is still attached ({string.Join(", ", configured)})";
    }

    /// <summary>Starts a VM where that is allowed, with whatever bears the names of its configuration.</summary>
    private async Task<string?> StartAsync(string vm)
    {
        if ((await engine.GetVmAsync(vm))!.Status != VmStatus.Down)
        {
            return null;
        }

        var verdict = await manager.CheckAsync(vm, new HostDeviceRequest { Operation = HostDeviceOperation.Start });
        if (!verdict.IsAllowed)
        {
            Count = Count with { Refused = Count.Refused + 1 };
            return null;
        }

        var got = new List<int>();
        foreach (var name in await ConfiguredAsync(vm))
        {
            if (hosts.Bearer(PhysicalHosts.HostId(pins[vm]), name) is not { } device)
            {
                return $"{vm} may start with {name}, which is nothing";
            }

            if (await OwnerAsync(vm, device) is { } owner)
            {
                return $"{vm} may start with device {device} ({name}), which is {owner}'s";
            }

            if (!truth.IsOwned(vm, device) && !truth.IsForeign(vm, name))
            {
                return $"{vm} may start with device {device} under {name}, which is not the one that was attached so";
            }

            got.Add(device);
        }

        if (truth.OwnedBy(vm).FirstOrDefault(device => !got.Contains(device), -1) is >= 0 and var lost)
        {
            return $"{vm} may start without device {lost}, which is its own";
        }

        try
        {
            await engine.ActAsync(vm, OvirtVmAction.Start);
        }
        catch (OvirtException refused) when (refused.Failure == OvirtFailure.Refused)
        {
            return null;
        }

        truth.Run(vm, got);
        Count = Count with { Started = Count.Started + 1 };
        return null;
    }

    /// <summary>Another VM whose device it is as far as anybody can know: by record, use, or name.</summary>
    private async Task<string?> OwnerAsync(string vm, int device)
    {
        foreach (var other in vms.Where(other => other != vm))
        {
            if (truth.IsOwned(other, device) || truth.RunsWith(other).Contains(device)
                || (await ConfiguredAsync(other)).Any(name => hosts.Bearer(PhysicalHosts.HostId(pins[other]), name) == device && pins[other] == pins[vm]))
            {
                return other;
            }
        }

        return null;
    }

    private async Task<string?> SaveAsync(string vm, int which)
    {
        var operation = Saving[which % Saving.Length];
        var has = truth.OwnedBy(vm).Any() || truth.RunsWith(vm).Count > 0 || (await ConfiguredAsync(vm)).Length > 0;
        return has && (await manager.CheckAsync(vm, new HostDeviceRequest { Operation = operation })).IsAllowed ? $"{operation} of {vm} is allowed, which has an NVDIMM" : null;
    }

    /// <summary>Where a start is allowed, the audit has nothing against it; where a start is refused for an owner's sake, the audit says so.</summary>
    private async Task<string?> AuditAsync()
    {
        var findings = await manager.AuditAsync();
        foreach (var vm in vms)
        {
            if ((await engine.GetVmAsync(vm))!.Status != VmStatus.Down)
            {
                continue;
            }

            var refusals = (await manager.CheckAsync(vm, new HostDeviceRequest { Operation = HostDeviceOperation.Start })).Findings
                .Where(finding => finding.Severity == Severity.Error && OwnershipCodes.Contains(finding.Code)).Select(finding => finding.Code).Distinct().Order().ToArray();
            var audited = findings
                .Where(finding => finding.VmId == vm && finding.Finding.Severity == Severity.Error && OwnershipCodes.Contains(finding.Finding.Code))
                .Select(finding => finding.Finding.Code).Distinct().Order().ToArray();
            if (!refusals.All(audited.Contains))
            {
                return $"start of {vm} is refused for {string.Join(", ", refusals)}, the audit says {string.Join(", ", audited)}";
            }

            if (refusals.Length == 0 && audited.Any(code => code != NvdimmCodes.UsedByOtherVm))
            {
                return $"start of {vm} is allowed, the audit says {string.Join(", ", audited)}";
            }
        }

        return null;
    }
}
