using Newtonsoft.Json.Linq;
using NSubstitute;
using NSubstitute.ExceptionExtensions;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Cli.Tests;

public sealed class ListCommandTests
{
    private static readonly string[] DeviceKeys =
        ["name", "uuid", "path", "mode", "map", "size", "align", "sectorSize", "numaNode", "targetNode", "label", "bus", "usable", "state", "stateText", "users", "guestSize", "reasons", "content", "issues"];

    [Test]
    public async Task List_FolderInPlaceOfAFile_IsCalledAFolder()
    {
        using var folder = new TemporaryFolder();
        var run = await ToolRun.Of("list", "--ndctl", folder.Path);
        run.AssertStatus(ExitStatus.BadInput);
        Assert.That(run.Error, Is.EqualTo($"nvdimm: {folder.Path} is a folder, and a file is needed\n"));
    }

    /// <summary>CXL memory and hmem have DAX devices, too: they are named, and are not "no devices". Those of namespaces are not among them.</summary>
    [Test]
    public async Task List_DaxDevicesWithoutNamespace_AreNamed()
    {
        using var host = new TemporaryFolder();
        Directory.CreateDirectory(host.PathOf("sys", "bus", "dax", "devices"));
        Link("dax0.0", "sys/devices/platform/hmem.0/dax0.0");
        Link("dax1.0", "sys/devices/platform/ndbus0/region1/dax1.0/dax1.0");
        var runner = Substitute.For<INdctlRunner>();
        runner.ListAsync(default).ReturnsForAnyArgs(new NdctlListing
        {
            Devices = [],
            Findings = [],
            Shape = NdctlListingShape.Empty,
            IsComplete = true,
        });
        var run = await ToolRun.With("", runner, ["list"], root: host.Path);
        run.AssertStatus(ExitStatus.Good);
        Assert.That(run.Output + run.Error, Does.Contain("NVDIMM_DAX_WITHOUT_NAMESPACE").And.Contain("namespace: dax0.0. They").And.Not.Contain("No NVDIMM devices"));
        Directory.Delete(host.PathOf("sys", "bus"), recursive: true);
        run = await ToolRun.With("", runner, ["list"], root: host.Path);
        Assert.That(run.Output + run.Error, Does.Contain("No NVDIMM devices"));
        host.Write("sys/bus/dax/devices", "no folder");
        run = await ToolRun.With("", runner, ["list"], root: host.Path);
        Assert.That(run.Output + run.Error, Does.Contain("NVDIMM_HOST_USE_UNKNOWN"));

        void Link(string name, string target)
        {
            Directory.CreateDirectory(host.PathOf(target.Split('/')));
            File.CreateSymbolicLink(host.PathOf("sys", "bus", "dax", "devices", name), Path.Join("../../../..", target));
        }
    }

    [Test]
    public async Task List_Bus_IsNamed()
    {
        var run = await ToolRun.Of("list", "--ndctl", TestFiles.PathOf("ndctl", "linux72-cxl-pmem-all-modes", "list-NDRBi-vv.json"), "--json");
        Assert.That(run.Json["devices"]!.Select(device => (string?)device["bus"]).Distinct(), Is.EqualTo(new[] { "CXL" }));
    }

    [Test]
    public async Task Json_EveryMode()
    {
        var run = await ToolRun.Of("list", "--ndctl", ToolRun.Modes, "--arch", "x86_64", "--format", "json");
        run.AssertStatus(ExitStatus.Good);
        Assert.That(run.Error, Is.Empty);
        Assert.That(run.Json.Properties().Select(property => property.Name), Is.EqualTo(new[] { "devices", "issues", "notChecked" }));
        var devices = (JArray)run.Json["devices"]!;
        Assert.That(devices, Has.Count.EqualTo(19));
        Assert.That(devices.Cast<JObject>().Select(device => device.Properties().Select(property => property.Name)), Is.All.EqualTo(DeviceKeys));
        Assert.That(devices[12].ToString(), Is.EqualTo(new JObject
        {
            ["name"] = "namespace5.0",
            ["uuid"] = null,
            ["path"] = "/dev/pmem5",
            ["mode"] = "raw",
            ["map"] = null,
            ["size"] = 536870912,
            ["align"] = null,
            ["sectorSize"] = 512,
            ["numaNode"] = 1,
            ["targetNode"] = 1,
            ["label"] = null,
            ["bus"] = null,
            ["usable"] = true,
            ["state"] = "free",
            ["stateText"] = "free, no uuid",
            ["users"] = new JArray(),
            ["guestSize"] = 402653184,
            ["reasons"] = new JArray(),
            ["content"] = null,
            ["issues"] = new JArray("NVDIMM_NO_LABELS"),
        }.ToString()));
        Assert.That((string?)devices.Single(device => (string?)device["name"] == "namespace7.0")["label"], Is.EqualTo("guest0"));
        var issue = run.Json["issues"]!.Single();
        Assert.That(((string?)issue["code"], (string?)issue["device"]), Is.EqualTo(("NVDIMM_NO_LABELS", "namespace5.0")));
        Assert.That((string?)issue["message"], Does.StartWith("namespace5.0 is raw"));
    }

    [Test]
    public async Task Table_EveryMode() => await AssertTable(ToolRun.Modes, "list-all-modes.txt", "warning NVDIMM_NO_LABELS: ");

    [Test]
    public async Task Table_SomeDisabled_IsStillGood() =>
        await AssertTable(TestFiles.PathOf("ndctl", "main-03-some-disabled", "list-Niv.json"), "list-some-disabled.txt", "error   NVDIMM_SEED_NAMESPACE: ");

    [Test]
    public async Task Table_Nothing() => await AssertTable(TestFiles.PathOf("ndctl", "none-no-modules", "list-N-v.json"), "list-nothing.txt", "No NVDIMM devices.\n");

    [Test]
    public async Task Json_IsFormatJson()
    {
        var listing = await File.ReadAllTextAsync(ToolRun.Modes);
        var standardInput = await ToolRun.With(listing, "list", "--ndctl", "-", "--json");
        var file = await ToolRun.Of("list", "--ndctl", ToolRun.Modes, "--format", "json", "--json");
        Assert.That(standardInput, Is.EqualTo(file));
    }

    [Test]
    public async Task Vdsm_IsWhatVdsmReports()
    {
        var run = await ToolRun.Of("list", "--ndctl", ToolRun.Modes, "--format", "vdsm");
        run.AssertStatus(ExitStatus.Good);
        Assert.That((string?)run.Json["namespace6.1"]!["params"]!["device_path"], Is.EqualTo("/dev/dax6.1"));
        Assert.That(run.Error, Does.StartWith("warning NVDIMM_NO_LABELS: "));
    }

    [Test]
    public async Task Truncated_Is4AndKeepsWhatWasRead()
    {
        var listing = await File.ReadAllTextAsync(ToolRun.Modes);
        var run = await ToolRun.With(listing[..1000], "list", "--ndctl", "-", "--json");
        run.AssertStatus(ExitStatus.BadInput);
        Assert.That(run.Json["devices"]!.Select(device => (string)device["name"]!), Is.EqualTo(new[] { "namespace1.0", "namespace1.2", "namespace1.5" }).Or.EqualTo(new[] { "namespace1.0", "namespace1.5" }));
        var issue = run.Json["issues"]!.Single(issue => (string?)issue["code"] == NvdimmCodes.NdctlMalformed);
        Assert.That(issue["device"]!.Type, Is.EqualTo(JTokenType.Null));
    }

    [TestCase("{\"dev\":\"namespace0.0\",\"mode\":\"raw\",\"size\":\"376.00 MiB (394.26 MB)\",\"blockdev\":\"pmem0\"}", NvdimmCodes.NdctlHumanSize)]
    [TestCase("[{\"dev\":\"namespace0.0\",\"mode\":\"raw\",\"size\":-1,\"blockdev\":\"pmem0\"}]", NvdimmCodes.NdctlBadValue)]
    [TestCase("no json", NvdimmCodes.NdctlMalformed)]
    public async Task BadInput_Is4(string listing, string code)
    {
        var run = await ToolRun.With(listing, "list", "--ndctl", "-", "--json");
        run.AssertStatus(ExitStatus.BadInput);
        Assert.That(ToolRun.Codes(run.Json["issues"]), Does.Contain(code));
    }

    [TestCase("/nowhere/list.json")]
    [TestCase("")]
    [TestCase("a\0b")]
    public async Task UnreadableFile_Is4(string path)
    {
        var run = await ToolRun.Of("list", "--ndctl", path, "--json");
        run.AssertStatus(ExitStatus.BadInput);
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Error, Does.Match(@"\Anvdimm: .*cannot be read: [^\n]+\n\z"));
    }

    [Test]
    public async Task NameThatSteersATerminal_IsShownEscaped()
    {
        const string Listing = """[{"dev":"namespace0.0","mode":"raw","size":1048576,"blockdev":"pmem0","numa_node":0,"name":"a\u001b[31m\nb\u202e[red]"}]""";
        var table = await ToolRun.With(Listing, "list", "--ndctl", "-");
        Assert.That(table.Output, Does.Contain(@"a\u001B[31m\u000Ab\u202E[red]"));
        Assert.That(table.Output, Does.Not.Contain('\u001b'));
        var json = await ToolRun.With(Listing, "list", "--ndctl", "-", "--json");
        Assert.That((string?)json.Json["devices"]![0]!["label"], Is.EqualTo("a\u001b[31m\nb\u202e[red]"));
    }

    [Test]
    public async Task ThisHost_IsAskedWithoutFile()
    {
        var listing = NdctlParser.Parse(await File.ReadAllBytesAsync(ToolRun.Modes));
        var runner = Substitute.For<INdctlRunner>();
        runner.ListAsync(Arg.Any<CancellationToken>()).Returns(listing);
        var run = await ToolRun.With(runner, "list", "--json");
        run.AssertStatus(ExitStatus.Good);
        Assert.That(run.Json["devices"]!.Count(), Is.EqualTo(19));
    }

    /// <summary>A real file system on the device; a listing of another host says nothing of content.</summary>
    [Test]
    public async Task ThisHost_AsRoot_ShowsWhatDevicesHold()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            RealProgram.Unavailable("only root reads devices");
        }

        using var folder = new TemporaryFolder();
        var path = folder.Device(1026L << 20);
        RealProgram.Require("mkfs.ext4", "e2fsprogs");
        var made = RealProgram.Run("mkfs.ext4", "-q", "-F", "-L", "backup", path, "800M");
        Assert.That(made.ExitCode, Is.Zero, made.Error);
        var runner = Substitute.For<INdctlRunner>();
        var device = new NvdimmDevice { Name = "namespace0.0", Path = path, Mode = NamespaceMode.Fsdax, Size = ByteSize.FromMiB(1026) };
        runner.ListAsync(Arg.Any<CancellationToken>()).Returns(new NdctlListing
        {
            Devices = [device],
            Findings = [],
            Shape = NdctlListingShape.Namespaces,
            IsComplete = true,
        });
        Assert.That((await ToolRun.With(runner, "list")).Output, Does.Contain("\text4 'backup', 800 MiB\tfree, no uuid\n"));
        var content = (await ToolRun.With(runner, "list", "--json")).Json["devices"]![0]!["content"]![0]!;
        Assert.That(((string?)content["type"], (long)content["end"]!), Is.EqualTo(("ext4", 800L << 20)));
        Assert.That((await ToolRun.Of("list", "--ndctl", ToolRun.Modes, "--json")).Json["devices"]![0]!["content"]!.Type, Is.EqualTo(Newtonsoft.Json.Linq.JTokenType.Null));
    }

    [Test]
    public async Task PartialListing_Is5AndPrintsTheRest()
    {
        var listing = NdctlParser.Parse(await File.ReadAllBytesAsync(ToolRun.Modes));
        var runner = Substitute.For<INdctlRunner>();
        var partial = Finding.Warning(NvdimmCodes.NdctlPartial, ("status", "244"), ("stderr", "no memory"));
        runner.ListAsync(Arg.Any<CancellationToken>()).Returns(listing with { Findings = [partial], IsComplete = false });
        var run = await ToolRun.With(runner, "list", "--json");
        run.AssertStatus(ExitStatus.Failed);
        Assert.That(run.Json["devices"]!.Count(), Is.EqualTo(19));
    }

    [Test]
    public async Task UnexpectedException_Is5InOneLine()
    {
        var runner = Substitute.For<INdctlRunner>();
        runner.ListAsync(Arg.Any<CancellationToken>()).ThrowsAsync(new InvalidOperationException("odd\nthing"));
        var run = await ToolRun.With(runner, "list", "--json");
        Assert.That(run, Is.EqualTo(new ToolRun(ExitStatus.Failed, "", "nvdimm: unexpected InvalidOperationException: odd\\u000Athing\n")));
    }

    [Test]
    public async Task Interrupted_Is130()
    {
        var runner = Substitute.For<INdctlRunner>();
        runner.ListAsync(Arg.Any<CancellationToken>()).Returns(new TaskCompletionSource<NdctlListing>().Task);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var run = await ToolRun.With("", runner, ["list"], isTerminal: true, cancellationToken: stop.Token);
        Assert.That(run, Is.EqualTo(new ToolRun(ExitStatus.Interrupted, "", "nvdimm: interrupted\n")));
    }

    [Test]
    public async Task SlowHost_ShowsProgressOnATerminal()
    {
        var runner = Substitute.For<INdctlRunner>();
        runner.ListAsync(Arg.Any<CancellationToken>()).Returns(async _ =>
        {
            await Task.Delay(TimeSpan.FromSeconds(2.5));
            return NdctlParser.Parse("");
        });
        var run = await ToolRun.With("", runner, ["list", "--json"], isTerminal: true);
        run.AssertStatus(ExitStatus.Good);
        Assert.That(run.Error, Does.Contain("Asking ndctl"));
        Assert.That(run.Json["devices"], Is.Empty);
    }

    [TestCase("L19-ndctl246-daxctl-hmem.json", "daxctl list")]
    [TestCase("L20-ndctl272-cxl-list.json", "cxl list")]
    public async Task ListingOfAnotherProgram_Is4WithTheCommandInEveryFormat(string file, string program)
    {
        var path = TestFiles.PathOf("field", "ndctl", file);
        var message = $"The input is the output of '{program}', which lists no namespaces. Use 'ndctl list -N -v'.";
        var table = await ToolRun.Of("list", "--ndctl", path);
        table.AssertStatus(ExitStatus.BadInput);
        Assert.That((table.Output, table.Error), Is.EqualTo(("", $"error   {NvdimmCodes.NdctlOtherProgram}: {message}\n")));
        var json = await ToolRun.Of("list", "--ndctl", path, "--format", "json");
        json.AssertStatus(ExitStatus.BadInput);
        Assert.That((string?)json.Json["issues"]!.Single()["message"], Is.EqualTo(message));
        var vdsm = await ToolRun.Of("list", "--ndctl", path, "--format", "vdsm");
        vdsm.AssertStatus(ExitStatus.BadInput);
        Assert.That(vdsm.Output, Is.EqualTo("{}\n"));
        Assert.That(vdsm.Error, Does.Contain(message));
    }

    [TestCase("L06c-region-list-only.json")]
    [TestCase("L36-regions-only-ndctl-list-R-full.json")]
    [TestCase("V36-one-region-human-object.json")]
    public async Task RegionsOnly_IsSaid_NotThatThereAreNoDevices(string file)
    {
        var run = await ToolRun.Of("list", "--ndctl", TestFiles.PathOf("field", "ndctl", file));
        run.AssertStatus(ExitStatus.Good);
        Assert.That(run.Error, Does.StartWith($"warning {NvdimmCodes.NdctlNoNamespaces}: The input lists 1 region, but no namespaces. List the namespaces with 'ndctl list -N -v'"));
        Assert.That(run.Output + run.Error, Does.Not.Contain("No NVDIMM devices"));
    }

    [Test]
    public async Task Unreadable_DoesNotSayThatThereAreNoDevices() => Assert.That(
        (await ToolRun.Of("list", "--ndctl", TestFiles.PathOf("field", "ndctl", "L06-ndctl183-python-repr.json"))).Error, Does.StartWith("error   "));

    [Test]
    public async Task TwoNumaNodes_AreBothShown_WithTheNearGuestNode()
    {
        var run = await ToolRun.Of("list", "--ndctl", TestFiles.PathOf("field", "ndctl", "V02-numa-nodes.json"));
        Assert.That(run.Output, Does.Contain("\t3 (RAM 4)\t").And.Contain("\t- (RAM 2)\t").And.Contain("\t1 (RAM 3)\t"));
        var shown = await ToolRun.InTerminal(80, "list", "--ndctl", TestFiles.PathOf("field", "ndctl", "V02-numa-nodes.json"));
        Assert.That(shown.Output.ReplaceLineEndings(" "), Does.Contain("the guest node which is pinned to a is near"));
        var same = await ToolRun.Of("list", "--ndctl", TestFiles.PathOf("field", "ndctl", "L12b-namespace-align-96M.json"));
        Assert.That(same.Output, Does.Not.Contain("RAM"));
    }

    [Test]
    public async Task FindingOfADimm_IsPrintedOnce()
    {
        var run = await ToolRun.Of("list", "--ndctl", TestFiles.PathOf("field", "ndctl", "V23g-interleaved-two-of-three-dimms.json"));
        Assert.That(run.Error.Split('\n').Count(line => line.Contains(NvdimmCodes.DimmFailed, StringComparison.Ordinal)), Is.EqualTo(1));
    }

    private static async Task AssertTable(string listing, string golden, string error)
    {
        var run = await ToolRun.Of("list", "--ndctl", listing, "--arch", "x86_64");
        run.AssertStatus(ExitStatus.Good);
        Assert.That(run.Error, Does.StartWith(error));
        run.AssertGolden(golden);
    }
}
