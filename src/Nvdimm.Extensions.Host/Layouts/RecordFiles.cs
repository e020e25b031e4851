using Nvdimm.Extensions.Host.Native;

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
        catch (FileNotFoundException)
        {
            return LayoutRecordResult.None;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LayoutLedgerException(LedgerFailure.ReadFailed, path, failure.Message, failure);
        }
    }

    /// <summary>The bytes of a record, a claim or a fingerprint.</summary>
    /// <exception cref="FileNotFoundException">There is none, for sure.</exception>
    /// <exception cref="RejectedJsonException">They are more than 1 MiB.</exception>
    /// <exception cref="IOException">They cannot be read, or what is in their place is none.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be read.</exception>
    public static byte[] Bytes(string path)
    {
        if (SmallFile.BytesOrNull(path, MaximumBytes) is not { } bytes)
        {
            Absence.Require(path);
            throw new FileNotFoundException($"There is no {path}", path);
        }

        return bytes.Length <= MaximumBytes ? bytes : throw RejectedJsonException.Damaged($"it has more than {MaximumBytes} bytes");
    }
}
