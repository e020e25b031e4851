using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>A program that starts VMs, or that says how they would start, on a host of files with the device of a row.</summary>
internal interface IRowFrontEnd : IDisposable
{
    /// <summary>The file that stands for the device.</summary>
    string DevicePath { get; }

    /// <summary>The ledger of the host.</summary>
    LayoutLedger Ledger { get; }

    /// <summary>The claims of the host.</summary>
    DeviceClaims Claims { get; }

    /// <summary>Starts a VM with a domain, or asks how it would start.</summary>
    Task<RowAnswer> StartAsync(string domainXml);
}

/// <summary>What a program answered.</summary>
/// <param name="IsAllowed">Whether the VM starts.</param>
/// <param name="Said">All that it printed, for the message of a failed test.</param>
internal sealed record RowAnswer(bool IsAllowed, string Said)
{
    /// <summary>The codes that refuse, and those of warnings; null where the program prints none of either kind.</summary>
    public IEnumerable<string>? Codes { get; init; }

    /// <summary>The codes that refuse, where the program prints only these.</summary>
    public IEnumerable<string>? Refusals { get; init; }

    /// <summary>The domain that QEMU gets; null where the program starts nothing, or refuses.</summary>
    public string? DomainXml { get; init; }

    /// <summary>The label offset and the guest size in bytes that a program shows that starts nothing; null for one that records them.</summary>
    public (long? LabelOffset, long? GuestSize)? Shown { get; init; }
}
