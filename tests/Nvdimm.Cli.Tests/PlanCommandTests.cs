using Newtonsoft.Json.Linq;
using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Cli.Tests;

public sealed class PlanCommandTests
{
    private static readonly string Vm = TestFiles.PathOf("vm", "vm.example.json");
    private static readonly string Domain = TestFiles.PathOf("domain", "ovirt-x86.xml");
    private static readonly string Power = TestFiles.PathOf("domain", "ovirt-power.xml");

    [Test]
    public async Task Domain_IsEditedOnStandardOutput()
    {
        var run = await Plan("namespace6.1", "--domain-xml", Domain);
        run.AssertStatus(ExitStatus.Good);
        var element = DomainNvdimms.Read(run.Output).Elements.Single();
        Assert.That((element.Path, element.TargetSize, element.GuestNode), Is.EqualTo(("/dev/dax6.1", ByteSize.FromGiB(2), (int?)0)));
        Assert.That(DomainXmlEditor.Remove(run.Output, "/dev/dax6.1").Xml, Is.EqualTo(TestFiles.Text("domain", "ovirt-x86.xml")));
        Assert.That(run.Error, Does.StartWith("attach: allowed\n"));
    }

    [Test]
    public async Task Domain_GuestNodeIsTheOneThatIsPinnedToTheDevice()
    {
        var run = await Plan("guest0", "--domain-xml", Domain, "--strategy", "largest");
        run.AssertStatus(ExitStatus.Good);
        Assert.That(DomainNvdimms.Read(run.Output).Elements.Single().GuestNode, Is.EqualTo(1));
    }

    [TestCase("guest0", NvdimmCodes.DeviceTooSmall, ExitStatus.Refused)]
    [TestCase("nothing", "nvdimm: no device is named 'nothing'.\n'nvdimm list' shows all 19.\n", ExitStatus.Usage)]
    [TestCase("namespace40", "nvdimm: no device is named 'namespace40'. Did you mean namespace4.0?\n", ExitStatus.Usage)]
    public async Task Domain_Refused_IsNotPrinted(string device, string code, int status)
    {
        var run = await Plan(device, "--domain-xml", Domain);
        run.AssertStatus(status);
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Error, Does.Contain(code));
    }

    [Test]
    public async Task Domain_Json()
    {
        var run = await Plan("10a0f1e3-1490-4a87-9814-9ed22c49dfd2", "--domain-xml", Domain, "--format", "json");
        run.AssertStatus(ExitStatus.Good);
        Assert.That(run.Json.Properties().Select(property => property.Name), Is.EqualTo(new[]
        {
            "devices", "attach", "start", "issues", "assumedVm", "domainXml", "maxMemory", "memorySlotsLeft", "tsegSize", "memoryHotPlug",
        }));
        var device = (JObject)run.Json["devices"]!.Single();
        Assert.That(device.Properties().Select(property => property.Name), Is.EqualTo(new[]
        {
            "name", "uuid", "path", "guestNode", "deviceSize", "alignSize", "targetSize", "backendSize", "labelOffset", "guestSize", "memoryBlock", "persistence", "verdict", "codes", "kept", "element", "guard",
        }));
        Assert.That((string?)device["element"], Is.EqualTo(DomainNvdimms.Read((string)run.Json["domainXml"]!).Elements.Single().ToXml()));
        Assert.That(((bool)run.Json["attach"]!["allowed"]!, (bool)run.Json["start"]!["allowed"]!, (bool)run.Json["assumedVm"]!), Is.EqualTo((true, true, false)));
        Assert.That(((long)run.Json["maxMemory"]!, (int)run.Json["memorySlotsLeft"]!), Is.EqualTo((10L << 30, 15)));
        Assert.That(run.Json["tsegSize"]!.Type, Is.EqualTo(JTokenType.Null));
    }

    [TestCase("--label-size", "2MiB", 2L << 20)]
    [TestCase("--arch", "x86_64", 128L << 10)]
    public async Task Device_LabelSize_IsSelectable(string option, string value, long label)
    {
        var run = await Plan("namespace6.1", option, value, "--json");
        var device = run.Json["devices"]!.Single();
        Assert.That((long)device["backendSize"]! - (long)device["labelOffset"]!, Is.EqualTo(label));
        Assert.That((string?)device["element"], Does.Contain($"<size unit=\"KiB\">{label >> 10}</size>"));
    }

    /// <summary>What stands in the VM file counts, unless the command line says something else.</summary>
    [TestCase(new string[0], 4L << 20)]
    [TestCase(new[] { "--label-size", "256KiB" }, 256L << 10)]
    public async Task VmFile_LabelSize_CountsUnlessTheOptionDoes(string[] options, long label)
    {
        const string Listing = """[{"dev":"namespace0.0","mode":"fsdax","size":1073741824,"uuid":"7b141a20-8680-4a57-a07c-b87d5a4a7d0e","align":2097152,"blockdev":"pmem0","numa_node":0}]""";
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "vm.json");
        await File.WriteAllTextAsync(file, """{"vm":{"name":"a","affinity":"pinned","pinnedHosts":["h"],"numaNodes":[{"index":0}],"labelSize":"4MiB"},"host":{"name":"h"}}""");
        var run = await ToolRun.With(Listing, ["plan", "--ndctl", "-", "--device", "namespace0.0", "--vm", file, "--json", .. options]);
        var device = run.Json["devices"]!.Single();
        Assert.That((long)device["backendSize"]! - (long)device["labelOffset"]!, Is.EqualTo(label));
    }

    [Test]
    public async Task Domain_Power_GetsAUuid()
    {
        const string Listing = """[{"dev":"namespace0.0","mode":"fsdax","size":1073872896,"uuid":"7b141a20-8680-4a57-a07c-b87d5a4a7d0e","align":65536,"blockdev":"pmem0","numa_node":0}]""";
        var run = await ToolRun.With(Listing, "plan", "--ndctl", "-", "--device", "namespace0.0", "--domain-xml", Power);
        run.AssertStatus(ExitStatus.Good);
        Assert.That(DomainNvdimms.Read(run.Output).Elements.Single().Uuid, Is.Not.Null);
    }

    [Test]
    public async Task Domain_ThatHasTheDevice_Is3()
    {
        var once = await Plan("namespace6.1", "--domain-xml", Domain);
        var twice = await ToolRun.With(once.Output, "plan", "--ndctl", ToolRun.Modes, "--device", "namespace6.1", "--domain-xml", "-");
        twice.AssertStatus(ExitStatus.Refused);
        Assert.That(twice.Output, Is.Empty);
        Assert.That(twice.Error, Does.Contain("error   NVDIMM_ALREADY_ATTACHED"));
    }

    [TestCase("<domain>", "The domain XML is not well formed")]
    [TestCase("<!DOCTYPE a><domain/>", "document type")]
    [TestCase("<domain><maxMemory>x</maxMemory><devices/></domain>", "'x' in <maxMemory>")]
    [TestCase("<domain><devices><memory model='nvdimm'/></devices></domain>", "in <path>")]
    public async Task Domain_Bad_Is4(string xml, string reason)
    {
        var run = await ToolRun.With(xml, "plan", "--ndctl", ToolRun.Modes, "--device", "namespace6.1", "--domain-xml", "-");
        run.AssertStatus(ExitStatus.BadInput);
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Error, Does.StartWith("nvdimm: standard input: ").And.Contain(reason));
    }

    [Test]
    public async Task Domain_ValueThatOnlyTheEditorReads_Is4()
    {
        const string Xml = "<domain><maxMemory slots='x'>1</maxMemory><features><acpi/></features><cpu><numa><cell memory='1'/></numa></cpu><devices/></domain>";
        var run = await ToolRun.With(Xml, "plan", "--ndctl", ToolRun.Modes, "--device", "namespace6.1", "--domain-xml", "-");
        run.AssertStatus(ExitStatus.BadInput);
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Error, Does.Contain("error   NVDIMM_XML_BAD_VALUE"));
    }

    [Test]
    public async Task Domain_WithoutNuma_Is3()
    {
        var run = await ToolRun.With("<domain><devices/></domain>", "plan", "--ndctl", ToolRun.Modes, "--device", "namespace6.1", "--domain-xml", "-", "--json");
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(ToolRun.Codes(run.Json["start"]!["violations"]), Does.Contain(EngineCodes.NumaUnavailable));
        Assert.That(run.Json["domainXml"]!.Type, Is.EqualTo(JTokenType.Null));
    }

    [Test]
    public async Task VmFile_Json_HasTheTotals()
    {
        var run = await Plan("namespace6.1", "--vm", Vm, "--json");
        run.AssertStatus(ExitStatus.Good);
        Assert.That(((long?)run.Json["maxMemory"], (int?)run.Json["memorySlotsLeft"], (long?)run.Json["tsegSize"]), Is.EqualTo(((long?)71137492992, (int?)13, (long?)25165824)));
        Assert.That(run.Json["domainXml"]!.Type, Is.EqualTo(JTokenType.Null));
        Assert.That(ToolRun.Codes(run.Json["start"]!["violations"]), Does.Contain(NvdimmCodes.PersistenceNotGuaranteed), "of the device that it has already");
        Assert.That(ToolRun.Codes(run.Json["attach"]!["violations"]), Is.EqualTo(new[] { NvdimmCodes.DevdaxSelinux }));
    }

    /// <summary>A guest of 64 GiB with 1 GiB beside it: 0x1080000000 + 1 GiB is no multiple of 2 GiB.</summary>
    [TestCase("\"memory\":\"64GiB\"", "0x10c0000000", "0x1100000000")]
    [TestCase("\"memory\":\"4GiB\"", "0x1c0000000", "0x1c0000000")]
    [TestCase("\"memory\":\"4GiB\",\"memoryDevices\":1", null, null)]
    [TestCase("\"memoryDevices\":0", null, null)]
    public async Task VmFile_Memory_TellsWhereDimmsLand(string members, string? address, string? advised)
    {
        var file = $$"""{"vm":{"name":"a","maxMemory":"128GiB","pinnedHosts":["h"],{{members}},"numaNodes":[{"index":0}]} }""";
        var run = await ToolRun.With(file, "plan", "--ndctl", ToolRun.Modes, "--device", "namespace6.1", "--vm", "-", "--json");
        run.AssertStatus(ExitStatus.Good);
        var largest = run.Json["memoryHotPlug"]!.LastOrDefault();
        Assert.That(((string?)largest?["address"], (string?)largest?["advisedAddress"]), Is.EqualTo((address, advised)));
        Assert.That((string?)run.Json["devices"]![0]!["persistence"], Is.EqualTo("dax-unproven"));
    }

    [Test]
    public async Task VmFile_LargeMemoryBlock_IsAWarningOfTheLayoutAndOfThePolicy()
    {
        const string File = """{"vm":{"name":"a","memory":"64GiB","maxMemory":"128GiB","pinnedHosts":["h"],"numaNodes":[{"index":0}]}}""";
        var run = await ToolRun.With(File, "plan", "--ndctl", ToolRun.Modes, "--device", "namespace6.1", "--vm", "-", "--json");
        run.AssertStatus(ExitStatus.Good);
        Assert.That(run.Json["devices"]![0]!["codes"]!.Values<string>(), Is.EqualTo(new[] { NvdimmCodes.HotPlugMisaligned }));
        Assert.That(ToolRun.Codes(run.Json["start"]!["violations"]), Does.Contain(NvdimmCodes.HotPlugMisaligned));
    }

    /// <summary>What QEMU does with other machines is not predicted; libvirt's default on x86 is another one.</summary>
    [TestCase("pc-q35-7.2", true)]
    [TestCase("pc-i440fx-7.2", false)]
    [TestCase(null, false)]
    public async Task Domain_OtherMachine_TellsOfNoHotPlug(string? machine, bool isTold)
    {
        var attribute = machine is null ? "" : $" machine='{machine}'";
        var xml = $"<domain><maxMemory slots='16' unit='GiB'>64</maxMemory><memory unit='GiB'>4</memory><os><type arch='x86_64'{attribute}>hvm</type></os>"
            + "<features><acpi/></features><cpu><numa><cell id='0' cpus='0' memory='4' unit='GiB'/></numa></cpu><devices/></domain>";
        var run = await ToolRun.With(xml, "plan", "--ndctl", ToolRun.Modes, "--device", "namespace6.1", "--domain-xml", "-", "--json");
        run.AssertStatus(ExitStatus.Good);
        Assert.That(run.Json["memoryHotPlug"]!.Any(), Is.EqualTo(isTold), run.Output);

        var second = await ToolRun.With((string)run.Json["domainXml"]!, "plan", "--ndctl", ToolRun.Modes, "--device", "namespace4.0", "--domain-xml", "-", "--json");
        second.AssertStatus(ExitStatus.Good);
        Assert.That(second.Json["memoryHotPlug"], Is.Empty, "what the domain's own NVDIMM is like was not computed here");
    }

    [TestCase("{}", EngineCodes.VmNotFound)]
    [TestCase("{\"vm\":{\"name\":\"a\",\"status\":\"up\",\"pinnedHosts\":[\"h\"],\"numaNodes\":[{\"index\":0}]}}", EngineCodes.VmStatusIllegal)]
    [TestCase("{\"vm\":{\"name\":\"a\",\"numaNodes\":[{\"index\":0}]}}", EngineCodes.VmNotPinnedToHost)]
    public async Task VmFile_Refused_Is3(string file, string code)
    {
        var run = await ToolRun.With(file, "plan", "--ndctl", ToolRun.Modes, "--device", "namespace6.1", "--vm", "-", "--json");
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(ToolRun.Codes(run.Json["attach"]!["violations"]), Does.Contain(code));
    }

    [Test]
    public async Task VmFile_MemoryThatIsNoSumAnyMore_HasNoTotal()
    {
        const string File = """{"vm":{"name":"a","maxMemory":9223372036854775807,"pinnedHosts":["h"],"numaNodes":[{"index":0}]}}""";
        var run = await ToolRun.With(File, "plan", "--ndctl", ToolRun.Modes, "--device", "namespace6.1", "--vm", "-", "--json");
        run.AssertStatus(ExitStatus.Good);
        Assert.That(run.Json["maxMemory"]!.Type, Is.EqualTo(JTokenType.Null));
    }

    [Test]
    public async Task NoVm_IsAssumedAndSaysSo()
    {
        var run = await Plan("namespace6.1", "--json");
        run.AssertStatus(ExitStatus.Good);
        Assert.That((bool)run.Json["assumedVm"]!, Is.True);
        Assert.That(ToolRun.Codes(run.Json["attach"]!["violations"]), Is.EqualTo(new[] { NvdimmCodes.DevdaxSelinux }));
        Assert.That((int)run.Json["devices"]![0]!["guestNode"]!, Is.Zero);
    }

    [Test]
    public async Task NoVm_OtherArchitecture()
    {
        var run = await Plan("namespace6.1", "--arch", "s390x");
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(run.Output, Does.Contain("NVDIMM_ARCHITECTURE_UNSUPPORTED"));
    }

    [Test]
    public async Task NoVm_Xml_IsTheElements()
    {
        var run = await ToolRun.Of("plan", "--ndctl", ToolRun.Modes, "--device", "namespace6.1", "namespace4.0", "--device", "namespace4.0", "--format", "xml");
        run.AssertStatus(ExitStatus.Good);
        Assert.That(run.Output.Split('\n').Count(line => line == "</memory>"), Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith("attach: allowed\n"));
    }

    [Test]
    public async Task Ambiguous_Is3()
    {
        const string Listing = """[{"dev":"namespace0.0","mode":"raw","size":1073741824,"blockdev":"pmem0","name":"twin"},{"dev":"namespace1.0","mode":"raw","size":1073741824,"blockdev":"pmem1","name":"twin"}]""";
        var run = await ToolRun.With(Listing, "plan", "--ndctl", "-", "--device", "twin", "--json");
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(ToolRun.Codes(run.Json["attach"]!["violations"]), Does.Contain(NvdimmCodes.AmbiguousDevice));
        Assert.That(run.Json["devices"], Is.Empty);
    }

    [Test]
    public async Task BrokenListing_Is4EvenWhereRefused()
    {
        var run = await ToolRun.With("[{\"dev\":", "plan", "--ndctl", "-", "--device", "namespace6.1");
        run.AssertStatus(ExitStatus.BadInput);
    }

    [TestCase("plan-vm.txt", "namespace6.1", true, ExitStatus.Good)]
    [TestCase("plan-assumed.txt", "namespace4.0", false, ExitStatus.Good)]
    [TestCase("plan-refused.txt", "data-fs", false, ExitStatus.Refused)]
    public async Task Table(string golden, string device, bool withVm, int status)
    {
        var run = await Plan(device, withVm ? ["--vm", Vm] : []);
        run.AssertStatus(status);
        run.AssertGolden(golden);
    }

    private static Task<ToolRun> Plan(string device, params string[] rest) => ToolRun.Of(["plan", "--ndctl", ToolRun.Modes, "--device", device, .. rest]);
}
