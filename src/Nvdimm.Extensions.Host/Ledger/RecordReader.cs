using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>Reads records. The version comes first, so that a newer one is recognised before anything else is read.</summary>
internal static class RecordReader
{
    /// <exception cref="RejectedJsonException">The JSON is not a record.</exception>
    public static LayoutRecord Read(byte[] utf8) => JsonReading.Read(utf8, RecordFormat.Read);

    /// <summary>Reads an export.</summary>
    /// <exception cref="RejectedJsonException">The JSON is not an export.</exception>
    public static ValueList<LayoutRecord> ReadAll(byte[] utf8) => JsonReading.Read(utf8, json =>
    {
        var records = RecordFormat.ReadAll(json);
        return records.DistinctBy(record => record.Identity).Count() == records.Count ? records : throw json.Bad("a device stands twice");
    });
}
