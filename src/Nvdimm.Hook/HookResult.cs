using Nvdimm.Extensions;

namespace Nvdimm.Hook;

/// <summary>What a hook has found and done.</summary>
/// <param name="Findings">What was found; errors fail it.</param>
/// <param name="NewPayload">The edited payload; null where it stays as it is.</param>
internal sealed record HookResult(ValueList<Finding> Findings, string? NewPayload = null)
{
    /// <summary>Nothing found, nothing done.</summary>
    public static HookResult Nothing { get; } = new([]);

    /// <summary>The VM, for the line; null where it is about none.</summary>
    public string? Subject { get; init; }

    /// <summary>What is done once the payload is replaced, such as recording; null where there is nothing. Where it throws, the hook fails.</summary>
    public Action? Complete { get; init; }

    /// <summary>
    /// What is taken back where the payload cannot be replaced or the rest cannot be done, and says what stays; null where there is nothing.
    /// </summary>
    public Func<ValueList<Finding>>? GiveUp { get; init; }

    public bool IsRefused => Findings.Any(finding => finding.Severity == Severity.Error);

    /// <summary>Whether there is nothing to say and nothing to do.</summary>
    public bool IsNothing => Findings.Count == 0 && NewPayload is null && Complete is null;

    public static HookResult Of(params IEnumerable<Finding> findings) => new(findings.ToValueList());
}
