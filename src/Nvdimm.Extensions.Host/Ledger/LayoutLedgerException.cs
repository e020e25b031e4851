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
