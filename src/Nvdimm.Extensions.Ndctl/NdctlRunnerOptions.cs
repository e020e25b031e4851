namespace Nvdimm.Extensions.Ndctl;

/// <summary>How ndctl is run.</summary>
public sealed record NdctlRunnerOptions
{
    /// <summary>The program: a path, or a name that is looked for in PATH. Default: <c>ndctl</c>.</summary>
    public string Program { get; init; } = "ndctl";

    /// <summary>How long it may take before it is ended, above zero. Default: 30 seconds.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(30);
}
