namespace Nvdimm.DevEngine.Tests.Resources;

/// <summary>Hosts, their devices, clusters, and the entry point.</summary>
public sealed class HostTests : EngineTests
{
    [Test]
    public async Task Devices_OfAHost_AreWhatNdctlListed()
    {
        var devices = (await Engine.GetXmlAsync($"hosts/{RunningEngine.HostId(1)}/devices")).Elements("host_device").ToList();
        Assert.That(devices, Has.Count.EqualTo(20));
        var device = devices.Single(found => found.Element("name")?.Value == "namespace0.0");
        Assert.That(device.Attribute("id")?.Value, Is.EqualTo("6e616d657370616365302e30"));
        Assert.That(device.Element("capability")?.Value, Is.EqualTo("nvdimm"));
        Assert.That(device.Element("parent_device")?.Element("name")?.Value, Is.EqualTo("computer"));
        Assert.That(device.Element("host")?.Attribute("id")?.Value, Is.EqualTo(RunningEngine.HostId(1)));
        Assert.That(device.Elements().Select(part => part.Name.LocalName), Is.EqualTo(new[] { "name", "capability", "host", "parent_device" }), "REST tells no more of an NVDIMM");
        Assert.That(devices.Count(found => found.Element("vm") is not null), Is.Zero, "a VM shows only while it runs");
    }

    [Test]
    public async Task Devices_InJson_HaveTextsForEverything()
    {
        var json = await Engine.GetJsonAsync($"hosts/{RunningEngine.HostId(2)}/devices");
        var device = json.GetProperty("host_device").EnumerateArray().Last();
        Assert.That(device.GetProperty("id").GetString(), Is.EqualTo("6e616d657370616365302e30"));
        Assert.That(device.TryGetProperty("vm", out _), Is.False);
        Assert.That(device.GetProperty("host").GetProperty("href").GetString(), Is.EqualTo($"/ovirt-engine/api/hosts/{RunningEngine.HostId(2)}"));
    }

    [Test]
    public async Task Device_ById_IsFound() => Assert.That(
        (await Engine.GetXmlAsync($"hosts/{RunningEngine.HostId(1)}/devices/6e616d657370616365362e31")).Element("name")?.Value, Is.EqualTo("namespace6.1"));

    [TestCase("search=name%3Dhost1", "host1")]
    [TestCase("search=name%3Dhost*", "host1,host2")]
    [TestCase("search=cluster%3DPower", "power1")]
    [TestCase("search=status%3Dup&max=1", "host1")]
    public async Task Hosts_Searched_AreFound(string query, string names) => Assert.That(
        string.Join(',', (await Engine.GetXmlAsync($"hosts?{query}")).Elements("host").Select(host => host.Element("name")?.Value)), Is.EqualTo(names));

    [Test]
    public async Task Api_WithSlash_SaysWhatItIs()
    {
        var api = await Engine.GetXmlAsync("/");
        Assert.That(api.Name.LocalName, Is.EqualTo("api"));
        Assert.That(api.Element("product_info")?.Element("version")?.Element("major")?.Value, Is.EqualTo("4"));
        Assert.That(api.Elements("link").Select(link => link.Attribute("rel")?.Value), Does.Contain("vms").And.Contain("hosts").And.Contain("vms/search"));
    }

    [Test]
    public async Task Links_OfTheApi_LeadSomewhere()
    {
        foreach (var link in (await Engine.GetXmlAsync("")).Elements("link").Select(link => link.Attribute("href")!.Value).Where(href => !href.Contains('{', StringComparison.Ordinal)))
        {
            Assert.That((await Engine.GetXmlAsync(link["/ovirt-engine/api/".Length..])).Name.LocalName.Replace("_", "", StringComparison.Ordinal), Is.EqualTo(link.Split('/')[^1]));
        }
    }

    [Test]
    public async Task Clusters_HaveTheirArchitecture()
    {
        var clusters = (await Engine.GetXmlAsync("clusters")).Elements("cluster");
        Assert.That(clusters.Select(cluster => cluster.Element("cpu")?.Element("architecture")?.Value), Is.EqualTo(new[] { "x86_64", "ppc64" }));
    }
}
