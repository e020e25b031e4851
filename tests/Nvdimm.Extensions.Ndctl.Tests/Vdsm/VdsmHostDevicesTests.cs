using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Nvdimm.Extensions.Ndctl.Vdsm;

namespace Nvdimm.Extensions.Ndctl.Tests.Vdsm;

public sealed class VdsmHostDevicesTests
{
    private const string Entry = """{"dev":"namespace1.0","mode":"fsdax","size":262144000,"align":2097152,"blockdev":"pmem1","numa_node":0}""";

    /// <summary>Listings that VDSM survives, and one that it does not: with -u the sizes are for people.</summary>
    [Test]
    public void Oracle_OverAllCaptures_DecidesBothWays()
    {
        var answers = Captures.All.ToDictionary(path => path, path => VdsmOracle.Answer(Text(path)));
        Assert.That(answers.Values.Count(answer => answer is { Count: > 1 }), Is.GreaterThan(10));
        Assert.That(answers["main-02-all-modes/list-N-v.json"], Has.Count.EqualTo(19));
        Assert.That(answers["main-02-all-modes/list-N-vv.json"], Has.Count.Zero);
        Assert.That(answers["main-02-all-modes/list-Nuv.json"], Is.Null);
    }

    public static IEnumerable<string> Survived => Captures.All.Where(path => VdsmOracle.Answer(Text(path)) is not null);

    public static IEnumerable<string> NotSurvived => Captures.All.Except(Survived);

    [TestCaseSource(nameof(Survived))]
    public void ToJson_CaptureThatVdsmSurvives_IsVdsmsAnswerToTheCharacter(string path) =>
        Assert.That(VdsmHostDevices.ToJson(Captures.Parse(path)), Is.EqualTo(VdsmOracle.Answer(Text(path))!.ToString(Formatting.Indented)));

    [TestCaseSource(nameof(NotSurvived))]
    public void ToJson_CaptureThatVdsmDoesNotSurvive_HasEveryDeviceOfAnArray(string path)
    {
        var listing = Captures.Parse(path);
        var expected = listing.Shape == NdctlListingShape.Namespaces ? listing.Devices.Where(device => device.Path is not null).Select(device => device.Name) : [];
        Assert.That(Names(VdsmHostDevices.ToJson(listing)), Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("ndctl: failed")]
    [TestCase("[" + Entry)]
    [TestCase("[" + Entry + ",{\"dev\":010}]")]
    [TestCase("{\"regions\":[{\"dev\":\"region1\",\"namespaces\":[" + Entry + "]}]}")]
    [TestCase("[{\"dev\":\"region1\",\"mappings\":[],\"namespaces\":[" + Entry + "]}]")]
    [TestCase("[{\"provider\":\"ACPI.NFIT\",\"dev\":\"ndbus0\",\"namespaces\":[" + Entry + "]}]")]
    [TestCase(Entry)]
    public void ToJson_NothingThatVdsmCouldRead_IsEmpty(string json) => Assert.That(Export(json), Is.EqualTo("{}"));

    [Test]
    public void ToJson_ListingThatNdctlDidNotFinish_IsEmptyAsVdsmsIs() =>
        Assert.That(VdsmHostDevices.ToJson(NdctlParser.Parse($"[{Entry}]") with { IsComplete = false }), Is.EqualTo("{}"));

    /// <summary>A later entry of the same name replaces the earlier one, where that stood.</summary>
    [Test]
    public void ToJson_DuplicateNames_AreOneEntryWithTheLastValues()
    {
        var json = $"[{Entry},{Entry.Replace("namespace1.0", "namespace2.0")},{Entry.Replace("pmem1", "pmem7")}]";
        AssertAsVdsm(json);
        Assert.That(Names(Export(json)), Is.EqualTo(["namespace1.0", "namespace2.0"]));
        Assert.That(Parameters(json, "namespace1.0")["device_path"], Is.EqualTo(new JValue("/dev/pmem7")));
    }

    [TestCase(",\"numa_node\":0", "numa_node")]
    [TestCase("\"mode\":\"fsdax\",", "mode")]
    [TestCase("\"size\":262144000,", "device_size")]
    public void ToJson_ValueThatVdsmWouldFailWithout_IsLeftOut(string part, string parameter)
    {
        var json = $"[{Entry.Replace(part, "")}]";
        Assert.That(VdsmOracle.Answer(json), Is.Null);
        var whole = Parameters($"[{Entry}]", "namespace1.0");
        whole.Remove(parameter);
        Assert.That(Parameters(json, "namespace1.0").ToString(), Is.EqualTo(whole.ToString()));
    }

    [Test]
    public void ToJson_NoAlignment_IsLeftOut()
    {
        var json = $"[{Entry.Replace("\"align\":2097152,", "")}]";
        AssertAsVdsm(json);
        Assert.That(Parameters(json, "namespace1.0").ContainsKey("align_size"), Is.False);
    }

    [TestCase("memory")]
    [TestCase("dax")]
    [TestCase("moon")]
    public void ToJson_ModeWord_IsKeptAsListed(string word)
    {
        var json = $"[{Entry.Replace("fsdax", word)}]";
        AssertAsVdsm(json);
        Assert.That((string?)Parameters(json, "namespace1.0")["mode"], Is.EqualTo(word));
    }

    [TestCase("\"align\":2097152", "\"align\":2097152,\"state\":\"disabled\"")]
    [TestCase("\"mode\":\"fsdax\"", "\"mode\":\"moon\"")]
    public void ToJson_UnusableDeviceWithAPath_IsReportedAsVdsmDoes(string part, string replacement)
    {
        var json = $"[{Entry.Replace(part, replacement)}]";
        Assert.That(NdctlParser.Parse(json).Devices.Single().IsUsable, Is.False);
        AssertAsVdsm(json);
        Assert.That(Names(Export(json)), Is.EqualTo(["namespace1.0"]));
    }

    [TestCase("\"blockdev\":\"pmem1\",\"chardev\":\"dax1.0\"", "/dev/pmem1")]
    [TestCase("\"chardev\":\"dax1.0\",\"daxregion\":{\"devices\":[{\"chardev\":\"dax1.1\"}]}", "/dev/dax1.0")]
    [TestCase("\"daxregion\":{\"devices\":[{\"chardev\":\"dax1.1\"},{\"chardev\":\"dax1.2\"}]}", "/dev/dax1.1")]
    public void ToJson_Path_IsTheFirstThatVdsmLooksFor(string part, string path)
    {
        var json = $"[{Entry.Replace("\"blockdev\":\"pmem1\"", part)}]";
        AssertAsVdsm(json);
        Assert.That((string?)Parameters(json, "namespace1.0")["device_path"], Is.EqualTo(path));
    }

    [TestCase("\"name\":\"x\"")]
    [TestCase("\"daxregion\":{\"id\":0}")]
    [TestCase("\"daxregion\":{\"devices\":[]}")]
    public void ToJson_NoPath_IsSkippedAndTheOthersKept(string part)
    {
        var json = $"[{Entry.Replace("\"blockdev\":\"pmem1\"", part)},{Entry.Replace("namespace1.0", "namespace2.0")}]";
        AssertAsVdsm(json);
        Assert.That(Names(Export(json)), Is.EqualTo(["namespace2.0"]));
    }

    /// <summary>VDSM would report it with its size, and the engine would plan a VM with that.</summary>
    [Test]
    public void ToJson_NoBytes_IsNotReported() => Assert.That(Export($"[{Entry.Replace("\"size\":262144000", "\"size\":0")}]"), Is.EqualTo("{}"));

    /// <summary>VDSM would report the path that the text describes; a name that is none is refused here.</summary>
    [Test]
    public void ToJson_NameThatIsAPath_IsNotReported() => Assert.That(Export($"[{Entry.Replace("pmem1", "../etc/passwd")}]"), Is.EqualTo("{}"));

    [Test]
    public void Write_Null_IsTheCallersBug()
    {
        var listing = NdctlParser.Parse("");
        Assert.That(() => VdsmHostDevices.Write(null!, TextWriter.Null), Throws.ArgumentNullException);
        Assert.That(() => VdsmHostDevices.Write(listing, null!), Throws.ArgumentNullException);
        Assert.That(() => VdsmHostDevices.ToJson(null!), Throws.ArgumentNullException);
    }

    [Test]
    public void Write_Writer_IsLeftOpen()
    {
        using var writer = new StringWriter();
        VdsmHostDevices.Write(NdctlParser.Parse(""), writer);
        writer.Write("more");
        Assert.That(writer.ToString(), Is.EqualTo("{}more"));
    }

    private static string Text(string path) => Encoding.UTF8.GetString(Captures.Bytes(path));

    private static string Export(string json) => VdsmHostDevices.ToJson(NdctlParser.Parse(json));

    private static IEnumerable<string> Names(string export) => JObject.Parse(export).Properties().Select(property => property.Name);

    private static JObject Parameters(string json, string name) => (JObject)JObject.Parse(Export(json))[name]!["params"]!;

    private static void AssertAsVdsm(string json) => Assert.That(Export(json), Is.EqualTo(VdsmOracle.Answer(json)!.ToString(Formatting.Indented)));
}
