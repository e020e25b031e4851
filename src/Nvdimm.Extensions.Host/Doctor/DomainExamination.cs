using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Extensions.Host.Doctor;

/// <summary>A domain with NVDIMMs, and what its next start would do.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Id">Its uuid; null where its XML has none.</param>
/// <param name="IsRunning">Whether it runs now.</param>
/// <param name="Decisions">The start decision about each of its NVDIMMs that is a device of this host.</param>
public sealed record DomainExamination(string Name, string? Id, bool IsRunning, ValueList<StartDecision> Decisions)
{
    /// <summary>Of a running domain these are its own: its QEMU has the device, and its claim.</summary>
    private static readonly string[] OwnUse = [NvdimmCodes.UsedByOtherVm, NvdimmCodes.ClaimHeld, NvdimmCodes.InUseByHost];

    /// <summary>What refuses its next start with a device. That a running domain uses the device itself does not.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="decision"/> is null.</exception>
    public ValueList<Finding> RefusalsOf(StartDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return decision.Refusals.Where(finding => !IsRunning || !OwnUse.Contains(finding.Code, StringComparer.Ordinal)).ToValueList();
    }

    /// <summary>Whether its next start is allowed with a device.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="decision"/> is null.</exception>
    public bool IsAllowed(StartDecision decision) => RefusalsOf(decision).Count == 0;
}
