namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>The system did not let the ledger do its work. What was recorded is unchanged.</summary>
public sealed class LayoutLedgerException : Exception
{
    internal LayoutLedgerException(LedgerFailure failure, string path, string message, Exception? inner = null)
        : base(message, inner)
    {
        Failure = failure;
        Path = path;
    }

    /// <summary>What happened.</summary>
    public LedgerFailure Failure { get; }

    /// <summary>The file or folder.</summary>
    public string Path { get; }
}
