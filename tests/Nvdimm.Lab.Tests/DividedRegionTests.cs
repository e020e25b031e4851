namespace Nvdimm.Lab.Tests;

/// <summary>
/// The dax region of a namespace cannot be divided: a guest that plays the host tries it with daxctl and by hand. That a namespace has one dax
/// device, which is all of it, is what its identity by uuid rests on.
/// </summary>
[Category("host")]
public sealed class DividedRegionTests
{
    private const string Script =
        """
        nvdimms
        blank_labels
        ndctl create-namespace -r region0 -m devdax -s 256M
        region=$(dirname "$(readlink -f /sys/bus/dax/devices/dax0.0)")
        attempt() { "$@" && echo "done: $*" >>/out/divided || true; }
        touch /out/divided
        attempt daxctl create-device -r 0 -s 64M
        attempt sh -c "echo 1 >$region/dax_region/create"
        daxctl disable-device dax0.0
        attempt daxctl reconfigure-device -N -s 64M dax0.0
        attempt sh -c "echo 67108864 >$region/dax0.0/size"
        attempt daxctl destroy-device dax0.0
        attempt daxctl create-device -r 0
        daxctl enable-device dax0.0
        ls "$region/dax_region" >/out/attributes
        ndctl list -N -v >/out/listing.json
        """;

    [SetUp]
    public void Require() => LabGuest.X86.Require();

    [Test]
    public void DaxRegionOfANamespace_StaysWhole()
    {
        using var folder = new LabFolder();
        var result = LabQemu.Boot(folder, Script, ["-machine", "q35,nvdimm=on", "-m", "1G,slots=2,maxmem=16G", .. LabQemu.Nvdimm(folder, 0, 1024, 128, null)]);
        Assert.That(result.Text("divided"), Is.Empty, "what was possible");
        Assert.That(result.Text("attributes"), Does.Not.Contain("create").And.Contain("size"), "a static region");
        var device = result.Devices("listing.json").Single();
        Assert.That((device.DaxDevices.Single().Size, device.IsUsable), Is.EqualTo((device.Size, true)));
    }
}
