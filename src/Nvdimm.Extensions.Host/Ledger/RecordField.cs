using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>A field of a record: one row of <see cref="RecordFormat"/>.</summary>
/// <typeparam name="T">The type that has the field.</typeparam>
/// <param name="name">The key.</param>
/// <param name="since">The first version of the format with this field.</param>
/// <param name="read">Reads the value and adds it to the part.</param>
/// <param name="write">Writes the value under this key.</param>
internal sealed class RecordField<T>(string name, int since, Func<JsonReading, T, T> read, Action<IRecordWriter, string, T> write)
    : JsonField<T>(name, since, read)
{
    public void Write(IRecordWriter writer, T part) => write(writer, Name, part);
}
