using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Tests.Ledger;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>What a domain uses as memory beside its NVDIMMs, and what is the host's NVDIMM behind it.</summary>
public sealed class StartMemoryUsesTests
{
    private static readonly DomainDeviceUse Pmem = new()
    {
        Kind = DomainUseKind.VirtioPmem,
        Path = "/dev/pmem0",
        Description = "virtio-pmem 1",
        IsMemory = true,
        Size = ByteSize.FromMiB(512),
    };

    private static readonly DomainDeviceUse Argument =
        new() { Kind = DomainUseKind.Argument, Path = "/dev/pmem1", Description = "QEMU argument 'mem-path=/dev/pmem1'", IsMemory = true };

    [Test]
    public void VirtioPmem_StartsWithItsDevice_AndAnArgumentIsRefused()
    {
        var found = Find(Argument, Pmem);
        Assert.That(found.Pmems, Is.EqualTo(new[] { new StartPmem(Pmem, Samples.Device(0)) }));
        Assert.That(
            found.Refusals.Select(finding => $"{finding.Severity} {finding.InFull()}"),
            Is.EqualTo(new[] { "Error NVDIMM_XML_ARGUMENT device=namespace1.0 use=QEMU argument 'mem-path=/dev/pmem1'" }));
    }

    [Test]
    public void Any_IsEitherKind() =>
        Assert.That((Find(Pmem).Any, Find(Argument).Any, Find().Any), Is.EqualTo((true, true, false)));

    [Test]
    public void UseOfAnotherKind_OrThatIsNoMemory_OrOfNoDevice_DoesNotMatter()
    {
        var asked = new List<string>();
        DomainDeviceUse[] uses =
        [
            Pmem with { Kind = DomainUseKind.Nvdimm, Path = "nvdimm" },
            Pmem with { Kind = DomainUseKind.Disk, Path = "disk" },
            Pmem with { Kind = DomainUseKind.Other, Path = "other" },
            Argument with { IsMemory = false, Path = "argument" },
            Pmem with { Path = "/dev/shm/plain" },
        ];
        var found = StartMemoryUses.Find(uses, path =>
        {
            asked.Add(path);
            return null;
        });
        Assert.That((found.Any, found.Pmems.Count, found.Refusals.Count), Is.EqualTo((false, 0, 0)));
        Assert.That(asked, Is.EqualTo(new[] { "/dev/shm/plain" }), "nothing else is looked for on the host");
    }

    private static StartMemoryUses Find(params DomainDeviceUse[] uses) =>
        StartMemoryUses.Find(uses, path => Samples.Device(path == "/dev/pmem0" ? 0 : 1));
}
