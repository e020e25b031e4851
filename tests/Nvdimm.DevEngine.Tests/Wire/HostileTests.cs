using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Nvdimm.DevEngine.Tests.Wire;

/// <summary>Requests that nobody sends in good faith: each gets a clear answer between 400 and 499, and the next request works.</summary>
public sealed class HostileTests : EngineTests
{
    private static readonly string Vm = $"/ovirt-engine/api/vms/{RunningEngine.IdOf("vm1")}";

    private static readonly TestCaseData[] Bodies =
    [
        Case("a list", "[]"),
        Case("a list of numbers", "[1,2]"),
        Case("lists in lists", "[[],[[]]]"),
        Case("null", "null"),
        Case("a text", "\"x\""),
        Case("a number beyond all", "1e999"),
        Case("half of a surrogate pair", """{"name":"\ud800"}"""),
        Case("half of a surrogate pair in a name", """{"\ud800":"x"}"""),
        Case("bytes that are no UTF-8", [.. "{\"name\":\""u8, 0xFF, 0xFE, .. "\"}"u8], "application/json"),
        Case("two documents", "{} {}"),
        Case("bytes that are no UTF-8 in XML", [.. "<host_device><name>"u8, 0xFF, .. "</name></host_device>"u8], "application/xml"),
        Case("an encoding that there is not", "<?xml version='1.0' encoding='bogus'?><host_device/>"u8.ToArray(), "application/xml"),
        Case("UTF-16 that is none", "<?xml version='1.0' encoding='utf-16'?><host_device/>"u8.ToArray(), "application/xml"),
        Case("an external entity", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><host_device><name>&x;</name></host_device>"u8.ToArray(), "application/xml"),
        Case("two roots", "<host_device><name>namespace0.0</name></host_device><a/>"u8.ToArray(), "application/xml"),
        Case("text behind the root", "<host_device><name>namespace0.0</name></host_device>more"u8.ToArray(), "application/xml"),
        Case("a control character", "<host_device><name>\u0001</name></host_device>"u8.ToArray(), "application/xml"),
    ];

    [TestCaseSource(nameof(Bodies))]
    public async Task Body_ThatIsNone_IsAFault(byte[] body, string type)
    {
        var (status, text) = await PostAsync($"{Vm}/hostdevices", body, type);
        Assert.That(status, Is.EqualTo(400), text);
        Assert.That(text, Does.Contain("Request syntactically incorrect."));
        Assert.That((await Engine.GetXmlAsync($"vms/{RunningEngine.IdOf("vm1")}/hostdevices")).HasElements, Is.False);
    }

    [TestCase("grant_type=password&username=%ff&password=%00", "application/x-www-form-urlencoded")]
    [TestCase("x", "multipart/form-data")]
    [TestCase("x", "multipart/form-data; boundary=b")]
    [TestCase(null, "application/x-www-form-urlencoded")]
    public async Task Token_ForAFormThatIsNone_IsRefused(string? form, string type)
    {
        var many = string.Join('&', Enumerable.Range(0, 5000).Select(number => $"a{number}=1"));
        foreach (var path in new[] { "sso/oauth/token", "services/sso-logout" })
        {
            var (status, text) = await PostAsync($"/ovirt-engine/{path}", Encoding.ASCII.GetBytes(form ?? many), type);
            Assert.That(status, Is.EqualTo(path == "services/sso-logout" && type.StartsWith("multipart", StringComparison.Ordinal) ? 200 : 400), text);
        }
    }

    [TestCase("name%3D", "*a", 2000)]
    [TestCase("", "(", 4000, HttpStatusCode.BadRequest)]
    [TestCase("", "and%20", 200, HttpStatusCode.BadRequest)]
    [TestCase("name%3D", "*", 4000)]
    public async Task Search_OfAnyShape_IsAnswered(string start, string part, int times, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await Engine.Client.GetAsync(new Uri($"/ovirt-engine/api/vms?search={start}{string.Concat(Enumerable.Repeat(part, times))}", UriKind.Relative));
        Assert.That(answer.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task NumaNode_BeyondAllMemory_IsRefused()
    {
        var (status, text) = await PostAsync($"{Vm}/numanodes", "<vm_numa_node><index>2</index><memory>9223372036854775807</memory></vm_numa_node>"u8.ToArray(), "application/xml");
        Assert.That(status, Is.EqualTo(400), text);
        Assert.That(text, Does.Contain("at most"));
    }

    [Test]
    public async Task Preview_OfNoDevice_IsRefused()
    {
        using var answer = await Engine.Client.GetAsync(new Uri($"/ovirt-engine/services/host-devices/vms/{RunningEngine.IdOf("vm1")}/preview", UriKind.Relative));
        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("A request names 1 to 256 devices, not 0."));
    }

    [TestCase("3", 400)]
    [TestCase("4", 200)]
    public async Task Version_OtherThanFour_IsRefused(string version, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/ovirt-engine/api", UriKind.Relative));
        request.Headers.Add("Version", version);
        using var answer = await Engine.Client.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
    }

    [TestCase("/ovirt-engine/api/%2e%2e/%2e%2e/etc/passwd", 404)]
    [TestCase("/ovirt-engine/api/vms/%2fetc%2fpasswd", 404)]
    [TestCase("/ovirt-engine/api/vms/%ff%fe", 404)]
    [TestCase("/ovirt-engine/api/vms/%00", 400)]
    [TestCase("/../../etc/passwd", 404)]
    [TestCase("/page.css/../../index.html%00", 400)]
    [CancelAfter(60_000)]
    public async Task Path_ThatLeadsAstray_IsNotFound(string path, int status, CancellationToken cancellationToken) => Assert.That(
        await RawAsync($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {RunningEngine.Basic(RunningEngine.Admin, RunningEngine.Password)}\r\nConnection: close\r\n\r\n", cancellationToken),
        Does.StartWith($"HTTP/1.1 {status} "));

    /// <summary>Kestrel ends a body that comes slower than 240 bytes a second; here it does not come at all.</summary>
    [Test]
    [CancelAfter(120_000)]
    public async Task Body_ThatDoesNotCome_IsGivenUp(CancellationToken cancellationToken) => Assert.That(
        await RawAsync(
            $"POST {Vm}/hostdevices HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {RunningEngine.Basic(RunningEngine.Admin, RunningEngine.Password)}\r\nContent-Type: application/xml\r\nContent-Length: 1000\r\n\r\n<host_device>",
            cancellationToken),
        Does.StartWith("HTTP/1.1 408 "));

    private static TestCaseData Case(string name, string json) => Case(name, Encoding.UTF8.GetBytes(json), "application/json");

    private static TestCaseData Case(string name, byte[] body, string type) => new TestCaseData(body, type).SetArgDisplayNames(name);

    private async Task<(int Status, string Text)> PostAsync(string path, byte[] body, string type)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var answer = await Engine.Client.PostAsync(new Uri(path, UriKind.Relative), content);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> RawAsync(string request, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Engine.Url.Host, Engine.Url.Port, cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), cancellationToken);
        var buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer, cancellationToken));
    }
}
