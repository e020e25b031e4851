using Newtonsoft.Json.Linq;

namespace Nvdimm.Cli.Tests;

public sealed class SizeCommandTests
{
    [Test]
    public async Task Json_HasEveryFigure()
    {
        var run = await ToolRun.Of("size", "--arch", "x86_64", "--device-size", "1025MiB", "--align", "4KiB", "--json");
        run.AssertStatus(ExitStatus.Good);
        Assert.That(run.Json.ToString(), Is.EqualTo(new JObject
        {
            ["architecture"] = "x86_64",
            ["strategy"] = "ovirt",
            ["deviceSize"] = 1074790400,
            ["alignSize"] = 4096,
            ["targetSize"] = 939655168,
            ["backendSize"] = 941621248,
            ["labelOffset"] = 941490176,
            ["guestSize"] = 941490176,
            ["verdict"] = "warning",
            ["codes"] = new JArray("NVDIMM_HOTPLUG_MISALIGNED"),
        }.ToString()));
        Assert.That(run.Error, Is.Empty);
    }

    [Test]
    public async Task Json_RefusedArchitecture_IsNullWhereThereIsNoFigure()
    {
        var run = await ToolRun.Of("size", "--arch", "s390x", "--device-size", "1073741824", "--strategy", "largest", "--json");
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(run.Json.ToString(), Is.EqualTo(new JObject
        {
            ["architecture"] = "s390x",
            ["strategy"] = "largest",
            ["deviceSize"] = 1073741824,
            ["alignSize"] = null,
            ["targetSize"] = null,
            ["backendSize"] = null,
            ["labelOffset"] = null,
            ["guestSize"] = null,
            ["verdict"] = "refused",
            ["codes"] = new JArray("NVDIMM_ARCHITECTURE_UNSUPPORTED"),
        }.ToString()));
    }

    [TestCase("0", "NVDIMM_DEVICE_TOO_SMALL")]
    [TestCase("1GiB --align 3MiB", "NVDIMM_ALIGN_NOT_POWER_OF_TWO")]
    [TestCase("1GiB --align 4KiB --page-size 64KiB", "NVDIMM_ALIGN_BELOW_PAGE")]
    [TestCase("1GiB --label-size 4KiB", "NVDIMM_LABEL_TOO_SMALL")]
    [TestCase("1GiB --devdax", "NVDIMM_DEVDAX_ALIGN_UNKNOWN")]
    [TestCase("9223372036854775807", "NVDIMM_SIZE_OUT_OF_RANGE")]
    public async Task Refused_Is3(string rest, string code)
    {
        var run = await ToolRun.Of(["size", "--arch", "x86_64", "--json", "--device-size", .. rest.Split(' ')]);
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(run.Json["codes"]!.Values<string>(), Does.Contain(code));
        Assert.That((string?)run.Json["verdict"], Is.EqualTo("refused"));
    }

    [TestCase("ok", "1GiB", "2MiB", 0)]
    [TestCase("warning", "1025MiB", "4KiB", 0)]
    [TestCase("refused", "128MiB", "2MiB", 3)]
    public async Task Table(string verdict, string size, string align, int status)
    {
        var run = await ToolRun.Of("size", "--arch", "x86_64", "--device-size", size, "--align", align);
        run.AssertStatus(status);
        run.AssertGolden($"size-{verdict}.txt");
    }
}
