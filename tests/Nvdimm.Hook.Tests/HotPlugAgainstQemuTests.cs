using System.Globalization;
using System.Text.RegularExpressions;
using Nvdimm.Hook.HotPlug;

namespace Nvdimm.Hook.Tests;

/// <summary>Where the hook says that plugged memory lands, and where the real QEMU puts it, with the backends that libvirt makes.</summary>
public sealed class HotPlugAgainstQemuTests
{
    private const string Anonymous = "";
    private const string Memfd = "<memoryBacking><source type='memfd'/></memoryBacking>";
    private const string InFile = "<memoryBacking><source type='file'/></memoryBacking>";
    private const string Shared = "<memoryBacking><access mode='shared'/></memoryBacking>";
    private const string Huge = "<memoryBacking><hugepages><page size='2' unit='MiB' nodeset='1'/><page size='1' unit='GiB'/></hugepages>"
        + "<source type='memfd'/></memoryBacking>";
    private const string Pages = "<memoryBacking><hugepages><page size='4' unit='KiB'/></hugepages></memoryBacking>";

    private const string Ram = "memory-backend-ram,reserve=off";
    private const string Fd = "memory-backend-memfd,reserve=off";
    private const string File = "memory-backend-file,mem-path=FOLDER/dimm,reserve=off";
    private const string Giant = "memory-backend-memfd,hugetlb=on,hugetlbsize=1073741824,reserve=off";

    /// <summary>The NVDIMM has 1 GiB with its label, and no alignsize: what follows it is aligned by nothing but its own backend.</summary>
    [TestCase("q35", 4096, Anonymous, Ram, null)]
    [TestCase("q35", 4096, Memfd, Fd, null)]
    [TestCase("q35", 4096, InFile, File, null)]
    [TestCase("q35", 4096, Shared, File, null)]
    [TestCase("q35", 4096, Huge, Giant, null)]
    [TestCase("q35", 4096, Pages, Ram, null)]
    [TestCase("q35", 1024, Memfd, Fd, null)]
    [TestCase("q35", 4096, Anonymous, Ram, 0x1B8200000)]
    [TestCase("q35", 4096, Memfd, Fd, 0x1F8200000)]
    [TestCase("q35", 2048, Anonymous, Ram, 0x138200000)]
    [TestCase("pc", 4096, Anonymous, Ram, null)]
    [TestCase("pc", 3583, Memfd, Fd, null)]
    [TestCase("pc", 4096, Memfd, Fd, 0x1F8200000)]
    [TestCase("pc", 2048, Anonymous, Ram, 0x178200000)]
    public void Plugged_LandsWhereTheHookSays(string machine, int ram, string backing, string backend, long? address)
    {
        RealProgram.Require("qemu-system-x86_64", "qemu-system-x86");
        if (backend == Giant && !Directory.Exists("/sys/kernel/mm/hugepages/hugepages-1048576kB"))
        {
            Assert.Ignore("the kernel has no huge pages of 1 GiB: this processor lacks them");
        }

        using var folder = new TemporaryFolder();
        using (var device = System.IO.File.Create(folder.PathOf("nvdimm")))
        {
            device.SetLength(1L << 30);
        }

        var commands = Lines(
            """{"execute":"qmp_capabilities"}""",
            $$"""{"execute":"object-add","arguments":{{Object(backend.Replace("FOLDER", folder.Path, StringComparison.Ordinal))}}}""",
            """{"execute":"device_add","arguments":{"driver":"pc-dimm","id":"dimm0","memdev":"memory0","node":0}}""",
            """{"execute":"query-memory-devices"}""",
            """{"execute":"quit"}""");
        var place = address is { } own ? $",addr={own}" : "";
        var (status, output, error) = RealProgram.Run(
            "sh",
            "-c",
            $"printf '%s\\n' {commands} | qemu-system-x86_64 -machine {machine},nvdimm=on -accel tcg -S -nodefaults -display none -qmp stdio -smp 1 "
            + $"-m size={ram}M,slots=16,maxmem=16G -object memory-backend-ram,id=ram0,size={ram}M,reserve=off -numa node,nodeid=0,memdev=ram0 "
            + $"-object memory-backend-file,id=device0,mem-path={folder.PathOf("nvdimm")},share=on,size=1073741824 "
            + $"-device nvdimm,id=nvdimm0,memdev=device0,label-size=131072,node=0{place}");
        Assert.That(status, Is.Zero, error);
        var addresses = Regex.Matches(output, "\"addr\": (?<addr>[0-9]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(match => long.Parse(match.Groups["addr"].Value, CultureInfo.InvariantCulture)).Order().ToList();
        Assert.That(addresses, Has.Count.EqualTo(2), output + error);

        var nvdimm = address ?? addresses[0];
        var domain = LiveDomain.Read(Live(machine, ram, backing, nvdimm), "x");
        var plan = domain.Plan(PluggedMemory.Read("<memory model='dimm'><target><size unit='GiB'>1</size><node>0</node></target></memory>"), folder.Path);
        Assert.That(plan.Automatic?.Address.Bytes, Is.EqualTo(addresses.Single(other => other != nvdimm)), $"{domain}");
    }

    private static string Lines(params string[] lines) => string.Join(' ', lines.Select(line => $"'{line}'"));

    /// <summary>The backend as an object of QMP.</summary>
    private static string Object(string backend)
    {
        var words = backend.Split(',');
        var members = words.Skip(1).Select(word => word.Split('=')).Select(pair => $"\"{pair[0]}\":{pair[1] switch
        {
            "on" => "true",
            "off" => "false",
            var text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? text : $"\"{text}\"",
        }}");
        return $$"""{"qom-type":"{{words[0]}}","id":"memory0","size":1073741824,{{string.Join(',', members)}}}""";
    }

    private static string Live(string machine, int ram, string backing, long address) => $"""
        <domain type='kvm'><name>x</name><memory unit='MiB'>{ram + 1024}</memory><maxMemory slots='16' unit='GiB'>16</maxMemory>{backing}
        <os><type arch='x86_64' machine='{(machine == "pc" ? "pc-i440fx-7.2" : "pc-q35-7.2")}'>hvm</type></os><cpu><numa><cell id='0' cpus='0' memory='{ram}' unit='MiB'/></numa></cpu>
        <devices><memory model='nvdimm' access='shared'><source><path>/dev/pmem0</path></source>
        <target><size unit='KiB'>1048576</size><node>0</node><label><size unit='KiB'>128</size></label></target>
        <address type='dimm' slot='0' base='0x{address:x}'/></memory></devices></domain>
        """;
}
