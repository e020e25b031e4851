namespace Nvdimm.Extensions.Host.Labels;

/// <summary>Labels that are on a device.</summary>
/// <param name="Offset">Where their area starts, from the start of the device.</param>
/// <param name="Area">What they are.</param>
public sealed record FoundLabels(ByteSize Offset, LabelArea Area);
