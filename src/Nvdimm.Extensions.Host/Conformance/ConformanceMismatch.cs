using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>A case in which the installed programs do something else than predicted.</summary>
/// <param name="Sized">The prediction, and for what.</param>
/// <param name="Step">Where they differ first.</param>
/// <param name="Predicted">The predicted size; null where a refusal is predicted.</param>
/// <param name="Seen">The size that was seen; null where the program refuses.</param>
/// <param name="Refusal">The program's own words; null where it does not refuse.</param>
/// <param name="Command">What reproduces it in a shell, complete with the domain XML or the sparse file that it needs.</param>
public sealed record ConformanceMismatch(
    SizingResult Sized, ConformanceStep Step, ByteSize? Predicted, ByteSize? Seen, string? Refusal, string Command)
{
    /// <summary>Where they differ first.</summary>
    public ConformanceStep Step { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(Step);
}
