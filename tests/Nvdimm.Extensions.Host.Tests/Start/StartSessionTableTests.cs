using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>The rows of the table through a session, without any front end: claims, device files, ledger, the written domain.</summary>
public sealed class StartSessionTableTests
{
    private static IEnumerable<TestCaseData> Rows => StartRows.Cases;

    [TestCaseSource(nameof(Rows))]
    public async Task Session_AnswersAsTheTable(object given)
    {
        using var host = new Session((StartRow)given);
        await RowOnHost.AssertAnswerAsync((StartRow)given, host);
    }

    private sealed class Session : IRowFrontEnd
    {
        private readonly TemporaryFolder folder = new();
        private readonly StartRow row;
        private readonly NvdimmDevice device;
        private readonly StartEvidenceReader reader;

        public Session(StartRow row)
        {
            this.row = row;
            folder.WriteMounts();
            folder.WriteBlockDevice(0);
            folder.Write("sys/block/pmem0/device/uuid", $"{row.Device.Uuid}\n");
            device = row.Device with { Path = folder.Device(row.Device.Size!.Value.Bytes) };
            reader = new StartEvidenceReader(folder.PathOf("state"), new FixedTime(), folder.Path);
        }

        public string DevicePath => device.Path!;

        public LayoutLedger Ledger => reader.Ledger;

        public DeviceClaims Claims => reader.Claims;

        public Task<RowAnswer> StartAsync(string domainXml)
        {
            var guest = DomainGuest.Read(domainXml).Guest!;
            var session = StartSession.Begin(
                reader,
                reader.ReadHost(),
                new StartRequest
                {
                    Vm = new StartVm(guest.Name, guest.Id) { NumaNodes = guest.NumaNodes },
                    DomainXml = domainXml,
                    Architecture = row.Architecture,
                    GuestRam = guest.Memory,
                    Subjects = [new StartSubject(DomainNvdimms.Read(domainXml).Elements.Single(), device)],
                    Holder = ClaimHolder.OfProcess(guest.Name!, guest.Id, Environment.ProcessId),
                },
                row.Policy);
            if (session.IsAllowed)
            {
                session.Record();
            }

            return Task.FromResult(new RowAnswer(session.IsAllowed, string.Join('\n', session.Findings))
            {
                Codes = session.Findings.Select(finding => finding.Code),
                DomainXml = session.DomainXml,
            });
        }

        public void Dispose() => folder.Dispose();
    }
}
