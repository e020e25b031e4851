using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Tests.Categories;

/// <summary>A host with two NVDIMMs and a VM that may have one; each test changes the one thing that it is about.</summary>
internal static class CategorySamples
{
    public const string Name = "namespace0.0";

    public static readonly HostReference Host = new("h1", "host1");

    public static NvdimmDevice Device { get; } = new()
    {
        Name = Name,
        Uuid = Guid.ParseExact("5f4f7d5a-9a47-4d1e-8d5c-0e6a0ce7b9a1", "D"),
        Path = "/dev/pmem0",
        Mode = NamespaceMode.Fsdax,
        Size = ByteSize.FromMiB(516),
        Align = Alignment.FromMiB(2),
        NumaNode = 0,
    };

    public static NvdimmDevice OtherDevice { get; } = Device with
    {
        Name = "namespace1.0",
        Uuid = Guid.ParseExact("9c1b7a55-21f4-4b0f-9a0e-6c1f6d1c2b3d", "D"),
        Path = "/dev/pmem1",
    };

    public static NvdimmInventory Known { get; } = new([OtherDevice, Device]) { Selinux = SelinuxState.Permissive };

    public static ManagedVm Vm { get; } = new()
    {
        Id = "v1",
        Name = "vm1",
        PinnedHosts = [Host],
        NumaNodes = [new(0, [0])],
        Memory = ByteSize.FromGiB(1),
        MaxMemory = ByteSize.FromGiB(4),
    };

    public static ManagedVm VmWithNvdimm { get; } = Vm with { HostDevices = [new("nvdimm", Name, $"{Device.Uuid}")] };

    public static NvdimmCategory Category(NvdimmInventory? inventory = null) => new(new FixedInventory(inventory ?? Known));

    public static Task<HostDeviceListing> ListAsync(NvdimmInventory? inventory = null, ValueList<ReportedHostDevice>? reported = null) =>
        Category(inventory).ListAsync(Host, reported);

    public static string[] Codes(this IEnumerable<Finding> findings) => [.. findings.Select(finding => finding.Code)];

    private sealed class FixedInventory(NvdimmInventory inventory) : INvdimmInventory
    {
        public Task<NvdimmInventory> ReadAsync(HostReference host, CancellationToken cancellationToken = default) => Task.FromResult(inventory);
    }
}
