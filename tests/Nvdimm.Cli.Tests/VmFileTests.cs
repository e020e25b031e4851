using System.Text;
using Nvdimm.Cli.Input;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Tests;

public sealed class VmFileTests
{
    private static readonly AttachedNvdimm Nvdimm = new("namespace4.0", new Guid("8b522314-1362-4541-b870-9bd4bb8f3111"));

    [Test]
    public void Example_IsTheOneOfTheDocument()
    {
        var document = File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot, "src", "Nvdimm.Cli", "VM-FILE.md"));
        Assert.That(document, Does.Contain($"```json\n{TestFiles.Text("vm", "vm.example.json")}```\n"));
    }

    [Test]
    public void Example_SaysEverything()
    {
        var file = Read(TestFiles.Text("vm", "vm.example.json"));
        var expected = new VmDescription
        {
            Name = "database",
            Affinity = VmAffinity.Pinned,
            PinnedHosts = ["host1"],
            NumaNodes = [new GuestNumaNode(0, [0]), new GuestNumaNode(1, [1])],
            Memory = ByteSize.FromGiB(16),
            MaxMemory = ByteSize.FromGiB(64),
            MemoryDevices = 1,
            Nvdimms = [Nvdimm],
            ExpectedNvdimms = [Nvdimm],
        };
        Assert.That(file.Vm, Is.EqualTo(new VmOfFile(expected, IsUefi: true, MaxVcpus: 16) { LabelSize = ByteSize.FromKiB(128) }));
        var other = new VmDescription { Name = "cache", Status = VmStatus.Up, PinnedHosts = ["host1"], NumaNodes = [new GuestNumaNode(0, [])], Nvdimms = [new AttachedNvdimm("namespace5.0")] };
        Assert.That(file.OtherVms, Is.EqualTo(new[] { other }));
        Assert.That(file.Host, Is.EqualTo(new HostDescription { Name = "host1", Selinux = SelinuxState.Enforcing }));
        Assert.That((file.Devices, file.NewPinnedHosts), Is.EqualTo(((ValueList<string>)["namespace6.1"], (ValueList<string>)["host2"])));
        Assert.That((file.ForceMigration, file.CopyIsPinnedElsewhere, file.Strategy), Is.EqualTo((false, false, SizingStrategy.Ovirt)));
    }

    [Test]
    public void Document_NamesEveryWord()
    {
        var document = File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot, "src", "Nvdimm.Cli", "VM-FILE.md"));
        foreach (var word in EnumWords.Statuses.Keys.Concat(EnumWords.Affinities.Keys).Concat(EnumWords.SelinuxStates.Keys).Concat(EnumWords.Strategies.Keys))
        {
            Assert.That(document, Does.Contain($"`{word}`"));
        }
    }

    [Test]
    public void Empty_HasDefaults() => Assert.That(Read("{}"), Is.EqualTo(new VmFile()));

    [TestCase("", "it ends too early")]
    [TestCase("[]", "it is an array, not an object")]
    [TestCase("{", "it ends too early")]
    [TestCase("{} {}", "after the end")]
    [TestCase("{\"vm\":null}", "'vm' is null, not an object")]
    [TestCase("{\"Vm\":{}}", "the key 'Vm' is not known here; known are vm, otherVms")]
    [TestCase("{\"devices\":[],\"devices\":[]}", "the key 'devices' stands twice")]
    [TestCase("{\"devices\":[\"a\",]}", "nothing stands before ']'")]
    [TestCase("{\"devices\":['a']}", "unexpected character")]
    [TestCase("{\"devices\":[1]}", "'devices[0]' is '1', not a text")]
    [TestCase("{\"devices\":[\"\"]}", "'devices[0]' is empty")]
    [TestCase("{/**/}", "unexpected character")]
    [TestCase("{\"forceMigration\":\"yes\"}", "'forceMigration' is 'yes', not true or false")]
    [TestCase("{\"strategy\":\"best\"}", "'strategy' is 'best', not one of ovirt, largest")]
    [TestCase("{\"host\":{\"pageSize\":0}}", "'host.pageSize' is 0")]
    [TestCase("{\"host\":{\"selinux\":true}}", "'host.selinux' is 'True', not one of unknown")]
    [TestCase("{\"vm\":{}}", "'vm' has no 'name'")]
    [TestCase("{\"otherVms\":[{\"name\":\"a\"},{}]}", "'otherVms[1]' has no 'name'")]
    [TestCase("{\"vm\":{\"name\":\"a\",\"architecture\":\" \"}}", "'vm.architecture' is blank")]
    [TestCase("{\"vm\":{\"name\":\"a\",\"status\":\"Down\"}}", "'vm.status' is 'Down', not one of down, image_locked")]
    [TestCase("{\"vm\":{\"name\":\"a\",\"memory\":-1}}", "'vm.memory' is '-1', not a size")]
    [TestCase("{\"vm\":{\"name\":\"a\",\"memory\":1.5}}", "'vm.memory' is '1.5', not a size")]
    [TestCase("{\"vm\":{\"name\":\"a\",\"memory\":010}}", "a number with a leading zero")]
    [TestCase("{\"vm\":{\"name\":\"a\",\"memory\":9223372036854775808}}", "'vm.memory' is '9223372036854775808', not a size")]
    [TestCase("{\"vm\":{\"name\":\"a\",\"memory\":\"16GB\"}}", "'vm.memory' is '16GB', not a size")]
    [TestCase("{\"vm\":{\"name\":\"a\",\"memoryDevices\":2147483648}}", "'vm.memoryDevices' is '2147483648', not a number from 0 to")]
    [TestCase("{\"vm\":{\"name\":\"a\",\"numaNodes\":[{}]}}", "'vm.numaNodes[0]' has no 'index'")]
    [TestCase("{\"vm\":{\"name\":\"a\",\"nvdimms\":[{\"name\":\"n\",\"uuid\":\"x\"}]}}", "'vm.nvdimms[0].uuid' is 'x', not a uuid or null")]
    [TestCase("{\"vm\":{\"name\":\"a\",\"nvdimms\":[{\"uuid\":null}]}}", "'vm.nvdimms[0]' has no 'name'")]
    public void Wrong_SaysWhatAndWhere(string json, string expected)
    {
        var refusal = Assert.Throws<BadInputException>(() => Read(json));
        Assert.That(refusal!.Message, Does.StartWith("vm.json: ").And.Contain(expected).And.Match(@"line \d+, position \d+"));
    }

    [Test]
    public void NotUtf8_IsRefused()
    {
        using var stream = new MemoryStream([(byte)'{', 0xff, (byte)'}']);
        Assert.That(Assert.Throws<BadInputException>(() => VmFileReader.Read(stream, "vm.json"))!.Message, Does.Contain("not UTF-8"));
    }

    [Test]
    public void TooDeepOrTooLong_IsRefused()
    {
        Assert.Throws<BadInputException>(() => Read(new string('[', 100_000)));
        Assert.Throws<BadInputException>(() => Read($"{{\"devices\":[\"{new string('a', 100_000)}\"]}}"));
        Assert.Throws<BadInputException>(() => Read(new string(' ', (16 << 20) + 1)));
    }

    [Test]
    public async Task Tool_BadFile_Is4()
    {
        var run = await ToolRun.With("{\"x\":1}", "check", "start", "--vm", "-", "--json");
        run.AssertStatus(ExitStatus.BadInput);
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Error, Does.StartWith("nvdimm: standard input: the key 'x' is not known here").And.EndWith("(line 1, position 5)\n"));
    }

    private static VmFile Read(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return VmFileReader.Read(stream, "vm.json");
    }
}
