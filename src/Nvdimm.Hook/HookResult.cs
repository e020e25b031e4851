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

    public bool IsRefused => Findings.Any(finding => finding.Severity == Severity.Error);

    public static HookResult Of(params IEnumerable<Finding> findings) => new(findings.ToValueList());
}
