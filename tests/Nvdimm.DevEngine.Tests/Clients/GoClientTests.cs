using System.Xml.Linq;

namespace Nvdimm.DevEngine.Tests.Clients;

/// <summary>
/// What go-ovirt-client v3 (a5d2d8c), on which Terraform's provider and OpenShift's installer are built, cannot do without in an answer: its
/// <c>vm.go</c>, <c>template.go</c>, <c>host.go</c>, <c>cluster.go</c>, <c>tag.go</c> fail on an entity that lacks one of these.
/// </summary>
public sealed class GoClientTests : EngineTests
{
    [TestCase("vms/5eed0003-0000-4000-8000-000000000001", "@id,name,comment,description,status,cluster@id,template@id,memory,os/type,type,memory_policy/max,memory_policy/guaranteed,memory_policy/ballooning,cpu/topology/cores,cpu/topology/threads,cpu/topology/sockets")]
    [TestCase("templates/00000000-0000-0000-0000-000000000000", "@id,name,description,status,cpu/topology/cores,cpu/topology/threads,cpu/topology/sockets")]
    [TestCase("hosts/5eed0002-0000-4000-8000-000000000001", "@id,status,cluster@id")]
    [TestCase("clusters/5eed0001-0000-4000-8000-000000000001", "@id,name")]
    [TestCase("", "special_objects/blank_template@id,special_objects/root_tag@id,product_info/version/major")]
    [TestCase("tags/00000000-0000-0000-0000-000000000000", "@id,name")]
    public async Task Entity_HasWhatTheClientNeeds(string path, string needed)
    {
        var entity = await Engine.GetXmlAsync(path);
        Assert.That(needed.Split(',').Where(field => Find(entity, field) is null), Is.Empty, entity.ToString());
    }

    /// <summary>GetBlankTemplate: the template of the list whose id is all zeros.</summary>
    [Test]
    public async Task BlankTemplate_IsInTheList() => Assert.That(
        (await Engine.GetXmlAsync("templates")).Elements("template").Count(template => template.Attribute("id")?.Value == "00000000-0000-0000-0000-000000000000"), Is.EqualTo(1));

    private static string? Find(XElement entity, string field)
    {
        var (path, attribute) = field.Split('@') is [var before, var name] ? (before, name) : (field, null);
        var found = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate((XElement?)entity, (inside, name) => inside?.Element(name));
        return attribute is null ? found?.Value : found?.Attribute(attribute)?.Value;
    }
}
