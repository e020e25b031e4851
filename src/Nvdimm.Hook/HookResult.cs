using Nvdimm.Extensions;

namespace Nvdimm.Hook;

/// <summary>The result of a hook point.</summary>
/// <param name="Findings">The findings; an error among them fails the hook.</param>
/// <param name="NewPayload">The edited payload; null if the payload stays unchanged.</param>
internal sealed record HookResult(ValueList<Finding> Findings, string? NewPayload = null)
{
    /// <summary>The result without findings, payload or further steps.</summary>
    public static HookResult Nothing { get; } = new([]);

    /// <summary>The VM that the log line names; null if the point concerns no VM.</summary>
    public string? Subject { get; init; }

    /// <summary>
    /// Runs after the payload was replaced, for example to save a record; null if there is nothing to do. If it throws, the hook fails.
    /// </summary>
    public Action? Commit { get; init; }

    /// <summary>
    /// Undoes the point's work if the payload cannot be replaced or <see cref="Commit"/> fails; returns findings for what could not be
    /// undone. Null if there is nothing to undo.
    /// </summary>
    public Func<ValueList<Finding>>? RollBack { get; init; }

    public bool IsRefused => Findings.Any(finding => finding.Severity == Severity.Error);

    /// <summary>Whether there are no findings and nothing to do.</summary>
    public bool IsNothing => Findings.Count == 0 && NewPayload is null && Commit is null;

    public static HookResult Of(params IEnumerable<Finding> findings) => new(findings.ToValueList());
}
