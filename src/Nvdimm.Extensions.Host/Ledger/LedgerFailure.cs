namespace Nvdimm.Extensions.Host.Ledger;

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
