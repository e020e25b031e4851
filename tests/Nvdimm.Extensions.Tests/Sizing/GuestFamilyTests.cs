using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.Sizing;

/// <summary>The rows of the table of architectures.</summary>
public sealed class GuestFamilyTests
{
    private static IEnumerable<GuestArchitecture> Architectures => GuestFamily.All.SelectMany(family => family.Architectures);

    [Test]
    public void All_HasEveryRowOnce()
    {
        var rows = typeof(GuestFamily).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(GuestFamily)));
        Assert.That(GuestFamily.All.Select(family => family.GetType()), Is.EquivalentTo(rows));
        Assert.That(Architectures, Is.Unique);
        Assert.That(GuestFamily.All.Select(family => (family.Name, family.QemuProgram, family.HostArchitecture)), Is.Unique);
        Assert.That(GuestFamily.All.Select(family => $"{family}"), Is.EqualTo(new[] { "x86", "POWER", "Arm" }));
    }

    [TestCaseSource(nameof(Architectures))]
    public void Of_FindsTheRow(GuestArchitecture architecture)
    {
        var family = GuestFamily.Of(architecture)!;
        Assert.That(family.Architectures, Does.Contain(architecture));
        Assert.That((architecture.Family, architecture.IsSupported, architecture.HotPlugBlock), Is.EqualTo((family, true, family.HotPlugBlock)));
        Assert.That((family.HasUsualStart(family.Machine), family.HasUsualStart("microvm")), Is.EqualTo((true, false)));
    }

    [TestCaseSource(nameof(Architectures))]
    public void Element_HasAUuidWhereTheGuestNeedsOne(GuestArchitecture architecture)
    {
        var device = new NvdimmDevice { Name = "n", Uuid = Guid.NewGuid(), Path = "/dev/pmem0" };
        var layout = NvdimmSizer.Size(new SizingRequest(architecture, ByteSize.FromMiB(1025)) { Align = Alignment.FromMiB(2) });
        var element = NvdimmElement.Create(device, layout, guestNode: 0).Element!;
        Assert.That(element.Uuid is not null, Is.EqualTo(architecture.Family!.HasUuid));
    }

    /// <summary>What QEMU 11.1.3 and 7.2.22 gave an aarch64 guest of 1 GiB, by alignment (measured).</summary>
    [TestCase(4L << 10, 1073610752)]
    [TestCase(64L << 10, 1073610752)]
    [TestCase(2L << 20, 1071644672)]
    [TestCase(128L << 20, 939524096)]
    [TestCase(512L << 20, 536870912)]
    public void Keep_OfArm_IsWhatQemuGave(long align, long guest)
    {
        var request = new SizingRequest(GuestArchitecture.AArch64, ByteSize.FromGiB(1));
        var kept = NvdimmSizer.Keep(request, ByteSize.FromGiB(1), Alignment.FromBytes(align));
        Assert.That(kept.Layout?.GuestSize.Bytes, Is.EqualTo(guest));
    }

    [Test]
    public void Keep_OfArmWithNothingLeft_IsRefused() => Assert.That(
        NvdimmSizer.Keep(new SizingRequest(GuestArchitecture.AArch64, ByteSize.FromGiB(1)), ByteSize.FromGiB(1), Alignment.FromMiB(1024)).Codes,
        Is.EqualTo(new[] { NvdimmCodes.DeviceTooSmall }));

    /// <summary>Measured on QEMU 11.1.3: behind RAM, which begins at 1 GiB, rounded up to 1 GiB.</summary>
    [TestCase(512, 2)]
    [TestCase(1024, 2)]
    [TestCase(1025, 3)]
    public void Plan_OfArm_BeginsBehindRam(long ramMiB, long startGiB)
    {
        var ram = ByteSize.FromMiB(ramMiB);
        var plan = MemoryHotPlug.Plan(new MemoryHotPlugRequest
        {
            Architecture = GuestArchitecture.AArch64,
            Ram = ram,
            MaxMemory = ram + ByteSize.FromGiB(4),
            DimmSize = ByteSize.FromGiB(1),
        });
        Assert.That((plan.Automatic?.Address, plan.MemoryBlock, plan.ComesOnline), Is.EqualTo((ByteSize.FromGiB(startGiB), Alignment.FromMiB(128), true)));
    }
}
