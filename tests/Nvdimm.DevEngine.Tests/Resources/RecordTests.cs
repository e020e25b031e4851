namespace Nvdimm.DevEngine.Tests.Resources;

/// <summary>Events and tags.</summary>
public sealed class RecordTests : EngineTests
{
    private const string Event = "<event><origin>tests</origin><severity>warning</severity><custom_id>7</custom_id><description>hello</description></event>";

    [Test]
    public async Task Event_Posted_IsThere()
    {
        var (status, body, _) = await Engine.SendAsync(HttpMethod.Post, "events", Event);
        Assert.That(status, Is.EqualTo(201), body.ToString());
        Assert.That((body.Element("code")?.Value, body.Element("origin")?.Value, body.Element("custom_id")?.Value), Is.EqualTo(("9802", "tests", "7")));
        Assert.That((await Engine.GetXmlAsync($"events/{body.Attribute("id")?.Value}")).Element("description")?.Value, Is.EqualTo("hello"));
    }

    [Test]
    public async Task Event_OfACustomIdThatItsOriginHas_IsRefused()
    {
        await Engine.SendAsync(HttpMethod.Post, "events", Event);
        var (status, body, _) = await Engine.SendAsync(HttpMethod.Post, "events", Event);
        Assert.That(
            (status, body.Element("detail")?.Value), Is.EqualTo((400, "[Cannot add External Event. External Event with this custom id already exists.]")));
        Assert.That((await Engine.GetXmlAsync("events")).Elements("event").Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Events_From_AreLaterOnes()
    {
        for (var count = 7; count < 10; count++)
        {
            await Engine.SendAsync(HttpMethod.Post, "events", Event.Replace("7", $"{count}", StringComparison.Ordinal));
        }

        Assert.That((await Engine.GetXmlAsync("events?from=1")).Elements("event").Select(entry => entry.Attribute("id")?.Value), Is.EqualTo(new[] { "3", "2" }));
        Assert.That((await Engine.GetXmlAsync("events?from=1&max=1")).Elements("event").Single().Attribute("id")?.Value, Is.EqualTo("3"));
        Assert.That((await Engine.GetXmlAsync("events?search=severity%3Derror")).Elements("event"), Is.Empty);
        Assert.That((await Engine.SendAsync(HttpMethod.Get, "events?from=x")).Status, Is.EqualTo(400));
    }

    [TestCase("<event/>", "Event [origin] required for add")]
    [TestCase("<event><origin>x</origin></event>", "Event [severity] required for add")]
    [TestCase("<event><origin>x</origin><severity>loud</severity></event>", "'loud' is no severity")]
    [TestCase("<event><origin>x</origin><severity>normal</severity></event>", "Event [custom_id] required for add")]
    [TestCase("<event><origin>oVirt</origin><severity>normal</severity><custom_id>1</custom_id><description>x</description></event>", "the engine's own")]
    public async Task Event_PostedWrongly_IsRefused(string xml, string detail)
    {
        var (status, body, _) = await Engine.SendAsync(HttpMethod.Post, "events", xml);
        Assert.That(status, Is.EqualTo(400));
        Assert.That(body.Element("detail")?.Value, Does.Contain(detail));
    }

    [Test]
    public async Task Tag_OfVm_FindsIt()
    {
        var vm = RunningEngine.IdOf("vm2");
        var (_, tag, _) = await Engine.SendAsync(HttpMethod.Post, "tags", "<tag><name>pmem</name></tag>");
        Assert.That((await Engine.SendAsync(HttpMethod.Post, "tags", "<tag><name>pmem</name></tag>")).Status, Is.EqualTo(409));
        Assert.That((await Engine.SendAsync(HttpMethod.Post, $"vms/{vm}/tags", "<tag><name>pmem</name></tag>")).Status, Is.EqualTo(201));
        Assert.That((await Engine.GetXmlAsync("vms?search=tag%3Dpmem")).Elements("vm").Single().Attribute("id")?.Value, Is.EqualTo(vm));
        var id = tag.Attribute("id")?.Value;
        Assert.That((await Engine.SendAsync(HttpMethod.Delete, $"vms/{vm}/tags/{id}")).Status, Is.EqualTo(200));
        Assert.That((await Engine.SendAsync(HttpMethod.Delete, $"vms/{vm}/tags/{id}")).Status, Is.EqualTo(404));
        Assert.That((await Engine.SendAsync(HttpMethod.Delete, $"tags/{id}")).Status, Is.EqualTo(200));
        Assert.That((await Engine.GetXmlAsync("tags")).Elements(), Is.Empty);
    }
}
