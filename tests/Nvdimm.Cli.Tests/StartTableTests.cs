using Newtonsoft.Json.Linq;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Tests.Start;

namespace Nvdimm.Cli.Tests;

/// <summary>The rows of the table of the start decision through <c>layout check --keep-layout</c>: one row, one answer.</summary>
public sealed class StartTableTests
{
    private static IEnumerable<TestCaseData> Rows => StartRows.Cases;

    [TestCaseSource(nameof(Rows))]
    public async Task Tool_AnswersAsTheTable(object given)
    {
        using var host = new Tool((StartRow)given);
        await RowOnHost.AssertAnswerAsync((StartRow)given, host);
    }

    private sealed class Tool : IRowFrontEnd
    {
        private readonly TestHost host = new();

        public Tool(StartRow row)
        {
            host.PlaceBytes(row.Device.Size!.Value.Bytes / TestHost.MiB);
            host.Device = row.Device with { Path = host.Device.Path };
            host.Write("sys/block/pmem0/device/uuid", $"{row.Device.Uuid}\n");
        }

        public string DevicePath => host.Device.Path!;

        public LayoutLedger Ledger => host.Ledger;

        public DeviceClaims Claims => host.Claims;

        public async Task<RowAnswer> StartAsync(string domainXml)
        {
            var run = await host.Run("layout", "check", "--device", host.Device.Name, "--keep-layout", "--domain-xml", host.Write("vm.xml", domainXml), "--json");
            var device = run.Json["devices"]!.Single();
            var isAllowed = (bool)device["guard"]!["allowed"]!;
            Assert.That(run.Status == 0, Is.EqualTo(isAllowed), run.Output);

            // The tool also shows what an administrator has accepted.
            var open = device["guard"]!["findings"]!.Where(finding => !(bool)finding["accepted"]!);
            return new RowAnswer(isAllowed, run.Output)
            {
                Codes = ToolRun.Codes(new JArray(open)),
                Shown = ((long?)device["labelOffset"], (long?)device["guestSize"]),
            };
        }

        public void Dispose() => host.Dispose();
    }
}
