using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.Sizing;

/// <summary>What a layout says beside its sizes.</summary>
public sealed class LayoutPropertiesTests
{
    private static readonly SizingRequest Request = new(GuestArchitecture.X86_64, ByteSize.FromMiB(512)) { Align = Alignment.FromMiB(2) };

    /// <summary>Seen in guests: at 64 GiB of RAM a DIMM beside 384 MiB does not come online, beside 2 GiB it does.</summary>
    [TestCase(0, 512, 128, new string[0])]
    [TestCase(4, 512, 128, new string[0])]
    [TestCase(63, 512, 1024, new[] { NvdimmCodes.HotPlugMisaligned })]
    [TestCase(64, 512, 2048, new[] { NvdimmCodes.HotPlugMisaligned })]
    [TestCase(64, 2176, 2048, new string[0])]
    public void Size_GuestRam_DecidesTheWarningAndNoSize(long ramGiB, long deviceMiB, long blockMiB, string[] codes)
    {
        var unknown = NvdimmSizer.Size(Request with { DeviceSize = ByteSize.FromMiB(deviceMiB) });
        var sized = NvdimmSizer.Size(unknown.Request with { GuestRam = ByteSize.FromGiB(ramGiB) });
        Assert.That((sized.Request.MemoryBlock, sized.Codes), Is.EqualTo((Alignment.FromMiB(blockMiB), codes.ToValueList())));
        Assert.That((sized.TargetSize, sized.BackendSize, sized.Layout?.LabelOffset, sized.Layout?.GuestSize), Is.EqualTo((unknown.TargetSize, unknown.BackendSize, unknown.Layout?.LabelOffset, unknown.Layout?.GuestSize)));
        Assert.That(sized.Findings.Select(finding => finding["hotPlugBlock"]), Is.All.EqualTo($"{blockMiB << 20}"));
    }

    [Test]
    public void MemoryBlock_OtherArchitecture_IsNotKnown() =>
        Assert.That(NvdimmSizer.Size(Request with { Architecture = GuestArchitecture.FromName("s390x") }).Request.MemoryBlock, Is.Null);

    [TestCase("/dev/pmem0", NamespaceMode.Fsdax, BackingPersistence.PageCache)]
    [TestCase("/dev/pmem0s", NamespaceMode.Sector, BackingPersistence.PageCache)]
    [TestCase("/dev/pmem0", NamespaceMode.Raw, BackingPersistence.PageCache)]
    [TestCase("/dev/dax0.0", NamespaceMode.Devdax, BackingPersistence.DaxUnproven)]
    [TestCase(null, NamespaceMode.Fsdax, BackingPersistence.Unknown)]
    public void Persistence_OfADevice_FollowsItsFile(string? path, NamespaceMode mode, BackingPersistence expected)
    {
        var device = new NvdimmDevice { Name = "namespace0.0", Path = path, Mode = mode, Size = ByteSize.FromGiB(1), Align = Alignment.FromMiB(2) };
        Assert.That(device.Persistence, Is.EqualTo(expected));
        Assert.That(NvdimmSizer.Size(SizingRequest.For(GuestArchitecture.X86_64, device)!.Value).Request.Persistence, Is.EqualTo(expected));
    }

    /// <summary>Of a dax device bus and region have to promise it. The providers are those of Linux 7.2.</summary>
    [TestCase("ACPI.NFIT", "cpu_cache", BackingPersistence.Dax)]
    [TestCase("ACPI.NFIT", "memory_controller", BackingPersistence.Dax)]
    [TestCase("CXL", "memory_controller", BackingPersistence.Dax)]
    [TestCase(null, "memory_controller", BackingPersistence.Dax)]
    [TestCase("ACPI.NFIT", "unknown", BackingPersistence.DaxUnproven)]
    [TestCase("ACPI.NFIT", null, BackingPersistence.DaxUnproven)]
    [TestCase("e820", "memory_controller", BackingPersistence.DaxUnproven)]
    [TestCase("ramdax", "cpu_cache", BackingPersistence.DaxUnproven)]
    [TestCase("virtio-pmem", "cpu_cache", BackingPersistence.DaxUnproven)]
    public void Persistence_OfADaxDevice_IsWhatBusAndRegionPromise(string? provider, string? domain, BackingPersistence expected)
    {
        var device = new NvdimmDevice
        {
            Name = "namespace0.0",
            Path = "/dev/dax0.0",
            Mode = NamespaceMode.Devdax,
            Size = ByteSize.FromGiB(1),
            Align = Alignment.FromMiB(2),
            BusProvider = provider,
            PersistenceDomain = domain,
        };
        Assert.That(device.Persistence, Is.EqualTo(expected));
        Assert.That(NvdimmSizer.Size(SizingRequest.For(GuestArchitecture.X86_64, device)!.Value).Request.Persistence, Is.EqualTo(expected));
        Assert.That((device with { Path = "/dev/pmem0" }).Persistence, Is.EqualTo(BackingPersistence.PageCache));
    }

    [TestCase("/mnt/vm1.img", true, BackingPersistence.Dax)]
    [TestCase("/mnt/vm1.img", false, BackingPersistence.PageCache)]
    [TestCase("/dev/dax/vm1.img", false, BackingPersistence.PageCache)]
    public void Persistence_OfAFile_FollowsItsFileSystem(string path, bool isDax, BackingPersistence expected)
    {
        var device = new NvdimmDevice { Name = path, Path = path, Size = ByteSize.FromGiB(1), File = new BackingFile(Identity: null, isDax) };
        Assert.That(device.Persistence, Is.EqualTo(expected));
        Assert.That(NvdimmSizer.Size(SizingRequest.For(GuestArchitecture.X86_64, device)!.Value).Request.Persistence, Is.EqualTo(expected));
    }

    [Test]
    public void Persistence_OfARequest_IsWhatItSays()
    {
        Assert.That(NvdimmSizer.Size(Request).Request.Persistence, Is.EqualTo(BackingPersistence.Unknown));
        Assert.That(NvdimmSizer.Size(Request with { IsDevdax = true }).Request.Persistence, Is.EqualTo(BackingPersistence.DaxUnproven));
        Assert.That(NvdimmSizer.Size(Request with { Persistence = BackingPersistence.Dax }).Request.Persistence, Is.EqualTo(BackingPersistence.Dax));
    }
}
