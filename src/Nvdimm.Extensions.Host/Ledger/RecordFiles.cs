using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>The files of a ledger.</summary>
internal static class RecordFiles
{
    public const string End = ".json";
    public const int MaximumBytes = 1 << 20;

    /// <summary>
    /// The name of a record's file. A kernel name is only meaningful on its own host, so that file's name includes the host:
    /// <c>name-namespace0.0@HOST.json</c>.
    /// </summary>
    public static string NameOf(DeviceIdentity identity, string? host) =>
        identity.IsStable || host is null ? $"{identity}{End}" : $"{identity}@{host}{End}";

    /// <summary>Reads the record in a file; empty if the file does not exist.</summary>
    /// <exception cref="LayoutLedgerException">The file exists and cannot be read.</exception>
    public static LayoutRecordResult Read(string path)
    {
        try
        {
            if (BytesOrNull(path) is not { } bytes)
            {
                return LayoutRecordResult.None;
            }

            var record = RecordReader.Read(bytes);
            return Path.GetFileName(path) == NameOf(record.Identity, record.Host)
                ? new LayoutRecordResult(record, [])
                : throw RejectedJsonException.Damaged($"it is the record of {record.Identity}");
        }
        catch (RejectedJsonException rejected)
        {
            return new LayoutRecordResult(Record: null, [rejected.Of(path)]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LayoutLedgerException(LedgerFailure.ReadFailed, path, failure.Message, failure);
        }
    }

    /// <summary>The bytes of a record, a claim or a fingerprint; null only when the file is proved not to exist.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maximum">The largest number of bytes that is accepted.</param>
    /// <exception cref="RejectedJsonException">The file is larger.</exception>
    /// <exception cref="IOException">The file cannot be read, or is not a regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the file.</exception>
    public static byte[]? BytesOrNull(string path, int maximum = MaximumBytes)
    {
        if (FolderUser.Do(Path.GetDirectoryName(path)!, () => SmallFile.BytesOrNull(path, maximum)) is not { } bytes)
        {
            MissingFile.Prove(path);
            return null;
        }

        return bytes.Length <= maximum ? bytes : throw RejectedJsonException.Damaged($"it has more than {maximum} bytes");
    }
}

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
