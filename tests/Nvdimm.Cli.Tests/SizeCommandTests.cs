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
            ["memoryBlock"] = 134217728,
            ["persistence"] = "unknown",
            ["verdict"] = "warning",
            ["codes"] = new JArray("NVDIMM_HOTPLUG_MISALIGNED"),
            ["memoryHotPlug"] = new JArray(),
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
            ["memoryBlock"] = null,
            ["persistence"] = "unknown",
            ["verdict"] = "refused",
            ["codes"] = new JArray("NVDIMM_ARCHITECTURE_UNSUPPORTED"),
            ["memoryHotPlug"] = new JArray(),
        }.ToString()));
    }

    /// <summary>Addresses that QEMU 7.2 was seen to use.</summary>
    [Test]
    public async Task Json_Memory_TellsWhereDimmsLand()
    {
        var run = await ToolRun.Of("size", "--arch", "x86_64", "--device-size", "512MiB", "--align", "2MiB", "--memory", "64GiB", "--devdax", "--json");
        run.AssertStatus(ExitStatus.Good);
        Assert.That(((long)run.Json["memoryBlock"]!, (string?)run.Json["persistence"]), Is.EqualTo((2L << 30, "dax-unproven")));
        var plugs = run.Json["memoryHotPlug"]!;
        Assert.That(plugs.Select(plug => (long)plug["dimmSize"]! >> 20), Is.EqualTo(new[] { 128, 256, 1024, 2048 }));
        Assert.That(plugs[0]!.ToString(), Is.EqualTo(new JObject
        {
            ["dimmSize"] = 134217728,
            ["address"] = "0x1098000000",
            ["comesOnline"] = false,
            ["advisedAddress"] = null,
            ["codes"] = new JArray("NVDIMM_DIMM_SIZE"),
        }.ToString()));
        Assert.That(((string?)plugs[3]!["advisedAddress"], (string?)plugs[3]!["codes"]!.Single()), Is.EqualTo(("0x1100000000", "NVDIMM_DIMM_MISALIGNED")));
    }

    [Test]
    public async Task Table_Memory_AdvisesABase()
    {
        var run = await ToolRun.Of("size", "--arch", "x86_64", "--device-size", "512MiB", "--align", "4KiB", "--memory", "512MiB");
        run.AssertStatus(ExitStatus.Good);
        run.AssertGolden("size-memory.txt");
    }

    /// <summary>Near 1 TiB no address is told; beyond what any guest has, nothing is.</summary>
    [TestCase("1100GiB", 3, "NVDIMM_DIMM_ADDRESS_UNKNOWN")]
    [TestCase("2097152GiB", 0, null)]
    public async Task Json_HugeMemory_IsNotPredicted(string memory, int count, string? code)
    {
        var run = await ToolRun.Of("size", "--arch", "x86_64", "--device-size", "512MiB", "--align", "2MiB", "--memory", memory, "--json");
        run.AssertStatus(ExitStatus.Good);
        Assert.That(run.Json["memoryHotPlug"]!.Count(), Is.InRange(count, count + 1));
        Assert.That(run.Json["memoryHotPlug"]!.SelectMany(plug => plug["codes"]!.Values<string>()).Distinct(), Is.EqualTo(code is null ? [] : new[] { code }));
        Assert.That(run.Json["memoryHotPlug"]!.Select(plug => plug["comesOnline"]!.Type), Is.All.EqualTo(JTokenType.Null));
        var table = await ToolRun.Of("size", "--arch", "x86_64", "--device-size", "512MiB", "--align", "2MiB", "--memory", memory);
        Assert.That(table.Output.Contains("not known", StringComparison.Ordinal), Is.EqualTo(count > 0));
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
