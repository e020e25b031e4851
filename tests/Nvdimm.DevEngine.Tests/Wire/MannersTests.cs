using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Nvdimm.DevEngine.Tests.Wire;

/// <summary>What clients send that is not in the books, and what nobody should send.</summary>
public sealed class MannersTests : EngineTests
{
    [Test]
    [CancelAfter(60_000)]
    public async Task Get_ThatAnnouncesABody_IsAnsweredAtOnce(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Engine.Url.Host, Engine.Url.Port, cancellationToken);
        var stream = client.GetStream();
        var login = RunningEngine.Basic(RunningEngine.Admin, RunningEngine.Password);
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"GET /ovirt-engine/api HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {login}\r\nContent-Length: 10\r\n\r\n"), cancellationToken);
        var answer = "";
        var buffer = new byte[4096];
        while (!answer.EndsWith("</api>", StringComparison.Ordinal))
        {
            var length = await stream.ReadAsync(buffer, cancellationToken);
            Assert.That(length, Is.Positive, answer);
            answer += Encoding.UTF8.GetString(buffer, 0, length);
        }

        Assert.That(answer, Does.StartWith("HTTP/1.1 200").And.Contain("Connection: close"));
    }

    [TestCase("text/html,application/xml;q=0.9,*/*;q=0.8", "application/xml")]
    [TestCase("application/json", "application/json")]
    [TestCase("application/json, text/plain, */*", "application/json")]
    [TestCase("application/json;q=0.5, application/xml", "application/xml")]
    [TestCase("*/*", "application/xml")]
    [TestCase("image/png", "application/xml")]
    public async Task Accept_Decides(string accept, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/ovirt-engine/api", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await Engine.Client.SendAsync(request);
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo(type));
    }

    [TestCase("<host_device><name>", "application/xml")]
    [TestCase("<!DOCTYPE a [<!ENTITY e 'x'>]><host_device><name>&e;</name></host_device>", "application/xml")]
    [TestCase("{\"name\":", "application/json")]
    [TestCase("{\"name\":\"a\",\"name\":\"b\"}", "application/json")]
    [TestCase("name=namespace6.1", "application/x-www-form-urlencoded")]
    [TestCase("<host_device/>", "text/plain")]
    public async Task Body_ThatCannotBeRead_IsAFault(string body, string type)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var answer = await Engine.Client.PostAsync(new Uri($"/ovirt-engine/api/vms/{RunningEngine.IdOf("vm1")}/hostdevices", UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(400), text);
        Assert.That(text, Does.Contain("<reason>Request syntactically incorrect.</reason>"));
    }

    [TestCase('<')]
    [TestCase('[')]
    public async Task Body_NestedTooDeep_IsAFault(char kind)
    {
        var deep = kind == '[' ? new string('[', 5000) : string.Concat(Enumerable.Repeat("<a>", 5000)) + string.Concat(Enumerable.Repeat("</a>", 5000));
        using var content = new StringContent(deep, Encoding.UTF8, kind == '[' ? "application/json" : "application/xml");
        using var answer = await Engine.Client.PostAsync(new Uri("/ovirt-engine/api/vms", UriKind.Relative), content);
        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task Body_WithoutType_IsAFault()
    {
        using var content = new ByteArrayContent("<tag><name>t</name></tag>"u8.ToArray());
        using var answer = await Engine.Client.PostAsync(new Uri("/ovirt-engine/api/tags", UriKind.Relative), content);
        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("no Content-Type"));
    }

    [TestCase("""{"name":"v","cluster":{"name":"Default"},"memory":{}}""", "memory is no single value")]
    [TestCase("""{"name":"v","cluster":{"name":"Default"},"memory":[]}""", "memory is no single value")]
    [TestCase("""{"name":["v"],"cluster":{"name":"Default"},"description":{"a":"b"}}""", "description is no single value")]
    public async Task Value_ThatIsNoText_IsNotTakenForMissing(string json, string expected)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await Engine.Client.PostAsync(new Uri("/ovirt-engine/api/vms", UriKind.Relative), content);
        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(expected));
    }

    [TestCase("vms", "<vm><name>long</name><cluster><name>Default</name></cluster><description>{0}</description></vm>", 255)]
    [TestCase("tags", "<tag><name>long</name><description>{0}</description></tag>", 4000)]
    [TestCase("tags", "<tag><name>{0}</name></tag>", 50)]
    [TestCase("events", "<event><origin>me</origin><severity>normal</severity><custom_id>1</custom_id><description>{0}</description></event>", 4000)]
    [TestCase("vms/5eed0003-0000-4000-8000-000000000004/snapshots", "<snapshot><description>{0}</description></snapshot>", 4000)]
    public async Task Text_IsAsLongAsTheEngineAllows(string path, string xml, int longest)
    {
        var refused = await Engine.SendAsync(HttpMethod.Post, path, xml.Replace("{0}", new string('x', longest + 1), StringComparison.Ordinal));
        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.Body.Element("detail")!.Value, Does.Contain($"{longest + 1} characters; the most are {longest}"));
        var taken = await Engine.SendAsync(HttpMethod.Post, path, xml.Replace("{0}", new string('x', longest), StringComparison.Ordinal));
        Assert.That(taken.Status, Is.EqualTo(201));
    }

    [TestCase("/ovirt-engine/api")]
    [TestCase("/ovirt-engine/api/vms")]
    [TestCase("/ovirt-engine/api/vms/nobody")]
    [TestCase("/ovirt-engine/services/host-devices/hosts/5eed0002-0000-4000-8000-000000000001")]
    [TestCase("/")]
    public async Task Head_IsGetWithoutBody(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(path, UriKind.Relative));
        using var head = await Engine.Client.SendAsync(request);
        using var get = await Engine.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.That(head.StatusCode, Is.EqualTo(get.StatusCode));
        Assert.That(head.Content.Headers.ContentType, Is.EqualTo(get.Content.Headers.ContentType));
        Assert.That(head.Content.Headers.ContentLength, Is.EqualTo(get.Content.Headers.ContentLength));
        Assert.That(await head.Content.ReadAsByteArrayAsync(), Is.Empty);
        Assert.That(get.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
    }

    [TestCase("vms", "GET, POST")]
    [TestCase("hosts", "GET")]
    public async Task Options_AreTheMethods(string resource, string methods)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri($"/ovirt-engine/api/{resource}", UriKind.Relative));
        using var answer = await Engine.Client.SendAsync(request);
        Assert.That(((int)answer.StatusCode, string.Join(", ", answer.Content.Headers.Allow.Order(StringComparer.Ordinal))), Is.EqualTo((200, methods)));
    }

    [TestCase("vms;max=2", 2)]
    [TestCase("vms;max=2?max=3", 2)]
    [TestCase("vms;search=name%3Dvm1;max=5", 1)]
    [TestCase("vms;max=-1", 8)]
    public async Task MatrixParameters_AreParameters(string path, int count) => Assert.That((await Engine.GetXmlAsync(path)).Elements("vm").Count(), Is.EqualTo(count));

    [Test]
    public async Task Health_IsAnsweredWithoutLogin()
    {
        Assert.That(
            await Engine.Anonymous.GetStringAsync(new Uri("/ovirt-engine/services/health", UriKind.Relative)), Is.EqualTo("DB Up!Welcome to Health Status!"));
    }

    [TestCase("vms/5eed0003-0000-4000-8000-000000000001", "ticket")]
    [TestCase("hosts/5eed0002-0000-4000-8000-000000000001", "refresh")]
    public async Task Action_ThatIsNotServed_HasItsLink_AndIs501(string path, string action)
    {
        var entity = await Engine.GetXmlAsync(path);
        var href = entity.Element("actions")!.Elements("link").Single(link => link.Attribute("rel")?.Value == action).Attribute("href")!.Value;
        var (status, body, _) = await Engine.SendAsync(HttpMethod.Post, href["/ovirt-engine/api/".Length..], "<action/>");
        Assert.That((status, body.Element("detail")?.Value), Is.EqualTo((501, $"[This development engine does not serve the action {action}.]")));
    }

    [Test]
    public async Task NumaNode_IsChanged()
    {
        const string Vm = "vms/5eed0003-0000-4000-8000-000000000001";
        var node = (await Engine.GetXmlAsync($"{Vm}/numanodes")).Elements("vm_numa_node").Last();
        var path = node.Attribute("href")!.Value["/ovirt-engine/api/".Length..];
        const string Change = """
            <vm_numa_node><memory>256</memory><cpu><cores><core><index>2</index></core><core><index>3</index></core></cores></cpu>
            <numa_node_pins><numa_node_pin><index>0</index></numa_node_pin></numa_node_pins></vm_numa_node>
            """;
        var (status, body, _) = await Engine.SendAsync(HttpMethod.Put, path, Change);
        Assert.That(status, Is.EqualTo(200), body.ToString());
        var changed = await Engine.GetXmlAsync(path);
        Assert.That(
            (changed.Element("memory")?.Value, changed.Element("index")?.Value, string.Join(',', changed.Descendants("core").Select(core => core.Value))),
            Is.EqualTo(("256", "1", "2,3")));
        var (refused, fault, _) = await Engine.SendAsync(
            HttpMethod.Put, path, "<vm_numa_node><cpu><cores><core><index>0</index></core></cores></cpu></vm_numa_node>");
        Assert.That((refused, fault.Element("detail")?.Value), Is.EqualTo((400, "[Each vCPU belongs to one Virtual NUMA node at most.]")));
    }

    [Test]
    public async Task Body_ThatIsTooLong_IsRefused()
    {
        using var content = new StringContent(new string(' ', (1 << 20) + 1), Encoding.UTF8, "application/xml");
        using var answer = await Engine.Client.PostAsync(new Uri("/ovirt-engine/api/vms", UriKind.Relative), content);
        Assert.That((int)answer.StatusCode, Is.EqualTo(413));
    }

    [TestCase("GET", "externalproviders", 404, "[There is no resource /ovirt-engine/api/externalproviders.]")]
    [TestCase("DELETE", "hosts", 405, "[/ovirt-engine/api/hosts does not know DELETE; it knows GET.]")]
    public async Task Unknown_ResourceOrMethod_IsAFaultInTheFormatThatWasAskedFor(string method, string resource, int status, string detail)
    {
        foreach (var type in new[] { "application/xml", "application/json" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"/ovirt-engine/api/{resource}", UriKind.Relative));
            request.Headers.Accept.ParseAdd(type);
            using var answer = await Engine.Client.SendAsync(request);
            Assert.That((int)answer.StatusCode, Is.EqualTo(status));
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo(type));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.That(
                type == "application/xml"
                    ? XElement.Parse(text).Element("detail")?.Value
                    : JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString(),
                Is.EqualTo(detail));
        }
    }
}
