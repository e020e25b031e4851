namespace Nvdimm.Extensions.Policy;

/// <summary>One rule: one code, and the operations that it is asked for.</summary>
public abstract class NvdimmRule
{
    /// <summary>A rule.</summary>
    /// <param name="code">The code of its violations.</param>
    /// <param name="severity">Whether a violation refuses.</param>
    /// <param name="operations">
    /// The operations that it is asked for. What is asked for attaching and detaching is asked for hot plug and unplug, too, as in the engine.
    /// </param>
    private protected NvdimmRule(string code, Severity severity, params ReadOnlySpan<NvdimmOperation> operations)
    {
        Code = code;
        Severity = severity;
        Operations =
        [
            .. operations,
            .. operations.Contains(NvdimmOperation.Attach) ? [NvdimmOperation.HotPlug] : Array.Empty<NvdimmOperation>(),
            .. operations.Contains(NvdimmOperation.Detach) ? [NvdimmOperation.HotUnplug] : Array.Empty<NvdimmOperation>(),
        ];
    }

    /// <summary>The code of its violations.</summary>
    public string Code { get; }

    /// <summary>Whether a violation refuses the operation.</summary>
    public Severity Severity { get; }

    /// <summary>The operations that it is asked for.</summary>
    public ValueList<NvdimmOperation> Operations { get; }

    /// <summary>Its violations; empty where the operation is fine.</summary>
    internal abstract IEnumerable<Finding> Check(PolicyContext context);

    /// <summary>A violation of this rule.</summary>
    private protected Finding Violation(params ReadOnlySpan<FindingArgument> arguments) => new(Code, Severity, [.. arguments]);
}
