using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Extensions.Engine.Tests.Rest;

/// <summary>An answer of the stub.</summary>
internal sealed record StubAnswer(int Status, string? Json);

/// <summary>
/// The engine's API in JSON over the in-memory engine, as far as the client speaks it: what a real engine sends stands in the wire notes of
/// oVirt 4.5 (numbers and booleans as strings, no root, faults with brackets). The development engine takes its place in the contract suite.
/// </summary>
internal sealed partial class StubApi(InMemoryEngine engine)
{
    public const string Password = "pa&ss wörd=1";

    private int tokens;

    public string Token => $"token-{tokens}";

    /// <summary>Forgets the session, as after half an hour.</summary>
    public void Expire() => Interlocked.Increment(ref tokens);

    public async Task<StubAnswer> HandleAsync(string method, string path, string query, string? authorization, string body)
    {
        if (path == "/ovirt-engine/sso/oauth/token")
        {
            return body.Contains($"password={Uri.EscapeDataString(Password).Replace("%20", "+", StringComparison.Ordinal)}", StringComparison.Ordinal)
                ? new StubAnswer(200, new JObject { ["access_token"] = Token, ["scope"] = "ovirt-app-api", ["exp"] = "9223372036854775807", ["token_type"] = "bearer" }.ToString())
                : new StubAnswer(400, """{"error":"access_denied","error_description":"Cannot authenticate user Invalid user credentials."}""");
        }

        if (path == "/ovirt-engine/services/sso-logout")
        {
            Expire();
            return new StubAnswer(200, "{}");
        }

        if (authorization != $"Bearer {Token}")
        {
            return new StubAnswer(401, null);
        }

        try
        {
            return await ApiAsync(method, path["/ovirt-engine/api/".Length..], query, body);
        }
        catch (OvirtException refused)
        {
            return refused.Failure == OvirtFailure.NotFound
                ? new StubAnswer(404, null)
                : new StubAnswer((int)refused.Status!, new JObject { ["detail"] = refused.Detail, ["reason"] = refused.Reason }.ToString());
        }
    }

    private static StubAnswer Found(JObject? json) => json is null ? new StubAnswer(404, null) : new StubAnswer(200, json.ToString());

    private static string Argument(string query, string name) =>
        query.TrimStart('?').Split('&').Select(pair => pair.Split('=', 2)).Where(pair => pair[0] == name).Select(pair => Uri.UnescapeDataString(pair[1])).FirstOrDefault("");

    private static JObject Page(string name, IEnumerable<JObject> items, string query)
    {
        var max = int.TryParse(Argument(query, "max"), out var given) ? given : int.MaxValue;
        var page = PageNumber.Match(Argument(query, "search")) is { Success: true } match ? int.Parse(match.Groups["page"].Value) : 1;
        return Items(name, items.Skip(max == int.MaxValue ? 0 : (page - 1) * max).Take(max));
    }

    /// <summary>A real engine leaves an empty collection out.</summary>
    private static JObject Items(string name, IEnumerable<JObject> items) => items.ToArray() is { Length: > 0 } some ? new JObject { [name] = new JArray(some) } : new JObject();

    private static string? Search(string query) => PageNumber.Replace(Argument(query, "search"), "").Trim() is { Length: > 0 } search ? search : null;

    [GeneratedRegex(@"sortby name asc page (?<page>\d+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PageNumber { get; }

    private async Task<StubAnswer> ApiAsync(string method, string path, string query, string body) => (method, path.Split('/')) switch
    {
        ("GET", ["hosts"]) => Found(Page("host", (await engine.ListHostsAsync(Search(query)).ToListAsync()).Select(StubJson.Host), query)),
        ("GET", ["hosts", var host]) => Found(await engine.GetHostAsync(host) is { } found ? StubJson.Host(found) : null),
        ("GET", ["hosts", var host, "devices"]) => Found(Items("host_device", (await engine.ListHostDevicesAsync(host).ToListAsync()).Select(StubJson.Device))),
        ("GET", ["vms"]) => Found(Page("vm", (await engine.ListVmsAsync(Search(query)).ToListAsync()).Select(StubJson.Vm), query)),
        ("GET", ["vms", var vm]) => Found(await engine.GetVmAsync(vm) is { } found ? StubJson.Vm(found) : null),
        ("GET", ["vms", var vm, "numanodes"]) => Found(Items("vm_numa_node", (await engine.ListNumaNodesAsync(vm).ToListAsync()).Select(StubJson.NumaNode))),
        ("GET", ["vms", var vm, "hostdevices"]) => Found(Items("host_device", (await engine.ListVmHostDevicesAsync(vm).ToListAsync()).Select(StubJson.Device))),
        ("POST", ["vms", var vm, "hostdevices"]) => new StubAnswer(201, StubJson.Device(await engine.AddVmHostDeviceAsync(vm, HostDeviceKey.OfId((string)JObject.Parse(body)["id"]!))).ToString()),
        ("DELETE", ["vms", var vm, "hostdevices", var device]) => await DeleteAsync(vm, device),
        ("GET", ["vms", var vm, "snapshots"]) => Found(Items("snapshot", (await engine.ListSnapshotsAsync(vm).ToListAsync()).Select(StubJson.Snapshot))),
        ("POST", ["vms", var vm, "snapshots"]) => new StubAnswer(201, StubJson.Snapshot(await engine.AddSnapshotAsync(vm, (string)JObject.Parse(body)["description"]!, (string?)JObject.Parse(body)["persist_memorystate"] == "true")).ToString()),
        ("POST", ["vms", var vm, var action]) => await ActAsync(vm, action, body),
        ("GET", ["events"]) => Found(Items("event", (await engine.ListEventsAsync(long.Parse(Argument(query, "from")) - 1).ToListAsync()).OrderByDescending(found => found.Id).Select(StubJson.Event))),
        ("POST", ["events"]) => new StubAnswer(201, StubJson.Event(await engine.AddEventAsync(StubJson.NewEvent(JObject.Parse(body)))).ToString()),
        _ => new StubAnswer(404, null),
    };

    private async Task<StubAnswer> DeleteAsync(string vm, string device)
    {
        var key = HostDeviceKey.OfId(device);
        if (!await engine.ListVmHostDevicesAsync(vm).AnyAsync(listed => listed.Name == key.Name))
        {
            return new StubAnswer(404, null);
        }

        await engine.RemoveVmHostDeviceAsync(vm, key);
        return new StubAnswer(200, """{"status":"complete"}""");
    }

    private async Task<StubAnswer> ActAsync(string vm, string action, string body)
    {
        await engine.ActAsync(vm, Enum.Parse<OvirtVmAction>(action, ignoreCase: true), (string?)JObject.Parse(body)["force"] == "true");
        return new StubAnswer(200, """{"status":"complete"}""");
    }
}
