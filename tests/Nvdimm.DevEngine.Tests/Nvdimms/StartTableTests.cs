using System.Text.RegularExpressions;
using NSubstitute;
using Nvdimm.DevEngine.Hosts;
using Nvdimm.DevEngine.Nvdimms;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Tests.Start;

namespace Nvdimm.DevEngine.Tests.Nvdimms;

/// <summary>The rows of the table of the start decision through the guard in front of each start: one row, one answer.</summary>
public sealed class StartTableTests
{
    /// <summary>The codes that the decision can refuse with.</summary>
    private static readonly IReadOnlyList<string> Refusals = [.. StartRows.All.SelectMany(row => row.Row.Refusals).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<TestCaseData> Rows => StartRows.Cases;

    [TestCaseSource(nameof(Rows))]
    public async Task Engine_AnswersAsTheTable(object given)
    {
        using var host = new Engine((StartRow)given);
        await RowOnHost.AssertAnswerAsync((StartRow)given, host);
    }

    private sealed class Engine : IRowFrontEnd
    {
        private readonly TemporaryFolder folder = new();
        private readonly DevEngineOptions options;
        private readonly NvdimmDevice device;

        public Engine(StartRow row)
        {
            options = new DevEngineOptions { Database = folder.PathOf("engine.db") };
            device = row.Device with { Path = folder.Device(row.Device.Size!.Value.Bytes) };
        }

        public string DevicePath => device.Path!;

        public LayoutLedger Ledger => new(options.LayoutFolder, TimeProvider.System);

        public DeviceClaims Claims => new(options.LayoutFolder, TimeProvider.System);

        public async Task<RowAnswer> StartAsync(string domainXml)
        {
            var inventory = Substitute.For<INvdimmInventory>();
            inventory.ReadAsync(Arg.Any<HostReference>(), Arg.Any<CancellationToken>()).Returns(new NvdimmInventory([device]));
            var listing = await new NvdimmCategory(inventory).ListAsync(new HostReference("this-machine", "this-machine"));
            var guest = DomainGuest.Read(domainXml).Guest!;
            var vm = new VmParts(new VmRow { Id = guest.Id!, Name = guest.Name! }, new ClusterRow { Architecture = $"{guest.Architecture}" }, [], [], [], []);
            try
            {
                var started = new NvdimmStartGuard(options, TimeProvider.System).Begin(vm, domainXml, new HostListings("host", [listing]));
                return new RowAnswer(IsAllowed: true, "") { DomainXml = started };
            }
            catch (ApiFaultException refused)
            {
                var detail = refused.Fault.Detail;
                return new RowAnswer(IsAllowed: false, detail) { Refusals = Refusals.Where(code => Says(detail, code)) };
            }
        }

        public void Dispose() => folder.Dispose();

        /// <summary>A fault has the texts of what refuses, and no codes.</summary>
        private static bool Says(string detail, string code) => Regex.IsMatch(
            detail,
            $@"(^\[|, ){Regex.Replace(Regex.Escape(FindingTexts.Template(code)!), @"\\\$\\\{\w+}", ".*?", RegexOptions.None, TimeSpan.FromSeconds(1))}(, |\]$)",
            RegexOptions.None,
            TimeSpan.FromSeconds(10));
    }
}
