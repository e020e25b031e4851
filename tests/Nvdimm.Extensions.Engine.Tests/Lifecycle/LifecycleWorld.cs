using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Management;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Engine.Tests.Management;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Extensions.Engine.Tests.Lifecycle;

/// <summary>Hosts, an engine, a manager and VMs, to which things happen; and what must never be.</summary>
internal sealed partial class LifecycleWorld
{
    private const int MaximumVms = 5;

    private readonly InMemoryEngine engine = new();
    private readonly PhysicalHosts hosts;
    private readonly LifecycleTruth truth = new();
    private readonly MemoryRecords records = new();
    private readonly HostDeviceManager manager;
    private readonly List<string> vms = [];
    private readonly Dictionary<string, int> pins = new(StringComparer.Ordinal);
    private int made;

    private Func<string, Task>? before;
    private Func<string, Task>? after;

    public LifecycleWorld()
    {
        hosts = new PhysicalHosts(engine);
        hosts.Begin();
        var watched = new WatchedEngine(engine, request => before?.Invoke(request) ?? Task.CompletedTask, request => after?.Invoke(request) ?? Task.CompletedTask);
        manager = new HostDeviceManager(watched, new NvdimmCategory(hosts.Inventory), records);
        MakeVm(0);
        MakeVm(0);
        MakeVm(1);
    }

    /// <summary>How many starts were allowed, refused, and how many attachments were done.</summary>
    public (int Started, int Refused, int Attached) Count { get; private set; }

    /// <summary>Lets something happen.</summary>
    /// <returns>What must never be, in words; null where all is well.</returns>
    public async Task<string?> HappenAsync(LifecycleEvent happening)
    {
        var vm = vms.Count == 0 ? MakeVm(0) : vms[happening.Vm % vms.Count];
        var device = happening.Device % PhysicalHosts.Devices;
        switch (happening.Kind)
        {
            case LifecycleKind.Attach:
                return await AttachAsync(vm, [device], byName: true);
            case LifecycleKind.AttachByUuid:
                return await AttachAsync(vm, [device], byName: false);
            case LifecycleKind.AttachTwo:
                return await AttachAsync(vm, [device, happening.Other % PhysicalHosts.Devices], byName: false);
            case LifecycleKind.Detach:
                return await DetachAsync(vm, hosts.Name(device));
            case LifecycleKind.DetachByUuid:
                return await DetachAsync(vm, $"{PhysicalHosts.Uuid(device)}", device);
            case LifecycleKind.DetachByLabel:
                return await DetachAsync(vm, $"data{device}", device);
            case LifecycleKind.Start:
                return await StartAsync(vm);
            case LifecycleKind.Save:
                return await SaveAsync(vm, happening.Other);
            case LifecycleKind.Audit:
                return await AuditAsync();
            case >= LifecycleKind.EngineRefuses:
                return await AttachUnderFaultAsync(happening.Kind, vm, device, vms[happening.Other % vms.Count]);
            default:
                await OutsideAsync(happening, vm, device);
                return null;
        }
    }

    /// <summary>
    /// Puts everything in order as the findings say, and starts every VM that owns anything: others give up what they got of it, it gives up what is
    /// not its own, and attaches its own by uuid.
    /// </summary>
    public async Task<string?> WayOutAsync()
    {
        foreach (var vm in vms)
        {
            await StopAsync(vm);
        }

        hosts.Heal();
        var owners = vms.ToDictionary(vm => vm, vm => truth.OwnedBy(vm).Where(device => !truth.IsOwnedByAnother(vm, device)).ToArray(), StringComparer.Ordinal);
        foreach (var (vm, own) in owners)
        {
            var homes = own.Select(PhysicalHosts.HomeOf).Distinct().ToArray();
            if (homes.Length > 1 || own.Length == 0 || truth.OwnedBy(vm).Count() != own.Length)
            {
                continue;
            }

            if (pins[vm] != homes[0])
            {
                Pin(vm, homes[0]);
            }

            if (await RepairAsync(vm, own) is { } stuck)
            {
                return stuck;
            }

            if ((await manager.CheckAsync(vm, new HostDeviceRequest { Operation = HostDeviceOperation.Start })) is { IsAllowed: false } refused)
            {
                return $"no way out: {vm} owns {string.Join(", ", own)} and does not start: {string.Join("; ", refused.Findings)}";
            }

            if (await StartAsync(vm) is { } wrong)
            {
                return wrong;
            }

            await StopAsync(vm);
        }

        return null;
    }

    private static string Describe(HostDeviceChange change) => $"{string.Join("; ", change.Check.Findings)} {change.Failure?.Message} {change.RecordFailure?.Message}";

    private async Task<string?> RepairAsync(string vm, int[] own)
    {
        foreach (var other in vms)
        {
            foreach (var name in await ConfiguredAsync(other))
            {
                var bearer = hosts.Bearer(PhysicalHosts.HostId(pins[other]), name) ?? -1;
                if (other == vm ? truth.OwnedAs(vm, name) == bearer : !own.Contains(bearer))
                {
                    continue;
                }

                var detach = await manager.DetachAsync(other, [name]);
                if (!detach.IsDone)
                {
                    return $"no way out: {name} cannot be detached from {other}: {Describe(detach)}";
                }

                truth.GiveUpName(other, name, [name], bearer: null);
            }
        }

        foreach (var device in own)
        {
            var attach = await manager.AttachAsync(vm, [$"{PhysicalHosts.Uuid(device)}"]);
            if (!attach.IsDone)
            {
                return $"no way out: device {device} of {vm} cannot be attached: {Describe(attach)}";
            }

            truth.Own(vm, device, hosts.Name(device));
        }

        return null;
    }

    private async Task<string[]> ConfiguredAsync(string vm) => await engine.ListVmHostDevicesAsync(vm).Select(device => device.Name).ToArrayAsync();

    private string MakeVm(int host)
    {
        made++;
        var id = $"v{made}";
        vms.Add(id);
        Pin(id, host);
        return id;
    }

    private void Pin(string vm, int host)
    {
        pins[vm] = host;
        engine.SetVm(EngineSamples.Vm(vm, $"vm{vm}", PhysicalHosts.HostId(host)), new OvirtNumaNode(0, [0]));
    }

    private async Task StopAsync(string vm)
    {
        await engine.ActAsync(vm, OvirtVmAction.Stop);
        truth.Stop(vm);
    }

    private async Task StopAllOnAsync(int host)
    {
        foreach (var vm in vms.Where(vm => pins[vm] == host))
        {
            await StopAsync(vm);
        }
    }
}
