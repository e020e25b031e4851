using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>A case in which the installed programs do not behave as predicted.</summary>
/// <param name="Sized">The prediction with its request.</param>
/// <param name="Step">The first step that differs.</param>
/// <param name="Predicted">The predicted size; null if a refusal is predicted.</param>
/// <param name="Seen">The actual size; null if the program refuses.</param>
/// <param name="Refusal">The program's own words; null if it does not refuse.</param>
/// <param name="Command">A shell command that reproduces the case, with the domain XML or the sparse file that it needs.</param>
public sealed record ConformanceMismatch(
    SizingResult Sized, ConformanceStep Step, ByteSize? Predicted, ByteSize? Seen, string? Refusal, string Command)
{
    /// <summary>The first step that differs.</summary>
    public ConformanceStep Step { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(Step);
}
