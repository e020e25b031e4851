using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Extensions.Ndctl.Tests.Json;

public sealed class KeyNamesTests
{
    [Test]
    public void Of_NameOfEveryKey_IsThatKey() => Assert.Multiple(() =>
    {
        foreach (var key in Enum.GetValues<NdctlKey>())
        {
            var names = new KeyNames();
            Assert.That(names.Of(key.Name()), Is.EqualTo(key));
            Assert.That(names.Get($"x{key.Name()}x".ToCharArray(), 1, key.Name().Length), Is.EqualTo(key == NdctlKey.Unknown ? null : key.Name()));
        }
    });

    [TestCase("Dev")]
    [TestCase("dev ")]
    [TestCase("")]
    [TestCase("devs")]
    public void Of_OtherName_IsUnknown(string name) => Assert.That(new KeyNames().Of(name), Is.EqualTo(NdctlKey.Unknown));

    [Test]
    public void Of_NameAfterAnother_IsNotTakenForIt()
    {
        var names = new KeyNames();
        var size = names.Get(['s', 'i', 'z', 'e'], 0, 4)!;
        names.Get(['m', 'o', 'd', 'e'], 0, 4);
        Assert.That(names.Of(size), Is.EqualTo(NdctlKey.Size));
        names.Get(['o', 'd', 'd'], 0, 3);
        Assert.That(names.Of("odd"), Is.EqualTo(NdctlKey.Unknown));
        Assert.That(names.Of(size), Is.EqualTo(NdctlKey.Size));
    }
}
