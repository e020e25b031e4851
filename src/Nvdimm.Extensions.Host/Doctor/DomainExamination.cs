using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Extensions.Host.Doctor;

/// <summary>A domain with NVDIMMs, and the decisions about its next start.</summary>
public sealed record DomainExamination
{
    /// <summary>The domain's name.</summary>
    public required string Name { get; init; }

    /// <summary>The domain's uuid; null if its XML has none.</summary>
    public required string? Id { get; init; }

    /// <summary>Whether the domain runs now.</summary>
    public required bool IsRunning { get; init; }

    /// <summary>The start decision for each of its NVDIMMs that is a device of this host.</summary>
    public required ValueList<StartDecision> Decisions { get; init; }

    /// <summary>
    /// The findings that refuse its next start with a device, without those of the running domain's own use of the device.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="decision"/> is null.</exception>
    public ValueList<Finding> RefusalsOf(StartDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return decision.Refusals
            .Where(finding => !IsRunning || !decision.Evidence.OwnUses.Contains(finding))
            .ToValueList();
    }

    /// <summary>Whether its next start with a device is allowed.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="decision"/> is null.</exception>
    public bool IsAllowed(StartDecision decision) => RefusalsOf(decision).Count == 0;
}
