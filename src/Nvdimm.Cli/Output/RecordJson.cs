using System.Globalization;
using Newtonsoft.Json;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Cli.Output;

/// <summary>Records of the ledger for programs.</summary>
internal static class RecordJson
{
    /// <summary>The record, with times in ISO 8601; or null.</summary>
    public static void Record(this JsonTextWriter json, LayoutRecord? record)
    {
        if (record is null)
        {
            json.WriteNull();
            return;
        }

        json.Object(() =>
        {
            json.Text("identity", record.Identity.Key);
            json.Text("name", record.Name);
            json.Text("path", record.Path);
            json.WritePropertyName("layout");
            json.Figures(record.Layout);
            json.Text("labelHash", record.LabelHash);
            json.Text("hypervisor", record.Hypervisor);
            json.Text("vmName", record.VmName);
            json.Text("vmId", record.VmId);
            json.Text("firstRecorded", Time(record.FirstRecorded));
            json.Text("lastChanged", Time(record.LastChanged));
            json.Text("lastUsed", Time(record.LastUsed));
            json.Array("accepted", record.Accepted, accepted => json.Object(() =>
            {
                json.Text("code", accepted.Code);
                json.WritePropertyName("arguments");
                json.Object(() =>
                {
                    foreach (var argument in accepted.Arguments)
                    {
                        json.Text(argument.Name, argument.Value);
                    }
                });
                json.Text("at", Time(accepted.At));
                json.Text("by", accepted.By);
                json.Text("note", accepted.Note);
            }));
        });
    }

    private static string? Time(DateTimeOffset? time) => time?.ToString("O", CultureInfo.InvariantCulture);
}
