using Nvdimm.Extensions.Host.Programs;

namespace Nvdimm.Extensions.Host.HotPlug;

/// <summary>A memory device whose place differs from the prediction.</summary>
/// <param name="Step">The device.</param>
/// <param name="Predicted">The predicted place; null if a refusal is predicted.</param>
/// <param name="Seen">The actual place; null if QEMU refuses the device.</param>
/// <param name="Refusal">QEMU's own words; null if it does not refuse.</param>
/// <param name="Command">A shell command that reproduces it.</param>
public sealed record HotPlugMismatch(
    HotPlugStep Step, PlacedMemoryDevice? Predicted, PlacedMemoryDevice? Seen, string? Refusal, string Command)
{
    /// <summary>The device.</summary>
    public HotPlugStep Step { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(Step);
}
