namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>The system refused an operation of the ledger. The records are unchanged.</summary>
public sealed class LayoutLedgerException : Exception
{
    /// <summary>Creates the exception; also for tests of callers.</summary>
    /// <param name="failure">The kind of failure.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="message">What failed, and why.</param>
    /// <param name="inner">The cause; null if there is none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> or <paramref name="message"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="failure"/> is not a defined value.</exception>
    public LayoutLedgerException(LedgerFailure failure, string path, string message, Exception? inner = null)
        : base(message, inner)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(message);
        Failure = EnumArgument.Checked(failure, last: LedgerFailure.FolderRefused, nameof(failure));
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
