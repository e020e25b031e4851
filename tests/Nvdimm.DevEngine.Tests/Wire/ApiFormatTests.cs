using System.Text;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Tests.Wire;

/// <summary>The same entity in both formats.</summary>
public sealed class ApiFormatTests
{
    private static readonly DateTimeOffset Moment = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(1));

    [Test]
    public void Entity_InXml_IsAsTheEngineWritesIt() => Assert.That(
        Encoding.UTF8.GetString(ApiXml.Write(Entity())),
        Is.EqualTo(
            """
            <?xml version="1.0" encoding="utf-8" standalone="yes"?>
            <thing href="/things/1" id="1">
                <name>a &lt; b � 😀</name>
                <size>5</size>
                <on>true</on>
                <time>2026-01-02T02:04:05.678+00:00</time>
                <parts>
                    <part href="/p" id="p" />
                </parts>
                <tag>x</tag>
                <tag>y</tag>
                <link href="/things/1/more" rel="more" />
            </thing>
            """));

    [Test]
    public void Entity_InJson_IsAsTheEngineWritesIt() => Assert.That(
        Encoding.UTF8.GetString(ApiJson.Write(Entity())),
        Is.EqualTo("""{"name":"a \u003C b \u0001 \uD83D\uDE00","size":"5","on":"true","time":1767319445678,"parts":{"part":[{"href":"/p","id":"p"}]},"tag":["x","y"],"link":[{"href":"/things/1/more","rel":"more"}],"href":"/things/1","id":"1"}"""));

    [Test]
    public void Collection_WithoutEntities_IsEmpty()
    {
        var nothing = ApiObject.Collection("vms", "vm", []);
        Assert.That(Encoding.UTF8.GetString(ApiJson.Write(nothing)), Is.EqualTo("{}"));
        Assert.That(Encoding.UTF8.GetString(ApiXml.Write(nothing)), Does.EndWith("<vms />"));
    }

    private static ApiObject Entity() => ApiObject.Reference("thing", "/things/1", "1")
        .Text("name", "a < b \u0001 😀")
        .Text("nothing", null)
        .Number("size", 5)
        .Flag("on", true)
        .Moment("time", Moment)
        .Child(ApiObject.Collection("parts", "part", [ApiObject.Reference("part", "/p", "p")]))
        .Texts("tag", ["x", "y"])
        .Link("more", "/things/1/more");
}
