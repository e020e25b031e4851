using Newtonsoft.Json.Linq;
using Nvdimm.Extensions.Host.Tests.Start;

namespace Nvdimm.Cli.Tests;

/// <summary>The rows of the table of the start decision through <c>layout check --keep-layout</c>: one row, one answer.</summary>
public sealed class StartTableTests
{
    private static IEnumerable<TestCaseData> Rows => StartRows.ForEveryFrontEnd.Select(row => new TestCaseData(row).SetArgDisplayNames($"{row}"));

    [TestCaseSource(nameof(Rows))]
    public async Task Tool_AnswersAsTheTable(object given)
    {
        var row = (StartRow)given;
        using var host = new TestHost();
        host.PlaceBytes(row.Device.Size!.Value.Bytes / TestHost.MiB);
        host.Device = row.Device with { Path = host.Device.Path };
        host.Write("sys/block/pmem0/device/uuid", $"{row.Device.Uuid}\n");
        RowOnHost.Put(row, host.Device.Path!, host.Ledger);
        var domain = host.Write("vm.xml", row.Domain.Xml(host.Device.Path!, row.Architecture));
        var run = await host.Run("layout", "check", "--device", row.Device.Name, "--keep-layout", "--domain-xml", domain, "--json");
        var guard = run.Json["devices"]!.Single()["guard"]!;
        var isAllowed = (bool)guard["allowed"]!;
        Assert.That(isAllowed, Is.EqualTo(RowOnHost.Starts(row)), run.Output);
        Assert.That(run.Status == 0, Is.EqualTo(isAllowed), run.Output);
        Assert.That((string?)guard["keptFrom"], Is.EqualTo(isAllowed ? row.KeptFrom?.ToString().ToLowerInvariant() : (string?)guard["keptFrom"]), run.Output);

        // The tool also shows what an administrator has accepted.
        var open = guard["findings"]!.Where(finding => !(bool)finding["accepted"]!);
        Assert.That(RowOnHost.Of(ToolRun.Codes(new JArray(open)).Distinct()), Is.EqualTo(RowOnHost.Codes(row)), run.Output);
    }
}
