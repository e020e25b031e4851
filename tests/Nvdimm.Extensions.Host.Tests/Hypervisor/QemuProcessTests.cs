using Nvdimm.Extensions.Host.Hypervisor;

namespace Nvdimm.Extensions.Host.Tests.Hypervisor;

public sealed class QemuProcessTests
{
    [TestCase("""{"qom-type":"memory-backend-file","id":"memnvdimm0","mem-path":"/a/pmem0","share":true}""", "/a/pmem0")]
    [TestCase("""{"qom-type":"memory-backend-file", "mem-path" : "\/a\/\u0070mem0"}""", "/a/pmem0")]
    [TestCase("""{"mem-path":"/a/with \"quotes\""}""", "/a/with \"quotes\"")]
    [TestCase("""{"mem-path":"/a/comma,mem-path=/b"}""", "/a/comma,mem-path=/b")]
    [TestCase("memory-backend-file,id=m,mem-path=/a/pmem0,share=yes", "/a/pmem0")]
    [TestCase("memory-backend-file,mem-path=/a/one,,two", "/a/one,two")]
    [TestCase("memory-backend-file,mem-path=/a/end,,,share=yes", "/a/end,")]
    [TestCase("{no JSON,mem-path=/a/pmem0", "/a/pmem0")]
    public void Uses_TheFileOfItsMemory(string argument, string path) => Assert.That(Qemu(argument).Uses(path), Is.True);

    [TestCase("""{"mem-path":"/a/pmem0"}""", "/a/pmem")]
    [TestCase("""{"mem-path":"/a/comma,mem-path=/b"}""", "/b")]
    [TestCase("""{"id":"mem-path","path":"/a/pmem0"}""", "/a/pmem0")]
    [TestCase("""{"mem-path":["/a/pmem0"]}""", "/a/pmem0")]
    [TestCase("""{"mem-path":"\ud800"}""", "\ufffd")]
    [TestCase("""{"mem-path":"/a/pmem0" """, "/a")]
    [TestCase("memory-backend-file,mem-path=/a/one,,mem-path=/b", "/b")]
    [TestCase("memory-backend-file,x-mem-path=/a/pmem0", "/a/pmem0")]
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

    private static QemuProcess Qemu(string argument) => new(1, "vm", ["-uuid", "mem-path", "-object", argument]);
}
