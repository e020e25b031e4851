namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>The system refused an operation of the ledger. The records are unchanged.</summary>
public sealed class LayoutLedgerException : Exception
{
    internal LayoutLedgerException(LedgerFailure failure, string path, string message, Exception? inner = null)
        : base(message, inner)
    {
        Failure = failure;
        Path = path;
    }

    /// <summary>The kind of failure.</summary>
    public LedgerFailure Failure { get; }

    /// <summary>The file or folder.</summary>
    public string Path { get; }
}

/// <summary>The kinds of failure of the ledger's folder.</summary>
public enum LedgerFailure
{
    /// <summary>Another writer did not finish within the time limit.</summary>
    Locked,

    /// <summary>A file or the folder could not be read.</summary>
    ReadFailed,

    /// <summary>A file could not be written; the old file is unchanged.</summary>
    WriteFailed,

    /// <summary>The state folder is missing or not this host's (<see cref="StateFolder.Refusal"/>): nothing was written.</summary>
    FolderRefused,
}
