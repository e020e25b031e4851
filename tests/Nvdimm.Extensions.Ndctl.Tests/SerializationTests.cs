using System.Text.Json;
using Newtonsoft.Json;
using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ndctl.Tests;

/// <summary>Devices of every capture as JSON, by both libraries that programs use: what is read back is the same device.</summary>
public sealed class SerializationTests
{
    [TestCaseSource(typeof(Captures), nameof(Captures.All))]
    public void Devices_AreTheSame(string path)
    {
        var devices = Captures.Parse(path).Devices;
        Assert.That(System.Text.Json.JsonSerializer.Deserialize<ValueList<NvdimmDevice>>(System.Text.Json.JsonSerializer.Serialize(devices)), Is.EqualTo(devices));
        Assert.That(JsonConvert.DeserializeObject<ValueList<NvdimmDevice>>(JsonConvert.SerializeObject(devices)), Is.EqualTo(devices));
    }

    [Test]
    public void Device_InUse_IsTheSame()
    {
        var device = Captures.Parse("single-fsdax/list-N-v.json").Devices[0].WithUse(new DeviceUse(IsReadOnly: true, ["swap"]));
        Assert.That(System.Text.Json.JsonSerializer.Deserialize<NvdimmDevice>(System.Text.Json.JsonSerializer.Serialize(device, JsonSerializerOptions.Web), JsonSerializerOptions.Web), Is.EqualTo(device));
        Assert.That(JsonConvert.DeserializeObject<NvdimmDevice>(JsonConvert.SerializeObject(device)), Is.EqualTo(device));
    }
}
