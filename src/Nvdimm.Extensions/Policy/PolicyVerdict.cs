namespace Nvdimm.Extensions.Policy;

/// <summary>The result of the policy for an operation.</summary>
/// <param name="Violations">All findings, errors and warnings: first those of the engine in the order of its checks, then our own.</param>
public sealed record PolicyVerdict(ValueList<Finding> Violations)
{
    /// <summary>Whether the operation is allowed: no finding is an error.</summary>
    public bool IsAllowed => !Violations.Any(violation => violation.Severity == Severity.Error);
}
