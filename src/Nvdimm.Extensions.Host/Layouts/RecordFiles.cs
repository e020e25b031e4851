namespace Nvdimm.Extensions.Host.Layouts;

/// <summary>The files of a ledger.</summary>
internal static class RecordFiles
{
    public const string End = ".json";
    private const int MaximumBytes = 1 << 20;

    /// <summary>Reads the record of a device; nothing where there is no file.</summary>
    /// <exception cref="LayoutLedgerException">The file is there and cannot be read.</exception>
    public static LayoutRecordResult Read(string path)
    {
        try
        {
            var record = RecordReader.Read(Bytes(path));
            return $"{record.Identity}{End}" == Path.GetFileName(path)
                ? new LayoutRecordResult(record, [])
                : throw RejectedJsonException.Damaged($"it is the record of {record.Identity}");
        }
        catch (RejectedJsonException rejected)
        {
            return new LayoutRecordResult(Record: null, [rejected.Of(path)]);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return LayoutRecordResult.None;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LayoutLedgerException(LedgerFailure.ReadFailed, path, failure.Message, failure);
        }
    }

    public static byte[] Bytes(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(file);
        if (length > MaximumBytes)
        {
            throw RejectedJsonException.Damaged($"it has {length} bytes, and a record has at most {MaximumBytes}");
        }

        var bytes = new byte[length];
        return RandomAccess.Read(file, bytes, 0) == length ? bytes : throw new EndOfStreamException($"{path} became shorter while it was read");
    }
}
