using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>Puts a row on a host of files, and says what a front end has to answer: what the pure function does.</summary>
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
    public static void Put(StartRow row, string path, LayoutLedger ledger)
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

    /// <summary>The codes of a row that a front end has to say, each once, in the order of the alphabet.</summary>
    public static IEnumerable<string> Codes(StartRow row) => Of(row.Refusals.Concat(row.Warnings));

    /// <summary>The same of what a front end has said; what is wrong with the text of the domain whatever the device holds is beside the decision, too.</summary>
    public static IEnumerable<string> Of(IEnumerable<string> said) => said.Except(Beside, StringComparer.Ordinal)
        .Where(code => !code.StartsWith("NVDIMM_XML_", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>The layout that a start leaves behind: in the record, and in the domain that QEMU gets.</summary>
    public static void AssertLayout(StartRow row, DeviceLayout? layout) => Assert.That(
        (layout?.LabelOffset.Bytes, layout?.GuestSize.Bytes, layout?.GuestUuid), Is.EqualTo((row.LabelOffset, row.GuestSize, row.GuestUuid)));

    /// <summary>Whether the row starts.</summary>
    public static bool Starts(StartRow row) => row.Outcome != StartOutcome.Refused;
}
