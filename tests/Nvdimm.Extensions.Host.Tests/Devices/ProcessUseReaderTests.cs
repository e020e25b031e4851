using System.Diagnostics;
using NSubstitute;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Devices;

namespace Nvdimm.Extensions.Host.Tests.Devices;

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
        var (device, other) = (host.Write("pmem0", "x"), host.Write("pmem01", "x"));
        File.CreateSymbolicLink(host.PathOf("link"), device);
        host.Write("proc/12/maps", $"7f00-7f01 rw-s 00000000 00:05 1   {device}\n");
        host.Write("proc/7/maps", "");
        host.Write("proc/9/maps", $"7f00-7f01 rw-s 00000000 00:05 1   {other}\n7f00-7f01 rw-p 00000000 00:00 0   [heap]\n");
        host.Write("proc/cmdline", "");
        Directory.CreateDirectory(host.PathOf("proc", "13"));
        foreach (var process in new[] { "7", "9", "12", "14" })
        {
            Directory.CreateDirectory(host.PathOf("proc", process, "fd"));
        }

        host.Write("proc/14/maps", "7f00-7f01 rw-s 00000000 00:05 1   /link (deleted)\n");
        Directory.CreateSymbolicLink(host.PathOf("proc", "14", "root"), host.Path);

        File.CreateSymbolicLink(host.PathOf("proc", "7", "fd", "4"), host.PathOf("link"));
        File.CreateSymbolicLink(host.PathOf("proc", "9", "fd", "4"), other);
        File.CreateSymbolicLink(host.PathOf("proc", "9", "fd", "5"), "/nothing/here");
        Assert.That(
            Reader(host.Path, "held by dm-0").Read(device).Uses,
            Is.EqualTo(["held by dm-0", "open in process 7", "open in process 12", "open in process 14"]));
        Assert.That(Reader(host.Path).Read(host.Write("pmem5", "")), Is.EqualTo(DeviceUse.Free));
        Assert.That(() => Reader(host.Path).Read(host.PathOf("pmem6")), Throws.InstanceOf<FileNotFoundException>());
    }

    /// <summary>Nodes for null and zero stand for a device and its partition, which open in a process under names of their own. Needs root.</summary>
    [Test]
    public void Read_DeviceUnderAnotherName_IsFoundByItsNumber()
    {
        using var host = new TemporaryFolder();
        var (node, partition) = (host.PathOf("other"), host.PathOf("part"));
        if (RealProgram.Run("mknod", node, "c", "1", "3").ExitCode != 0 || RealProgram.Run("mknod", partition, "b", "7", "200").ExitCode != 0)
        {
            RealProgram.Unavailable("Device nodes cannot be made here: needs root");
        }

        host.Write("sys/block/null/null1/partition", "1");
        host.Write("sys/block/null/null1/dev", "7:200\n");
        host.Write("sys/block/null/null1/ro", "0\n");
        Directory.CreateDirectory(host.PathOf("sys", "block", "null", "null1", "holders"));
        foreach (var (process, file) in new[] { ("3", node), ("4", "/dev/zero"), ("5", partition) })
        {
            host.Write($"proc/{process}/maps", "");
            Directory.CreateDirectory(host.PathOf("proc", process, "fd"));
            File.CreateSymbolicLink(host.PathOf("proc", process, "fd", "0"), file);
        }

        Assert.That(Reader(host.Path).Read("/dev/null").Uses, Is.EqualTo(["open in process 3", "open in process 5"]));
    }

    private static ProcessUseReader Reader(string root, params string[] uses)
    {
        var inner = Substitute.For<IDeviceUseReader>();
        inner.Read(Arg.Any<string>()).Returns(new DeviceUse(IsReadOnly: false, uses.ToValueList()));
        return new ProcessUseReader(inner, root);
    }
}
