namespace Nvdimm.Extensions.Host.Native;

/// <summary>A text is not in the expected format. Never leaves the readers, which turn it into a finding.</summary>
internal sealed class RejectedJsonException(string code, string detail, Exception? inner = null) : Exception(detail, inner)
{
    /// <summary>The version of the format, if it is a newer one.</summary>
    public long Version { get; private init; }

    /// <summary>The newest version that is known, where the text has a newer one.</summary>
    public long Known { get; private init; }

    public static RejectedJsonException Damaged(string detail, Exception? inner = null) => new(NvdimmCodes.LedgerDamaged, detail, inner);

    public static RejectedJsonException Newer(long version, long known) =>
        new(NvdimmCodes.LedgerNewer, $"schema {version}") { Version = version, Known = known };

    /// <summary>The finding about a file.</summary>
    public Finding Of(string file) => code == NvdimmCodes.LedgerNewer
        ? Finding.Error(code, ("file", file), ("version", $"{Version}"), ("known", $"{Known}"))
        : Finding.Error(code, ("file", file), ("detail", Message));
}

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
