using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Tests.Rest;
using Nvdimm.Extensions.Policy;
using static Nvdimm.Extensions.Engine.Tests.Categories.CategorySamples;

namespace Nvdimm.Extensions.Engine.Tests.Categories;

/// <summary>
/// The audit compares each VM with a few others only, and none that shares a device may be left out. One host is listed, so that the check of a start
/// knows as much as the audit.
/// </summary>
public sealed class SharedNvdimmsTests
{
    private const int Fleets = 2000;

    private static readonly HostReference[] Hosts = [Host, new("h2", "host2"), new("h3", "host3")];
    private static readonly Guid[] Uuids = [.. Enumerable.Range(1, 6).Select(number => new Guid(number, 0, 0, new byte[8]))];

    [Test]
    public async Task Audit_OfAnyFleet_TellsOfEachVm_WhoseStartIsRefusedForAnother()
    {
        var shared = 0;
        for (var seed = 0; seed < Fleets; seed++)
        {
            var chance = new Chance(seed);
            var listing = await Category(new NvdimmInventory([.. Some(chance, 3, number => Listed(chance, number))])).ListAsync(Host, Reported(chance));
            ManagedVm[] vms = [.. Enumerable.Range(1, 6).Select(number => AnyVm(chance, number))];
            var category = Category();
            var audited = Pairs(category.Audit(new HostDeviceAudit([listing], [.. vms])).Select(found => (found.VmId!, found.Finding)));
            foreach (var vm in vms.Where(vm => vm.PinnedHosts is [var pinned] && pinned == Host))
            {
                var refused = Pairs(category.Check(new HostDeviceRequest
                {
                    Operation = HostDeviceOperation.Start,
                    Vm = vm,
                    Listing = listing,
                    OtherVms = [.. vms.Where(other => other != vm)],
                }).Findings.Select(finding => (vm.Id, finding)));
                Assert.That(refused.Except(audited), Is.Empty, $"seed {seed}, {vm.Id}");
                shared += refused.Length;
            }
        }

        Assert.That(shared, Is.GreaterThan(3 * Fleets), "the fleets have devices that VMs share");
    }

    /// <summary>Each VM, its device, and another VM that may have it.</summary>
    private static string[] Pairs(IEnumerable<(string Vm, Finding Finding)> findings) =>
    [
        .. from found in findings
           where found.Finding.Code == NvdimmCodes.UsedByOtherVm
           from other in found.Finding["otherVm"]!.Split(", ")
           select $"{found.Vm} {found.Finding["device"]} {other}",
    ];

    private static IEnumerable<T> Some<T>(Chance chance, int limit, Func<int, T> make) => Enumerable.Range(0, limit).Where(_ => chance.Next(4) > 0).Select(make);

    private static NvdimmDevice Listed(Chance chance, int number)
    {
        // No two devices are on one area.
        var (uuid, raw) = (AnyUuid(chance), chance.Next(3) == 0 ? (Guid?)null : Uuids[3 + number]);
        return Device with { Name = $"namespace{number}.0", Path = $"/dev/pmem{number}", Uuid = uuid, RawUuid = raw == uuid ? null : raw };
    }

    private static Guid? AnyUuid(Chance chance) => chance.Next(3) == 0 ? null : Uuids[chance.Next(4)];

    /// <summary>The UUID of an area. One of them is also the UUID of a device that shows the area itself.</summary>
    private static Guid? AnyRawUuid(Chance chance) => chance.Next(3) == 0 ? null : Uuids[3 + chance.Next(3)];

    private static ValueList<ReportedHostDevice> Reported(Chance chance) =>
        [.. Some(chance, 3, number => new ReportedHostDevice($"namespace{number}.0", chance.Next(4) == 0 ? $"v{1 + chance.Next(6)}" : null))];

    private static ManagedVm AnyVm(Chance chance, int number) => Vm with
    {
        Id = $"v{number}",
        Name = $"vm{number}",
        Status = chance.Next(2) == 0 ? VmStatus.Down : VmStatus.Up,
        PinnedHosts = [.. chance.Next(5) == 0 ? Some(chance, Hosts.Length, host => Hosts[host]) : [Hosts[chance.Next(Hosts.Length)]]],
        HostDevices = [.. Some(chance, 2, _ => new AttachedHostDevice("nvdimm", $"namespace{chance.Next(3)}.0")).DistinctBy(device => device.Name)],
        ExpectedHostDevices = chance.Next(3) == 0 ? null : [.. Some(chance, 2, _ => Recorded(chance))],
    };

    private static AttachedHostDevice Recorded(Chance chance) => new("nvdimm", $"namespace{chance.Next(3)}.0", $"{AnyUuid(chance)}")
    {
        HostId = chance.Next(3) == 0 ? null : Hosts[chance.Next(Hosts.Length)].Id,
        Details = AnyRawUuid(chance) is { } raw && chance.Next(2) == 0 ? [new("raw_uuid", $"{raw}")] : [],
    };
}
