using System.Diagnostics;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Tests.Ledger;
using Nvdimm.Extensions.Host.Tests.Start;

namespace Nvdimm.Extensions.Host.Tests.Devices;

/// <summary>Real loop devices; they need root.</summary>
public sealed class ExclusiveUseReaderTests
{
    private readonly List<string> loops = [];
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        folder.Write("proc/self/mountinfo", "");
        folder.Write("proc/swaps", "Filename\n");
    }

    [TearDown]
    public void TearDown()
    {
        loops.ForEach(loop => RealProgram.Run("losetup", "--detach", loop));
        loops.Clear();
        folder.Dispose();
    }

    [Test]
    public void Read_MountInAnotherNamespaceWithItsJournalElsewhere_HoldsBoth()
    {
        var (data, journal) = (Loop("data"), Loop("journal"));
        Assert.That(Run("mke2fs", "-q", "-F", "-b", "4096", "-O", "journal_dev", journal), Is.Zero);
        Assert.That(Run("mke2fs", "-q", "-F", "-b", "4096", "-t", "ext4", "-J", $"device={journal}", data), Is.Zero);
        Assert.That(Read(data), Is.EqualTo(DeviceUse.Free));
        var mount = Directory.CreateDirectory(folder.PathOf("mount")).FullName;
        using (var other = Process.Start(new ProcessStartInfo("unshare", ["--mount", "sh", "-c", $"mount '{data}' '{mount}' && echo mounted && read -r end"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!)
        {
            Assert.That(other.StandardOutput.ReadLine(), Is.EqualTo("mounted"));
            Assert.That(File.ReadAllText("/proc/self/mountinfo"), Does.Not.Contain(data), "nothing shows here");
            foreach (var device in new[] { data, journal })
            {
                Assert.That(Read(device).Uses.Single(), Does.StartWith("held exclusively"));
                var check = new StartEvidenceReader(folder.PathOf("state"), new FixedTime(), folder.Path).Decide(Samples.Device() with { Path = device, Uuid = null }, Samples.Layout());
                Assert.That(check.Refusals.Select(finding => finding.Code), Does.Contain(NvdimmCodes.InUseByHost));
            }

            other.StandardInput.Close();
            other.WaitForExit();
        }

        Assert.That(SpinWait.SpinUntil(() => Read(journal) == DeviceUse.Free, TimeSpan.FromSeconds(30)), Is.True, "what is over is seen, too");
    }

    [Test]
    public void Read_FileThatIsNotThere_IsNotFree()
    {
        folder.Write("sys/block/gone/dev", "7:99\n");
        folder.Write("sys/block/gone/ro", "0\n");
        Directory.CreateDirectory(folder.PathOf("sys", "block", "gone", "holders"));
        Assert.That(() => Read(folder.PathOf("dev", "gone")), Throws.InstanceOf<IOException>());
    }

    private DeviceUse Read(string device) => new ExclusiveUseReader(new SysfsDeviceUseReader(folder.Path)).Read(device);

    private static int Run(string program, params string[] arguments) => RealProgram.Run(program, arguments).ExitCode;

    private string Loop(string name)
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists("/dev/loop-control"))
        {
            RealProgram.Unavailable("Loop devices need root and a kernel that has them");
        }

        var file = folder.PathOf(name);
        using (var stream = File.Create(file))
        {
            stream.SetLength(512L << 20);
        }

        var (status, output, error) = RealProgram.Run("losetup", "--find", "--show", file);
        Assert.That(status, Is.Zero, error);
        var loop = output.Trim();
        loops.Add(loop);
        folder.Write($"sys/block/{Path.GetFileName(loop)}/dev", "7:77\n");
        folder.Write($"sys/block/{Path.GetFileName(loop)}/ro", "0\n");
        Directory.CreateDirectory(folder.PathOf("sys", "block", Path.GetFileName(loop), "holders"));
        return loop;
    }
}
