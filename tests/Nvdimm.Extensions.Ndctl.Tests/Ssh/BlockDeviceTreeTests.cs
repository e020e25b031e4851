using Newtonsoft.Json;
using Nvdimm.Extensions.Ndctl.Ssh;

namespace Nvdimm.Extensions.Ndctl.Tests.Ssh;

public sealed class BlockDeviceTreeTests
{
    [TestCase("""{"blockdevices":[{"name":"pmem0","type":"disk","ro":false,"mountpoint":null}]}""", "False ")]
    [TestCase("""{"blockdevices":[{"name":"pmem0","type":"disk","ro":true,"mountpoint":null}]}""", "True ")]
    [TestCase("""{"blockdevices":[{"name":"pmem0","type":"disk","ro":"1","mountpoint":null}]}""", "True ")]
    [TestCase("""{"blockdevices":[{"name":"pmem0","type":"disk","ro":"0","mountpoint":"[SWAP]"}]}""", "False swap on /dev/pmem0")]
    [TestCase("""{"blockdevices":[{"name":"pmem0","ro":false,"children":[{"name":"pmem0p1","type":"part","mountpoint":"/a"}]}]}""", "False mounted on /a")]
    [TestCase("""{"blockdevices":[{"name":"pmem0","ro":false,"more":[1,{}],"children":[{"name":"vg-lv","type":"lvm","mountpoint":"/a"}]}]}""", "False held by vg-lv, mounted on /a")]
    public void Use_OfADevice(string json, string expected)
    {
        var use = BlockDeviceTree.Read(json)["/dev/pmem0"];
        Assert.That($"{use.IsReadOnly} {string.Join(", ", use.Uses)}", Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("{")]
    [TestCase("""{"blockdevices":[{"name":"pmem0"}""")]
    [TestCase("""{"blockdevices":{}}""")]
    public void BadInput_IsMalformed(string json) => Assert.That(() => BlockDeviceTree.Read(json), Throws.InstanceOf<JsonException>());

    [Test]
    public void RealLsblk_IsRead()
    {
        RealProgram.Require("lsblk", "util-linux");
        var (status, output, error) = RealProgram.Run("lsblk", "--json", "--output", "NAME,TYPE,RO,MOUNTPOINT");
        Assert.That(status, Is.Zero, error);
        Assert.That(BlockDeviceTree.Read(output).Keys, Has.All.StartsWith("/dev/"));
    }
}
