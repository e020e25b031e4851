namespace Nvdimm.Extensions.Policy;

/// <summary>What the policy says of an operation.</summary>
/// <param name="Violations">Everything that applies, errors and warnings, in the order in which the engine checks, our own after it.</param>
public sealed record PolicyVerdict(ValueList<Finding> Violations)
{
    /// <summary>Whether the operation may go on: no violation is an error.</summary>
    public bool IsAllowed => !Violations.Any(violation => violation.Severity == Severity.Error);
}
