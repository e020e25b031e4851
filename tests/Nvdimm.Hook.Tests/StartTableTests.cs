using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Tests.Start;

namespace Nvdimm.Hook.Tests;

/// <summary>The rows of the table of the start decision through <c>before_vm_start</c>: one row, one answer.</summary>
public sealed class StartTableTests
{
    private static IEnumerable<TestCaseData> Rows => StartRows.Cases;

    [TestCaseSource(nameof(Rows))]
    public async Task Hook_AnswersAsTheTable(object given)
    {
        using var host = new Hook((StartRow)given);
        await RowOnHost.AssertAnswerAsync((StartRow)given, host);
    }

    private sealed class Hook : IRowFrontEnd
    {
        private readonly HookHost host = new();

        public Hook(StartRow row) => host.AddFsdax(0, row.Device.Size!.Value.Bytes, row.Device.Align!.Value.Bytes, row.Device.Uuid);

        public string DevicePath => host.Device(0);

        public LayoutLedger Ledger => host.Ledger;

        public DeviceClaims Claims => host.Claims;

        public async Task<RowAnswer> StartAsync(string domainXml)
        {
            var (status, line, codes) = host.Run("before_vm_start", domainXml);
            Assert.That(status, Is.Zero.Or.EqualTo(ExitStatus.Refused), line);
            return new RowAnswer(status == 0, line) { Codes = codes, DomainXml = await File.ReadAllTextAsync(host.Payload) };
        }

        public void Dispose() => host.Dispose();
    }
}
