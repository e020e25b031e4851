namespace Nvdimm.Extensions.Engine.Tests;

public sealed class HostDeviceIdTests
{
    [TestCase("namespace0.0", "6e616d657370616365302e30")]
    [TestCase("pci_0000_00_02_0", "7063695f303030305f30305f30325f30")]
    [TestCase("é", "c3a9")]
    public void Id_IsHexOfUtf8AndBack(string name, string id)
    {
        Assert.That(HostDeviceId.FromName(name), Is.EqualTo(id));
        Assert.That(HostDeviceId.ToName(id), Is.EqualTo(name));
    }

    [TestCase("")]
    [TestCase("6")]
    [TestCase("6e6")]
    [TestCase("zz")]
    [TestCase("ff")]
    [TestCase("namespace0.0")]
    public void Name_OfWhatIsNoId_IsNull(string id) => Assert.That(HostDeviceId.ToName(id), Is.Null);

    [Test]
    public void Id_OfALoneSurrogate_IsACallersBug() => Assert.That(() => HostDeviceId.FromName("\ud800"), Throws.InstanceOf<ArgumentException>());
}
