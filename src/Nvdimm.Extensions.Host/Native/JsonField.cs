namespace Nvdimm.Extensions.Host.Native;

/// <summary>A field of a JSON object whose format has versions.</summary>
/// <typeparam name="T">What the field is a part of.</typeparam>
/// <param name="name">The key.</param>
/// <param name="since">The first version of the format that has it. In texts of earlier versions it is missing.</param>
/// <param name="read">Reads the value and adds it.</param>
internal class JsonField<T>(string name, int since, Func<JsonReading, T, T> read)
{
    public string Name => name;

    public int Since => since;

    public T Read(JsonReading json, T part) => read(json, part);
}
