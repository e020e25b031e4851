using System.Diagnostics;
using NSubstitute;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Sysfs;

namespace Nvdimm.Extensions.Host.Tests.Sysfs;

public sealed class ProcessUseReaderTests
{
    /// <summary>The real entries of two processes; all of them can be read by nobody in a container.</summary>
    [Test]
    public void Read_RealProcessThatHasItOpen_IsNamed()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("pmem0", "x");
        using var own = File.OpenRead(path);
        using var other = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", "exec 9<\"$0\"; echo; exec sleep 60", path]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        try
        {
            other.StandardOutput.ReadLine();
            Directory.CreateDirectory(folder.PathOf("proc"));
            foreach (var process in new[] { Environment.ProcessId, other.Id })
            {
                Directory.CreateSymbolicLink(folder.PathOf("proc", $"{process}"), $"/proc/{process}");
            }

            Assert.That(Reader(folder.Path).Read(path).Uses, Is.EqualTo([$"open in process {other.Id}"]), "this process does not count");
        }
        finally
        {
            other.Kill();
            other.WaitForExit();
        }
    }

    [Test]
    public void Read_OpenMappedOrNeither_OverWhatTheInnerReaderSays()
    {
        using var host = new TemporaryFolder();
        host.Write("proc/12/maps", "7f00-7f01 rw-s 00000000 00:05 1   /dev/pmem0\n");
        host.Write("proc/7/maps", "");
        host.Write("proc/9/maps", "7f00-7f01 rw-s 00000000 00:05 1   /dev/pmem01\n");
        host.Write("proc/cmdline", "");
        Directory.CreateDirectory(host.PathOf("proc", "13"));
        foreach (var process in new[] { "7", "9", "12" })
        {
            Directory.CreateDirectory(host.PathOf("proc", process, "fd"));
        }

        File.CreateSymbolicLink(host.PathOf("proc", "7", "fd", "4"), "/dev/pmem0");
        File.CreateSymbolicLink(host.PathOf("proc", "9", "fd", "4"), "/dev/pmem1");
        Assert.That(Reader(host.Path, "held by dm-0").Read("/dev/pmem0").Uses, Is.EqualTo(["held by dm-0", "open in process 7", "open in process 12"]));
        Assert.That(Reader(host.Path).Read("/dev/pmem5"), Is.EqualTo(DeviceUse.Free));
    }

    private static ProcessUseReader Reader(string root, params string[] uses)
    {
        var inner = Substitute.For<IDeviceUseReader>();
        inner.Read(Arg.Any<string>()).Returns(new DeviceUse(IsReadOnly: false, uses.ToValueList()));
        return new ProcessUseReader(inner, root);
    }
}
