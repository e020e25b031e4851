using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>
/// Takes the fields of a record in their order (<see cref="RecordFormat.Write(LayoutRecord, IRecordWriter)"/>). One implementation writes
/// the ledger's file, another the tool's JSON.
/// </summary>
public interface IRecordWriter
{
    /// <summary>A text.</summary>
    /// <param name="name">The field.</param>
    /// <param name="value">The text; null if unknown.</param>
    void Text(string name, string? value);

    /// <summary>A number, such as a size in bytes.</summary>
    void Number(string name, long? value);

    /// <summary>Texts.</summary>
    /// <param name="name">The field.</param>
    /// <param name="values">The texts; null if unknown.</param>
    void Texts(string name, ValueList<string>? values);

    /// <summary>Numbers.</summary>
    /// <param name="name">The field.</param>
    /// <param name="values">The numbers; null if unknown.</param>
    void Numbers(string name, IEnumerable<long>? values);

    /// <summary>The arguments of a finding.</summary>
    void Arguments(string name, ValueList<FindingArgument> arguments);

    /// <summary>An object.</summary>
    /// <param name="name">The field.</param>
    /// <param name="members">Writes the object's fields; null if there is no object.</param>
    void Part(string name, Action? members);

    /// <summary>An array of objects.</summary>
    /// <param name="name">The field.</param>
    /// <param name="items">Each writes the fields of one object.</param>
    void Parts(string name, IEnumerable<Action> items);
}

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
