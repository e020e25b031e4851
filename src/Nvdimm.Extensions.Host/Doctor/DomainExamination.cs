using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Extensions.Host.Doctor;

/// <summary>A domain with NVDIMMs, and what its next start would do.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Id">Its uuid; null where its XML has none.</param>
/// <param name="IsRunning">Whether it runs now.</param>
/// <param name="Decisions">The start decision about each of its NVDIMMs that is a device of this host.</param>
public sealed record DomainExamination(string Name, string? Id, bool IsRunning, ValueList<StartDecision> Decisions)
{
    /// <summary>What refuses its next start with a device. That a running domain uses the device itself does not.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="decision"/> is null.</exception>
    public ValueList<Finding> RefusalsOf(StartDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return decision.Refusals.Where(finding => !IsRunning || !IsOwn(finding)).ToValueList();
    }

    /// <summary>Whether its next start is allowed with a device.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="decision"/> is null.</exception>
    public bool IsAllowed(StartDecision decision) => RefusalsOf(decision).Count == 0;

    /// <summary>Whether it says of the running domain itself that its QEMU has the device, or its claim. Another VM's is none of these.</summary>
    private bool IsOwn(Finding finding) => finding.Code switch
    {
        NvdimmCodes.UsedByOtherVm => finding["otherVm"]?.StartsWith($"{Name}, which is running (process ", StringComparison.Ordinal) == true,
        NvdimmCodes.ClaimHeld => finding["vm"] == Name,
        _ => false,
    };
}
