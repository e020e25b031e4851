using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>The rows of the table through a session, as the development engine starts a VM: claims, device files, ledger, the written domain.</summary>
public sealed class StartSessionTableTests
{
    private static IEnumerable<TestCaseData> Rows => StartRows.ForEveryFrontEnd.Select(row => new TestCaseData(row).SetArgDisplayNames($"{row}"));

    [TestCaseSource(nameof(Rows))]
    public void Session_AnswersAsTheTable(object given)
    {
        var row = (StartRow)given;
        using var folder = new TemporaryFolder();
        folder.Write("proc/self/mountinfo", "");
        folder.Write("proc/swaps", "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n");
        folder.Write("sys/block/pmem0/dev", "259:0\n");
        folder.Write("sys/block/pmem0/ro", "0\n");
        folder.Write("sys/block/pmem0/device/uuid", $"{row.Device.Uuid}\n");
        Directory.CreateDirectory(folder.PathOf("sys", "block", "pmem0", "holders"));
        var device = row.Device with { Path = folder.Device(row.Device.Size!.Value.Bytes) };
        var reader = new StartEvidenceReader(folder.PathOf("state"), new FixedTime(), folder.Path);
        RowOnHost.Put(row, device.Path, reader.Ledger);

        var domain = row.Domain.Xml(device.Path, row.Architecture);
        var guest = DomainGuest.Read(domain).Guest!;
        var element = DomainNvdimms.Read(domain).Elements.Single();
        var session = StartSession.Begin(
            reader,
            reader.ReadHost(),
            new StartRequest
            {
                Vm = new StartVm(guest.Name, guest.Id) { NumaNodes = guest.NumaNodes },
                DomainXml = domain,
                Architecture = row.Architecture,
                GuestRam = guest.Memory,
                Subjects = [new StartSubject(element, device)],
                Holder = ClaimHolder.OfProcess(guest.Name!, guest.Id, Environment.ProcessId),
            },
            row.Policy);
        Assert.That(RowOnHost.Of(session.Findings.Select(finding => finding.Code).Distinct()), Is.EqualTo(RowOnHost.Codes(row)));
        Assert.That(session.IsAllowed, Is.EqualTo(RowOnHost.Starts(row)));
        if (session.IsAllowed)
        {
            session.Record();
            RowOnHost.AssertLayout(row, reader.Ledger.Find(DeviceIdentity.Of(device)).Record!.Layout);
            Assert.That(session.DomainXml == domain, Is.EqualTo(row.KeptFrom is null && element.Uuid == row.GuestUuid), "nothing is changed that need not be");
        }

        Assert.That(reader.Claims.Find(DeviceIdentity.Of(device)).Claim is not null, Is.EqualTo(RowOnHost.Starts(row)), "a refused start holds nothing");
    }
}
