using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Verdicts;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>Puts a row on a host of files and asks a front end there, which has to answer what the pure function does.</summary>
internal static class RowOnHost
{
    /// <summary>
    /// What front ends say beside the decision: their own rules, what becomes of the domain, a hypervisor that nobody has verified, and a record
    /// that the start itself makes.
    /// </summary>
    private static readonly string[] Beside =
    [
        NvdimmCodes.PersistenceNotGuaranteed, NvdimmCodes.HypervisorNotVerified, NvdimmCodes.HookLayoutKept, NvdimmCodes.HookDomainCorrected, NvdimmCodes.LayoutNotRecorded,
    ];

    /// <summary>Writes the labels on the device file, and record and acceptances into the ledger.</summary>
    private static void Put(StartRow row, string path, LayoutLedger ledger)
    {
        using (var file = File.OpenWrite(path))
        {
            foreach (var labels in row.Labels)
            {
                file.Position = labels.Offset;
                file.Write(labels.Bytes);
            }
        }

        var identity = DeviceIdentity.Of(row.Device);
        StateFolder.Make(ledger.Folder, ledger.Host);
        if (row.Record is { } record)
        {
            ledger.Save(record.Use(row, identity, path));
            if (record.Sharing.Count > 0)
            {
                ledger.Share(identity, row.Device.Name, path, record.Sharing, "root");
            }
        }

        if (row.Accepted != RowAcceptance.Nothing && row.AcceptedFindings(row.Untouched()).Where(GuardCodes.IsAcceptable).ToList() is { Count: > 0 } accepted)
        {
            ledger.Accept(identity, row.Device.Name, path, accepted, "root");
        }
    }

    /// <summary>Asks a front end with a row: it answers as the table does, and leaves behind what it answered.</summary>
    public static async Task AssertAnswerAsync(StartRow row, IRowFrontEnd host)
    {
        Put(row, host.DevicePath, host.Ledger);
        var identity = DeviceIdentity.Of(row.Device);
        var before = host.Ledger.Find(identity).Record;
        var domain = row.Domain.Xml(host.DevicePath, row.Architecture);
        var answer = await host.StartAsync(domain);

        var starts = row.Outcome != StartOutcome.Refused;
        Assert.That(answer.IsAllowed, Is.EqualTo(starts), answer.Said);
        AssertSaid(answer.Codes, row.Refusals.Concat(row.Warnings), answer.Said);
        AssertSaid(answer.Refusals, row.Refusals, answer.Said);
        var isStarted = starts && answer.Shown is null;
        Assert.That(host.Claims.Find(identity).Claim is not null, Is.EqualTo(isStarted), "the device is claimed where the VM starts, and only there");
        if (answer.Shown is { } shown)
        {
            Assert.That(shown, Is.EqualTo(starts ? (row.LabelOffset, row.GuestSize) : shown), answer.Said);
        }

        var record = host.Ledger.Find(identity).Record;
        if (!isStarted)
        {
            Assert.That(record, Is.EqualTo(before), "nothing is recorded of a VM that does not start");
            return;
        }

        var layout = record!.Layout;
        Assert.That((layout?.LabelOffset.Bytes, layout?.GuestSize.Bytes, layout?.GuestUuid), Is.EqualTo((row.LabelOffset, row.GuestSize, row.GuestUuid)));
        var asked = DomainNvdimms.Read(domain).Elements.Single();
        Assert.That(answer.DomainXml == domain, Is.EqualTo(row.KeptFrom is null && asked.Uuid == row.GuestUuid), "nothing is changed that need not be");
    }

    private static void AssertSaid(IEnumerable<string>? said, IEnumerable<string> right, string all)
    {
        if (said is not null)
        {
            Assert.That(Decided(said), Is.EqualTo(Decided(right)), all);
        }
    }

    /// <summary>Each code once, in order; what is wrong with the text of the domain whatever the device holds is beside the decision, too.</summary>
    private static IEnumerable<string> Decided(IEnumerable<string> codes) => codes.Distinct(StringComparer.Ordinal).Except(Beside, StringComparer.Ordinal)
        .Where(code => !code.StartsWith("NVDIMM_XML_", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
