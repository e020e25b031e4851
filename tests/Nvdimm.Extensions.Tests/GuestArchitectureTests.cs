using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests;

public sealed class GuestArchitectureTests
{
    [TestCase("x86_64", "x86", 128)]
    [TestCase("ppc64", "POWER", 256)]
    [TestCase("ppc64le", "POWER", 256)]
    [TestCase("aarch64", "Arm", 128)]
    public void FromName_Supported(string name, string family, int hotPlugBlockMiB)
    {
        var architecture = GuestArchitecture.FromName(name);
        Assert.That((architecture.Name, $"{architecture}", architecture.IsSupported, architecture.Family?.Name), Is.EqualTo((name, name, true, family)));
        Assert.That(architecture.HotPlugBlock, Is.EqualTo(Alignment.FromMiB(hotPlugBlockMiB)));
    }

    [TestCase("s390x")]
    [TestCase("i686")]
    [TestCase("X86_64")]
    public void FromName_NotSupported(string name)
    {
        var architecture = GuestArchitecture.FromName(name);
        Assert.That((architecture.Name, architecture.IsSupported, architecture.Family), Is.EqualTo((name, false, default(GuestFamily))));
        Assert.That(() => architecture.HotPlugBlock, Throws.InvalidOperationException.With.Message.Contains(name));
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase(null)]
    public void FromName_Empty(string? name) => Assert.That(() => GuestArchitecture.FromName(name!), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void Default_IsX86()
    {
        Assert.That(default(GuestArchitecture), Is.EqualTo(GuestArchitecture.X86_64));
        Assert.That(GuestArchitecture.FromName("x86_64"), Is.EqualTo(GuestArchitecture.X86_64));
    }
}
