using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Tests.Start;

namespace Nvdimm.Hook.Tests;

/// <summary>The rows of the table of the start decision through the hook: one row, one answer.</summary>
public sealed class StartTableTests
{
    private static IEnumerable<TestCaseData> Rows => StartRows.ForEveryFrontEnd.Select(row => new TestCaseData(row).SetArgDisplayNames($"{row}"));

    [TestCaseSource(nameof(Rows))]
    public void Hook_AnswersAsTheTable(object given)
    {
        var row = (StartRow)given;
        using var host = new HookHost();
        host.AddFsdax(0, row.Device.Size!.Value.Bytes, row.Device.Align!.Value.Bytes, row.Device.Uuid);
        RowOnHost.Put(row, host.Device(0), host.Ledger);
        var (status, line, codes) = host.Run("before_vm_start", row.Domain.Xml(host.Device(0), row.Architecture));
        Assert.That(RowOnHost.Of(codes), Is.EqualTo(RowOnHost.Codes(row)), line);
        Assert.That(status, Is.EqualTo(RowOnHost.Starts(row) ? 0 : ExitStatus.Refused), line);
        if (RowOnHost.Starts(row))
        {
            RowOnHost.AssertLayout(row, host.Ledger.Find(DeviceIdentity.Of(row.Device)).Record!.Layout);
        }
    }
}
