using Newtonsoft.Json;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Cli.Output;

/// <summary>Writes records of the ledger into the tool's JSON.</summary>
internal static class RecordOutput
{
    /// <summary>Writes the record, with times in ISO 8601, or null.</summary>
    public static void Record(this JsonTextWriter json, LayoutRecord? record)
    {
        if (record is null)
        {
            json.WriteNull();
            return;
        }

        json.Object(() => RecordFormat.Write(record, new RecordJson(json)));
    }
}
