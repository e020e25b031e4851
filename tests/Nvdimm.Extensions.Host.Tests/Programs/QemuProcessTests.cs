using System.Diagnostics;
using Nvdimm.Extensions.Host.Programs;

namespace Nvdimm.Extensions.Host.Tests.Programs;

public sealed class QemuProcessTests
{
    /// <summary>Above the largest number of a process: what none of them has open.</summary>
    private const int Gone = int.MaxValue;

    // libvirt 9.0.0 with QEMU 7.2: the memory of an NVDIMM; disks of type block and file; older ones; written by hand in <qemu:commandline>.
    [TestCase("""{"qom-type":"memory-backend-file","id":"memnvdimm0","mem-path":"/a/pmem0","share":true}""", "/a/pmem0")]
    [TestCase("""{"qom-type":"memory-backend-file", "mem-path" : "\/a\/\u0070mem0"}""", "/a/pmem0")]
    [TestCase("""{"mem-path":"/a/with \"quotes\""}""", "/a/with \"quotes\"")]
    [TestCase("""{"mem-path":"/a/comma,mem-path=/b"}""", "/a/comma,mem-path=/b")]
    [TestCase("""{"driver":"host_device","filename":"/a/pmem0","node-name":"libvirt-1-storage","auto-read-only":true,"discard":"unmap"}""", "/a/pmem0")]
    [TestCase("""{"driver":"raw","file":{"driver":"file","filename":"/a/pmem0"}}""", "/a/pmem0")]
    [TestCase("""{"driver":"qcow2","backing":"json:{\"file\":{\"filename\":\"/a/pmem0\"}}"}""", "/a/pmem0")]
    [TestCase("""{"paths":["/a/pmem0"]}""", "/a/pmem0")]
    [TestCase("memory-backend-file,id=m,mem-path=/a/pmem0,share=yes", "/a/pmem0")]
    [TestCase("memory-backend-file,mem-path=/a/one,,two", "/a/one,two")]
    [TestCase("memory-backend-file,mem-path=/a/end,,,share=yes", "/a/end,")]
    [TestCase("{no JSON,mem-path=/a/pmem0", "/a/pmem0")]
    [TestCase("file=/a/pmem0,format=raw,if=none,id=drive0", "/a/pmem0")]
    [TestCase("format=raw,file=host_device:/a/pmem0", "/a/pmem0")]
    [TestCase("file:/a/pmem0", "/a/pmem0")]
    [TestCase("driver=raw,file.driver=file,file.filename=/a/pmem0", "/a/pmem0")]
    [TestCase("""file=json:{"driver":"raw",,"file":{"driver":"file",,"filename":"/a/pmem0"}}""", "/a/pmem0")]
    [TestCase("/a/pmem0", "/a/pmem0")]
    [TestCase("""{'qom-type':'memory-backend-file','mem-path':'/a/pmem0'}""", "/a/pmem0")]
    [TestCase("""{"mem\u002dpath":"\u002fa\u002Fpmem0"}""", "/a/pmem0")]
    [TestCase("""{"filename":"json:{\"filename\":\"/a/pmem0\"}"}""", "/a/pmem0")]
    [TestCase("""{'mem-path':"/a/it's"}""", "/a/it's")]
    [TestCase("file:/a/with=sign", "/a/with=sign")]
    [TestCase("file=blkdebug:x.conf:/a/pmem0", "/a/pmem0")]
    [TestCase("file=blkverify:/a/raw:/a/pmem0", "/a/pmem0")]
    [TestCase("file=/a/by-path/pci-0000:00:1f", "/a/by-path/pci-0000:00:1f")]
    [TestCase("file=fat:rw:/a/pmem0", "/a/pmem0")]
    [TestCase("mem-path=a/pmem0", "/a/pmem0")]
    [TestCase("a/pmem0", "/a/pmem0")]
    [TestCase("file=nbd:unix:/a/pmem0", "/a/pmem0")]
    [TestCase("/a/with=sign", "/a/with=sign")]
    [TestCase("file=/a/with=sign", "/a/with=sign")]
    public void Uses_WhatIsNamed(string argument, string path) => Assert.That(Qemu(argument).Uses(path), Is.True);

    [TestCase("""{"mem-path":"/a/pmem0"}""", "/a/pmem")]
    [TestCase("""{"mem-path":"/a/comma,mem-path=/b"}""", "/b")]
    [TestCase("""{"mem-path":"\ud800"}""", "\ufffd")]
    [TestCase("""{"mem-path":"/a/pmem0" """, "/a")]
    [TestCase("""{"/a/pmem0":"mem-path"}""", "/a/pmem0")]
    [TestCase("""{"filename":"json:{\"filename\":\"/a/pmem0"}""", "/a/pmem0")]
    [TestCase("memory-backend-file,mem-path=/a/one,,mem-path=/b", "/b")]
    [TestCase("file=http://host/a/pmem0", "/a/pmem0")]
    [TestCase("guest=/", "")]
    [TestCase("", "")]
    [TestCase("=", "=")]
    public void Uses_NoOtherFile(string argument, string path) => Assert.That(Qemu(argument).Uses(path), Is.False);

    [Test]
    public void Uses_WhatIsBehindAnotherName()
    {
        using var folder = new TemporaryFolder();
        var (file, other) = (folder.Write("pmem0", "x"), folder.Write("pmem1", "x"));
        var link = folder.PathOf("link");
        File.CreateSymbolicLink(link, "pmem0");
        Assert.That(Qemu($$"""{"mem-path":"{{link}}"}""").Uses(file), Is.True);
        Assert.That(Qemu($"memory-backend-file,mem-path={file}").Uses(link), Is.True);
        Assert.That(Qemu($"memory-backend-file,mem-path={file}").Uses($"{folder.Path}//pmem0"), Is.True);
        Assert.That(Qemu($"memory-backend-file,mem-path={link}").Uses(other), Is.False);
    }

    /// <summary>Nodes for null stand for two names of one device. Needs root.</summary>
    [Test]
    public void Uses_ADevice_UnderAnotherNode()
    {
        using var folder = new TemporaryFolder();
        var node = folder.PathOf("node");
        if (RealProgram.Run("mknod", node, "c", "1", "3").ExitCode != 0)
        {
            RealProgram.Unavailable("Device nodes cannot be made here: needs root");
        }

        Assert.That((Qemu($"x,mem-path={node}").Uses("/dev/null"), Qemu($"x,mem-path={node}").Uses("/dev/zero")), Is.EqualTo((true, false)));
    }

    /// <summary>A disk of a running VM is a loop device on the file, or the file's whole file system. Needs root.</summary>
    [Test]
    public void Uses_WhatLiesOnIt_AndWhatItLiesOn()
    {
        using var mount = new LoopMount("ext4");
        var (file, other) = (mount.WriteFile("vm1.img"), mount.WriteFile("vm2.img"));
        var disk = RealProgram.Run("findmnt", "-n", "-o", "SOURCE", mount.Path).Output.Trim();
        var loop = RealProgram.Run("losetup", "--show", "-f", file).Output.Trim();
        try
        {
            Assert.That((Qemu($"file={loop},format=raw").Uses(file), Qemu($"file={loop},format=raw").Uses(other)), Is.EqualTo((true, false)));
            Assert.That((Qemu($"file={file},format=raw").Uses(loop), Qemu($"file={other},format=raw").Uses(loop)), Is.EqualTo((true, false)));
            Assert.That((Qemu($"file={disk},format=raw").Uses(file), Qemu($"file={file},format=raw").Uses(disk)), Is.EqualTo((true, true)));
        }
        finally
        {
            RealProgram.Run("losetup", "-d", loop);
        }
    }

    /// <summary>A link to itself cannot be looked behind.</summary>
    [Test]
    public void Uses_WhatCannotBeSeen_ByItsTextAlone()
    {
        using var folder = new TemporaryFolder();
        var (file, loop) = (folder.Write("pmem0", "x"), folder.PathOf("loop"));
        File.CreateSymbolicLink(loop, "loop");
        var qemu = Qemu($"memory-backend-file,mem-path={loop}");
        Assert.That((qemu.Uses(loop), qemu.Uses(file)), Is.EqualTo((true, false)));
        Assert.That(Qemu($"memory-backend-file,mem-path={file}").Uses(loop), Is.False);
    }

    /// <summary>What is on no command line: a file that was opened later, or only mapped by now.</summary>
    [Test]
    public void Uses_WhatIsOpen()
    {
        using var folder = new TemporaryFolder();
        var (file, other) = (folder.Write("pmem0", "x"), folder.Write("pmem1", "x"));
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"cd {folder.Path}; exec 9<pmem0; echo; exec sleep 60"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        try
        {
            process.StandardOutput.ReadLine();
            var qemu = new QemuProcess(process.Id, "vm", ["sleep", "60"]);
            Assert.That((qemu.Uses(file), qemu.Uses(other)), Is.EqualTo((true, false)));
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }

        Assert.That(new QemuProcess(process.Id, "vm", ["sleep", "60"]).Uses(file), Is.False, "it is gone");
    }

    /// <summary>A disk that is plugged into a running QEMU, by hand at its monitor.</summary>
    [Test]
    public void Uses_ADiskThatWasPlugged_IntoARealQemu()
    {
        RealProgram.Require("qemu-system-x86_64", "qemu-system-x86");
        using var folder = new TemporaryFolder();
        var (file, other) = (folder.Write("pmem0", new string('x', 1 << 20)), folder.Write("pmem1", "x"));
        using var process = Process.Start(new ProcessStartInfo("qemu-system-x86_64", ["-S", "-accel", "tcg", "-machine", "none", "-nodefaults", "-display", "none", "-monitor", "stdio"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var qemu = new QemuProcess(process.Id, "vm", File.ReadAllText($"/proc/{process.Id}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries).ToValueList());
            Assert.That(qemu.Uses(file), Is.False);
            process.StandardInput.WriteLine($"drive_add 0 if=none,id=d0,format=raw,file={file}");
            process.StandardInput.WriteLine("info block");
            for (string? line; (line = process.StandardOutput.ReadLine()) is not null && !line.StartsWith("d0", StringComparison.Ordinal);)
            {
            }

            Assert.That((qemu.Uses(file), qemu.Uses(other)), Is.EqualTo((true, false)));
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    private static QemuProcess Qemu(string argument) => new(Gone, "vm", ["-uuid", "mem-path", "-object", argument]);
}
