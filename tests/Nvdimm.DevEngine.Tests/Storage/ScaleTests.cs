using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Nvdimm.DevEngine.Storage;
using Nvdimm.Extensions.Engine;

namespace Nvdimm.DevEngine.Tests.Storage;

/// <summary>
/// What a request costs with twenty times as many VMs: counted in statements and rows, and in what SQLite plans for each statement, not in time.
/// </summary>
public sealed partial class ScaleTests
{
    private const int Few = 100;
    private const int Many = 2000;
    private const int Vm = 42;

    private static readonly string OneVm = $"api/vms/{ManyVms.VmId(Vm)}";
    private static readonly string OneHost = ManyVms.HostId(Vm / ManyVms.PerHost);

    private static readonly string[] One =
    [
        OneVm, $"{OneVm}/hostdevices", $"{OneVm}/numanodes", $"{OneVm}/snapshots", $"{OneVm}/tags", $"{OneVm}/nics",
        $"{OneVm}/hostdevices/{HostDeviceId.FromName("namespace2.9")}",
        $"{OneVm}?follow=host_devices,cluster,numanodes,snapshots,tags,host_devices.host,host_devices.vm.tags",
        $"api/hosts/{OneHost}", $"api/hosts/{OneHost}/devices", $"api/hosts/{OneHost}/devices/{HostDeviceId.FromName("namespace0.0")}",
        $"api/hosts/{OneHost}?follow=devices.parent_device",
        "api/clusters/0c000000-0000-4000-8000-000000000001", "api/tags/0d000000-0000-4000-8000-000000000001", "api/events/7",
        $"services/host-devices/hosts/{OneHost}", $"services/host-devices/vms/{ManyVms.VmId(Vm)}/preview?device=namespace0.0",
        "api/vms?search=name%3Dmany000042", "api/vms?search=name%3Dmany000042&follow=host_devices", "api/vms?search=name%3D%22many000042%22+sortby+name+desc&max=5",
    ];

    private static readonly string[] Some =
    [
        "api/vms?max=10", "api/vms?max=10&follow=host_devices,cluster", "api/vms?search=sortby+name+asc+page+3&max=10", "api/vms?max=0",
        "api/hosts?max=3&follow=devices", "api/events?max=10", "api/jobs?max=10", "api/tags?max=10",
    ];

    private RunningEngine few = null!;
    private RunningEngine many = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        few = await StartAsync(Few);
        many = await StartAsync(Many);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await few.DisposeAsync();
        await many.DisposeAsync();
    }

    [TestCaseSource(nameof(One))]
    public async Task Read_OfOneEntity_CostsTheSameAndScansNothing(string path)
    {
        var statements = await CostAsync(many, path);
        Assert.That(statements.Select(statement => statement.Rows), Is.EqualTo((await CostAsync(few, path)).Select(statement => statement.Rows)));
        Assert.That(statements.SelectMany(Scans), Is.Empty);
    }

    [TestCaseSource(nameof(Some))]
    public async Task Read_OfAPage_CostsTheSame(string path)
    {
        var statements = await CostAsync(many, path);
        Assert.That(statements.Select(statement => statement.Rows), Is.EqualTo((await CostAsync(few, path)).Select(statement => statement.Rows)));
        Assert.That(statements.Where(statement => !statement.Sql.Contains("LIMIT", StringComparison.Ordinal)).SelectMany(Scans), Is.Empty);
    }

    /// <summary>A word without a field may stand in any of them, so that the search reads every VM; it reads each once.</summary>
    [TestCase("api/vms?search=many000042&follow=host_devices")]
    [TestCase("api/vms?follow=host_devices,cluster")]
    [TestCase("api/vms?follow=host_devices.host,snapshots,numanodes,tags")]
    public async Task Follow_OfAllVms_AsksOnceForEachKindOfPart(string path)
    {
        var (small, large) = (await CostAsync(few, path), await CostAsync(many, path));
        Assert.That(large.Select(statement => statement.Sql), Is.EqualTo(small.Select(statement => statement.Sql)));
        Assert.That(large.Sum(statement => statement.Rows), Is.LessThanOrEqualTo(small.Sum(statement => statement.Rows) * (Many / Few)));
    }

    [Test]
    public async Task Follow_OfAllVms_GivesEachItsOwn()
    {
        var vms = await few.GetJsonAsync("vms?follow=host_devices,tags,cluster&search=name%3Dmany*");
        var shown = vms.GetProperty("vm").EnumerateArray().Select(vm => (
            Id: vm.GetProperty("id").GetString(),
            Device: vm.GetProperty("host_devices").TryGetProperty("host_device", out var own) ? own[0].GetProperty("vm").GetProperty("id").GetString() : null,
            Cluster: vm.GetProperty("cluster").GetProperty("name").GetString()));
        var expected = Enumerable.Range(0, Few).Select(ManyVms.VmId).Select((id, number) => (id, number % 2 == 0 ? id : null, "Many"));
        Assert.That(shown, Is.EqualTo(expected));
    }

    [GeneratedRegex("@[A-Za-z]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameters();

    private static async Task<RunningEngine> StartAsync(int vms)
    {
        var engine = await RunningEngine.StartAsync();
        ManyVms.Add(engine.App.Services.GetRequiredService<EngineDatabase>(), vms);
        return engine;
    }

    private static async Task<List<(string Sql, int Rows)>> CostAsync(RunningEngine engine, string path)
    {
        using var log = new StatementLog(engine.Folder.PathOf("engine.db"));
        using var answer = await engine.Client.GetAsync(new Uri($"/ovirt-engine/{path}", UriKind.Relative));
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), await answer.Content.ReadAsStringAsync());
        var statements = log.Take();
        Assert.That(statements, Is.Not.Empty);
        return statements;
    }

    private IEnumerable<string> Scans((string Sql, int Rows) statement) => Plan(statement)
        .Where(step => step.StartsWith("SCAN ", StringComparison.Ordinal) && !step.StartsWith("SCAN json_each ", StringComparison.Ordinal))
        .Select(step => $"{step} of {statement.Sql}");

    private List<string> Plan((string Sql, int Rows) statement)
    {
        var source = new SqliteConnectionStringBuilder { DataSource = many.Folder.PathOf("engine.db"), Pooling = false };
        using var connection = new SqliteConnection(source.ToString());
        connection.Open();
        var parameters = new DynamicParameters();
        foreach (Match name in Parameters().Matches(statement.Sql))
        {
            parameters.Add(name.Value, "[]");
        }

        return connection.Query($"EXPLAIN QUERY PLAN {statement.Sql}", parameters).Select(step => (string)step.detail).ToList();
    }
}
