namespace Nvdimm.Extensions.Policy;

/// <summary>
/// A rule of the policy: one code, and the operations for which it is evaluated. Immutable; safe for use by several threads.
/// </summary>
public abstract class NvdimmRule
{
    /// <summary>Creates a rule.</summary>
    /// <param name="code">The code of its findings.</param>
    /// <param name="severity">Error if a finding refuses the operation.</param>
    /// <param name="operations">
    /// The operations for which it is evaluated. A rule for attach or detach also applies to hot plug or hot unplug, as in the engine.
    /// </param>
    private protected NvdimmRule(string code, Severity severity, params ReadOnlySpan<HostDeviceOperation> operations)
    {
        Code = code;
        Severity = severity;
        Operations =
        [
            .. operations,
            .. operations.Contains(HostDeviceOperation.Attach) ? [HostDeviceOperation.HotPlug] : Array.Empty<HostDeviceOperation>(),
            .. operations.Contains(HostDeviceOperation.Detach) ? [HostDeviceOperation.HotUnplug] : Array.Empty<HostDeviceOperation>(),
        ];
    }

    /// <summary>The code of the rule's findings.</summary>
    public string Code { get; }

    /// <summary>Error if a finding of the rule refuses the operation.</summary>
    public Severity Severity { get; }

    /// <summary>The operations for which the rule is evaluated.</summary>
    public ValueList<HostDeviceOperation> Operations { get; }

    /// <summary>Returns the findings; empty if the rule has no objection.</summary>
    internal abstract IEnumerable<Finding> Check(PolicyContext context);

    /// <summary>Creates a finding of this rule.</summary>
    private protected Finding FindingOf(params ReadOnlySpan<FindingArgument> arguments) => new(Code, Severity, [.. arguments]);
}
