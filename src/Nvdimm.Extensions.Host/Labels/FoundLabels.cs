namespace Nvdimm.Extensions.Host.Labels;

/// <summary>Labels that are on a device.</summary>
/// <param name="Offset">The offset of the label area from the start of the device.</param>
/// <param name="Area">The parsed label area.</param>
public sealed record FoundLabels(ByteSize Offset, LabelArea Area);
