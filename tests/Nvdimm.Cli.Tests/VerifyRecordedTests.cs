using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Sizing;
using static Nvdimm.Cli.Tests.VerifyRun;

namespace Nvdimm.Cli.Tests;

/// <summary>What <c>nvdimm verify</c> says of the recorded devices, and of the programs of another file system.</summary>
public sealed class VerifyRecordedTests
{
    private static readonly RecordedLayout Device = new("namespace0.0", "vm1", LayoutOf(ByteSize.FromGiB(1)));

    private static readonly RecordedLayoutResult Kept = new(Device, SizedOf(ByteSize.FromGiB(1)), null) { IsProbed = true };

    private static readonly RecordedLayoutResult Shifted = new(
        Device with { Device = "namespace1.0", Owner = null }, SizedOf(ByteSize.FromGiB(2)), null)
    { IsProbed = false };

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public async Task Kept_IsGood()
    {
        var run = await With(Good with { Recorded = [Kept, Kept with { IsProbed = false }] }, "verify");
        run.AssertStatus(ExitStatus.Good);
        run.AssertGolden("verify-recorded.txt");
    }

    [Test]
    public async Task Shifted_IsDrift_AndNamesTheDevice()
    {
        var run = await With(Good with { Recorded = [Kept, Shifted] }, "verify");
        run.AssertStatus(ExitStatus.Drift);
        run.AssertGolden("verify-recorded-shifted.txt");
    }

    [Test]
    public async Task Json_HasStableNames()
    {
        var run = await With(Good with { Recorded = [Shifted] }, "verify", "--json");
        run.AssertStatus(ExitStatus.Drift);
        var device = run.Json["devices"]!.Single();
        Assert.That(
            device.Select(property => property.Path.Split('.')[^1]),
            Is.EqualTo(new[] { "device", "owner", "kept", "probed", "backendSize", "guestSize", "newBackendSize", "newGuestSize", "command" }));
        Assert.That(((string?)device["device"], (bool)device["kept"]!, (long)device["guestSize"]!), Is.EqualTo(("namespace1.0", false, 939524096L)));
    }

    /// <summary>The check gets what the ledger has, and a folder without records is no hindrance.</summary>
    [Test]
    public async Task Ledger_ItsDevicesAreChecked()
    {
        var ledger = new LayoutLedger(StateFolders.Made(folder.Path), TimeProvider.System);
        var identity = DeviceIdentity.Of(new NvdimmDevice { Name = "namespace0.0", Uuid = Guid.NewGuid() });
        ledger.Save(new LayoutUse
        {
            Identity = identity,
            Name = "namespace0.0",
            Path = "/dev/pmem0",
            Layout = Device.Layout,
            VmName = "vm1",
        });
        ConformanceOptions? asked = null;
        var run = await With(
            options =>
            {
                asked = options;
                return Task.FromResult(Good);
            },
            "verify",
            "--state-folder",
            folder.Path);
        run.AssertStatus(ExitStatus.Good);
        Assert.That(asked!.Recorded, Is.EqualTo(new[] { Device }));
        Assert.That((await With(Good, "verify", "--state-folder", folder.PathOf("none"))).Status, Is.EqualTo(ExitStatus.Good));
    }

    [TestCase("--record")]
    [TestCase("--connect", "qemu:///system")]
    public async Task Root_WithWhatIsForTheInstalledPrograms_IsAUsageError(params string[] options)
    {
        var run = await With(Good, ["verify", "--root", folder.Path, .. options]);
        run.AssertStatus(ExitStatus.Usage);
        Assert.That(run.Error, Does.Contain("--root starts the libvirt of that file system"));
    }

    [TestCase("none", "There is no folder")]
    [TestCase("empty", "it has no folder usr")]
    [TestCase("system", "is no whole system: it has no folder sys. Create it")]
    [TestCase("image", "is an image, not its file system. Unpack it")]
    public async Task Root_ThatIsNone_SaysWhatItIs(string name, string reason)
    {
        Directory.CreateDirectory(folder.PathOf("empty"));
        folder.Write("image/oci-layout", "{}");
        Directory.CreateDirectory(folder.PathOf("system", "usr"));
        Directory.CreateDirectory(folder.PathOf("system", "proc"));
        folder.WriteScript("system/bin/sh", "exit 0");
        var run = await With(Good, "verify", "--root", folder.PathOf(name));
        run.AssertStatus(ExitStatus.Failed);
        Assert.That(run.Error, Does.Contain(reason));
    }

    /// <summary>
    /// Unpacked packages are laid over this host: their QEMU takes the place of the installed one, and here it is none. Nothing is left on the host.
    /// </summary>
    [Test]
    public void Root_OfUnpackedPackages_RunsTheirQemu()
    {
        RealProgram.Require("libvirtd", "libvirt-daemon-system");
        RealProgram.Require("unshare", "util-linux");
        if (!Environment.IsPrivilegedProcess)
        {
            RealProgram.Unavailable("only root enters another file system");
        }

        folder.WriteScript("usr/bin/qemu-system-x86_64", "echo 'this is the unpacked one' >&2; exit 1");
        var run = RealProgram.Run("dotnet", typeof(NvdimmTool).Assembly.Location, "verify", "--root", folder.Path, "--arch", "x86_64", "--samples", "0");
        Assert.That(run.ExitCode, Is.EqualTo(ExitStatus.Failed));
        Assert.That(run.Error, Does.Contain("Cannot find suitable emulator"));
        Assert.That(File.ReadAllText("/proc/self/mounts"), Does.Not.Contain(folder.Path), "other tests may mount something meanwhile, but not here");
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName), Is.EqualTo(new[] { "usr" }));
    }

    private static SizingResult SizedOf(ByteSize device) => NvdimmSizer.Size(new SizingRequest(GuestArchitecture.X86_64, device) { Align = Alignment.FromMiB(2) });

    private static DeviceLayout LayoutOf(ByteSize device) => DeviceLayout.Of(SizedOf(device).Layout!, guestUuid: null);
}
