using Nvdimm.Extensions.Host.Programs;

namespace Nvdimm.Extensions.Host.HotPlug;

/// <summary>A memory device that is not where it was predicted.</summary>
/// <param name="Step">Which device.</param>
/// <param name="Predicted">Where it was predicted; null where a refusal is predicted.</param>
/// <param name="Seen">Where it is; null where QEMU refuses it.</param>
/// <param name="Refusal">QEMU's own words; null where it does not refuse.</param>
/// <param name="Command">What reproduces it in a shell.</param>
public sealed record HotPlugMismatch(HotPlugStep Step, PlacedMemoryDevice? Predicted, PlacedMemoryDevice? Seen, string? Refusal, string Command)
{
    /// <summary>Which device.</summary>
    public HotPlugStep Step { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(Step);
}
