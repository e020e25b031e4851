using Newtonsoft.Json.Linq;
using Nvdimm.Extensions;

namespace Nvdimm.Cli.Tests;

public sealed class CheckCommandTests
{
    private const string Vm = """{"vm":{"name":"db","pinnedHosts":["host1"],"numaNodes":[{"index":0,"hostNodes":[0]}],"nvdimms":[{"name":"namespace4.0"}]},"host":{"name":"host1"}}""";

    private static readonly string Example = TestFiles.PathOf("vm", "vm.example.json");

    [Test]
    public async Task Refused_Is3WithCodesAndArguments()
    {
        var run = await ToolRun.With(Vm, "check", "snapshot-with-memory", "--vm", "-", "--json");
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(run.Json.Properties().Select(property => property.Name), Is.EqualTo(new[] { "allowed", "violations" }));
        Assert.That((bool)run.Json["allowed"]!, Is.False);
        var finding = (JObject)run.Json["violations"]![0]!;
        Assert.That(finding.Properties().Select(property => property.Name), Is.EqualTo(new[] { "code", "severity", "message", "arguments" }));
        Assert.That(finding["code"]!.ToString(), Is.EqualTo(EngineCodes.VmHasAttachedNvdimmDevices));
        Assert.That(finding["severity"]!.ToString(), Is.EqualTo("error"));
        Assert.That((string?)finding["arguments"]!["type"], Is.EqualTo("Snapshot"));
    }

    [Test]
    public async Task Warning_Is0()
    {
        var run = await ToolRun.With(Vm, "check", "snapshot", "--vm", "-", "--json");
        run.AssertStatus(ExitStatus.Good);
        Assert.That((bool)run.Json["allowed"]!, Is.True);
        Assert.That(ToolRun.Codes(run.Json["violations"]), Is.EqualTo(new[] { NvdimmCodes.ContentNotInSnapshot }));
        Assert.That((string?)run.Json["violations"]![0]!["severity"], Is.EqualTo("warning"));
    }

    [Test]
    public async Task Attach_DevicesOfTheFileAndOfTheCommandLine()
    {
        var run = await ToolRun.Of("check", "attach", "--vm", Example, "--ndctl", ToolRun.Modes, "--device", "log dev é", "--json");
        run.AssertStatus(ExitStatus.Refused);
        var about = run.Json["violations"]!.Select(finding => $"{finding["code"]} {finding["arguments"]!["device"]}").ToList();
        Assert.That(about, Does.Contain("NVDIMM_SIZE_REFUSED namespace1.2").And.Contain("NVDIMM_DEVDAX_SELINUX namespace6.1"));
    }

    [TestCase("ovirt", ExitStatus.Refused)]
    [TestCase("largest", ExitStatus.Good)]
    public async Task Strategy_GoesBeforeTheFile(string strategy, int status)
    {
        var run = await ToolRun.Of("check", "attach", "--vm", Example, "--ndctl", ToolRun.Modes, "--device", "guest0", "--strategy", strategy);
        run.AssertStatus(status);
    }

    /// <summary>The device has 516 MiB: with a label of 400 MiB nothing is left for the guest.</summary>
    [TestCase("400MiB", ExitStatus.Refused)]
    [TestCase("128KiB", ExitStatus.Good)]
    public async Task LabelSize_GoesBeforeTheFile(string label, int status)
    {
        var run = await ToolRun.Of("check", "attach", "--vm", Example, "--ndctl", ToolRun.Modes, "--device", "guest0", "--strategy", "largest", "--label-size", label);
        run.AssertStatus(status);
    }

    [Test]
    public async Task AmbiguousDevice_Is3()
    {
        const string Listing = """[{"dev":"namespace0.0","mode":"raw","size":1073741824,"blockdev":"pmem0","name":"twin"},{"dev":"namespace1.0","mode":"raw","size":1073741824,"blockdev":"pmem1","name":"twin"}]""";
        var run = await ToolRun.With(Listing, "check", "attach", "--vm", Example, "--ndctl", "-", "--device", "twin", "--json");
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(ToolRun.Codes(run.Json["violations"]), Does.Contain(NvdimmCodes.AmbiguousDevice));
    }

    [Test]
    public async Task RemoveHost_NeedsNoListing()
    {
        var run = await ToolRun.Of("check", "remove-host", "--vm", Example, "--json");
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(
            run.Json["violations"]!.Select(finding => (string?)finding["arguments"]!["VmNames"]), Is.EqualTo(new[] { "database", "database,cache" }), "pinned, assigned");
    }

    [Test]
    public async Task WithoutListing_NothingIsSaidOfDevices()
    {
        var run = await ToolRun.Of("check", "attach", "--vm", Example, "--json");
        run.AssertStatus(ExitStatus.Good);
        Assert.That(run.Json["violations"], Is.Empty);
    }

    [Test]
    public async Task BrokenListing_Is4EvenWhereRefused()
    {
        var run = await ToolRun.With("[{", "check", "attach", "--vm", Example, "--ndctl", "-", "--json");
        run.AssertStatus(ExitStatus.BadInput);
        Assert.That((bool)run.Json["allowed"]!, Is.False);
        Assert.That(run.Error, Does.StartWith("error   NVDIMM_NDCTL_MALFORMED: "));
    }

    [TestCase("attach")]
    [TestCase("detach")]
    [TestCase("start")]
    [TestCase("snapshot")]
    [TestCase("snapshot-with-memory")]
    [TestCase("snapshot-restore")]
    [TestCase("hibernate")]
    [TestCase("migrate")]
    [TestCase("hot-plug")]
    [TestCase("hot-unplug")]
    [TestCase("memory-hot-plug")]
    [TestCase("change-pinning")]
    [TestCase("clone")]
    [TestCase("template")]
    [TestCase("remove-host")]
    [TestCase("import")]
    public async Task Table_EveryOperation(string operation)
    {
        var run = await ToolRun.Of("check", operation, "--vm", Example, "--ndctl", ToolRun.Modes);
        Assert.That(run.Status, Is.EqualTo(run.Output.StartsWith("allowed\n", StringComparison.Ordinal) ? ExitStatus.Good : ExitStatus.Refused));
        run.AssertGolden($"check-{operation}.txt");
    }
}
